/// Looks for a request that one side allows and another does not, by trying examples: one resource for each
/// resource that a statement names, with each action of the catalogue. So what it finds is so; what it does
/// not find may still be there.
struct WitnessSearch {
    /// Where it may be found: what these allow is tried, in this order.
    let allowing: [Authority]
    /// What narrows the other side: what these deny, or leave out, is tried after that.
    let narrowing: [Authority]
    /// Whether each type of the catalogue is tried whatever the statements name.
    var isOpen = false
    let catalogue: Catalogue

    /// How many patterns to look at, about, in all decisions together: some milliseconds.
    private static let maximumWork = 1_000_000
    private static let maximumAttempts = 10_000
    private static let maximumPatterns = 2_000
    private static let maximumValues = 8

    /// The first example that is allowed by the one and not by the other.
    func first(allowedBy isAllowed: (Request) -> Bool, deniedBy isDenied: (Request) -> Bool) -> Request? {
        let size = (allowing + narrowing).reduce(1) { $0 + $1.size }
        var attempts = min(max(Self.maximumWork / size, 50), Self.maximumAttempts)
        for (resource, actions) in examples() {
            for action in actions {
                if attempts == 0 { return nil }
                attempts -= 1
                let request = Request(action, on: resource)
                if isAllowed(request) && isDenied(request) { return request }
            }
        }
        return nil
    }

    private func examples() -> some Sequence<(Resource, [Action])> {
        var patterns: [(ResourcePattern, RoleAttributes)] = []
        var isOpen = isOpen
        for grant in allowing.flatMap(\.grants) {
            isOpen = isOpen || grant.basePermissions == .reader
            for statement in grant.policy.statements where statement.effect == .allow {
                let named = statement.resources.patterns
                isOpen = isOpen || statement.resources.isNegated || named.contains(where: \.isEverything)
                patterns += named.map { ($0, grant.attributes) }
            }
        }
        for grant in narrowing.flatMap(\.grants) {
            for statement in grant.policy.statements
            where statement.effect == .deny || statement.resources.isNegated {
                patterns += statement.resources.patterns.map { ($0, grant.attributes) }
            }
        }
        if isOpen { patterns += catalogue.types.map { ($0.pattern, [:]) } }
        return patterns.prefix(Self.maximumPatterns).lazy.filter { !$0.0.isEverything }.flatMap {
            pattern, attributes in
            Self.examples(of: pattern, attributes: attributes).map { ($0, actions(on: $0)) }
        }
    }

    /// Those of the catalogue; where it does not know the type, those that are allowed somewhere.
    private func actions(on resource: Resource) -> [Action] {
        let known = catalogue.actions(for: resource.chain)
        if !known.isEmpty { return known }
        return allowing.flatMap(\.grants).flatMap(\.policy.statements).flatMap(\.actions.patterns).map(\.example)
    }

    private static func examples(of pattern: ResourcePattern, attributes: RoleAttributes) -> [Resource] {
        var examples: [Resource] = []
        for place in 0..<maximumValues {
            guard let example = pattern.example(attributes: attributes, place: place),
                !examples.contains(example)
            else { break }
            examples.append(example)
        }
        return examples
    }
}

extension BaseRole {
    /// Each role may do all that those of a lower rank may.
    fileprivate var rank: Int {
        switch self {
        case .noAccess: 0
        case .reader: 1
        case .writer: 2
        case .admin: 3
        case .owner: 4
        }
    }
}

extension Grant {
    fileprivate var baseRole: BaseRole? { name.source == .baseRole ? BaseRole(rawValue: name.role) : nil }
}

extension Authority {
    /// Whether this allows all that `other` does, as far as base roles alone can tell: the owner may do
    /// everything, and each base role all that the ones below it may.
    func surelyCovers(_ other: Authority) -> Bool {
        let rank = grants.compactMap(\.baseRole?.rank).max() ?? 0
        if rank == BaseRole.owner.rank { return true }
        guard other.grants.count == 1, let given = other.grants[0].baseRole else { return false }
        return given.rank <= rank
    }

    /// How many patterns of resources a decision may look at.
    fileprivate var size: Int {
        grants.reduce(0) { $0 + $1.policy.statements.reduce(0) { $0 + $1.resources.patterns.count } }
    }
}
