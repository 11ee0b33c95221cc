/// A rule of hygiene as data: what lists, filters, reports and documents are made from. The words stand in
/// PatrolPresentation.
package struct RuleEntry: Hashable, Sendable {
    /// Which file judges it.
    package enum Group: String, CaseIterable, Hashable, Sendable {
        case reach, life, use, people, traffic, events, labels
    }

    /// What has to be on record, beyond the account itself, for it to be judged.
    package enum Basis: String, CaseIterable, Hashable, Sendable {
        /// Nothing more.
        case account
        /// When tokens were last used.
        case lastUse
        /// Use by the hour.
        case hours
        /// What those who check secrets report.
        case signals
        /// Secrets that are kept here.
        case secrets
        /// Decisions of reviews.
        case reviews
        /// The catalogue has to name the API's versions.
        case versions
    }

    package let rule: HygieneRule
    /// The rule's number in reports: never reused, whatever becomes of the rule.
    package let code: String
    /// The rule's name in filters and `--json`.
    package let word: String
    package let group: Group
    /// From the least to the worst that it is.
    package let severities: [Severity]
    package let thresholds: [HygieneThreshold]
    package let remedy: Remedy
    /// What it rests on: OWASP NHI Top 10 2025, CIS Controls 8.1 and AWS Foundations 7.0, PCI DSS 4.0, NIST SP 800-53,
    /// OWASP ASVS 5.0.
    package let standards: [String]
    package let basis: Basis

    init(
        _ rule: HygieneRule, _ code: String, _ word: String, _ group: Group, _ severities: [Severity],
        _ thresholds: [HygieneThreshold] = [], remedy: Remedy, basis: Basis = .account, standards: [String]
    ) {
        self.rule = rule
        self.code = code
        self.word = word
        self.group = group
        self.severities = severities
        self.thresholds = thresholds
        self.remedy = remedy
        self.standards = standards
        self.basis = basis
    }

    /// All rules, by their number.
    package static let all: [RuleEntry] =
        [
            ReachRules.entries, LifeRules.entries, UseRules.entries, PeopleRules.entries, TrafficRules.entries,
            EventRules.entries, LabelRules.entries,
        ].flatMap(\.self).sorted { $0.code < $1.code }

    /// The guard: those that a gap in what is on record keeps from speaking.
    package static let guarded: [HygieneRule] = [
        .neverUsed, .unused, .overPrivileged, .overreach, .revived, .duplicate,
    ]
    package static let guardThresholds: [HygieneThreshold] = [.gap, .quiet]

    fileprivate static let byRule: [RuleEntry] = all.sorted { $0.rule.rawValue < $1.rule.rawValue }
}

extension HygieneRule {
    /// The rule as data. There is one for each, in the order of their raw values: a test holds that.
    package var entry: RuleEntry { RuleEntry.byRule[rawValue] }
    package var code: String { entry.code }
    package var word: String { entry.word }

    /// Nil when no rule has this word or number.
    package init?(word: String) {
        guard let entry = RuleEntry.all.first(where: { $0.word == word || $0.code == word }) else { return nil }
        self = entry.rule
    }

    /// What mends a finding of the rule where the token can be edited (see `remedy(for:)`).
    package var remedy: Remedy { entry.remedy }

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

/// What mends a finding, and so which key of the token's screen.
package enum Remedy: String, CaseIterable, Hashable, Sendable {
    case delete
    /// Mark for deletion: somebody may still need it.
    case flag
    case editScope
    case setExpiry
    case editName
    case editPurpose
    case rotate
    case limitNetworks
    /// Whoever runs the programs that use it has to do something; here nothing is changed.
    case ask
}
