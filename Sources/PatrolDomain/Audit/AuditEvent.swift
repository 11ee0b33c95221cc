/// One field of a thing, before and after. Text as a person reads it; nil: there was, or is, none.
package struct FieldChange: Hashable, Sendable {
    package var field: String
    package var before: String?
    package var after: String?

    package init(_ field: String, before: String?, after: String?) {
        self.field = field
        self.before = before
        self.after = after
    }
}

/// What an audit entry is about.
package struct AuditTarget: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case account, member, role, team, token, template, review
    }

    package var kind: Kind
    /// The id of the member, role, token, review or account; the key of a team or template.
    package var id: String
    /// Its name at that time.
    package var name: String

    package init(_ kind: Kind, id: String, name: String) {
        self.kind = kind
        self.id = id
        self.name = name
    }
}

/// Stable dotted names of what happens: a promise to readers of the log.
package enum EventName: String, CaseIterable, Hashable, Sendable {
    case accountCreated = "account.created"
    case accountImported = "account.imported"
    case ownershipTransferred = "account.ownershipTransferred"
    case memberInvited = "member.invited"
    case memberAccepted = "member.accepted"
    case memberRolesChanged = "member.rolesChanged"
    case memberRemoved = "member.removed"
    case roleCreated = "role.created"
    case roleEdited = "role.edited"
    case roleDeleted = "role.deleted"
    case tokenCreated = "token.created"
    case tokenEdited = "token.edited"
    case tokenNetworksEdited = "token.networksEdited"
    case tokenRotated = "token.rotated"
    case tokenFlagged = "token.flagged"
    case tokenUnflagged = "token.unflagged"
    case tokenDeleted = "token.deleted"
    case tokenAdopted = "token.adopted"
    case tokenQuarantined = "token.quarantined"
    case tokenThawed = "token.thawed"
    case tokenScopePlanned = "token.scopePlanned"
    case tokenPlanCancelled = "token.planCancelled"
    case tokenPlanApplied = "token.planApplied"
    case tokenScopeRestored = "token.scopeRestored"
    case templateSaved = "template.saved"
    case templateDeleted = "template.deleted"
    case findingSuppressed = "token.findingSuppressed"
    case suppressionLifted = "token.suppressionLifted"
    case settingsChanged = "account.settingsChanged"
    case reviewStarted = "review.started"
    case reviewDecided = "review.decided"
    case reviewClosed = "review.closed"
}

/// What the audit log says about one command: what was asked, of what, by whom, and what came of it.
package struct AuditEvent: Hashable, Sendable {
    package var name: EventName
    package var actor: Actor
    /// The actor's name at that time.
    package var actorName: String
    /// The action and resource that the decision was about.
    package var request: Request
    package var target: AuditTarget
    /// The target's version before and after; nil where it did not exist.
    package var versionBefore: Int?
    package var versionAfter: Int?
    package var changes: [FieldChange]
    package var comment: String
    /// Allowed with the reason, or refused with the decision that said so.
    package var decision: Decision
    /// Why it was refused, if it was, also where every role would have allowed it.
    package var refusal: Refusal?

    package init(
        name: EventName, actor: Actor, actorName: String, request: Request, target: AuditTarget,
        versionBefore: Int? = nil, versionAfter: Int? = nil, changes: [FieldChange] = [],
        comment: String = "", decision: Decision, refusal: Refusal? = nil
    ) {
        self.name = name
        self.actor = actor
        self.actorName = actorName
        self.request = request
        self.target = target
        self.versionBefore = versionBefore
        self.versionAfter = versionAfter
        self.changes = changes
        self.comment = comment
        self.decision = decision
        self.refusal = refusal
    }
}

/// One entry of the audit log as it is read back. Words, not values: it must be readable for ever.
package struct AuditEntry: Hashable, Sendable {
    /// Dense, from 1: the order of the log. Times may be equal.
    package var sequence: Int64
    /// 16 bytes, made by whoever asked: a repeated command has the same.
    package var operation: [UInt8]
    package var at: Timestamp
    package var name: String
    package var actorID: String
    package var actorName: String
    package var tokenID: String?
    package var signIn: String
    package var action: String
    package var resource: String
    package var target: AuditTarget
    package var changes: [FieldChange]
    package var comment: String
    package var isAllowed: Bool
    /// The role whose statement or base permissions decided; empty where nothing did.
    package var decidingRole: String
    /// The place of the deciding statement (from 0); nil where none decided.
    package var decidingStatement: Int?
    /// The code of the refusal (`Refusal.code`) or of the reason (`Decision.Reason.code`).
    package var reason: String

    package init(
        sequence: Int64, operation: [UInt8], at: Timestamp, name: String, actorID: String,
        actorName: String, tokenID: String?, signIn: String, action: String, resource: String,
        target: AuditTarget, changes: [FieldChange], comment: String, isAllowed: Bool,
        decidingRole: String, decidingStatement: Int?, reason: String
    ) {
        self.sequence = sequence
        self.operation = operation
        self.at = at
        self.name = name
        self.actorID = actorID
        self.actorName = actorName
        self.tokenID = tokenID
        self.signIn = signIn
        self.action = action
        self.resource = resource
        self.target = target
        self.changes = changes
        self.comment = comment
        self.isAllowed = isAllowed
        self.decidingRole = decidingRole
        self.decidingStatement = decidingStatement
        self.reason = reason
    }
}

/// An audit entry of the system that an account was imported from. Kept beside the log, not in it:
/// Patrol can't vouch for it.
package struct PastEntry: Hashable, Sendable {
    package var id: String
    package var at: Timestamp
    package var actorID: String
    package var actorName: String
    package var tokenID: String?
    package var action: String
    package var resource: String
    package var kind: String
    package var targetID: String
    package var targetName: String
    /// What happened, in the words of the source: `updated the access token`.
    package var title: String
    /// Its list of changes, as it came (Markdown).
    package var text: String
    package var comment: String

    package init(
        id: String, at: Timestamp, actorID: String, actorName: String, tokenID: String?,
        action: String, resource: String, kind: String, targetID: String, targetName: String,
        title: String, text: String, comment: String
    ) {
        self.id = id
        self.at = at
        self.actorID = actorID
        self.actorName = actorName
        self.tokenID = tokenID
        self.action = action
        self.resource = resource
        self.kind = kind
        self.targetID = targetID
        self.targetName = targetName
        self.title = title
        self.text = text
        self.comment = comment
    }
}
