/// For which times the use of tokens is on record. Silence outside of these says nothing: a token does not become
/// unused because a clock jumped, or because whoever counts its calls stood still.
package struct Telemetry: Hashable, Sendable {
    package typealias Gap = UseCoverage.Gap

    /// What is on record of some tokens.
    package struct Record: Hashable, Sendable {
        /// In order; each longer than the settings bear with.
        package let gaps: [Gap]
        /// From when use is recorded by the hour; nil: it is not.
        package let startedAt: Timestamp?
        /// Until when use is on record.
        package let knownUntil: Timestamp

        /// The last gap that reaches into the time since `start`.
        func gap(since start: Timestamp) -> Gap? { gaps.last { $0.end > start } }

        init(of spans: [(start: Timestamp, end: Timestamp)], limit: TimeSpan, isHourly: Bool, at now: Timestamp) {
            var gaps: [Gap] = []
            var end: Timestamp?
            for span in spans.sorted(by: { $0.start < $1.start }) where span.start < now {
                if let end, span.start - end > limit { gaps.append(Gap(start: end, end: span.start)) }
                end = max(end ?? span.end, min(span.end, now))
            }
            self.gaps = gaps
            startedAt = isHourly ? spans.map(\.start).min() : nil
            knownUntil = end.map { now - $0 <= limit ? now : $0 } ?? now
        }
    }

    /// Of tokens that are checked here.
    package let here: Record
    /// Of tokens that are checked elsewhere: as far as it was imported.
    package let elsewhere: Record

    /// Use is on record for all times until `now`.
    package static func whole(until now: Timestamp) -> Telemetry {
        Telemetry(windows: [], days: [], at: now, settings: HygieneSettings())
    }

    /// - Parameters:
    ///   - windows: What those who record use by the hour say of themselves.
    ///   - days: The beginnings of the days on which anything at all was recorded. Where no gateway counts, calls are
    ///     counted as they are checked, and a long time without any record is either a clock that jumped or an
    ///     account at rest: nothing tells them apart.
    package init(windows: [UseWindow], days: [Timestamp], at now: Timestamp, settings: HygieneSettings) {
        elsewhere = Record(
            of: windows.map { ($0.start, $0.end) }, limit: settings.span(.gap), isHourly: !windows.isEmpty, at: now)
        guard !windows.contains(where: { $0.source == UseWindow.gateway }) else {
            here = elsewhere
            return
        }
        here = Record(of: days.map { ($0, $0 + .days(1)) }, limit: settings.span(.quiet), isHourly: false, at: now)
    }

    func record(of token: AccessToken) -> Record { token.useKnownUntil == nil ? here : elsewhere }

    /// All gaps of both, in order.
    package var gaps: [Gap] {
        Set(here.gaps + elsewhere.gaps).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }
}
