/// The token that a command comes with, and all that it may do in the moment of the ruling.
package struct ActingToken: Hashable, Sendable {
    package var token: AccessToken
    package var authority: TokenAuthority

    package init(_ token: AccessToken, authority: TokenAuthority) {
        self.token = token
        self.authority = authority
    }

    /// Whether it was given what an admin or the owner may do, and the person behind it may do that.
    package var isAdmin: Bool {
        guard authority.standing == nil else { return false }
        switch token.scope {
        case .account: return token.kind == .accountWide
        case .base(.admin), .base(.owner): return authority.behind?.isAdmin ?? false
        default: return false
        }
    }
}

extension Authority {
    /// Whether an admin's base role, or the owner's, is among what counts.
    fileprivate var isAdmin: Bool {
        grants.contains { grant in
            grant.name.source == .baseRole && [BaseRole.admin.rawValue, BaseRole.owner.rawValue].contains(grant.name.role)
        }
    }
}

extension Facts {
    /// Whether the actor may do this; where he acts with a token, the token.
    func decide(_ request: Request) -> Decision {
        actingToken?.authority.decide(request) ?? actorAuthority.decide(request)
    }

    /// Whether it is the actor's own personal token. Whoever acts with a token that belongs to nobody has none.
    func isOwn(_ other: AccessToken) -> Bool {
        guard actingToken.map({ $0.token.kind == .personal }) ?? true else { return false }
        return other.kind == .personal && other.owner == actor.id
    }

    /// Whether the actor acts with the rights of an admin or the owner: a custom role of one's own
    /// takes the base role's place.
    var isActorAdmin: Bool {
        if let actingToken { return actingToken.isAdmin }
        return actor.customRoles.isEmpty && (actor.baseRole == .admin || actor.baseRole == .owner)
    }

    /// Who is on record as having done it: what belongs to no member acts under its own name.
    var actorName: String {
        guard let token = actingToken?.token, token.kind != .personal else { return actor.displayName }
        return token.name
    }

    /// Whose a new token is: of what a service token makes, its creator is the creator.
    var creator: MemberID? {
        guard let token = actingToken?.token else { return actor.id }
        return token.kind == .accountWide ? nil : token.owner
    }

    /// What bounds a new service token besides its scope.
    var creatorAuthority: Authority {
        guard let actingToken else { return actorAuthority }
        if actingToken.token.kind == .accountWide { return TokenAuthority.accountWide }
        return actingToken.authority.behind ?? Authority(grants: [], holder: nil)
    }
}

// What a token may not do though it was given it: nothing that makes more of it than it is.
extension Rules {
    /// A pending member may do one thing: accept. `acceptInvitation` checks for itself.
    static func requireInForce(_ facts: Facts) throws(Refusal) {
        if let acting = facts.actingToken {
            if let why = acting.authority.standing { throw .actorNotInForce(why) }
        } else if facts.actor.standing == .removed {
            throw .actorNotInForce(.memberRemoved)
        }
    }

    /// Nobody but the invited one says that he comes; and an import can give tokens other scopes.
    static func requireInPerson(_ command: Command, _ facts: Facts) throws(Refusal) {
        guard facts.actingToken != nil else { return }
        switch command {
        case .acceptInvitation, .importAccount: throw .inPersonOnly
        default: return
        }
    }

    static func requireMemberBehind(_ kind: AccessToken.Kind, _ facts: Facts) throws(Refusal) {
        guard let acting = facts.actingToken, acting.token.kind != .personal else { return }
        if kind == .personal { throw .nobodyBehindToken }
    }

    /// Who acts with a token gives no scope that goes beyond what the token was given, whatever the person behind it may
    /// do: he may be given more some day, and so may a role. Less than a token has already is always possible.
    ///
    /// - Parameter before: The token that is to get the scope; nil for a new one.
    static func requireNoMore(
        _ scope: Scope, than before: AccessToken? = nil, _ facts: Facts
    ) throws(Refusal) {
        guard let acting = facts.actingToken else { return }
        if scope.isPart(of: acting.token.scope) { return }
        if let before, scope.isPart(of: before.scope) { return }
        let wanted = facts.authority(of: scope)
        if case .customRoles = scope, !acting.isAdmin { throw .scopeBeyondToken(nil) }
        let within = wanted.containment(in: TokenAuthority(acting.authority.scope ?? TokenAuthority.accountWide))
        if within == .contained { return }
        if let before, wanted.containment(in: facts.authority(of: before.scope)) == .contained { return }
        if case .beyond(let witness) = within { throw .scopeBeyondToken(witness.request) }
        throw .scopeBeyondToken(nil)
    }
}

extension Scope {
    /// Whether it names nothing but roles that the other one names: so it stays within it, whatever becomes of the roles.
    fileprivate func isPart(of other: Scope) -> Bool {
        guard case .customRoles(let roles) = self, case .customRoles(let all) = other else { return self == other }
        return roles.allSatisfy(all.contains)
    }
}

extension Facts {
    /// What the scope gives by itself.
    fileprivate func authority(of scope: Scope) -> TokenAuthority {
        TokenAuthority(Authority(of: scope, roles: roles, owner: tokenOwner ?? actor, teams: actorTeams))
    }
}
