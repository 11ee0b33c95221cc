/// Looks through the roles of an account, and writes a policy, for the needs of one token.
struct ScopeSearch {
    private let sizing: RightSizing
    private let now: TokenAuthority
    private let catalogue: Catalogue
    private var analysis: ScopeAnalysis
    private var granted: GrantedActions

    /// A comparison that takes more is not counted as proof.
    private static let steps = 500_000

    /// - Parameter now: What the token may do now.
    init(_ sizing: RightSizing, now: TokenAuthority, catalogue: Catalogue) {
        self.sizing = sizing
        self.now = now
        self.catalogue = catalogue
        analysis = ScopeAnalysis(catalogue: catalogue)
        granted = GrantedActions(catalogue)
    }

    mutating func answer(_ grade: Grade, at time: Timestamp) throws(Withheld) -> RightSizingAnswer {
        let needs = try sizing.needs(now, catalogue: catalogue)
        let needed = Set(needs.map { TypeAction($0.request.action, on: $0.request.resource.chain) })
        let mayDo = granted.actions(of: now)
        let role = smallestRole(for: needs.map(\.request), needed, at: time)
        let policy = self.policy(for: needs.map(\.request), at: time)
        let evidence = Proposal.Evidence(sizing.use)
        let excess = excess(of: mayDo, beyond: needed)
        // The policy gives nothing that is not needed: what is not smaller than it can't be made smaller.
        let isSmallest = policy.map { isWithin(now, $0.authority) } ?? false
        if isSmallest { return .fits(grade, evidence, excess: excess) }
        guard var first = role ?? policy else { throw .notExpressible }
        var second = role == nil ? nil : policy
        if let policy, role != nil, isFarBeyond(first, needed) { (first, second) = (policy, first) }
        if isWithin(now, first.authority) { return .fits(grade, evidence, excess: excess) }
        return .proposed(
            Proposal(
                option: option(first, mayDo, needed), alternative: second.map { option($0, mayDo, needed) },
                grade: grade, needs: needs, use: evidence, excess: excess, obstacle: sizing.token.kind.obstacle))
    }

    // MARK: Ways

    private struct Way {
        var scope: Scope
        var roleKeys: [String]
        var authority: TokenAuthority
        var actions: Set<TypeAction>
    }

    private mutating func way(_ scope: Scope, at time: Timestamp) -> Way {
        let keys = scope.customRoles.compactMap { sizing.roles[$0]?.key.text }
        let authority =
            sizing.token.kind == .accountWide
            ? TokenAuthority(
                scope: Authority(of: scope, roles: sizing.roles, owner: nil, teams: []),
                behind: TokenAuthority.accountWide)
            : sizing.authority(of: scope, at: time)
        return Way(scope: scope, roleKeys: keys, authority: authority, actions: [])
    }

    /// Roles that cover the needs and are proven to give nothing beyond what the token may do now. The smallest is the
    /// one with the least weight beyond the needs; and where another one is within it, that one.
    private mutating func smallestRole(for needs: [Request], _ needed: Set<TypeAction>, at time: Timestamp) -> Way? {
        var covering: [Way] = []
        for scope in scopes(at: time, needs) {
            var way = way(scope, at: time)
            guard needs.allSatisfy({ way.authority.decide($0).isAllowed }), isWithin(way.authority, now) else {
                continue
            }
            way.actions = granted.actions(of: way.authority)
            covering.append(way)
        }
        guard
            var smallest = covering.min(by: {
                ($0.actions.weight(in: catalogue), $0.roleKeys.count, $0.roleKeys.first ?? "")
                    < ($1.actions.weight(in: catalogue), $1.roleKeys.count, $1.roleKeys.first ?? "")
            })
        else { return nil }
        for way in covering
        where isWithin(way.authority, smallest.authority) && !isWithin(smallest.authority, way.authority) {
            smallest = way
        }
        return smallest
    }

    /// The base roles, every custom role, and those of its own roles that it can't do without.
    private mutating func scopes(at time: Timestamp, _ needs: [Request]) -> [Scope] {
        let live = sizing.roles.values.filter { $0.deletedAt == nil }.sorted { $0.key < $1.key }
        var scopes = [BaseRole.reader, .writer, .admin].map(Scope.base) + live.map { Scope.customRoles([$0.id]) }
        var own = sizing.token.scope.customRoles
        for role in own where own.count > 2 {
            let rest = own.filter { $0 != role }
            let authority = sizing.authority(of: .customRoles(rest), at: time)
            if needs.allSatisfy({ authority.decide($0).isAllowed }) { own = rest }
        }
        if own.count > 1 { scopes.append(.customRoles(own)) }
        return scopes
    }

    private mutating func policy(for needs: [Request], at time: Timestamp) -> Way? {
        var analysis = analysis
        let (sizing, now) = (sizing, now)
        var probe = way(.inline(Policy(statements: [])), at: time)
        let writer = NeedPolicy(
            isWithin: { policy in
                probe.authority.scope = Authority(of: .inline(policy), roles: [:], owner: nil, teams: [])
                return analysis.containment(of: probe.authority, in: now, steps: Self.steps) == .contained
            },
            denials: sizing.token.kind == .accountWide ? [] : now.scope?.denials ?? [])
        guard let policy = writer.policy(for: needs) else { return nil }
        var way = way(.inline(policy), at: time)
        way.actions = granted.actions(of: way.authority)
        return way
    }

    private mutating func isWithin(_ inner: TokenAuthority, _ outer: TokenAuthority) -> Bool {
        analysis.containment(of: inner, in: outer, steps: Self.steps) == .contained
    }

    // MARK: Figures

    /// Whether a role gives more than as much again as is needed.
    private func isFarBeyond(_ way: Way, _ needed: Set<TypeAction>) -> Bool {
        let need = way.actions.intersection(needed).weight(in: catalogue)
        return way.actions.weight(in: catalogue) > 2 * need
    }

    private func excess(of actions: Set<TypeAction>, beyond needed: Set<TypeAction>) -> Int {
        let all = actions.weight(in: catalogue)
        return all == 0 ? 0 : actions.subtracting(needed).weight(in: catalogue) * 100 / all
    }

    private mutating func option(
        _ way: Way, _ mayDo: Set<TypeAction>, _ needed: Set<TypeAction>
    ) -> Proposal.Option {
        let narrowed = granted.narrowed(way.actions.intersection(mayDo), of: way.authority, from: now)
        let example = analysis.containment(of: now, in: way.authority, steps: Self.steps).witness?.request
        return Proposal.Option(
            scope: way.scope, roleKeys: way.roleKeys, authority: way.authority,
            difference: ScopeDifference(
                lost: inOrder(mayDo.subtracting(way.actions)), narrowed: inOrder(narrowed),
                kept: inOrder(way.actions.intersection(mayDo).subtracting(narrowed)), example: example),
            excess: excess(of: way.actions, beyond: needed))
    }

    /// As in the catalogue.
    private func inOrder(_ actions: Set<TypeAction>) -> [TypeAction] {
        catalogue.types.flatMap { type in
            type.actions.map { TypeAction($0, on: type.chain) }.filter(actions.contains)
        }
    }
}

extension AccessToken.Kind {
    fileprivate var obstacle: Proposal.Obstacle? {
        switch self {
        case .personal: nil
        case .service: .isService
        case .accountWide: .isAccountWide
        }
    }
}

extension Scope {
    /// The custom roles it names.
    fileprivate var customRoles: [RoleID] {
        if case .customRoles(let roles) = self { roles } else { [] }
    }
}
