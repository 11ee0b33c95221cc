/// Everything that can be asked for, as data. Each carries what the front end was shown
/// (`version`), so that a stale confirmation is refused instead of doing something else. New ids
/// and secrets are not in it: the door makes them (`Facts.fresh`).
package enum Command: Hashable, Sendable {
    case inviteMember(InviteMember)
    /// The member himself takes up his place.
    case acceptInvitation
    case changeMemberRoles(ChangeMemberRoles)
    case removeMember(MemberID, version: Int)
    case transferOwnership(to: MemberID, version: Int)

    case createRole(CreateRole)
    case editRole(EditRole)
    case deleteRole(RoleID, version: Int)

    case createToken(CreateToken)
    case editToken(EditToken)
    case editNetworks(EditNetworks)
    case rotateToken(RotateToken)
    case flagToken(TokenID, reason: String, dueAt: Timestamp?, version: Int)
    case unflagToken(TokenID, version: Int)
    case deleteToken(TokenID, version: Int)
    case adoptToken(AdoptToken)
    case quarantineToken(QuarantineToken)
    case thawToken(TokenID, version: Int)
    case planScope(PlanScope)
    case cancelPlan(TokenID, version: Int)
    case applyPlan(TokenID, version: Int)
    /// Gives a token again what it was given before its scope was last changed.
    case restoreScope(TokenID, version: Int)

    case saveTemplate(SaveTemplate)
    case deleteTemplate(Key, version: Int)
    case suppressFinding(SuppressFinding)
    case liftSuppression(TokenID, rule: HygieneRule, version: Int)

    case changeSettings(ChangeSettings)

    case startReview(StartReview)
    case decideReviewItem(DecideReviewItem)
    case closeReview(ReviewID, version: Int)

    case importAccount(AccountImport)
}

/// The first command of an account: makes it, and its owner. Possible once, on an empty database.
package struct FoundAccount: Hashable, Sendable {
    package var name: String
    package var ownerEmail: String
    package var ownerFirstName: String
    package var ownerLastName: String

    package init(name: String, ownerEmail: String, ownerFirstName: String, ownerLastName: String) {
        self.name = name
        self.ownerEmail = ownerEmail
        self.ownerFirstName = ownerFirstName
        self.ownerLastName = ownerLastName
    }
}

package struct InviteMember: Hashable, Sendable {
    package var email: String
    package var firstName: String
    package var lastName: String
    package var baseRole: BaseRole
    package var customRoles: [RoleID]
    package var roleAttributes: RoleAttributes

    package init(
        email: String, firstName: String = "", lastName: String = "",
        baseRole: BaseRole = .reader, customRoles: [RoleID] = [], roleAttributes: RoleAttributes = [:]
    ) {
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.baseRole = baseRole
        self.customRoles = customRoles
        self.roleAttributes = roleAttributes
    }
}

package struct ChangeMemberRoles: Hashable, Sendable {
    package var member: MemberID
    package var version: Int
    package var baseRole: BaseRole
    package var customRoles: [RoleID]
    package var roleAttributes: RoleAttributes

    package init(
        member: MemberID, version: Int, baseRole: BaseRole, customRoles: [RoleID],
        roleAttributes: RoleAttributes
    ) {
        self.member = member
        self.version = version
        self.baseRole = baseRole
        self.customRoles = customRoles
        self.roleAttributes = roleAttributes
    }
}

package struct CreateRole: Hashable, Sendable {
    package var key: Key
    package var name: String
    package var description: String
    package var basePermissions: BasePermissions
    package var policy: Policy

    package init(
        key: Key, name: String, description: String = "",
        basePermissions: BasePermissions = .noAccess, policy: Policy
    ) {
        self.key = key
        self.name = name
        self.description = description
        self.basePermissions = basePermissions
        self.policy = policy
    }
}

/// The role as it is to be; its key can't change.
package struct EditRole: Hashable, Sendable {
    package var role: RoleID
    package var version: Int
    package var name: String
    package var description: String
    package var basePermissions: BasePermissions
    package var policy: Policy

    package init(
        role: RoleID, version: Int, name: String, description: String,
        basePermissions: BasePermissions, policy: Policy
    ) {
        self.role = role
        self.version = version
        self.name = name
        self.description = description
        self.basePermissions = basePermissions
        self.policy = policy
    }
}

package struct CreateToken: Hashable, Sendable {
    package var kind: AccessToken.Kind
    package var name: String
    package var purpose: String
    package var scope: Scope
    package var expiresAt: Timestamp?
    package var networks: NetworkLimit?
    /// The API version that its calls ask for where they do not say; nil: the latest.
    package var apiVersion: Int?

    package init(
        kind: AccessToken.Kind, name: String, purpose: String, scope: Scope,
        expiresAt: Timestamp?, networks: NetworkLimit? = nil, apiVersion: Int? = nil
    ) {
        self.apiVersion = apiVersion
        self.kind = kind
        self.name = name
        self.purpose = purpose
        self.scope = scope
        self.expiresAt = expiresAt
        self.networks = networks
    }
}

/// The token as it is to be. The scope of a service token can't change.
package struct EditToken: Hashable, Sendable {
    package var token: TokenID
    package var version: Int
    package var name: String
    package var purpose: String
    package var scope: Scope
    package var expiresAt: Timestamp?

    package init(
        token: TokenID, version: Int, name: String, purpose: String, scope: Scope,
        expiresAt: Timestamp?
    ) {
        self.token = token
        self.version = version
        self.name = name
        self.purpose = purpose
        self.scope = scope
        self.expiresAt = expiresAt
    }
}

/// From where a token may be used from now on.
package struct EditNetworks: Hashable, Sendable {
    package var token: TokenID
    package var version: Int
    /// Nil: from everywhere.
    package var networks: NetworkLimit?

    package init(token: TokenID, version: Int, networks: NetworkLimit?) {
        self.token = token
        self.version = version
        self.networks = networks
    }
}

/// A new secret; the old one stops at `oldSecretUntil`, or at once.
package struct RotateToken: Hashable, Sendable {
    package var token: TokenID
    package var version: Int
    package var oldSecretUntil: Timestamp?

    package init(
        token: TokenID, version: Int, oldSecretUntil: Timestamp?
    ) {
        self.token = token
        self.version = version
        self.oldSecretUntil = oldSecretUntil
    }
}

/// Takes over a secret that is in use already, so that it keeps working while it is retired.
/// The one way for an account-wide token to come into the account, besides an import.
package struct AdoptToken: Hashable, Sendable {
    package var kind: AccessToken.Kind
    package var name: String
    package var purpose: String
    package var owner: MemberID?
    package var scope: Scope
    package var expiresAt: Timestamp?

    package init(
        kind: AccessToken.Kind, name: String, purpose: String, owner: MemberID?,
        scope: Scope, expiresAt: Timestamp?
    ) {
        self.kind = kind
        self.name = name
        self.purpose = purpose
        self.owner = owner
        self.scope = scope
        self.expiresAt = expiresAt
    }
}

/// A finding of a token that is not to count until a day.
package struct SuppressFinding: Hashable, Sendable {
    package var token: TokenID
    package var version: Int
    package var rule: HygieneRule
    package var reason: String
    package var endsAt: Timestamp

    package init(token: TokenID, version: Int, rule: HygieneRule, reason: String, endsAt: Timestamp) {
        self.token = token
        self.version = version
        self.rule = rule
        self.reason = reason
        self.endsAt = endsAt
    }
}

/// The account's settings as they are to be.
package struct ChangeSettings: Hashable, Sendable {
    package var hygiene: HygieneSettings
    /// Of the settings that were shown.
    package var version: Int

    package init(hygiene: HygieneSettings, version: Int) {
        self.hygiene = hygiene
        self.version = version
    }
}

/// Members, roles, teams, tokens and past audit entries read from elsewhere, to be added or updated by id.
package struct AccountImport: Hashable, Sendable {
    /// Where it was read from, in words: `LaunchDarkly files in ./export`.
    package var source: String
    package var members: [Member]
    package var roles: [Role]
    package var teams: [Team]
    package var tokens: [AccessToken]
    package var pastEntries: [PastEntry]

    package init(
        source: String, members: [Member], roles: [Role], teams: [Team], tokens: [AccessToken],
        pastEntries: [PastEntry]
    ) {
        self.source = source
        self.members = members
        self.roles = roles
        self.teams = teams
        self.tokens = tokens
        self.pastEntries = pastEntries
    }
}
