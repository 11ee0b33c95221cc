import PatrolDomain

/// What a token was given, action by action, and what of it the person behind it may not do.
/// Found by asking for one example of each kind of resource that the scope speaks of.
struct Reach: Hashable, Sendable {
    struct Part: Hashable, Sendable {
        /// As the policy writes it, or the chain of the type.
        var resource: String
        var given: [Action]
        /// Of those given.
        var withheld: [Action]
    }

    let parts: [Part]
    /// There were more kinds of resources than were looked at.
    let isPartial: Bool
    /// How many different actions the catalogue knows.
    let knownCount: Int

    /// The largest number of patterns to look at.
    static let maximumParts = 120

    /// - Parameter behind: Nil: nobody withholds anything.
    init(scope: Authority, behind: Authority?, catalogue: Catalogue) {
        knownCount = Set(catalogue.types.flatMap(\.actions)).count
        var examples = Self.examples(scope, catalogue)
        isPartial = examples.count > Self.maximumParts
        examples = Array(examples.prefix(Self.maximumParts))
        parts = examples.compactMap { example in
            let given = example.actions.filter { scope.decide(Request($0, on: example.resource)).isAllowed }
            guard !given.isEmpty else { return nil }
            let withheld =
                behind.map { behind in
                    given.filter { !behind.decide(Request($0, on: example.resource)).isAllowed }
                } ?? []
            return Part(resource: example.text, given: given, withheld: withheld)
        }
    }

    var givenCount: Int { parts.reduce(0) { $0 + $1.given.count } }
    var withheldCount: Int { parts.reduce(0) { $0 + $1.withheld.count } }

    private struct Example {
        var text: String
        var resource: Resource
        var actions: [Action]
    }

    private static func examples(_ scope: Authority, _ catalogue: Catalogue) -> [Example] {
        var seen: Set<String> = []
        var examples: [Example] = []
        func add(_ pattern: ResourcePattern) {
            guard let resource = pattern.example, seen.insert(pattern.text).inserted else { return }
            let actions = catalogue.actions(for: resource.chain)
            if !actions.isEmpty { examples.append(Example(text: pattern.text, resource: resource, actions: actions)) }
        }
        var isWide = false
        for grant in scope.grants {
            if grant.basePermissions == .reader { isWide = true }
            for statement in grant.policy.statements where statement.effect == .allow {
                guard case .matching(let patterns) = statement.resources else {
                    isWide = true
                    continue
                }
                for pattern in patterns {
                    if pattern == .everything { isWide = true } else { add(pattern) }
                }
            }
        }
        if isWide { catalogue.types.forEach { add($0.pattern) } }
        return examples
    }
}
