/// What a token may do: what it was given *and* what the person behind it may do.
package struct TokenAuthority: Hashable, Sendable {
    /// What it was given. Nil for an account-wide token: what an admin may do.
    package var scope: Authority?
    /// What the owner of a personal token may do now, or could do when a service token was created.
    /// Nil where there is nobody, or nothing is known: then it may do nothing, unless it is account-wide.
    package var behind: Authority?
    /// Why it is refused whatever is asked for; nil when it is in force.
    package var standing: Decision.NotInForce?

    package init(scope: Authority?, behind: Authority?, standing: Decision.NotInForce? = nil) {
        self.scope = scope
        self.behind = behind
        self.standing = standing
    }

    /// - Parameters:
    ///   - owner: The token's owner or creator, as he is now; nil where he is not on record.
    ///   - roles: Every custom role that the scope, the owner and his teams name.
    ///   - teams: Those of the owner.
    package init(
        of token: AccessToken, owner: Member?, roles: [RoleID: Role], teams: [Team], at now: Timestamp
    ) {
        standing = token.notInForce(owner: owner, at: now)
        switch token.kind {
        case .accountWide:
            scope = nil
            behind = nil
        case .personal:
            scope = Authority(of: token.scope, roles: roles, owner: owner, teams: teams)
            behind = owner.map { Authority(of: $0, roles: roles, teams: teams) }
        case .service:
            // Whatever becomes of the creator, his role attributes are those of the snapshot.
            let attributes = token.creatorSnapshot?.allAttributes ?? [:]
            scope = Authority(of: token.scope, roles: roles) { _ in attributes }
            behind = token.creatorSnapshot
        }
    }

    static let accountWide = Authority(grants: [BaseRole.admin.grant(holder: nil)], holder: nil)

    package func decide(_ request: Request) -> Decision {
        if let standing { return Decision(isAllowed: false, reason: .notInForce(standing)) }
        guard let scope else {
            let admin = Self.accountWide.decide(request)
            return admin.isAllowed ? Decision(isAllowed: true, reason: .accountWide) : admin
        }
        let given = scope.decide(request)
        if !given.isAllowed { return given }
        let personal = behind?.decide(request) ?? Decision(isAllowed: false, reason: .nothingApplies)
        return personal.isAllowed ? given : Decision(isAllowed: false, reason: .withheld(personal.reason))
    }
}

extension Authority {
    /// The attribute values of all of its grants.
    fileprivate var allAttributes: RoleAttributes {
        grants.reduce(into: [:]) { all, grant in all.merge(grant.attributes) { $0 + $1 } }
    }
}

extension AccessToken {
    /// Why the token is refused at this time, whatever is asked for; nil when it is in force.
    /// Service tokens outlive their creators.
    package func notInForce(owner: Member?, at now: Timestamp) -> Decision.NotInForce? {
        if deletedAt != nil { return .tokenDeleted }
        if isExpired(at: now) { return .tokenExpired }
        if quarantine != nil { return .tokenQuarantined }
        guard kind == .personal else { return nil }
        switch owner?.standing {
        case .active: return nil
        case .pending: return .ownerPending
        case .removed, nil: return .ownerRemoved
        }
    }
}

extension Member {
    /// Why the member may do nothing, whatever his roles say; nil when he is in force.
    package var notInForce: Decision.NotInForce? {
        switch standing {
        case .active: nil
        case .pending: .memberPending
        case .removed: .memberRemoved
        }
    }
}

extension StoredSecret {
    /// Whether it is refused from now on: replaced, and the time of overlap is over.
    package func isRetired(at now: Timestamp) -> Bool { validUntil.map { $0 <= now } ?? false }
}
