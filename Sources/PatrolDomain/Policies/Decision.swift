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
        /// An account-wide token may do what an admin may.
        case accountWide
        /// Accepting an invitation needs no role: it is the member's own.
        case ownInvitation
        /// In a review, a member keeps a token of his own.
        case ownToken
        /// The one who asks is not in force at all: expired, removed, pending, deleted.
        case notInForce(NotInForce)
    }

    package enum NotInForce: String, Hashable, Sendable {
        case tokenExpired, tokenDeleted, tokenQuarantined, ownerRemoved, ownerPending, memberRemoved, memberPending
        case secretRetired, secretUnknown
        /// The token is limited to networks, and the call did not come from one of them.
        case networkRefused
    }
}

extension Decision {
    /// The role or the like that decided; nil where none did.
    package var decidingGrant: GrantName? { reason.decidingGrant }

    /// The place (from 0) of the deciding statement in the policy of `decidingGrant`; nil where none decided.
    package var decidingStatement: Int? { reason.decidingStatement }
}

extension Decision.Reason {
    /// A stable word for the audit log and `--json`.
    package var code: String {
        switch self {
        case .statement: "statement"
        case .basePermissions: "basePermissions"
        case .nothingApplies: "nothingApplies"
        case .viewGate: "viewGate"
        case .withheld: "withheld"
        case .accountWide: "accountWide"
        case .ownInvitation: "ownInvitation"
        case .ownToken: "ownToken"
        case .notInForce(let why): why.rawValue
        }
    }

    package var decidingGrant: GrantName? {
        switch self {
        case .statement(_, of: let grant), .basePermissions(of: let grant): grant
        case .viewGate(_, let inner), .withheld(let inner): inner.decidingGrant
        case .nothingApplies, .accountWide, .ownInvitation, .ownToken, .notInForce: nil
        }
    }

    package var decidingStatement: Int? {
        switch self {
        case .statement(let place, of: _): place
        case .viewGate(_, let inner), .withheld(let inner): inner.decidingStatement
        case .basePermissions, .nothingApplies, .accountWide, .ownInvitation, .ownToken, .notInForce: nil
        }
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
