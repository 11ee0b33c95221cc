/// A set of statements. Their order means nothing; in one policy a deny wins over every allow.
package struct Policy: Hashable, Sendable {
    package static let maximumStatements = 500

    package var statements: [Statement]

    package init(statements: [Statement]) { self.statements = statements }
}

package struct Statement: Hashable, Sendable {
    /// In each of its two lists.
    package static let maximumPatterns = 200

    package enum Effect: String, Hashable, Sendable { case allow, deny }

    package var effect: Effect
    package var actions: Selection<ActionPattern>
    package var resources: Selection<ResourcePattern>

    package init(
        _ effect: Effect, actions: Selection<ActionPattern>, resources: Selection<ResourcePattern>
    ) {
        self.effect = effect
        self.actions = actions
        self.resources = resources
    }

    /// Whether it says anything about this request. Resources come first: their types tell most statements apart.
    func applies(to asked: AskedFor, attributes: RoleAttributes) -> Bool {
        resources.holds { $0[$1].matches(asked, attributes: attributes) }
            && actions.holds { $0[$1].matches(asked.action) }
    }
}

/// Which actions, or which resources, a statement is about.
package enum Selection<Pattern: Hashable & Sendable>: Hashable, Sendable {
    /// Whatever matches one of these: `actions`, `resources`.
    case matching([Pattern])
    /// Whatever matches none of these: `notActions`, `notResources`.
    case notMatching([Pattern])

    package var patterns: [Pattern] {
        switch self {
        case .matching(let patterns), .notMatching(let patterns): patterns
        }
    }

    /// Whether it is one of the not-forms.
    package var isNegated: Bool {
        if case .notMatching = self { true } else { false }
    }

    /// `matches` is asked about one place after the other: an element that is not taken out of its
    /// array need not be copied.
    func holds(_ matches: ([Pattern], Int) -> Bool) -> Bool {
        switch self {
        case .matching(let patterns): patterns.indices.contains { matches(patterns, $0) }
        case .notMatching(let patterns): !patterns.indices.contains { matches(patterns, $0) }
        }
    }
}
