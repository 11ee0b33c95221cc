/// For which part of a span use is on record.
package struct UseCoverage: Hashable, Sendable {
    /// A part of the span of which nothing is known.
    package struct Gap: Hashable, Sendable {
        package let start: Timestamp
        package let end: Timestamp

        package var length: TimeSpan { end - start }
    }

    package let start: Timestamp
    package let end: Timestamp
    /// Oldest first, without overlaps.
    package let gaps: [Gap]

    /// - Parameter windows: In any order; they may overlap.
    package init(of windows: [UseWindow], from start: Timestamp, to end: Timestamp) {
        self.start = start
        self.end = max(start, end)
        var gaps: [Gap] = []
        var known = start
        for window in windows.sorted(by: { $0.start < $1.start }) where window.end > known && window.start < end {
            if window.start > known { gaps.append(Gap(start: known, end: window.start)) }
            known = window.end
        }
        if known < self.end { gaps.append(Gap(start: known, end: self.end)) }
        self.gaps = gaps
    }

    /// Of a token, from `start` or its creation on. A token that is checked here is counted with each check: it is
    /// known without a window, unless a gateway counts for it and was not there all the time. Of other tokens
    /// only windows tell.
    package init(of token: AccessToken, windows: [UseWindow], from start: Timestamp, to end: Timestamp) {
        let start = max(start, token.createdAt)
        let isCheckedHere = token.useKnownUntil == nil && !windows.contains { $0.source == UseWindow.gateway }
        let all = isCheckedHere ? [UseWindow(start: start, end: max(start, end), source: "")] : windows
        self.init(of: all, from: start, to: end)
    }

    package var span: TimeSpan { end - start }

    package var known: TimeSpan {
        TimeSpan(milliseconds: span.milliseconds - gaps.reduce(0) { $0 + $1.length.milliseconds })
    }

    /// Whether at least so many hundredths of the span are known.
    package func isKnown(percent: Int) -> Bool {
        known.milliseconds * 100 >= span.milliseconds * Int64(percent) && known.milliseconds > 0
    }

    /// Gaps that are worth a word: a shorter one hides no habit.
    package var notableGaps: [Gap] { gaps.filter { $0.length >= .hours(1) } }
}
