/// An action on a type of resource of the catalogue.
package struct TypeAction: Hashable, Sendable {
    /// The type's chain: `proj/*:env/*:flag/*`.
    package var chain: String
    package var action: Action

    package init(_ action: Action, on chain: String) {
        self.chain = chain
        self.action = action
    }
}

/// What a token may do on at least one resource, in the catalogue's terms: exactly, as far as the catalogue goes.
struct GrantedActions {
    let catalogue: Catalogue
    private var analysis: ScopeAnalysis

    init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
        analysis = ScopeAnalysis(catalogue: catalogue)
    }

    mutating func actions(of authority: TokenAuthority) -> Set<TypeAction> {
        var granted: Set<TypeAction> = []
        for type in catalogue.types {
            for action in type.actions where isGranted(action, on: type, authority) {
                granted.insert(TypeAction(action, on: type.chain))
            }
        }
        return granted
    }

    /// Those of them that it may do on less than `wider` may.
    mutating func narrowed(
        _ granted: Set<TypeAction>, of authority: TokenAuthority, from wider: TokenAuthority
    ) -> Set<TypeAction> {
        granted.filter { pair in
            guard let type = catalogue.type(pair.chain) else { return false }
            // Whether projects are seen is a question of its own.
            let (only, seeing) = (wider.limited(to: pair.action, on: type), authority.seeingProjects)
            return analysis.containment(of: only, in: seeing, steps: Self.steps) != .contained
        }
    }

    /// A question of this kind is small: what takes more is answered as if it were granted.
    private static let steps = 200_000

    private mutating func isGranted(_ action: Action, on type: ResourceType, _ authority: TokenAuthority) -> Bool {
        if authority.scope.map({ !$0.speaks(of: action, on: type) }) ?? false { return false }
        if authority.behind.map({ !$0.speaks(of: action, on: type) }) ?? (authority.scope != nil) { return false }
        let request = Request(action, on: type.example)
        if authority.decide(request).isAllowed { return true }
        let rest = Authority.everything(but: action, on: type)
        let answer = analysis.containment(
            of: authority, in: TokenAuthority(scope: rest, behind: rest), steps: Self.steps)
        return answer != .contained
    }
}

extension ResourceType {
    /// A resource of the type of which no policy says anything by its key.
    fileprivate var example: Resource {
        Resource(
            segments: pattern.chain.map { Resource.Segment(type: $0.type, key: $0.key == nil ? "" : "any") })
    }
}

extension Authority {
    /// Whether an allow could be about it at all.
    fileprivate func speaks(of action: Action, on type: ResourceType) -> Bool {
        grants.contains { grant in
            if grant.basePermissions == .reader && action.isView { return true }
            if holder != nil && Action.ofOwnTokens.contains(action) { return true }
            return grant.policy.statements.contains { statement in
                statement.effect == .allow && statement.actions.speaks { $0.matches(action) }
                    && statement.resources.speaks { $0.isEverything || $0.typeChain == type.chain }
            }
        }
    }

    fileprivate static func everything(but action: Action, on type: ResourceType) -> Authority {
        let policy = Policy(statements: [
            Statement(.allow, actions: .matching([.everything]), resources: .matching([.everything])),
            Statement(.deny, actions: .matching([ActionPattern(action)]), resources: .matching([type.pattern])),
        ])
        return Authority(of: .inline(policy), roles: [:], owner: nil, teams: [])
    }
}

extension Selection {
    /// Not-forms may be about anything.
    fileprivate func speaks(_ matches: (Pattern) -> Bool) -> Bool {
        isNegated || patterns.contains(where: matches)
    }
}

extension TokenAuthority {
    /// The same, of this action on this type alone, with the view of projects that it needs.
    fileprivate func limited(to action: Action, on type: ResourceType) -> TokenAuthority {
        let kept = type.chain.utf8.starts(with: "proj/".utf8) ? [action, .viewProject] : [action]
        let limit = [
            Statement(
                .deny, actions: .notMatching(kept.map(ActionPattern.init(_:))), resources: .matching([.everything])),
            Statement(.deny, actions: .matching([ActionPattern(action)]), resources: .notMatching([type.pattern])),
        ]
        var limited = self
        limited.scope = scope.map { scope in
            let grants = scope.grants.map { grant in
                var grant = grant
                grant.policy.statements += limit
                return grant
            }
            return Authority(grants: grants, holder: scope.holder)
        }
        return limited
    }

    /// The same, and the view of every project.
    fileprivate var seeingProjects: TokenAuthority {
        let viewing = Statement(
            .allow, actions: .matching([ActionPattern(.viewProject)]),
            resources: .matching([ResourcePattern(allOf: ["proj"])]))
        let grant = Grant(
            GrantName("inline policy", source: .inlinePolicy), policy: Policy(statements: [viewing]),
            basePermissions: .noAccess)
        var seeing = self
        seeing.scope?.grants.append(grant)
        seeing.behind?.grants.append(grant)
        return seeing
    }
}

extension TypeAction {
    /// How much it weighs in a comparison of scopes: looking 1, changing 3, 9 where it changes who may do what.
    func weight(in catalogue: Catalogue) -> Int {
        if action.isView { return 1 }
        return catalogue.type(chain)?.isAdministrative ?? false ? 9 : 3
    }
}

extension Set<TypeAction> {
    func weight(in catalogue: Catalogue) -> Int { reduce(0) { $0 + $1.weight(in: catalogue) } }
}
