package import PatrolDomain

extension Policy {
    /// The policy as a LaunchDarkly statement array. Reading it back gives the same policy.
    package var json: JSON { .array(statements.map(\.json)) }
}

extension Statement {
    package var json: JSON {
        let actions = Self.member("actions", "notActions", actions, text: \.text)
        let resources = Self.member("resources", "notResources", resources, text: \.text)
        return .object([JSONMember("effect", .string(effect.rawValue)), actions, resources])
    }

    private static func member<Pattern>(
        _ field: String, _ negated: String, _ selection: Selection<Pattern>,
        text: (Pattern) -> String
    ) -> JSONMember {
        switch selection {
        case .matching(let patterns): JSONMember(field, JSON(patterns.map(text)))
        case .notMatching(let patterns): JSONMember(negated, JSON(patterns.map(text)))
        }
    }
}
