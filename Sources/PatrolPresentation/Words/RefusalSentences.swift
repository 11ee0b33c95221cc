package import PatrolDomain

extension Refusal {
    /// Why not, in one sentence without a full stop, for the person who asked.
    package var sentence: SafeText {
        switch self {
        case .notPermitted(let request, let reason):
            "you may not `\(request.action.name)` on `\(request.resource.description)`: \(reason.words(isAllowed: false).text)"
        case .actorNotInForce(let why): "you can't do anything now: \(why.words.text)"
        case .notFound(let kind, let id): "there is no \(kind.words.text) `\(id)` any more"
        case .changedMeanwhile(let target, _, _):
            "the \(target.kind.words.text) `\(target.name)` was changed meanwhile: look again, then decide"
        case .badText(let field, let fault): "\(field): \(fault.words.text)"
        case .emailInUse(let email): "`\(email)` is the address of another member"
        case .keyInUse(let key): "the key `\(key.text)` is in use, and a key never changes its role"
        case .nameInUse(let name): "another role is called `\(name)`"
        case .unknownRole(let role): "there is no role `\(role)`"
        case .secretBeyondOwnRights(let request):
            "its new secret would let you `\(request.action.name)` on `\(request.resource.description)`, which you may not"
        case .scopeBeyondToken(let request?):
            "it could `\(request.action.name)` on `\(request.resource.description)`, which the token you act with was not given"
        case .planIsWider(let request):
            "it would let the token `\(request.action.name)` on `\(request.resource.description)`, which it may not now: more is given by an edit, not by a plan"
        case .reviewNameInUse(let name): "another review is called `\(name)`"
        case .reviewClosed(let name): "the review `\(name)` is closed"
        case .notInReview(let token): "the token `\(token)` is not in this review: its list was frozen when it began"
        case .decidedMeanwhile(let name): "somebody decided about `\(name)` meanwhile: look again, then decide"
        default: fixedSentence
        }
    }

    private var fixedSentence: SafeText {
        switch self {
        case .ownRoles: "nobody changes his own roles"
        case .ownRemoval: "nobody removes himself"
        case .ownerIsFixed: "the owner can't be removed or given other roles: he hands over first"
        case .ownerRoleNotGivable: "there is exactly one owner: ownership is handed over, not given"
        case .ownershipOnlyToActiveMember: "only an active member can become the owner"
        case .adminRoleNotGivable: "only an admin or the owner can make somebody an admin"
        case .readerTokensOnly: "who may only read can create tokens that only read"
        case .accountWideNotCreatable: "tokens of the whole account can't be created any more"
        case .scopeIsFixed(let kind): "the scope of \(kind.withArticle.text) can't be changed"
        case .emptyScope: "the token needs a role or a policy"
        case .expiryInThePast: "that expiry is in the past"
        case .dayInThePast: "that day is over"
        case .expiryOutOfRange: "the expiry must be before 2200"
        case .secretInUse: "this secret belongs to another token"
        case .secretNotHere: "its secret is not kept here, so it can't be replaced here"
        case .checkedElsewhere: "it is checked elsewhere, where nobody would hold it to these networks"
        case .secretOfAnother: "the secret of a personal token is for its owner alone: delete the token, or let it expire"
        case .secretUndecided:
            "whether its new secret would give you more than you may do can't be decided: its policies are too much to compare"
        case .adoptionForAnother: "a personal or service token is adopted by its owner himself"
        case .inPersonOnly: "that is done by a person himself, not by a token"
        case .nobodyBehindToken: "a token behind which is no member creates service tokens only"
        case .scopeBeyondToken: "it could come to do more than the token you act with was given"
        case .accountWideByAdminOnly: "only an admin or the owner can adopt a token of the whole account"
        case .alreadyFlagged: "the token is flagged already"
        case .notFlagged: "the token is not flagged"
        case .alreadyQuarantined: "the token is in quarantine already, for this reason and until this day"
        case .notQuarantined: "the token is not in quarantine"
        case .momentInThePast: "that time is over"
        case .notPlanned: "no other scope is planned for the token"
        case .noFormerScope: "the token was never given another scope"
        case .suppressionTooLong: "a finding is suppressed for \(Suppression.maximum.wholeDays) days at most"
        case .notSuppressed(let rule): "\(rule.title.text) is not suppressed for this token"
        case .thresholdOutOfRange(let threshold, let value):
            "`\(threshold.rawValue)` is between \(threshold.measure.bounds.lowerBound) and \(threshold.words(threshold.measure.bounds.upperBound).text), not \(value)"
        case .alreadyAccepted: "the invitation was accepted already"
        case .roleHeld(let members, let teams):
            "the role is held by \(Count.of(members, "member").text) and \(Count.of(teams, "team").text): take it from them first"
        case .roleOfOwn: "nobody changes a role that he holds himself"
        case .ownRightsByImport: "nobody changes his own rights by an import"
        case .nothingToChange: "nothing would change"
        case .templateAllowsNothing: "a template has to allow something"
        case .templateDaysOutOfRange:
            "a template proposes 1 to \(Template.acceptedExpiry.upperBound) days, or no expiry"
        case .tooManyTemplates: "an account has at most \(Template.maximumCount) templates of its own"
        case .tokenExpired: "the token has expired, and stays so: create another"
        case .emptyReview: "no token matches: there is nothing to review"
        case .reviewTooLarge(let limit):
            "a review has at most \(Count.number(limit).text) tokens: narrow it by a filter"
        case .policyTooLong(let statements):
            "a policy has at most \(Policy.maximumStatements) statements, this one has \(statements)"
        default: "that is not possible"
        }
    }
}

extension TextFault {
    package var words: SafeText {
        switch self {
        case .empty: "must not be empty"
        case .tooLong(let limit): "at most \(limit) characters"
        case .forbiddenCharacter(let code):
            code == 0x2C
                ? "must not hold a comma"
                : Self.isMark(code)
                    ? "must not have a mark by itself, or more than \(TextRule.maximumMarks) on one letter (U+\(hexadecimal(code)))"
                    : "must not hold the unseen character U+\(hexadecimal(code))"
        case .notAnEmailAddress: "is not an e-mail address"
        case .notAKey: "a key has letters, digits, `.`, `-` and `_` only"
        case .tooMany(let limit): "at most \(limit) of them"
        case .looksLikeASecret: "looks like a secret: it would be stored and logged"
        }
    }

    /// Accents and the like, which stand on the letter before.
    private static func isMark(_ code: UInt32) -> Bool {
        switch Unicode.Scalar(code)?.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private func hexadecimal(_ code: UInt32) -> String {
        let digits = String(code, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

extension AuditTarget.Kind {
    package var words: SafeText { "\(rawValue)" }
}

extension AccessToken.Kind {
    package var words: SafeText {
        switch self {
        case .personal: "personal"
        case .service: "service"
        case .accountWide: "account-wide"
        }
    }

    package var withArticle: SafeText {
        switch self {
        case .personal: "a personal token"
        case .service: "a service token"
        case .accountWide: "an account-wide token"
        }
    }
}
