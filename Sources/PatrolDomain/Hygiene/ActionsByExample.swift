/// How much of what a token may do it did: by the actions of the catalogue, each found by an example, so that
/// what is said to be granted is granted.
struct ActionsByExample {
    /// Actions that scope and person allow on some thing of the catalogue.
    let granted: Set<Action>

    private static let maximumNamed = 120

    init(scope: Authority, behind: Authority, catalogue: Catalogue) {
        var granted: Set<Action> = []
        for (resource, actions) in Self.examples(scope, catalogue) {
            for action in actions where !granted.contains(action) {
                let request = Request(action, on: resource)
                if scope.decide(request).isAllowed, behind.decide(request).isAllowed { granted.insert(action) }
            }
        }
        self.granted = granted
    }

    private static func examples(_ scope: Authority, _ catalogue: Catalogue) -> [(Resource, [Action])] {
        var resources: [Resource] = []
        for grant in scope.grants {
            for statement in grant.policy.statements where statement.effect == .allow {
                resources += statement.resources.patterns.prefix(maximumNamed - min(resources.count, maximumNamed))
                    .compactMap { $0.example(attributes: grant.attributes) }
            }
        }
        resources += catalogue.types.compactMap { $0.pattern.example(attributes: [:]) }
        return resources.map { ($0, catalogue.actions(for: $0.chain)) }
    }

    /// What was not used of it; looking at things counts as used where anything was done to them.
    func unused(_ used: [Action: Int]) -> Set<Action> {
        let hasWritten = used.keys.contains { !$0.isView }
        return granted.filter { used[$0] == nil && !($0.isView && hasWritten) }
    }

    /// What the rights weigh together: looking 1, changing 3, what leads to more rights 9.
    static func weight(_ actions: Set<Action>) -> Int {
        actions.reduce(0) { $0 + ($1.isView ? 1 : Escalation.isEscalating($1) ? 9 : 3) }
    }
}
