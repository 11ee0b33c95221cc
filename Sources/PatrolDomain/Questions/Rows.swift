/// A member as the list shows him.
package struct MemberRow: Hashable, Sendable {
    package var member: Member
    /// Keys of his own custom roles, then of those that come through teams.
    package var customRoleKeys: [String]
    package var teamRoleKeys: [String]
    package var tokenCount: Int
    /// The name of the token by which he was last seen.
    package var lastSeenTokenName: String?
    /// What the hygiene rules say about his worst token.
    package var worst: TokenRisk?

    package init(
        member: Member, customRoleKeys: [String] = [], teamRoleKeys: [String] = [],
        tokenCount: Int = 0, lastSeenTokenName: String? = nil, worst: TokenRisk? = nil
    ) {
        self.member = member
        self.customRoleKeys = customRoleKeys
        self.teamRoleKeys = teamRoleKeys
        self.tokenCount = tokenCount
        self.lastSeenTokenName = lastSeenTokenName
        self.worst = worst
    }
}

/// A role as the list shows it: the base roles first, then the custom ones by key.
package struct RoleRow: Hashable, Sendable {
    package enum Listing: Hashable, Sendable {
        case base(BaseRole)
        case custom(Role)
    }

    package var listing: Listing
    package var memberCount: Int
    package var teamCount: Int
    package var tokenCount: Int

    package init(_ listing: Listing, memberCount: Int = 0, teamCount: Int = 0, tokenCount: Int = 0) {
        self.listing = listing
        self.memberCount = memberCount
        self.teamCount = teamCount
        self.tokenCount = tokenCount
    }

    /// The base role's name or the custom role's key.
    package var key: String {
        switch listing {
        case .base(let role): role.rawValue
        case .custom(let role): role.key.text
        }
    }
}

/// A token as the list shows it.
package struct TokenRow: Hashable, Sendable {
    package var token: AccessToken
    package var ownerName: String?
    package var ownerStanding: Member.Standing?
    /// Keys of the custom roles in its scope.
    package var scopeRoleKeys: [String]
    /// As it was last judged; `TokenDetail` judges anew.
    package var risk: TokenRisk
    /// Its calls a day, allowed and denied, the last `recentDays` days, oldest first, today last; empty where no
    /// use is known.
    package var recentUse: [Int]

    package static let recentDays = 14

    package init(
        token: AccessToken, ownerName: String?, ownerStanding: Member.Standing?,
        scopeRoleKeys: [String] = [], risk: TokenRisk, recentUse: [Int] = []
    ) {
        self.recentUse = recentUse
        self.token = token
        self.ownerName = ownerName
        self.ownerStanding = ownerStanding
        self.scopeRoleKeys = scopeRoleKeys
        self.risk = risk
    }
}

/// An entry of the audit log, or of the log of the system an account was imported from.
package enum AuditRow: Hashable, Sendable {
    case entry(AuditEntry)
    case past(PastEntry)
}

/// How many there are of each, kept current by each change.
package struct Tally: Hashable, Sendable {
    package var members: Int
    package var roles: Int
    package var tokens: Int
    package var flaggedTokens: Int
    package var auditEntries: Int

    package init(members: Int, roles: Int, tokens: Int, flaggedTokens: Int, auditEntries: Int) {
        self.members = members
        self.roles = roles
        self.tokens = tokens
        self.flaggedTokens = flaggedTokens
        self.auditEntries = auditEntries
    }
}

/// What lists are sorted by: one order for each column, and each also the other way round.
package enum MemberSort: String, CaseIterable, Hashable, Sendable {
    case name, email, role, tokens, lastSeen, worst
}

package enum RoleSort: String, CaseIterable, Hashable, Sendable {
    /// The base roles by what they give, then the custom ones by key.
    case kind
    case key, name, members, teams, tokens
}

package enum TokenSort: String, CaseIterable, Hashable, Sendable {
    case risk, name, owner, scope, ending, created, lastUsed, expires, flag
}
