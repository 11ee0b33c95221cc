/// A JSON value. Objects keep the order of their members; names are unique in each (the reader
/// refuses a second one, and a writer must not make one).
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case real(Double)
    case string(String)
    case array([JSON])
    case object([JSONMember])
}

/// One member of an object.
package struct JSONMember: Hashable, Sendable {
    package var name: String
    package var value: JSON

    package init(_ name: String, _ value: JSON) {
        self.name = name
        self.value = value
    }
}

extension JSON {
    /// The member of that name; nil where there is none, or where this is not an object.
    package subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var integer: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    package var elements: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    package var members: [JSONMember]? {
        if case .object(let members) = self { members } else { nil }
    }

    package var isNull: Bool { self == .null }

    /// This object with the members of another one in the place of its own, objects within them alike. Members that the other
    /// one has not stay. Where one of the two is no object: the other one.
    package func merged(with other: JSON) -> JSON {
        guard case .object(var members) = self, case .object(let others) = other else { return other }
        for one in others {
            if let place = members.firstIndex(where: { $0.name == one.name }) {
                members[place].value = members[place].value.merged(with: one.value)
            } else {
                members.append(one)
            }
        }
        return .object(members)
    }

    /// What kind of value this is, as a sentence names it: `a number`, `a list`.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .real: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }

    /// Nil becomes null.
    package init(_ text: String?) { self = text.map(JSON.string) ?? .null }

    /// Nil becomes null.
    package init(_ number: Int64?) { self = number.map(JSON.integer) ?? .null }

    package init(_ number: Int) { self = .integer(Int64(number)) }

    package init(_ texts: [String]) { self = .array(texts.map(JSON.string)) }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    package init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(members.map { JSONMember($0.0, $0.1) })
    }

    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(stringLiteral text: String) { self = .string(text) }
    package init(integerLiteral number: Int64) { self = .integer(number) }
    package init(booleanLiteral bool: Bool) { self = .bool(bool) }
}
