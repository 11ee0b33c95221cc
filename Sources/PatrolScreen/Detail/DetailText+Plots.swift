import PatrolDomain
import PatrolPresentation

extension DetailText {
    /// Calls a day with a scale and dates, oldest first, today last; in a narrow room some days share a bar.
    mutating func plot(_ days: [Int]) {
        let most = days.max() ?? 0
        let labels = max(Count.short(most).width, Count.short(most * 3).width) + 2
        let (sums, size) = Plot.grouped(days, most: max(1, columns - labels - 1))
        let highest = sums.max() ?? 0
        let rows = 4
        for (place, row) in Plot.columns(sums, rows: rows).enumerated() {
            let label: SafeText = place == 0 ? Count.short(highest) : place == rows - 1 ? "0" : ""
            var line = Line(label.fitted(to: labels - 2, .right), .muted)
            line.add(place == 0 || place == rows - 1 ? " ┤" : " │", .border)
            line.add(row, .plot)
            add(line)
        }
        let first = now.startOfDay - .days(sums.count * size - 1)
        let middle = now.startOfDay - .days(sums.count / 2 * size - 1)
        var dates = Line(.spaces(labels))
        dates.add(TimeText.date(first, now: now), .muted)
        let end = TimeText.date(now, now: now)
        let middleText = TimeText.date(middle, now: now)
        let middleStart = labels + sums.count / 2
        if middleStart > dates.width + 2, middleStart + middleText.width + 2 < labels + sums.count - end.width {
            dates.fill(to: middleStart)
            dates.add(middleText, .muted)
        }
        dates.addAtRight(" " + end, .muted, of: labels + max(sums.count, dates.width - labels + end.width + 1))
        add(dates)
        add(size == 1 ? "calls a day" : "calls in \(size) days a bar", .muted, indent: labels)
    }

    /// What the token was given, may do now, used and never used: kinds of actions, each against all that the
    /// catalogue knows.
    mutating func extent(_ detail: TokenDetail, _ reach: Reach?) {
        guard let reach, reach.givenCount > 0 else { return }
        let isInForce = detail.row.token.notInForce(owner: detail.owner, at: now) == nil
        let extent = ActionExtent(reach, use: detail.use, isInForce: isInForce)
        heading("How much of it", note: "kinds of actions of the catalogue")
        bar("given", extent.given, of: extent.given, note: "of \(Count.number(reach.knownCount).text)")
        let withheld = extent.given - extent.allowed
        let why: SafeText =
            !isInForce ? "it does not work now"
            : withheld == 0 ? "" : "\(Count.number(withheld).text) withheld"
        bar("may now", extent.allowed, of: extent.given, note: why)
        guard detail.isUseKnown else {
            pair("used", "not known: " + (detail.use.isEmpty ? "its use is not counted here" : "its use is on record in part"), .muted)
            return
        }
        bar("used", extent.used, of: extent.given, note: "in 90 days")
        bar("not used", extent.allowed - extent.usedOfAllowed, of: extent.given, note: "in 90 days, of those")
    }

    private mutating func bar(_ label: SafeText, _ part: Int, of whole: Int, note: SafeText) {
        let cells = min(24, max(6, columns / 4))
        var line = Line(label.fitted(to: 10), .muted)
        line.add(Plot.bar(part, of: whole, cells: cells), .plot)
        line.add(Count.number(part).fitted(to: 6, .right))
        if !note.isEmpty { line.add("  " + note, .muted) }
        add(line)
    }
}

/// How many kinds of actions a token was given, and what became of them. An action counts once, on however many kinds
/// of resources it is allowed.
struct ActionExtent: Hashable, Sendable {
    let given: Int
    /// Of those given, what nobody withholds on at least one of the resources.
    let allowed: Int
    let used: Int
    /// Of those allowed.
    let usedOfAllowed: Int

    init(_ reach: Reach, use: [UseOfDay], isInForce: Bool) {
        var given: Set<Action> = []
        var allowed: Set<Action> = []
        for part in reach.parts {
            given.formUnion(part.given)
            if isInForce { allowed.formUnion(part.given.filter { !part.withheld.contains($0) }) }
        }
        let used = Set(use.filter { $0.allowed > 0 }.map(\.action))
        self.given = given.count
        self.allowed = allowed.count
        self.used = given.intersection(used).count
        usedOfAllowed = allowed.intersection(used).count
    }
}
