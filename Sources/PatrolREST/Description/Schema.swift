internal import PatrolJSON

/// Pieces of JSON Schema (2020-12), of which the description is made.
enum Schema {
    static let text: JSON = ["type": "string"]
    static let bool: JSON = ["type": "boolean"]
    static let number: JSON = ["type": "integer"]
    static let anything: JSON = .bool(true)

    static func integer(_ least: Int64, _ most: Int64) -> JSON {
        ["type": "integer", "format": "int64", "minimum": .integer(least), "maximum": .integer(most)]
    }

    static func text(length: ClosedRange<Int>) -> JSON {
        ["type": "string", "minLength": JSON(length.lowerBound), "maxLength": JSON(length.upperBound)]
    }

    static func words(_ words: [String]) -> JSON { ["type": "string", "enum": JSON(words)] }

    static func list(_ element: JSON) -> JSON { ["type": "array", "items": element] }

    static func list(_ element: JSON, _ count: ClosedRange<Int>) -> JSON {
        ["type": "array", "items": element, "minItems": JSON(count.lowerBound), "maxItems": JSON(count.upperBound)]
    }

    /// One of the schemas of the description.
    static func named(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

    /// An object whose members have any name.
    static func map(_ value: JSON) -> JSON { ["type": "object", "additionalProperties": value] }

    /// An object with at least these members; the names in `optional` may be missing.
    static func object(_ members: KeyValuePairs<String, JSON>, optional: KeyValuePairs<String, JSON> = [:]) -> JSON {
        let properties = (Array(members) + Array(optional)).map { JSONMember($0.key, $0.value) }
        return .object([
            JSONMember("type", "object"), JSONMember("properties", .object(properties)),
            JSONMember("required", JSON(members.map(\.key))),
        ])
    }

    static func any(_ schemas: [JSON]) -> JSON { ["anyOf": .array(schemas)] }

    /// The schema, or null, which is as good as nothing.
    static func optional(_ schema: JSON) -> JSON { any([schema, ["type": "null"]]) }
}
