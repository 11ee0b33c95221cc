import PatrolPresentation

extension Model {
    /// Rows that the lines have: the last one says how to go back.
    private var plainRows: Int { max(1, size.rows - 2) }

    private func wrapped(_ text: PlainText) -> [SafeText] { text.lines.flatMap { SafeText($0).wrapped(to: size.columns) } }

    mutating func take(_ key: Key, in text: PlainText) -> [Effect] {
        var text = text
        let last = max(0, wrapped(text).count - plainRows)
        switch key {
        case .escape, .enter, "q", "Y":
            dialogs.removeLast()
            return []
        case .down, "j": text.top = min(text.top + 1, last)
        case .up, "k": text.top = max(text.top - 1, 0)
        case .pageDown, " ": text.top = min(text.top + plainRows, last)
        case .pageUp: text.top = max(text.top - plainRows, 0)
        default: return []
        }
        replaceTop(.plain(text))
        return []
    }

    /// From the first cell of each row, with nothing beside it.
    func draw(_ text: PlainText, on sheet: inout Sheet) {
        let all = wrapped(text)
        let top = min(text.top, max(0, all.count - plainRows))
        let shown = all[top...].prefix(plainRows)
        sheet.lay(shown.map { Line($0, .text) }, on: Rect(row: 0, column: 0, rows: plainRows, columns: size.columns))
        guard size.rows > 1 else { return }
        var hint = Line("Esc", .key).adding(" goes back", .hint)
        if shown.count < all.count {
            hint = hint.adding("   ↑ ↓", .key).adding(" \(top + 1) to \(top + shown.count) of \(all.count)", .hint)
        }
        sheet.lay([hint], on: Rect(row: size.rows - 1, column: 0, rows: 1, columns: size.columns))
        sheet.cursor = Position(row: 0, column: 0)
    }
}
