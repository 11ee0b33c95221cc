/// What the rules know of a token's use, from its hours: how often, what, from where, by which program.
package struct UseFacts: Hashable, Sendable {
    package struct Sighting: Hashable, Sendable {
        package var firstAt: Timestamp
        package var lastAt: Timestamp
        /// The last time before `firstAt` after which it was forgotten, is not kept: this is the newest stretch.
        var calls: Int
    }

    /// Many refused calls of several kinds within a short time.
    package struct Burst: Hashable, Sendable {
        package var calls: Int
        package var actions: Int
        package var at: Timestamp
    }

    /// A time without any allowed call, that has ended.
    package struct Silence: Hashable, Sendable {
        package var from: Timestamp
        package var until: Timestamp
    }

    /// In the window of the settings (90 days), allowed ones only.
    package private(set) var calls = 0
    package private(set) var actions: [Action: Int] = [:]
    /// As they were asked for; at most `maximumResources`.
    package private(set) var resources: Set<String> = []
    /// The first and last allowed call that is on record by the hour.
    package private(set) var firstAllowedAt: Timestamp?
    package private(set) var lastAllowedAt: Timestamp?
    /// Allowed calls by network, client and secret, each since it was last new. Empty texts are left out.
    package private(set) var networks: [String: Sighting] = [:]
    package private(set) var clients: [String: Sighting] = [:]
    package private(set) var secrets: [String: Sighting] = [:]
    /// The last attempts with secrets that had ended, by secret.
    package private(set) var retiredSecrets: [String: Timestamp] = [:]
    /// Keys of environments, of allowed calls.
    package private(set) var environments: [String: Sighting] = [:]
    package private(set) var burst: Burst?
    package private(set) var silence: Silence?
    /// The last two calls from different networks within a minute.
    package private(set) var crossing: Crossing?

    package struct Crossing: Hashable, Sendable {
        package var networks: [String]
        package var at: Timestamp
    }

    package static let maximumResources = 10_000
    private static let minute = TimeSpan.minutes(1)

    /// How far back the hours have to go for all that is asked of them.
    package static func start(at now: Timestamp, settings: HygieneSettings) -> Timestamp {
        let recent = settings.span(.recent) + .days(1)
        let spans = [settings.span(.window), settings.span(.dormant) + recent, settings.span(.forgotten) + recent]
        return now - (spans.max() ?? HourOfUse.keptFor)
    }

    /// - Parameters:
    ///   - hours: Of one token, in the order of the hours, since `start` at least.
    ///   - earlier: Its first and last allowed call before those; nil where there is none.
    package init(
        _ hours: some Sequence<HourOfUse>, earlier: ClosedRange<Timestamp>? = nil, at now: Timestamp,
        settings: HygieneSettings
    ) {
        firstAllowedAt = earlier?.lowerBound
        lastAllowedAt = earlier?.upperBound
        let windowStart = now - settings.span(.window)
        var points: [Point] = []
        var denials: [HourOfUse] = []
        for hour in hours {
            switch hour.outcome {
            case .allowed:
                add(allowed: hour, windowStart: windowStart, settings)
                if hour.lastAt >= now - settings.span(.recent), !hour.network.isEmpty {
                    points.append(Point(at: hour.firstAt, network: hour.network))
                    points.append(Point(at: hour.lastAt, network: hour.network))
                }
            case .denied where hour.lastAt >= now - settings.span(.recent): denials.append(hour)
            case .retired where !hour.secret.isEmpty:
                retiredSecrets[hour.secret] = max(retiredSecrets[hour.secret] ?? hour.lastAt, hour.lastAt)
            case .denied, .quarantined, .retired: break
            }
        }
        burst = Self.burst(denials, settings)
        crossing = Self.crossing(points)
    }

    private mutating func add(allowed hour: HourOfUse, windowStart: Timestamp, _ settings: HygieneSettings) {
        if let last = lastAllowedAt, hour.firstAt - last >= settings.span(.dormant) {
            silence = Silence(from: last, until: hour.firstAt)
        }
        firstAllowedAt = min(firstAllowedAt ?? hour.firstAt, hour.firstAt)
        lastAllowedAt = max(lastAllowedAt ?? hour.lastAt, hour.lastAt)
        let forgotten = settings.span(.forgotten)
        Self.see(hour.network, hour, &networks, forgotten)
        Self.see(hour.client, hour, &clients, forgotten)
        Self.see(hour.secret, hour, &secrets, forgotten)
        guard hour.lastAt >= windowStart else { return }
        calls += hour.calls
        actions[hour.action, default: 0] += hour.calls
        if resources.count < Self.maximumResources { resources.insert(hour.resource) }
        Self.see(Self.environment(of: hour.resource), hour, &environments, forgotten)
    }

    /// Who called with it since then, by network and client; nil where neither is known.
    package func consumer(since start: Timestamp) -> Consumer? {
        let consumer = Consumer(
            networks: networks.filter { $0.value.lastAt >= start }.keys.sorted(),
            clients: clients.filter { $0.value.lastAt >= start }.keys.sorted())
        return consumer.networks.isEmpty && consumer.clients.isEmpty ? nil : consumer
    }

    package struct Consumer: Hashable, Sendable {
        package let networks: [String]
        package let clients: [String]
    }

    /// Notes it; after so long a time without it, it is new again.
    private static func see(
        _ text: String, _ hour: HourOfUse, _ sightings: inout [String: Sighting], _ forgotten: TimeSpan
    ) {
        guard !text.isEmpty else { return }
        guard var known = sightings[text], hour.firstAt - known.lastAt < forgotten else {
            sightings[text] = Sighting(firstAt: hour.firstAt, lastAt: hour.lastAt, calls: hour.calls)
            return
        }
        known.firstAt = min(known.firstAt, hour.firstAt)
        known.lastAt = max(known.lastAt, hour.lastAt)
        known.calls += hour.calls
        sightings[text] = known
    }

    /// The key behind `env/` in `proj/web:env/production:flag/x`, without tags; empty where there is none.
    static func environment(of resource: String) -> String {
        for segment in resource.utf8.split(separator: UInt8(ascii: ":")) where segment.starts(with: "env/".utf8) {
            let key = segment.dropFirst(4).prefix { $0 != UInt8(ascii: ";") }
            return String(decoding: Array(key), as: UTF8.self)
        }
        return ""
    }
}

extension UseFacts {
    fileprivate struct Point {
        var at: Timestamp
        var network: String
    }

    /// Only calls count of which it is certain that they fell into one such span: the hours whose first and last
    /// call lie in it.
    fileprivate static func burst(_ denials: [HourOfUse], _ settings: HygieneSettings) -> Burst? {
        let (span, calls, actions) = (settings.span(.denialSpan), settings[.denials], settings[.denialActions])
        let short = denials.filter { $0.lastAt - $0.firstAt <= span }.sorted { $0.firstAt < $1.firstAt }
        var found: Burst?
        for first in short.indices {
            let end = short[first].firstAt + span
            let inside = short[first...].prefix { $0.firstAt <= end }.filter { $0.lastAt <= end }
            let count = inside.reduce(0) { $0 + $1.calls }
            let kinds = Set(inside.map(\.action)).count
            if count >= calls, kinds >= actions { found = Burst(calls: count, actions: kinds, at: short[first].firstAt) }
        }
        return found
    }

    fileprivate static func crossing(_ points: [Point]) -> Crossing? {
        let sorted = points.sorted { $0.at < $1.at }
        var found: Crossing?
        for (left, right) in zip(sorted, sorted.dropFirst())
        where left.network != right.network && right.at - left.at <= minute {
            found = Crossing(networks: [left.network, right.network].sorted(), at: right.at)
        }
        return found
    }
}
