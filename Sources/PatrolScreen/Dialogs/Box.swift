import PatrolPresentation

/// A framed part in the middle of the screen.
struct Box {
    /// With the frame.
    let rect: Rect
    /// Inside, with a cell of margin left and right.
    let inside: Rect

    init(rows wanted: Int, columns wantedColumns: Int, in size: Size) {
        let rows = min(wanted + 2, max(3, size.rows - 3))
        let columns = min(wantedColumns + 4, size.columns)
        rect = Rect(
            row: max(0, (size.rows - 2 - rows) / 2), column: (size.columns - columns) / 2, rows: rows, columns: columns)
        inside = Rect(row: rect.row + 1, column: rect.column + 2, rows: rows - 2, columns: max(0, columns - 4))
    }

    func draw(_ title: SafeText, _ content: [Line], on sheet: inout Sheet) {
        var top = Line("┏━", .focusedBorder)
        top.add(" " + title.cut(to: max(0, rect.columns - 8)) + " ", .focusedTitle)
        top.add(.repeating("━", count: rect.columns - top.width - 1), .focusedBorder)
        top.add("┓", .focusedBorder)
        var lines = [top]
        for place in 0..<inside.rows {
            var line = Line("┃ ", .focusedBorder)
            line.add((place < content.count ? content[place] : .blank).fitted(to: inside.columns))
            line.add(" ┃", .focusedBorder)
            lines.append(line)
        }
        lines.append(
            Line("┗", .focusedBorder).adding(.repeating("━", count: rect.columns - 2), .focusedBorder)
                .adding("┛", .focusedBorder))
        sheet.lay(lines, on: rect)
    }

    /// A part of a line of the content, on the screen.
    func area(row: Int, column: Int, columns: Int) -> Rect {
        Rect(row: inside.row + row, column: inside.column + column, rows: row < inside.rows ? 1 : 0, columns: columns)
    }

    /// A cell of the content, on the screen.
    func position(row: Int, column: Int) -> Position {
        Position(row: inside.row + min(row, max(0, inside.rows - 1)), column: inside.column + column)
    }
}

extension Line {
    /// `[ Cancel ]`, told apart by brackets and an arrow as well as colour.
    mutating func addButton(_ text: SafeText, isFocused: Bool, isDangerous: Bool = false) {
        let style: Meaning = isFocused ? (isDangerous ? .buttonDanger : .buttonFocused) : .button
        add(isFocused ? "▸ " : "  ", .accent)
        add("[ \(text.text) ]", style)
    }
}

/// The part of some lines that fits into so many rows, with a sign of what is left out.
func window(_ lines: [Line], scroll: Int, rows: Int) -> [Line] {
    guard lines.count > rows, rows > 0 else { return lines }
    let start = max(0, min(scroll, lines.count - rows))
    var shown = Array(lines[start..<min(start + rows, lines.count)])
    let more = lines.count - start - rows
    if more > 0, let last = shown.indices.last {
        shown[last] = Line("↓ \(more + 1) more lines", .muted)
    }
    return shown
}
