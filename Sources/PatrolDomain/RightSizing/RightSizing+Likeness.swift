/// What a token was given, told by a role that it is as wide as: by exact comparison.
package enum ScopeLikeness: Hashable, Sendable {
    /// It grants what this role does, no more and no less: a base role's name, or a custom role's key.
    case same(String)
    /// It grants all that an admin may, and more.
    case beyondAdmin
}

extension RightSizing {
    /// The roles that grant the same as the token's scope, base roles first; those that it names itself are left out.
    /// An answer that takes too many steps says nothing.
    package func likeness(at now: Timestamp, catalogue: Catalogue = .launchDarkly) -> [ScopeLikeness] {
        guard let given = authority(of: token.scope, at: now).scope, !given.grants.isEmpty else { return [] }
        var analysis = ScopeAnalysis(catalogue: catalogue)
        let scope = TokenAuthority(given)
        var found: [ScopeLikeness] = []
        for role in [BaseRole.owner, .admin, .writer, .reader] where token.scope != .base(role) {
            let other = TokenAuthority(Authority(of: .base(role), roles: [:], owner: nil, teams: []))
            if analysis.isSame(scope, other) { found.append(.same(role.rawValue)) }
            if role == .admin, found.isEmpty, analysis.isWithin(other, scope) { found.append(.beyondAdmin) }
        }
        for role in roles.values.sorted(by: { $0.key < $1.key })
        where role.deletedAt == nil && token.scope != .customRoles([role.id]) {
            let other = Authority(of: .customRoles([role.id]), roles: roles, owner: owner, teams: teams)
            if analysis.isSame(scope, TokenAuthority(other)) { found.append(.same(role.key.text)) }
        }
        return found
    }
}

extension ScopeAnalysis {
    fileprivate mutating func isWithin(_ inner: TokenAuthority, _ outer: TokenAuthority) -> Bool {
        containment(of: inner, in: outer, steps: Self.stepsAmongMany) == .contained
    }

    fileprivate mutating func isSame(_ one: TokenAuthority, _ other: TokenAuthority) -> Bool {
        isWithin(one, other) && isWithin(other, one)
    }
}
