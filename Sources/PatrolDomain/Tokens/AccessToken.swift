/// An access token, without its secrets (see `StoredSecret`).
package struct AccessToken: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Does what its scope *and* its owner may do, at any moment.
        case personal
        /// Does what its scope and the creator's rights *at its creation* allow, whoever leaves.
        case service
        /// An old token of the whole account: does what an admin may, belongs to nobody, is never created.
        case accountWide = "account"
    }

    /// Where the token comes from.
    package enum Origin: String, CaseIterable, Hashable, Sendable {
        /// Made here; Patrol made its secret.
        case created
        /// Made elsewhere; its secret was handed to Patrol so that it can be checked.
        case adopted
        /// Known from an import; its secret is not here.
        case imported
    }

    package let id: TokenID
    package let kind: Kind
    package let origin: Origin
    package var name: String
    package var purpose: String
    /// Whoever created it: the owner of a personal token, on record for a service token,
    /// nil for an account-wide one.
    package let owner: MemberID?
    package var scope: Scope
    /// For service tokens: what the creator could do when it was created. Nil otherwise.
    package let creatorSnapshot: Authority?
    package let createdAt: Timestamp
    package var modifiedAt: Timestamp
    /// Nil: never.
    package var expiresAt: Timestamp?
    /// The last allowed call. Nil: none is known.
    package var lastUsedAt: Timestamp?
    /// Until when use is known; later silence means nothing. Nil: use is counted here, so until now.
    package var useKnownUntil: Timestamp?
    /// The last four characters of the secret, for telling tokens apart.
    package var ending: String
    /// The API version that it is pinned to.
    package var apiVersion: Int?
    package var flag: DeletionFlag?
    /// While it is set the token is refused, whatever it asks for.
    package var quarantine: Quarantine?
    /// A narrower scope that is to take the scope's place.
    package var plan: ScopePlan?
    /// What it was given before its scope was last changed, for going back.
    package var formerScope: FormerScope?
    /// Nil: from everywhere.
    package var networks: NetworkLimit?
    package var deletedAt: Timestamp?
    /// Grows by one with each change: what a confirmation was shown for.
    package var version: Int

    package init(
        id: TokenID, kind: Kind, origin: Origin, name: String, purpose: String = "",
        owner: MemberID?, scope: Scope, creatorSnapshot: Authority? = nil,
        createdAt: Timestamp, modifiedAt: Timestamp? = nil, expiresAt: Timestamp? = nil,
        lastUsedAt: Timestamp? = nil, useKnownUntil: Timestamp? = nil, ending: String = "",
        apiVersion: Int? = nil, flag: DeletionFlag? = nil, quarantine: Quarantine? = nil,
        plan: ScopePlan? = nil, formerScope: FormerScope? = nil, networks: NetworkLimit? = nil,
        deletedAt: Timestamp? = nil, version: Int = 1
    ) {
        self.id = id
        self.kind = kind
        self.origin = origin
        self.name = name
        self.purpose = purpose
        self.owner = owner
        self.scope = scope
        self.creatorSnapshot = creatorSnapshot
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt ?? createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.useKnownUntil = useKnownUntil
        self.ending = ending
        self.apiVersion = apiVersion
        self.flag = flag
        self.quarantine = quarantine
        self.plan = plan
        self.formerScope = formerScope
        self.networks = networks
        self.deletedAt = deletedAt
        self.version = version
    }

    package func isExpired(at time: Timestamp) -> Bool { expiresAt.map { $0 <= time } ?? false }

    /// Where it stands in the tree of resources. Account-wide tokens are part of `acct`.
    package var resource: Resource {
        switch (kind, owner) {
        case (.service, _): Resource.serviceToken(id)
        case (.personal, let owner?): Resource.personalToken(id, of: owner)
        case (.accountWide, _), (.personal, nil): Resource.account
        }
    }
}

/// What a token was given. It never does more than the person behind it.
package enum Scope: Hashable, Sendable {
    case base(BaseRole)
    case customRoles([RoleID])
    case inline(Policy)
    /// The whole account: only of account-wide tokens.
    case account
}

/// A person's mark on a token: to be deleted.
package struct DeletionFlag: Hashable, Sendable {
    package var reason: String
    /// The day by which it is to be deleted, if one was named.
    package var dueAt: Timestamp?
    package var flaggedBy: MemberID
    package var flaggedAt: Timestamp

    package init(reason: String, dueAt: Timestamp?, flaggedBy: MemberID, flaggedAt: Timestamp) {
        self.reason = reason
        self.dueAt = dueAt
        self.flaggedBy = flaggedBy
        self.flaggedAt = flaggedAt
    }
}

/// A token that is refused for a while, to see who misses it, before it is deleted.
package struct Quarantine: Hashable, Sendable {
    package var reason: String
    package var since: Timestamp
    package var setBy: MemberID
    /// When it is to be deleted by whoever runs Patrol next; nil: when somebody does.
    package var deletesAt: Timestamp?

    package init(reason: String, since: Timestamp, setBy: MemberID, deletesAt: Timestamp?) {
        self.reason = reason
        self.since = since
        self.setBy = setBy
        self.deletesAt = deletesAt
    }
}

/// A scope that takes the place of a token's at a later time, so that its owner has notice.
package struct ScopePlan: Hashable, Sendable {
    package var scope: Scope
    package var appliesAt: Timestamp
    package var plannedBy: MemberID
    package var reason: String

    package init(scope: Scope, appliesAt: Timestamp, plannedBy: MemberID, reason: String) {
        self.scope = scope
        self.appliesAt = appliesAt
        self.plannedBy = plannedBy
        self.reason = reason
    }
}

/// What a token was given until its scope was changed.
package struct FormerScope: Hashable, Sendable {
    package var scope: Scope
    package var changedAt: Timestamp

    package init(scope: Scope, changedAt: Timestamp) {
        self.scope = scope
        self.changedAt = changedAt
    }
}

/// What is kept of a secret. A token has one, and a second for a while after a rotation with an overlap.
package struct StoredSecret: Hashable, Sendable {
    /// The public id: the part of a Patrol secret between the first two underscores; for an
    /// adopted secret, the first 16 hexadecimal digits of its fingerprint.
    package let id: String
    package let token: TokenID
    /// HMAC-SHA-256 of the whole secret, 32 bytes.
    package let hash: [UInt8]
    /// Which key of the key file made the hash.
    package let keyVersion: Int
    package let createdAt: Timestamp
    /// From when it is refused. Nil: as long as its token lives.
    package var validUntil: Timestamp?

    package init(
        id: String, token: TokenID, hash: [UInt8], keyVersion: Int, createdAt: Timestamp,
        validUntil: Timestamp? = nil
    ) {
        self.id = id
        self.token = token
        self.hash = hash
        self.keyVersion = keyVersion
        self.createdAt = createdAt
        self.validUntil = validUntil
    }
}
