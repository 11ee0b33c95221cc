import PatrolDomain
import PatrolPresentation

extension Activity {
    /// Seven days, four spans a day.
    static let shown = Query.activity(span: .hours(6), count: 28)

    /// `·░▒▓█ 7 d`: how much happened in each span, beside the busiest. Less than `cells` has room for: empty.
    func strip(cells: Int) -> Line {
        let words = TimeText.short(TimeSpan(milliseconds: span.milliseconds * Int64(counts.count)))
        guard !counts.isEmpty, counts.count + words.width + 1 <= cells else { return .blank }
        return Line(Plot.heat(counts), .plot).adding(" " + words, .muted)
    }
}

extension Model {
    /// Asks how much happened: where it is shown, and not again within ten seconds unless something was done here.
    mutating func activityEffects(isOwn: Bool) -> [Effect] {
        let isFresh = activityAskedAt.map { now - $0 < TimeSpan(milliseconds: 10_000) } ?? false
        guard layout.kind != .tooSmall, isOwn || !isFresh else { return [] }
        activityAskedAt = now
        return [.load(Activity.shown)]
    }

    /// Time alone moves the strip on: once in a span.
    mutating func agedActivityEffects() -> [Effect] {
        guard let activity, let asked = activityAskedAt, now - asked >= activity.span else { return [] }
        return activityEffects(isOwn: true)
    }
}

extension Line {
    /// A rule goes on to `columns`: the strip after its title, and a note at its end, as far as there is room.
    mutating func finishRule(
        to columns: Int, stroke: Unicode.Scalar, _ border: Meaning, strip: Activity?, note: SafeText, _ style: Meaning
    ) {
        let end = columns - note.width - (note.isEmpty ? 0 : 3)
        if let strip = strip?.strip(cells: end - width - 4), strip.width > 0 {
            add(.repeating(stroke, count: 2), border)
            add(" ")
            add(strip)
            add(" ")
        }
        add(.repeating(stroke, count: end - width), border)
        if !note.isEmpty, width <= end {
            add(" " + note + " ", style)
        }
        add(.repeating(stroke, count: columns - width), border)
    }
}
