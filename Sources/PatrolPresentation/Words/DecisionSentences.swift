package import PatrolDomain

extension Decision {
    /// `allowed: statement 2 of the role `release` says so`.
    package var sentence: SafeText {
        "\(isAllowed ? "allowed" : "denied"): \(reason.words(isAllowed: isAllowed).text)"
    }
}

extension Decision.Reason {
    /// What decided. Statements are counted from 1, as people count.
    package func words(isAllowed: Bool) -> SafeText {
        let verb = isAllowed ? "allows" : "denies"
        switch self {
        case .statement(let place, let grant):
            return "statement \(place + 1) of \(grant.words.text) \(verb) it"
        case .basePermissions(let grant):
            return isAllowed
                ? "the base permissions of \(grant.words.text) allow it"
                : "no statement of \(grant.words.text) is about it, and its base permissions deny it"
        case .nothingApplies: return "no role allows it"
        case .viewGate(let project, let reason):
            return
                "the project `\(project)` can't be viewed, so nothing in it can be changed (\(reason.words(isAllowed: false).text))"
        case .withheld(let reason):
            return
                "the token was given it, but the person behind it may not (\(reason.words(isAllowed: false).text))"
        case .accountWide: return "a token of the whole account may do what an admin may"
        case .ownInvitation: return "everybody accepts his own invitation"
        case .ownToken: return "everybody may keep a token of his own"
        case .notInForce(let why): return why.words
        }
    }
}

extension Decision.NotInForce {
    package var words: SafeText {
        switch self {
        case .tokenExpired: "the token has expired"
        case .tokenDeleted: "the token was deleted"
        case .tokenQuarantined: "the token is in quarantine"
        case .ownerRemoved: "the token's owner was removed"
        case .ownerPending: "the token's owner has not accepted his invitation"
        case .memberRemoved: "the member was removed"
        case .memberPending: "the invitation is not accepted yet"
        case .secretRetired: "the secret was replaced by a newer one"
        case .secretUnknown: "no such secret is known"
        case .networkRefused: "the token may not be used from there"
        }
    }
}

extension GrantName {
    /// `the role `release``, `the base role admin`, `the role `ops` (by team `core`)`.
    package var words: SafeText {
        switch source {
        case .baseRole: "the base role \(role)"
        case .customRole: "the role `\(role)`"
        case .team(let key): "the role `\(role)` (by the team `\(key.text)`)"
        case .inlinePolicy: "the inline policy"
        case .creatorSnapshot: "what its creator could do at its creation"
        }
    }
}

extension Request {
    /// `updateOn on proj/web:env/production`
    package var words: SafeText { "\(action.name) on \(resource.description)" }
}
