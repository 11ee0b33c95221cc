/// Every reason for *no*, as data. The words stand in PatrolPresentation.
package enum Refusal: Error, Hashable, Sendable {
    /// No role of the actor allows this action on this resource.
    case notPermitted(Request, Decision.Reason)
    /// The actor was removed, or has not accepted his invitation.
    case actorNotInForce(Decision.NotInForce)
    case notFound(AuditTarget.Kind, id: String)
    /// The thing changed after it was shown: what was confirmed is no longer what would happen.
    case changedMeanwhile(AuditTarget, shown: Int, now: Int)
    /// A field's text can't be accepted.
    case badText(field: String, TextFault)
    case emailInUse(String)
    case keyInUse(Key)
    case nameInUse(String)
    case unknownRole(String)
    /// A member needs at least one role.
    case ownRoles
    case ownRemoval
    /// There is exactly one owner: he hands over, and can't be removed or given other roles.
    case ownerIsFixed
    case ownerRoleNotGivable
    case ownershipOnlyToActiveMember
    /// Only an admin or the owner can make somebody an admin.
    case adminRoleNotGivable
    /// Who may only read can create tokens that only read.
    case readerTokensOnly
    case accountWideNotCreatable
    /// The scope of a service token, or of an account-wide one, is fixed.
    case scopeIsFixed(AccessToken.Kind)
    case emptyScope
    /// An expired token stays expired.
    case tokenExpired
    case expiryInThePast
    case expiryOutOfRange
    /// The day by which a token is to be deleted is over.
    case dayInThePast
    case secretInUse
    /// Its secret is not here, so it can't be replaced.
    case secretNotHere
    /// Patrol does not check it, so that it can't limit its networks.
    case checkedElsewhere
    /// The secret of a personal token is for its owner: others delete it, or let it expire.
    case secretOfAnother
    /// A rotation hands over the secret, and the token may do this, which the actor may not.
    case secretBeyondOwnRights(Request)
    /// Whether its new secret would give the actor more than he may do can't be decided: the policies are too much.
    case secretUndecided
    /// A personal or service token is adopted by whoever stands behind it.
    case adoptionForAnother
    /// Done by a person himself, never by a token.
    case inPersonOnly
    /// A token of no member's makes service tokens only: there is nobody whom another kind could belong to.
    case nobodyBehindToken
    /// A token gives no more than it was given. The example is one of the things that go beyond; nil where the scope can
    /// come to go beyond, or that can't be decided.
    case scopeBeyondToken(Request?)
    /// An account-wide token does what an admin may: only an admin or the owner can adopt one.
    case accountWideByAdminOnly
    case alreadyFlagged
    case notFlagged
    case alreadyQuarantined
    case notQuarantined
    /// The time at which a token is to be deleted, or a plan to be applied, is over.
    case momentInThePast
    /// What is planned would let the token do this, which it may not now.
    case planIsWider(Request)
    case notPlanned
    /// The token was never given anything else.
    case noFormerScope
    /// A suppression lasts 400 days at most.
    case suppressionTooLong
    case notSuppressed(HygieneRule)
    /// A threshold beyond its bounds.
    case thresholdOutOfRange(HygieneThreshold, Int)
    case alreadyAccepted
    /// The members and teams that hold the role: taking it away would change what they may do.
    case roleHeld(members: Int, teams: Int)
    /// Editing a role that one holds would change one's own rights.
    case roleOfOwn
    /// An import that would change what the one who imports may do himself.
    case ownRightsByImport
    case nothingToChange
    /// Another review has this name.
    case reviewNameInUse(String)
    case reviewClosed(String)
    /// The filter lets no token through.
    case emptyReview
    case reviewTooLarge(limit: Int)
    /// The token is not on the review's list.
    case notInReview(String)
    /// Somebody else decided about the token after it was shown; its name.
    case decidedMeanwhile(String)
    /// A policy with more statements than the limit allows.
    case policyTooLong(statements: Int)
    case templateAllowsNothing
    case templateDaysOutOfRange
    case tooManyTemplates

    /// A stable word for the audit log, `--json` and exit codes.
    package var code: String {
        switch self {
        case .notPermitted: "notPermitted"
        case .actorNotInForce: "actorNotInForce"
        case .notFound: "notFound"
        case .changedMeanwhile: "changedMeanwhile"
        case .badText: "badText"
        case .emailInUse: "emailInUse"
        case .keyInUse: "keyInUse"
        case .nameInUse: "nameInUse"
        case .unknownRole: "unknownRole"
        case .ownRoles: "ownRoles"
        case .ownRemoval: "ownRemoval"
        case .ownerIsFixed: "ownerIsFixed"
        case .ownerRoleNotGivable: "ownerRoleNotGivable"
        case .ownershipOnlyToActiveMember: "ownershipOnlyToActiveMember"
        case .adminRoleNotGivable: "adminRoleNotGivable"
        case .readerTokensOnly: "readerTokensOnly"
        case .accountWideNotCreatable: "accountWideNotCreatable"
        case .scopeIsFixed: "scopeIsFixed"
        case .emptyScope: "emptyScope"
        case .tokenExpired: "tokenExpired"
        case .expiryInThePast: "expiryInThePast"
        case .dayInThePast: "dayInThePast"
        case .expiryOutOfRange: "expiryOutOfRange"
        case .secretInUse: "secretInUse"
        case .secretNotHere: "secretNotHere"
        case .checkedElsewhere: "checkedElsewhere"
        case .secretOfAnother: "secretOfAnother"
        case .secretBeyondOwnRights: "secretBeyondOwnRights"
        case .secretUndecided: "secretUndecided"
        case .adoptionForAnother: "adoptionForAnother"
        case .inPersonOnly: "inPersonOnly"
        case .nobodyBehindToken: "nobodyBehindToken"
        case .scopeBeyondToken: "scopeBeyondToken"
        case .accountWideByAdminOnly: "accountWideByAdminOnly"
        case .alreadyFlagged: "alreadyFlagged"
        case .notFlagged: "notFlagged"
        case .alreadyQuarantined: "alreadyQuarantined"
        case .notQuarantined: "notQuarantined"
        case .momentInThePast: "momentInThePast"
        case .planIsWider: "planIsWider"
        case .notPlanned: "notPlanned"
        case .noFormerScope: "noFormerScope"
        case .suppressionTooLong: "suppressionTooLong"
        case .notSuppressed: "notSuppressed"
        case .thresholdOutOfRange: "thresholdOutOfRange"
        case .alreadyAccepted: "alreadyAccepted"
        case .roleHeld: "roleHeld"
        case .roleOfOwn: "roleOfOwn"
        case .ownRightsByImport: "ownRightsByImport"
        case .nothingToChange: "nothingToChange"
        case .reviewNameInUse: "reviewNameInUse"
        case .reviewClosed: "reviewClosed"
        case .emptyReview: "emptyReview"
        case .reviewTooLarge: "reviewTooLarge"
        case .notInReview: "notInReview"
        case .decidedMeanwhile: "decidedMeanwhile"
        case .policyTooLong: "policyTooLong"
        case .templateAllowsNothing: "templateAllowsNothing"
        case .templateDaysOutOfRange: "templateDaysOutOfRange"
        case .tooManyTemplates: "tooManyTemplates"
        }
    }
}

/// What is wrong with a text that was typed, pasted or passed.
package enum TextFault: Hashable, Sendable {
    case empty
    /// Longer than this many Unicode scalars.
    case tooLong(limit: Int)
    /// A control, direction, zero-width or other unseen character, by its code point.
    case forbiddenCharacter(UInt32)
    case notAnEmailAddress
    /// Not letters, digits, `.`, `-` and `_`.
    case notAKey
    /// More entries than this.
    case tooMany(limit: Int)
    /// It holds what looks like a secret of Patrol's.
    case looksLikeASecret
}
