internal import PatrolDomain
internal import PatrolJSON
internal import PatrolPresentation

extension RESTRequest {
    /// The body as JSON.
    func body() throws(RESTFault) -> JSON {
        try requireJSON()
        do throws(JSONFault) {
            return try JSON(parsing: call.body)
        } catch {
            throw .invalid("Invalid request body: \(error.description)")
        }
    }

    /// The same of a body that may be missing.
    func optionalBody() throws(RESTFault) -> JSON? {
        call.body.isEmpty ? nil : try body()
    }

    /// The media type without its parameters, in lower case; empty where none is named.
    var mediaType: String {
        let type = (call.field("content-type") ?? "").prefix { $0 != ";" }
        return String(type.filter { $0 != " " && $0 != "\t" }).lowercased()
    }

    /// Whether the body is in LaunchDarkly's format of instructions.
    var isSemanticPatch: Bool {
        let parameters = (call.field("content-type") ?? "").split(separator: ";").dropFirst()
        return parameters.contains { parameter in
            parameter.filter { $0 != " " && $0 != "\"" } == "domain-model=launchdarkly.semanticpatch"
        }
    }

    private func requireJSON() throws(RESTFault) {
        guard ["", "application/json", "application/json-patch+json", "application/merge-patch+json"].contains(mediaType)
        else { throw .invalid("the body is JSON: `Content-Type: application/json`") }
    }
}

/// The members of an object in a body. What is not asked for is passed over; null is as good as absent.
struct BodyObject {
    let json: JSON
    /// Where it stands, for what is said of it: `[3].`, or nothing.
    private let place: String

    init(_ json: JSON, at place: String = "") throws(RESTFault) {
        guard json.members != nil else { throw .invalid("\(place.isEmpty ? "the body" : place) is an object") }
        self.json = json
        self.place = place.isEmpty ? "" : place + "."
    }

    func value(_ name: String) -> JSON? {
        guard let value = json[name], !value.isNull else { return nil }
        return value
    }

    func text(_ name: String) throws(RESTFault) -> String? {
        try value(name).map { value throws(RESTFault) in
            guard let text = value.string else { throw wrong(name, "a text") }
            return text
        }
    }

    func required(_ name: String) throws(RESTFault) -> String {
        guard let text = try text(name) else { throw wrong(name, "needed") }
        return text
    }

    func bool(_ name: String) throws(RESTFault) -> Bool? {
        try value(name).map { value throws(RESTFault) in
            guard let bool = value.bool else { throw wrong(name, "`true` or `false`") }
            return bool
        }
    }

    func integer(_ name: String) throws(RESTFault) -> Int64? {
        try value(name).map { value throws(RESTFault) in
            guard let number = value.integer else { throw wrong(name, "a whole number") }
            return number
        }
    }

    func texts(_ name: String) throws(RESTFault) -> [String]? {
        try value(name).map { value throws(RESTFault) in
            guard let elements = value.elements else { throw wrong(name, "a list of texts") }
            let texts = elements.compactMap(\.string)
            guard texts.count == elements.count else { throw wrong(name, "a list of texts") }
            return texts
        }
    }

    func attributes(_ name: String) throws(RESTFault) -> RoleAttributes? {
        try value(name).map { value throws(RESTFault) in
            guard let attributes = RoleAttributes(json: value) else {
                throw wrong(name, "an object whose members are lists of texts")
            }
            return attributes
        }
    }

    func policy(_ name: String) throws(RESTFault) -> Policy? {
        try value(name).map { value throws(RESTFault) in
            do throws(PolicyFault) {
                return try Policy(json: value, reading: .tolerant)
            } catch {
                throw .invalid("`\(place)\(name)`: \(error.words { $0.reason.words.text })")
            }
        }
    }

    func wrong(_ name: String, _ expected: String) -> RESTFault {
        .invalid("`\(place)\(name)` is \(expected)")
    }
}
