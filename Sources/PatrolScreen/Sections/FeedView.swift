import PatrolDomain
import PatrolPresentation

extension Model {
    /// Audit entries, newest first; while older ones are read, a line says how many came.
    func feedLines(rows: Int, _ look: RowLook, _ memo: inout RowMemo<AuditRow>) -> [Line] {
        var lines: [Line] = []
        var room = rows
        if feed.unseen > 0 {
            lines.append(
                Line("  ↑ \(Count.number(feed.unseen).text) new ", .accent).adding("\(keyWords(.first, usually: "g"))", .key).adding(" goes to the newest", .muted))
            room -= 1
        }
        guard !audit.items.isEmpty else {
            guard audit.isLoaded else { return lines }
            let text: SafeText =
                audit.isSearching ? "  searching…" : audit.filter.isEmpty ? "  Nothing has happened yet." : "  Nothing passes the filter."
            return lines + [Line(text, .muted)]
        }
        return lines + memo.lines(of: audit, rows: room, cursor: look, Self.feedSign, make: feedLine)
    }

    private static var feedSign: SafeText { "▸ " }

    /// An entry behind the cursor's sign.
    private func feedLine(_ row: AuditRow, _ look: RowLook) -> Line {
        let line = row.line
        let room = look.columns - Self.feedSign.width
        var text = Line(look.times.stamp(row.at), .muted)
        text.add("  ")
        func add(_ part: SafeText, _ style: Meaning) { text.add(part, part.wasEscaped ? .escaped : style) }
        add(line.actor, .strong)
        add(" " + line.verb, line.isRefused ? .bad : .text)
        if !line.target.isEmpty { add(" " + line.target, .strong) }
        if !line.outcome.isEmpty { add("  ✗ " + line.outcome, .bad) }
        return text.fitted(to: room)
    }

    /// The newest entries, under whatever else is on the screen.
    func drawStrip(on sheet: inout Sheet, _ rect: Rect, _ memo: inout RowMemo<AuditRow>) {
        var rule = Line(.repeating("─", count: 1), .border)
        rule.add(" 4 Audit ", .title)
        rule.finishRule(to: rect.columns, stroke: "─", .border, strip: activity, note: "live", .muted)
        let look = RowLook(columns: rect.columns, times: times)
        let lines = memo.lines(of: newest.prefix(rect.rows - 1), look, Self.feedSign, make: feedLine)
        sheet.note(.tab(.audit), rect)
        sheet.lay([rule] + lines, on: rect)
    }
}
