/// How much of a time is known: for how much of it all use is on record.
package struct UseCoverage: Hashable, Sendable {
    package var start: Timestamp
    /// Not in it any more.
    package var end: Timestamp
    package var known: TimeSpan

    package init(start: Timestamp, end: Timestamp, known: TimeSpan) {
        self.start = start
        self.end = max(start, end)
        self.known = known
    }

    /// - Parameter windows: In any order; what they have in common counts once.
    package init(from start: Timestamp, to end: Timestamp, windows: [UseWindow]) {
        var known: Int64 = 0
        var reached = start
        for window in windows.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            let from = max(window.start, reached)
            let to = min(window.end, end)
            guard from < to else { continue }
            known += (to - from).milliseconds
            reached = to
        }
        self.init(start: start, end: end, known: TimeSpan(milliseconds: known))
    }

    package var span: TimeSpan { end - start }

    /// Whether at least 99 % of it is known.
    package var isEnough: Bool { span.milliseconds > 0 && known.milliseconds * 100 >= span.milliseconds * 99 }

    package var isWhole: Bool { known >= span }
}
