/// The answer to a `Request`, with what decided it.
package struct Decision: Hashable, Sendable {
    package let isAllowed: Bool
    package let reason: Reason

    package init(isAllowed: Bool, reason: Reason) {
        self.isAllowed = isAllowed
        self.reason = reason
    }

    /// What decided.
    package indirect enum Reason: Hashable, Sendable {
        /// A statement of a role, by its place (from 0) in the role's policy.
        case statement(Int, of: GrantName)
        /// What a role says where no statement of it applies: viewing, or a member's own tokens.
        case basePermissions(of: GrantName)
        /// No role has anything to say about it.
        case nothingApplies
        /// The project can't be viewed, so nothing in it can be changed; what kept it from view.
        case viewGate(project: String, Reason)
        /// The token's scope would allow it, but the person behind it may not, for this reason.
        case withheld(Reason)
        /// An account-wide token may do everything.
        case accountWide
        /// The one who asks is not in force at all: expired, removed, pending, deleted.
        case notInForce(NotInForce)
    }

    package enum NotInForce: String, Hashable, Sendable {
        case tokenExpired, tokenDeleted, ownerRemoved, ownerPending, memberRemoved, memberPending
        case secretRetired, secretUnknown
    }
}

/// Which set of permissions a reason speaks of.
package struct GrantName: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        case baseRole
        case customRole
        /// A custom role that comes through the team with this key.
        case team(Key)
        /// A token's inline policy.
        case inlinePolicy
        /// What a service token's creator could do when it was created.
        case creatorSnapshot
    }

    package let source: Source
    /// The role's key, the base role's name, or `inline policy`.
    package let role: String

    package init(_ role: String, source: Source) {
        self.role = role
        self.source = source
    }
}
