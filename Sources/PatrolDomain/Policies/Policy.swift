/// A set of statements. Their order means nothing; in one policy a deny wins over every allow.
package struct Policy: Hashable, Sendable {
    package var statements: [Statement]

    package init(statements: [Statement]) { self.statements = statements }
}

package struct Statement: Hashable, Sendable {
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
}

/// Which actions, or which resources, a statement is about.
package enum Selection<Pattern: Hashable & Sendable>: Hashable, Sendable {
    /// Whatever matches one of these: `actions`, `resources`.
    case matching([Pattern])
    /// Whatever matches none of these: `notActions`, `notResources`.
    case notMatching([Pattern])
}
