import PatrolDomain
import PatrolPresentation

extension Model {
    /// Audit entries, newest first; while older ones are read, a line says how many came.
    func feedLines(rows: Int, columns: Int, isFocused: Bool) -> [Line] {
        var lines: [Line] = []
        var room = rows
        if feed.unseen > 0 {
            lines.append(
                Line("  ↑ \(Count.number(feed.unseen).text) new ", .accent).adding("g", .key).adding(" goes to the newest", .muted))
            room -= 1
        }
        guard !audit.items.isEmpty else {
            guard audit.isLoaded else { return lines }
            let text: SafeText =
                audit.isSearching ? "  searching…" : audit.filter.isEmpty ? "  Nothing has happened yet." : "  Nothing passes the filter."
            return lines + [Line(text, .muted)]
        }
        for place in audit.top..<min(audit.top + max(0, room), audit.items.count) {
            let isCursor = place == audit.selected && front == .audit
            let highlight: Run.Highlight = isCursor ? (isFocused ? .full : .quiet) : .none
            lines.append(feedLine(audit.items[place].row, columns: columns, highlight: highlight))
        }
        return lines
    }

    private func feedLine(_ row: AuditRow, columns: Int, highlight: Run.Highlight) -> Line {
        let line = row.line
        var text = Line()
        text.add(highlight == .full ? "▸ " : "  ", .accent, highlight: highlight)
        text.add(TimeText.stamp(row.at, now: now).fitted(to: 12), .muted, highlight: highlight)
        text.add("  ", highlight: highlight)
        func add(_ part: SafeText, _ style: Meaning) {
            text.add(part, part.wasEscaped ? .escaped : style, highlight: highlight)
        }
        add(line.actor, .strong)
        add(" " + line.verb, line.isRefused ? .bad : .text)
        if !line.target.isEmpty { add(" " + line.target, .strong) }
        if !line.outcome.isEmpty { add("  ✗ " + line.outcome, .bad) }
        text = text.cut(to: columns)
        text.fill(to: columns, highlight: highlight)
        return text
    }

    /// The newest entries, under whatever else is on the screen.
    func drawStrip(on sheet: inout Sheet, _ rect: Rect) {
        var rule = Line(.repeating("─", count: 1), .border)
        rule.add(" 4 Audit ", .title)
        rule.add(.repeating("─", count: rect.columns - rule.width - 7), .border)
        rule.add(" live ", .muted)
        rule.add(.repeating("─", count: rect.columns - rule.width), .border)
        let lines = newest.prefix(rect.rows - 1).map { feedLine($0, columns: rect.columns, highlight: .none) }
        sheet.note(.tab(.audit), rect)
        sheet.lay([rule] + lines, on: rect)
    }
}
