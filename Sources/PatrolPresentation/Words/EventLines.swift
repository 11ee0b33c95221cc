package import PatrolDomain

/// An audit entry as a sentence, in parts that can be told apart by colour:
/// `Ada Berg` `deleted the token` `nightly export` ``, or
/// `Kim Roe` `tried to delete the token` `nightly export` `refused: no role allows it`.
package struct EventLine: Hashable, Sendable {
    package var actor: SafeText
    package var verb: SafeText
    package var target: SafeText
    /// Empty, or what came of it.
    package var outcome: SafeText
    package var isRefused: Bool

    package var sentence: SafeText {
        var text = actor + " " + verb
        if !target.isEmpty { text += " " + target }
        if !outcome.isEmpty { text += " – " + outcome }
        return text
    }

    /// The same for reading aloud: no dash, which is read as nothing or as a word.
    package var spoken: SafeText {
        let text = target.isEmpty ? actor + " " + verb : actor + " " + verb + " " + target
        return outcome.isEmpty ? text : text + ", " + outcome
    }
}

extension AuditEntry {
    package var line: EventLine {
        let words = EventName(rawValue: name)?.words
        let verb: SafeText
        if isAllowed {
            verb = words?.done ?? SafeText(name)
        } else {
            verb = words.map { "tried to \($0.toDo.text)" } ?? "tried \(name)"
        }
        if isAllowed, let brought = importedThings {
            return EventLine(
                actor: SafeText(actorName), verb: "imported", target: brought, outcome: .empty, isRefused: false)
        }
        if isAllowed, let decided = reviewDecision { return decided }
        let isSelf = target.kind == .account || name == EventName.memberAccepted.rawValue
        return EventLine(
            actor: SafeText(actorName), verb: verb, target: isSelf ? .empty : SafeText(target.name),
            outcome: isAllowed ? .empty : "refused: \(RefusalWords.short(code: reason).text)",
            isRefused: !isAllowed)
    }
}

extension AuditEntry {
    /// What an import added or updated, from the counts among its changes: `6 members, 12 tokens`. Nil for other
    /// entries, and where there are no counts.
    private var importedThings: SafeText? {
        guard name == EventName.accountImported.rawValue else { return nil }
        var isCounted = false
        var things: [String] = []
        for (field, one) in [
            ("members", "member"), ("roles", "role"), ("teams", "team"), ("tokens", "token"),
            ("past audit entries", "past audit entry"),
        ] {
            guard let words = changes.first(where: { $0.field == field })?.after else { continue }
            isCounted = true
            // `6 added, 1 updated, 3 as before`, or `480 read`.
            let count = words.split(separator: ",").filter { !$0.hasSuffix(" as before") }.reduce(0) { sum, part in
                sum + (part.split(separator: " ").first.flatMap { Int($0) } ?? 0)
            }
            if count > 0 { things.append(Count.of(count, one, field).text) }
        }
        guard isCounted else { return nil }
        return things.isEmpty ? "nothing new" : SafeText(things.joined(separator: ", "))
    }
}

extension PastEntry {
    package var line: EventLine {
        EventLine(
            actor: SafeText(actorName), verb: SafeText(title.isEmpty ? action : title),
            target: SafeText(targetName), outcome: .empty, isRefused: false)
    }
}

extension AuditRow {
    package var line: EventLine {
        switch self {
        case .entry(let entry): entry.line
        case .past(let entry): entry.line
        }
    }

    package var at: Timestamp {
        switch self {
        case .entry(let entry): entry.at
        case .past(let entry): entry.at
        }
    }
}

extension EventName {
    /// What was done, and what was to be done.
    package var words: (done: SafeText, toDo: SafeText) {
        switch self {
        case .accountCreated: ("created the account", "create the account")
        case .accountImported: ("imported into the account", "import into the account")
        case .ownershipTransferred: ("made owner", "make owner")
        case .memberInvited: ("invited", "invite")
        case .memberAccepted: ("accepted the invitation", "accept the invitation")
        case .memberRolesChanged: ("changed the roles of", "change the roles of")
        case .memberRemoved: ("removed", "remove")
        case .roleCreated: ("created the role", "create the role")
        case .roleEdited: ("edited the role", "edit the role")
        case .roleDeleted: ("deleted the role", "delete the role")
        case .tokenCreated: ("created the token", "create the token")
        case .tokenEdited: ("edited the token", "edit the token")
        case .tokenNetworksEdited: ("changed the networks of the token", "change the networks of the token")
        case .tokenRotated: ("rotated the token", "rotate the token")
        case .tokenFlagged: ("flagged the token", "flag the token")
        case .tokenUnflagged: ("unflagged the token", "unflag the token")
        case .tokenDeleted: ("deleted the token", "delete the token")
        case .tokenAdopted: ("adopted the token", "adopt the token")
        case .tokenQuarantined: ("quarantined the token", "quarantine the token")
        case .tokenThawed: ("thawed the token", "thaw the token")
        case .tokenScopePlanned: ("planned a narrower scope for the token", "plan another scope for the token")
        case .tokenPlanCancelled: ("dropped the plan for the token", "drop the plan for the token")
        case .tokenPlanApplied: ("applied the planned scope to the token", "apply the planned scope to the token")
        case .tokenScopeRestored: ("gave its former scope back to the token", "give its former scope back to the token")
        case .templateSaved: ("saved the template", "save the template")
        case .templateDeleted: ("deleted the template", "delete the template")
        case .findingSuppressed: ("suppressed a finding of the token", "suppress a finding of the token")
        case .suppressionLifted: ("lifted a suppression of the token", "lift a suppression of the token")
        case .settingsChanged: ("changed the settings", "change the settings")
        case .reviewStarted: ("started the review", "start the review")
        case .reviewDecided: ("decided in the review", "decide in the review")
        case .reviewClosed: ("closed the review", "close the review")
        }
    }
}

/// The codes of refusals and reasons, as an audit entry keeps them, in a few words.
package enum RefusalWords {
    package static func short(code: String) -> SafeText {
        switch code {
        case "notPermitted", "nothingApplies": "no role allows it"
        case "actorNotInForce": "the actor was not in force"
        case "notFound": "no such thing"
        case "changedMeanwhile": "it had changed meanwhile"
        case "badText": "a text that can't be accepted"
        case "emailInUse": "the address is in use"
        case "keyInUse": "the key is in use"
        case "nameInUse": "the name is in use"
        case "unknownRole": "no such role"
        case "ownRoles": "his own roles"
        case "ownRemoval": "himself"
        case "ownerIsFixed": "the owner is fixed"
        case "ownerRoleNotGivable": "there is one owner"
        case "ownershipOnlyToActiveMember": "not an active member"
        case "adminRoleNotGivable": "only admins make admins"
        case "readerTokensOnly": "only reader tokens"
        case "accountWideNotCreatable": "account-wide tokens are not made"
        case "scopeIsFixed": "its scope is fixed"
        case "emptyScope": "no role and no policy"
        case "tokenExpired": "the token has expired"
        case "expiryInThePast": "expiry in the past"
        case "dayInThePast": "a day in the past"
        case "expiryOutOfRange": "expiry out of range"
        case "secretInUse": "the secret is in use"
        case "secretNotHere": "the secret is not here"
        case "checkedElsewhere": "it is checked elsewhere"
        case "networkRefused": "not from there"
        case "secretOfAnother": "the secret of another"
        case "secretBeyondOwnRights": "its secret would give him more"
        case "secretUndecided": "its secret might give him more"
        case "adoptionForAnother": "adopted for another"
        case "inPersonOnly": "not by a token"
        case "nobodyBehindToken": "no member is behind the token"
        case "scopeBeyondToken": "more than the token has"
        case "accountWideByAdminOnly": "only admins adopt it"
        case "alreadyFlagged": "flagged already"
        case "notFlagged": "not flagged"
        case "alreadyQuarantined": "quarantined already"
        case "notQuarantined": "not in quarantine"
        case "momentInThePast": "a time in the past"
        case "planIsWider": "the plan would give more"
        case "notPlanned": "nothing is planned"
        case "noFormerScope": "there is no former scope"
        case "tokenQuarantined": "the token is in quarantine"
        case "suppressionTooLong": "suppressed for too long"
        case "notSuppressed": "not suppressed"
        case "thresholdOutOfRange": "a threshold out of range"
        case "alreadyAccepted": "accepted already"
        case "roleHeld": "the role is held"
        case "roleOfOwn": "a role of his own"
        case "ownRightsByImport": "his own rights"
        case "nothingToChange": "nothing to change"
        case "policyTooLong": "policy too long"
        case "templateAllowsNothing": "it allows nothing"
        case "templateDaysOutOfRange": "expiry out of range"
        case "tooManyTemplates": "too many templates"
        case "statement": "a statement decides"
        case "ownInvitation": "his own invitation"
        case "ownToken": "his own token"
        case "reviewNameInUse": "the name is in use"
        case "reviewClosed": "the review is closed"
        case "emptyReview": "no token to review"
        case "reviewTooLarge": "too many tokens"
        case "notInReview": "not in the review"
        case "decidedMeanwhile": "decided meanwhile"
        case "basePermissions": "base permissions"
        case "viewGate": "the project can't be viewed"
        case "withheld": "the person behind the token may not"
        default: SafeText(code)
        }
    }
}
