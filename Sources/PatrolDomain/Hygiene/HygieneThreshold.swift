/// A number that a rule of hygiene measures by. The raw value names it in settings: never reused.
package enum HygieneThreshold: String, CaseIterable, Hashable, Sendable {
    case lifetimeWriting = "lifetime.write"
    case lifetimeReading = "lifetime.read"
    case rotation = "rotation.age"
    case overlap = "rotation.overlap"
    case expiringFirst = "expiring.first"
    case expiringSecond = "expiring.second"
    case expiringLast = "expiring.last"
    case neverUsed = "never-used.age"
    case unused = "unused.silence"
    case window = "use.window"
    case minimumCalls = "use.calls"
    case excess = "over-privileged.excess"
    case touchedPlaces = "overreach.touched"
    case reachedPlaces = "overreach.places"
    case dormant = "revived.silence"
    case recent = "traffic.recent"
    case learning = "traffic.learning"
    case forgotten = "traffic.forgotten"
    case sharedNetworks = "shared.networks"
    case sharedClients = "shared.clients"
    case denials = "denials.calls"
    case denialActions = "denials.actions"
    case denialSpan = "denials.span"
    case orphan = "orphan.age"
    case reviewAdmin = "review.admin"
    case review = "review.age"
    case hoard = "duplicate.tokens"
    case versionsBehind = "version.behind"
    case sunset = "version.sunset"
    case gap = "guard.gap"
    case quiet = "guard.quiet"

    package enum Unit: String, Hashable, Sendable { case days, minutes, percent, count }

    /// What it is, and between which bounds.
    package struct Measure: Hashable, Sendable {
        package let unit: Unit
        package let usual: Int
        package let strict: Int
        package let bounds: ClosedRange<Int>

        init(_ unit: Unit, _ usual: Int, strict: Int? = nil, _ bounds: ClosedRange<Int>) {
            self.unit = unit
            self.usual = usual
            self.strict = strict ?? usual
            self.bounds = bounds
        }
    }

    /// Defaults and the strict profile: those that CIS Controls and the CIS benchmark for AWS ask for.
    package var measure: Measure {
        switch self {
        case .lifetimeWriting: Measure(.days, 90, 1...3_650)
        case .lifetimeReading: Measure(.days, 365, strict: 90, 1...3_650)
        case .rotation: Measure(.days, 180, strict: 90, 1...3_650)
        case .overlap: Measure(.percent, 50, 1...100)
        case .expiringFirst: Measure(.days, 30, 1...365)
        case .expiringSecond: Measure(.days, 14, 1...365)
        case .expiringLast: Measure(.days, 7, 1...365)
        case .neverUsed: Measure(.days, 14, strict: 7, 1...365)
        case .unused: Measure(.days, 90, strict: 45, 7...400)
        case .window: Measure(.days, 90, 14...400)
        case .minimumCalls: Measure(.count, 20, 1...1_000_000)
        case .excess: Measure(.percent, 50, 1...100)
        case .touchedPlaces: Measure(.percent, 20, 1...99)
        case .reachedPlaces: Measure(.count, 5, 2...500)
        case .dormant: Measure(.days, 60, 7...400)
        case .recent: Measure(.days, 7, 1...30)
        case .learning: Measure(.days, 14, 1...90)
        case .forgotten: Measure(.days, 30, 7...400)
        case .sharedNetworks: Measure(.count, 3, 2...1_000)
        case .sharedClients: Measure(.count, 3, 2...1_000)
        case .denials: Measure(.count, 10, 2...1_000_000)
        case .denialActions: Measure(.count, 5, 1...1_000)
        case .denialSpan: Measure(.minutes, 10, 1...60)
        case .orphan: Measure(.days, 7, 0...365)
        case .reviewAdmin: Measure(.days, 90, 1...3_650)
        case .review: Measure(.days, 180, 1...3_650)
        case .hoard: Measure(.count, 10, 1...100_000)
        case .versionsBehind: Measure(.count, 2, 1...100)
        case .sunset: Measure(.days, 180, 1...3_650)
        case .gap: Measure(.minutes, 60, 1...10_080)
        case .quiet: Measure(.days, 7, strict: 3, 2...90)
        }
    }
}

/// By what the account's tokens are measured: a profile, and what was set otherwise.
package struct HygieneSettings: Hashable, Sendable {
    package enum Profile: String, CaseIterable, Hashable, Sendable {
        case usual = "default"
        case strict
    }

    package var profile: Profile
    package var overrides: [HygieneThreshold: Int]

    package init(profile: Profile = .usual, overrides: [HygieneThreshold: Int] = [:]) {
        self.profile = profile
        self.overrides = overrides
    }

    package subscript(_ threshold: HygieneThreshold) -> Int {
        overrides[threshold] ?? value(of: threshold)
    }

    /// What the profile says, whatever was set otherwise.
    package func value(of threshold: HygieneThreshold) -> Int {
        profile == .usual ? threshold.measure.usual : threshold.measure.strict
    }

    /// A threshold of time.
    func span(_ threshold: HygieneThreshold) -> TimeSpan {
        threshold.measure.unit == .minutes ? .minutes(self[threshold]) : .days(self[threshold])
    }
}

/// The account's settings at one version, which a change has to name.
package struct AccountSettings: Hashable, Sendable {
    package var hygiene: HygieneSettings
    package var version: Int

    package init(hygiene: HygieneSettings = HygieneSettings(), version: Int = 1) {
        self.hygiene = hygiene
        self.version = version
    }
}
