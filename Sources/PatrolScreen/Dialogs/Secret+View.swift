import PatrolPresentation

extension Model {
    /// The secret alone on the screen, on a line of its own without anything beside it, so that it can be
    /// selected with the mouse.
    func draw(_ screen: SecretScreen, on sheet: inout Sheet) {
        let columns = size.columns
        var lines: [Line] = []
        func add(_ line: Line) { lines.append(line) }
        let isRoomy = size.rows >= 12
        if isRoomy { add(.blank) }
        add(Line("The secret of ", .text).adding(screen.name, screen.name.wasEscaped ? .escaped : .strong))
        add(Line("It is shown this once and kept nowhere. Take it now.", .muted))
        add(.blank)
        let secretRow = lines.count
        for part in SafeText(screen.secret.text).wrapped(to: columns) { add(Line(part, .secret)) }
        add(.blank)
        if let path = screen.path {
            let label: SafeText = "Write to: "
            let field = path.line(cells: max(8, columns - label.width - 1), isFocused: true)
            sheet.cursor = Position(row: lines.count, column: label.width + field.cursor)
            sheet.isCursorVisible = true
            add(Line(label, .muted).adding(field.line))
            add(Line("a new file, another name if you write one; Enter writes, Esc goes back", .muted))
        } else {
            sheet.cursor = Position(row: secretRow, column: 0)
            add(Line("c", .key).adding(" copies it to your own clipboard, over SSH too (OSC 52)", .hint))
            if screen.isCopied { add(Line("x", .key).adding(" empties the clipboard again", .hint)) }
            add(Line("w", .key).adding(" writes it to a new file that only you can read", .hint))
            add(Line("Esc", .key).adding(" leaves", .hint))
        }
        add(.blank)
        if let fault = screen.fault { add(Line(fault, .bad)) }
        if let note = screen.note { add(Line("✓ " + note, .good)) }
        if screen.isLeaving {
            add(Line("It was not copied or written, and is gone for good if you leave.", .warning))
            add(
                Line("y", .key).adding(" lose it   ", .hint).adding("n", .key).adding(" or ", .hint)
                    .adding("Enter", .key).adding(" stay", .hint))
        }
        sheet.lay(lines, on: Rect(row: 0, column: 0, rows: size.rows, columns: columns))
    }
}
