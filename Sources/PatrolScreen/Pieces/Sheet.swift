import PatrolPresentation

/// The screen while it is being drawn: rows of full width, on which parts are laid.
struct Sheet {
    let size: Size
    private var lines: [Line]
    var cursor: Position?
    var isCursorVisible = false

    init(size: Size) {
        self.size = size
        lines = [Line](repeating: Line().fitted(to: size.columns), count: size.rows)
    }

    /// Lays lines on a rectangle: each is cut or filled to its width, and missing ones are blank.
    mutating func lay(_ content: [Line], on rect: Rect, filling: Meaning = .text) {
        for place in 0..<rect.rows {
            let row = rect.row + place
            guard lines.indices.contains(row) else { continue }
            let line = place < content.count ? content[place] : .blank
            lay(line.fitted(to: rect.columns, filling), row: row, column: rect.column)
        }
    }

    private mutating func lay(_ line: Line, row: Int, column: Int) {
        let room = size.columns - column
        guard room > 0, column >= 0 else { return }
        let visible = line.width > room ? line.slice(from: 0, count: room) : line
        if column == 0 && visible.width == size.columns {
            lines[row] = visible
            return
        }
        var joined = lines[row].slice(from: 0, count: column)
        joined.add(visible)
        let end = column + visible.width
        joined.add(lines[row].slice(from: end, count: size.columns - end))
        lines[row] = joined
    }

    /// Nothing at all but this row: for terminals that are too small.
    func frame(isUnicode: Bool) -> Frame {
        let inside = cursor.map { cursor in
            Position(
                row: min(max(cursor.row, 0), size.rows - 1),
                column: min(max(cursor.column, 0), size.columns - 1))
        }
        let frame = Frame(
            size: size, rows: lines.map(\.runs), cursor: inside, isCursorVisible: isCursorVisible)
        return isUnicode ? frame : frame.asciiOnly
    }
}

extension Frame {
    /// For terminals without UTF-8: borders and symbols become their nearest ASCII, letters `?`.
    var asciiOnly: Frame {
        var frame = self
        for row in frame.rows.indices {
            for place in frame.rows[row].indices {
                frame.rows[row][place].text = frame.rows[row][place].text.asciiOnly
            }
        }
        return frame
    }
}
