/// Refuses a token for a while. Of one that is in quarantine already: another reason, or another day.
package struct QuarantineToken: Hashable, Sendable {
    package var token: TokenID
    package var version: Int
    package var reason: String
    /// When it is to be deleted; nil: when somebody does.
    package var deletesAt: Timestamp?

    package init(token: TokenID, version: Int, reason: String, deletesAt: Timestamp?) {
        self.token = token
        self.version = version
        self.reason = reason
        self.deletesAt = deletesAt
    }
}

/// A narrower scope for later. It takes the place of a plan that was there.
package struct PlanScope: Hashable, Sendable {
    package var token: TokenID
    package var version: Int
    package var scope: Scope
    package var appliesAt: Timestamp
    package var reason: String

    package init(token: TokenID, version: Int, scope: Scope, appliesAt: Timestamp, reason: String) {
        self.token = token
        self.version = version
        self.scope = scope
        self.appliesAt = appliesAt
        self.reason = reason
    }
}

extension Quarantine {
    /// How long a token is missed before it is deleted, where nobody says otherwise.
    package static let standardLength = TimeSpan.days(30)
}

extension ScopePlan {
    /// How long the owner of a token is told before, where nobody says otherwise.
    package static let standardNotice = TimeSpan.days(7)
}

extension Command {
    /// The token of a command about its quarantine, its plan or its former scope, and the version shown.
    package var keeping: (token: TokenID, version: Int)? {
        switch self {
        case .quarantineToken(let quarantine): (quarantine.token, quarantine.version)
        case .planScope(let plan): (plan.token, plan.version)
        case .thawToken(let id, let version), .cancelPlan(let id, let version), .applyPlan(let id, let version),
            .restoreScope(let id, let version):
            (id, version)
        default: nil
        }
    }
}

/// What is to be done with a token when its time has come, by whoever runs Patrol next.
package enum DueDeed: String, CaseIterable, Hashable, Sendable {
    /// Its quarantine has ended.
    case deletion = "delete"
    /// Its planned scope takes the place of the other.
    case narrowing = "narrow"

    package func command(on token: AccessToken) -> Command {
        switch self {
        case .deletion: .deleteToken(token.id, version: token.version)
        case .narrowing: .applyPlan(token.id, version: token.version)
        }
    }

    /// What the audit log says of why it was done.
    package var comment: String {
        switch self {
        case .deletion: "its quarantine has ended"
        case .narrowing: "the time of the plan has come"
        }
    }
}
