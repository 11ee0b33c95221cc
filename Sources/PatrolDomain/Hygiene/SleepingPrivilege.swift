/// Looks for a request that a token's scope allows and the person behind it may not make.
///
/// Exact between base roles. Otherwise it tries examples: one resource for each resource that a
/// statement names, with each action of the catalogue. So what it finds is so; what it does not find
/// may still be there.
struct SleepingPrivilege {
    let scope: Authority
    let behind: Authority
    let catalogue: Catalogue

    /// How many patterns to look at, about, in all decisions together: some milliseconds.
    private static let maximumWork = 1_000_000
    private static let maximumPatterns = 2_000
    private static let maximumValues = 8

    func witness() -> Request? {
        let rank = behind.highestBaseRole?.rank ?? 0
        // The owner may do everything, and each base role all that the ones below it may.
        if rank == BaseRole.owner.rank { return nil }
        if let given = scope.onlyBaseRole, given.rank <= rank { return nil }
        var attempts = min(max(Self.maximumWork / (scope.size + behind.size + 1), 50), 10_000)
        for (resource, actions) in examples() {
            for action in actions {
                if attempts == 0 { return nil }
                attempts -= 1
                let request = Request(action, on: resource)
                if scope.decide(request).isAllowed && !behind.decide(request).isAllowed { return request }
            }
        }
        return nil
    }

    /// What the scope's own statements name, then what narrows the person behind.
    private func examples() -> [(Resource, [Action])] {
        var patterns: [(ResourcePattern, RoleAttributes)] = []
        var isOpen = false
        for grant in scope.grants {
            isOpen = isOpen || grant.basePermissions == .reader
            for statement in grant.policy.statements where statement.effect == .allow {
                let named = statement.resources.patterns
                isOpen = isOpen || statement.resources.isNegated || named.contains(where: \.isEverything)
                patterns += named.map { ($0, grant.attributes) }
            }
        }
        for grant in behind.grants {
            for statement in grant.policy.statements
            where statement.effect == .deny || statement.resources.isNegated {
                patterns += statement.resources.patterns.map { ($0, grant.attributes) }
            }
        }
        if isOpen { patterns += catalogue.types.map { ($0.pattern, [:]) } }
        return patterns.prefix(Self.maximumPatterns).filter { !$0.0.isEverything }.flatMap { pattern, attributes in
            Self.examples(of: pattern, attributes: attributes).map { ($0, actions(on: $0)) }
        }
    }

    /// Those of the catalogue; where it does not know the type, those that the scope names.
    private func actions(on resource: Resource) -> [Action] {
        let known = catalogue.actions(for: resource.chain)
        if !known.isEmpty { return known }
        return scope.grants.flatMap(\.policy.statements).flatMap(\.actions.patterns).map(\.example)
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
    /// How many patterns of resources a decision may look at.
    fileprivate var size: Int {
        grants.reduce(0) { $0 + $1.policy.statements.reduce(0) { $0 + $1.resources.patterns.count } }
    }

    fileprivate var highestBaseRole: BaseRole? { grants.compactMap(\.baseRole).max { $0.rank < $1.rank } }

    fileprivate var onlyBaseRole: BaseRole? { grants.count == 1 ? grants[0].baseRole : nil }
}
