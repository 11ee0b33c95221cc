/// What mends a finding, and so which key of the token's screen.
package enum Remedy: String, CaseIterable, Hashable, Sendable {
    case delete
    /// Mark for deletion: somebody may still need it.
    case flag
    case editScope
    case setExpiry
    case editName
    case editPurpose
}

extension HygieneRule {
    /// The rule's number in reports: never reused, whatever becomes of the rule.
    package var code: String {
        switch self {
        case .accountWide: "HYG-01"
        case .adminScope: "HYG-02"
        case .wildcardPolicy: "HYG-03"
        case .sleepingPrivilege: "HYG-05"
        case .noExpiry: "HYG-06"
        case .neverUsed: "HYG-09"
        case .unused: "HYG-10"
        case .ownerRemoved: "HYG-13"
        case .expiringSoon: "HYG-24"
        case .unclearName: "HYG-27"
        case .ownerPending: "HYG-31"
        case .expired: "HYG-32"
        case .missingPurpose: "HYG-33"
        }
    }

    /// The rule's name in filters and `--json`.
    package var word: String {
        switch self {
        case .accountWide: "account-wide"
        case .adminScope: "admin"
        case .wildcardPolicy: "wildcard"
        case .neverUsed: "never-used"
        case .unused: "unused"
        case .noExpiry: "no-expiry"
        case .expiringSoon: "expiring"
        case .ownerRemoved: "owner-removed"
        case .ownerPending: "owner-pending"
        case .sleepingPrivilege: "sleeping"
        case .unclearName: "name"
        case .missingPurpose: "purpose"
        case .expired: "expired"
        }
    }

    /// Nil when no rule has this word.
    package init?(word: String) {
        guard let rule = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = rule
    }

    /// What mends a finding of the rule where the token can be edited (see `remedy(for:)`).
    package var remedy: Remedy {
        switch self {
        case .accountWide, .neverUsed, .unused, .ownerPending: .flag
        case .adminScope, .wildcardPolicy, .sleepingPrivilege: .editScope
        case .noExpiry, .expiringSoon: .setExpiry
        case .ownerRemoved, .expired: .delete
        case .unclearName: .editName
        case .missingPurpose: .editPurpose
        }
    }

    /// As `remedy`; but the scope of a service token is fixed, so a narrower one is made and this one goes,
    /// and one whose creator left may still be in use.
    package func remedy(for kind: AccessToken.Kind) -> Remedy {
        switch (remedy, kind) {
        case (.editScope, .service), (.editScope, .accountWide): .flag
        case (.delete, .service) where self == .ownerRemoved: .flag
        default: remedy
        }
    }
}
