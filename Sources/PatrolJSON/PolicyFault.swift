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
