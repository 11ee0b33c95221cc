import PatrolDomain
import PatrolPresentation

/// How moments are told in lists and details: how long ago they were, or when.
struct Times: Hashable, Sendable {
    var now: Timestamp
    /// `2026-11-24 05:20` in the place of `3 h ago`.
    var isAbsolute = false

    func words(_ moment: Timestamp) -> SafeText {
        isAbsolute ? TimeText.absolute(moment) : TimeText.relative(moment, now: now)
    }

    /// Both, the one that is wanted first: `3 h ago (2026-11-24 05:20)`.
    func fullWords(_ moment: Timestamp) -> SafeText {
        let (when, ago) = (TimeText.absolute(moment).text, TimeText.relative(moment, now: now).text)
        return isAbsolute ? "\(when) (\(ago))" : "\(ago) (\(when))"
    }

    func cell(_ moment: Timestamp, _ style: Meaning) -> Cell {
        if isAbsolute { return Cell(TimeText.absolute(moment), short: TimeText.stamp(moment, now: now), style) }
        let span = now - moment
        // What happened since this moment was taken is new, and `just now` is too long for a narrow column.
        let short = span.milliseconds > -60_000 ? TimeText.short(span) : TimeText.relative(moment, now: now)
        return Cell(TimeText.relative(moment, now: now), short: short, style)
    }

    /// For the first column of the audit log, which always tells when: shorter, or with the whole date.
    func stamp(_ moment: Timestamp) -> SafeText {
        isAbsolute ? TimeText.absolute(moment).fitted(to: 16) : TimeText.stamp(moment, now: now).fitted(to: 12)
    }

    /// Cells of a column of moments: the fewest, and as many as it would like.
    var cells: (minimum: Int, ideal: Int) { isAbsolute ? (12, 16) : (7, 10) }
}

extension Model {
    /// How moments are told now.
    var times: Times { Times(now: shownNow, isAbsolute: hasAbsoluteTimes) }
}
