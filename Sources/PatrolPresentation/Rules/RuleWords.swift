package import PatrolDomain

/// All that is to be said about a rule of hygiene.
package struct RuleWords: Hashable, Sendable {
    /// The finding in two or three words.
    package let title: SafeText
    /// When it is found, with the thresholds of the settings in it.
    package let condition: SafeText
    /// What to do about it where the token can be edited.
    package let advice: SafeText
    /// What may stop working by that.
    package let blast: SafeText
    /// Why the finding may be wrong.
    package let doubt: SafeText
    /// The fact, where the evidence is nothing else.
    package let plain: SafeText

    init(
        _ title: SafeText, when condition: SafeText, do advice: SafeText, blast: SafeText, doubt: SafeText,
        plain: SafeText
    ) {
        self.title = title
        self.condition = condition
        self.advice = advice
        self.blast = blast
        self.doubt = doubt
        self.plain = plain
    }

    /// - Parameter settings: whose thresholds the condition names.
    package init(of rule: HygieneRule, settings: HygieneSettings = HygieneSettings()) {
        self =
            switch rule.entry.group {
            case .reach: Self.reach(rule)
            case .life: Self.life(rule, Measures(settings))
            case .use: Self.use(rule, Measures(settings))
            case .people: Self.people(rule, Measures(settings))
            case .traffic: Self.traffic(rule, Measures(settings))
            case .events: Self.events(rule)
            case .labels: Self.labels(rule, Measures(settings))
            }
    }

    /// Of every rule, with the usual thresholds, in the order of their raw values.
    fileprivate static let usual = HygieneRule.allCases.map { RuleWords(of: $0) }

    /// Thresholds in words: `90 days`, `50 %`.
    struct Measures {
        private let settings: HygieneSettings

        init(_ settings: HygieneSettings) { self.settings = settings }

        subscript(_ threshold: HygieneThreshold) -> String {
            threshold.words(settings[threshold]).text
        }
    }
}

extension HygieneRule {
    /// All that is to be said about it, with the usual thresholds.
    package var words: RuleWords { RuleWords.usual[rawValue] }
}

extension HygieneThreshold {
    /// A value of it with its unit: `90 days`, `10 minutes`, `50 %`, `20`.
    package func words(_ value: Int) -> SafeText {
        switch measure.unit {
        case .days: Count.of(value, "day")
        case .minutes: Count.of(value, "minute")
        case .percent: "\(value) %"
        case .count: Count.number(value)
        }
    }

    /// What it is, in a few words.
    package var title: SafeText {
        switch self {
        case .lifetimeWriting: "longest life of a token that may change things"
        case .lifetimeReading: "longest life of a token that only looks"
        case .rotation: "oldest that a secret may be"
        case .overlap: "part of an overlap after which the old secret should rest"
        case .expiringFirst: "before the end: low"
        case .expiringSecond: "before the end: medium"
        case .expiringLast: "before the end: high"
        case .neverUsed: "age without any use"
        case .unused: "silence after the last use"
        case .window: "time of use that is looked at"
        case .minimumCalls: "calls without which nothing is judged by use"
        case .excess: "weight of what was not used"
        case .touchedPlaces: "places called, at most, of those reached"
        case .reachedPlaces: "places reached, at least"
        case .dormant: "silence that ended"
        case .recent: "for how long what happened is a finding"
        case .learning: "first days of use, in which everything is new"
        case .forgotten: "after which a network or client is new again"
        case .sharedNetworks: "networks of a shared token"
        case .sharedClients: "clients of a shared token"
        case .denials: "refused calls of a burst"
        case .denialActions: "different actions of a burst"
        case .denialSpan: "length of a burst"
        case .orphan: "after its creator was removed"
        case .reviewAdmin: "between reviews of an admin token"
        case .review: "between reviews of other tokens"
        case .hoard: "tokens of one owner, at most"
        case .versionsBehind: "newer versions of the API"
        case .sunset: "before the end of its version of the API"
        case .gap: "longest gap in what is recorded by the hour"
        case .quiet: "longest time without any record, where nothing is recorded by the hour"
        }
    }
}

extension RuleEntry.Basis {
    /// What has to be on record for the rule to be judged; empty where the account is enough.
    package var words: SafeText {
        switch self {
        case .account: ""
        case .lastUse: "judged where it is known when the token was last used"
        case .hours: "judged where use is recorded by the hour"
        case .signals: "judged where whoever checks secrets reports it"
        case .secrets: "judged where the secret is kept here"
        case .reviews: "judged once a review was held"
        case .versions: "judged where the catalogue names the API's versions"
        }
    }
}
