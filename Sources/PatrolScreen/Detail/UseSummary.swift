import PatrolDomain
import PatrolPresentation

/// What the daily counts of a token say together.
struct UseSummary: Sendable {
    /// Calls a day, 90 days, oldest first.
    let days: [Int]
    let allowedThisWeek: Int
    let deniedThisWeek: Int
    /// Most used first.
    let actions: [(action: Action, allowed: Int, denied: Int)]

    static let length = 90

    init(_ use: [UseOfDay], now: Timestamp) {
        let today = now.startOfDay
        var days = [Int](repeating: 0, count: Self.length)
        var week = (allowed: 0, denied: 0)
        var counts: [Action: (allowed: Int, denied: Int)] = [:]
        for row in use {
            let age = (today - row.day).wholeDays
            guard age >= 0, age < Self.length else { continue }
            days[Self.length - 1 - age] += row.allowed + row.denied
            counts[row.action, default: (0, 0)].allowed += row.allowed
            counts[row.action, default: (0, 0)].denied += row.denied
            guard age < 7 else { continue }
            week.allowed += row.allowed
            week.denied += row.denied
        }
        self.days = days
        allowedThisWeek = week.allowed
        deniedThisWeek = week.denied
        actions = counts.map { ($0.key, $0.value.allowed, $0.value.denied) }
            .sorted { ($1.1 + $1.2, $0.0.name) < ($0.1 + $0.2, $1.0.name) }
    }

    /// `1,204 calls in 7 days, 12 of them denied, from 2 networks`
    func weekWords(networks: Int) -> SafeText {
        let calls = allowedThisWeek + deniedThisWeek
        var text = "\(Count.of(calls, "call").text) in 7 days"
        if deniedThisWeek > 0 { text += ", \(Count.number(deniedThisWeek).text) of them denied" }
        if calls > 0, networks > 0 { text += ", from \(Count.of(networks, "network").text)" }
        return "\(text)"
    }

}
