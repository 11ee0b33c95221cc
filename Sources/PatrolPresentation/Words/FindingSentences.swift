package import PatrolDomain

extension HygieneRule {
    /// The finding in two or three words.
    package var title: SafeText {
        switch self {
        case .accountWide: "account-wide"
        case .adminScope: "admin scope"
        case .wildcardPolicy: "wildcard policy"
        case .neverUsed: "never used"
        case .unused: "unused"
        case .noExpiry: "no expiry"
        case .expiringSoon: "expiring soon"
        case .ownerRemoved: "owner removed"
        case .ownerPending: "owner pending"
        case .sleepingPrivilege: "sleeping privilege"
        case .unclearName: "unclear name"
        case .missingPurpose: "no purpose"
        case .expired: "expired"
        }
    }

    /// What to do about it, with a token of this kind: the scope of a service token is fixed, and one
    /// whose creator left may still be in use.
    package func advice(for kind: AccessToken.Kind) -> SafeText {
        if remedy(for: kind) == .flag && remedy == .editScope {
            return "create a narrower one in its place, and flag this one"
        }
        if remedy(for: kind) == .flag && self == .ownerRemoved { return "find out who uses it, and flag it" }
        return advice
    }

    /// What to do about it where the token can be edited.
    package var advice: SafeText {
        switch self {
        case .accountWide: "flag it, move its users to tokens of their own, then delete it"
        case .adminScope: "give it a narrower role"
        case .wildcardPolicy: "name the actions and resources that it needs"
        case .neverUsed: "ask its owner, flag it for deletion"
        case .unused: "flag it for deletion"
        case .noExpiry: "give it an expiry"
        case .expiringSoon: "extend it, or create its successor"
        case .ownerRemoved: "delete it: it is refused anyway"
        case .ownerPending: "flag it, or wait for the owner"
        case .sleepingPrivilege: "trim its scope to what its owner may do"
        case .unclearName: "give it a name that says which program uses it"
        case .missingPurpose: "write down what it is for"
        case .expired: "delete it"
        }
    }
}

extension Finding {
    /// The fact it rests on, in one sentence without a full stop.
    /// - Parameter isSpoken: with spans in whole words, for reading aloud.
    package func evidence(now: Timestamp, isSpoken: Bool = false) -> SafeText {
        switch evidence {
        case .plain: rule.plainEvidence
        case .scopeIncludes(let role): "its scope is the base role \(role.rawValue)"
        case .statement(let place, let grant):
            "statement \(place + 1) of \(grant.words.text) reaches that far"
        case .createdAt(let moment):
            "no use is known since it was created \(moment.relativeAndDay(now, isSpoken))"
        case .lastUsedAt(let moment): "last used \(moment.relativeAndDay(now, isSpoken))"
        case .expiresAt(let moment):
            "\(moment <= now ? "expired" : "expires") \(moment.relativeAndDay(now, isSpoken))"
        case .removedAt(let moment): "its owner was removed \(moment.relativeAndDay(now, isSpoken))"
        case .withheld(let request):
            "it was given `\(request.action.name)` on `\(request.resource.description)`, which its owner may not do now"
        case .name(let name): "`\(name)` does not say what it is for"
        }
    }
}

extension HygieneRule {
    fileprivate var plainEvidence: SafeText {
        switch self {
        case .accountWide: "it may do what an admin may, and belongs to nobody"
        case .adminScope: "it may do what an admin may"
        case .wildcardPolicy: "it reaches every action or resource"
        case .neverUsed: "no use of it is known"
        case .unused: "no use of it is known for a long time"
        case .noExpiry: "it works until somebody deletes it"
        case .expiringSoon: "it expires soon"
        case .ownerRemoved: "its owner was removed, or is not known here"
        case .ownerPending: "its owner has not accepted his invitation"
        case .sleepingPrivilege: "it was given more than its owner may do now"
        case .unclearName: "its name does not say what it is for"
        case .missingPurpose: "nobody wrote down what it is for"
        case .expired: "it has expired"
        }
    }
}

extension Timestamp {
    /// `4 mo ago (2026-07-20)`, or `4 months ago, 2026-07-20`
    fileprivate func relativeAndDay(_ now: Timestamp, _ isSpoken: Bool) -> String {
        isSpoken
            ? "\(TimeText.spoken(self, now: now).text), \(TimeText.day(self).text)"
            : "\(TimeText.relative(self, now: now).text) (\(TimeText.day(self).text))"
    }
}

extension Severity {
    package var word: SafeText {
        switch self {
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .critical: "critical"
        }
    }

    /// Tells severities apart without colour. One cell.
    package var symbol: SafeText {
        switch self {
        case .low: "○"
        case .medium: "●"
        case .high: "▲"
        case .critical: "◆"
        }
    }
}

extension TokenRisk {
    /// The rules that found something; what is usually worse comes first.
    package var findingRules: [HygieneRule] { Self.usualOrder.filter { holds($0) } }

    private static let usualOrder: [HygieneRule] = [
        .accountWide, .ownerRemoved, .adminScope, .wildcardPolicy, .expired, .neverUsed, .unused,
        .sleepingPrivilege, .noExpiry, .ownerPending, .expiringSoon, .missingPurpose, .unclearName,
    ]
}
