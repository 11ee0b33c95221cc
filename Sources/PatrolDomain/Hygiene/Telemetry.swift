/// For which times the use of all tokens is on record. Silence outside of these says nothing: a token does not
/// become unused because a clock jumped, or because whoever counts its calls stood still.
package struct Telemetry: Hashable, Sendable {
    /// A time of which no use is on record.
    package struct Gap: Hashable, Sendable {
        package let start: Timestamp
        package let end: Timestamp

        package init(start: Timestamp, end: Timestamp) {
            self.start = start
            self.end = end
        }
    }

    /// In order; each longer than the settings bear with.
    package let gaps: [Gap]
    /// From when use is recorded by the hour; nil: it is not.
    package let startedAt: Timestamp?
    /// Until when use is on record.
    package let knownUntil: Timestamp

    /// Use is on record for all times until `now`.
    static func whole(until now: Timestamp) -> Telemetry {
        Telemetry(gaps: [], startedAt: nil, knownUntil: now)
    }

    private init(gaps: [Gap], startedAt: Timestamp?, knownUntil: Timestamp) {
        self.gaps = gaps
        self.startedAt = startedAt
        self.knownUntil = knownUntil
    }

    /// - Parameters:
    ///   - windows: What those who record use by the hour say of themselves.
    ///   - days: The beginnings of the days on which anything at all was recorded, in order. Where nobody
    ///     records use by the hour, calls are counted as they are checked, and a long time without any record
    ///     is either a clock that jumped or an account at rest: nothing tells them apart.
    package init(windows: [UseWindow], days: [Timestamp], at now: Timestamp, settings: HygieneSettings) {
        var spans = windows.filter { $0.start < now }.map { (start: $0.start, end: min($0.end, now)) }
        var limit = settings.span(.gap)
        if spans.isEmpty {
            spans = days.filter { $0 <= now }.map { (start: $0, end: min($0 + .days(1), now)) }
            limit = settings.span(.quiet)
        }
        spans.sort { $0.start < $1.start }
        var gaps: [Gap] = []
        var end: Timestamp?
        for span in spans {
            if let end, span.start - end > limit { gaps.append(Gap(start: end, end: span.start)) }
            end = max(end ?? span.end, span.end)
        }
        let isLive = end.map { now - $0 <= limit } ?? true
        self.init(
            gaps: gaps, startedAt: windows.isEmpty ? nil : spans.first?.start,
            knownUntil: isLive ? now : end ?? now)
    }

    /// The last gap that reaches into the time since `start`.
    func gap(since start: Timestamp) -> Gap? { gaps.last { $0.end > start } }
}
