package import PatrolDomain

/// Why a JSON value is not a policy, and where in it.
package struct PolicyFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case json(JSONFault)
        case notAList
        case tooManyStatements(limit: Int)
        case notAnObject
        case unknownField
        case missing
        /// `effect` is neither `allow` nor `deny`.
        case unknownEffect(String)
        /// The field and this other one exclude each other.
        case excludes(String)
        /// Neither the field nor this other one says anything.
        case bothEmpty(String)
        case notAText
        case tooManyPatterns(limit: Int)
        case pattern(String, SpecifierFault)
    }

    package let reason: Reason
    /// The statement's place in the policy, from 0.
    package let statement: Int?
    package let field: String?
    /// The pattern's place in the field's list, from 0.
    package let element: Int?

    package init(
        _ reason: Reason, statement: Int? = nil, field: String? = nil, element: Int? = nil
    ) {
        self.reason = reason
        self.statement = statement
        self.field = field
        self.element = element
    }

    /// Where it is, counted from 1 as people do: `statement 2, resources, entry 1`. Empty for the whole.
    package var path: String {
        [
            statement.map { "statement \($0 + 1)" }, field, element.map { "entry \($0 + 1)" },
        ].compactMap(\.self).joined(separator: ", ")
    }
}

extension PolicyFault {
    /// The way to the value that is wrong, for `JSONPlace`.
    package var steps: [JSONPlace.Step] {
        var steps: [JSONPlace.Step] = []
        if let statement { steps.append(.index(statement)) }
        switch reason {
        case .missing, .bothEmpty: return steps
        default: break
        }
        if let field { steps.append(.name(field)) }
        if let element { steps.append(.index(element)) }
        return steps
    }

    /// The fault in words, with its path: `statement 2, effect: …`. Text of the policy stands in backticks.
    /// - Parameter specifier: the words for a pattern that does not parse.
    package func words(specifier: (SpecifierFault) -> String) -> String {
        let words = reason.words(specifier: specifier)
        return path.isEmpty ? words : "\(path): \(words)"
    }
}

extension PolicyFault.Reason {
    fileprivate func words(specifier: (SpecifierFault) -> String) -> String {
        switch self {
        case .json(let fault): fault.description
        case .notAList: "a list is expected"
        case .tooManyStatements(let limit): "a policy has at most \(limit) statements"
        case .notAnObject: "a statement is an object"
        case .unknownField: "statements have no such field"
        case .missing: "it is missing"
        case .unknownEffect(let text): "`\(text)` is neither `allow` nor `deny`"
        case .excludes(let other): "it can't stand beside `\(other)`"
        case .bothEmpty(let other): "it is missing, and so is `\(other)`: one of them is needed"
        case .notAText: "a text is expected"
        case .tooManyPatterns(let limit): "a list has at most \(limit) entries"
        case .pattern(let text, let fault): "`\(text)`: \(specifier(fault))"
        }
    }
}
