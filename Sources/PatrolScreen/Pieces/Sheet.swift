import PatrolPresentation

/// The screen while it is being drawn: rows of full width, on which parts are laid.
struct Sheet {
    let size: Size
    /// What was laid on each row, by its first cell; nothing overlaps.
    private var rows: [[Piece]]
    var cursor: Position?
    var isCursorVisible = false
    /// Where what can be clicked stands; nil while nobody asks.
    private(set) var hits: HitAreas?

    fileprivate struct Piece: Equatable {
        var column: Int
        var line: Line

        var end: Int { column + line.width }
    }

    init(size: Size, recordsHits: Bool = false) {
        self.size = size
        hits = recordsHits ? HitAreas() : nil
        rows = [[Piece]](repeating: [], count: size.rows)
    }

    /// The same, in the room that an older sheet took.
    init(size: Size, in memo: inout SheetMemo) {
        self.size = size
        rows = memo.takeRoom(of: size.rows)
    }

    /// Notes what a click on a part of the screen is about.
    mutating func note(_ hit: @autoclosure () -> Hit, _ rect: Rect) { if hits != nil { hits?.add(hit(), rect) } }

    /// Lays lines on a rectangle: each is cut or filled to its width, and missing ones are blank.
    mutating func lay(_ content: [Line], on rect: Rect, filling: Meaning = .text) {
        for place in 0..<rect.rows {
            let row = rect.row + place
            guard rows.indices.contains(row) else { continue }
            let line = place < content.count ? content[place] : .blank
            lay(line.fitted(to: rect.columns, filling), row: row, column: rect.column)
        }
    }

    private mutating func lay(_ line: Line, row: Int, column: Int) {
        let room = size.columns - column
        guard room > 0, column >= 0, line.width > 0 else { return }
        let piece = Piece(column: column, line: line.width > room ? line.slice(from: 0, count: room) : line)
        for place in rows[row].indices.reversed() {
            let below = rows[row][place]
            guard below.column < piece.end, piece.column < below.end else { continue }
            // What is covered goes; what looks out on the left and on the right stays.
            rows[row].remove(at: place)
            if below.column < piece.column {
                let left = below.line.slice(from: 0, count: piece.column - below.column)
                rows[row].append(Piece(column: below.column, line: left))
            }
            if below.end > piece.end {
                let right = below.line.slice(from: piece.end - below.column, count: below.end - piece.end)
                rows[row].append(Piece(column: piece.end, line: right))
            }
        }
        rows[row].append(piece)
    }

    fileprivate func joined(_ pieces: [Piece]) -> [Run] {
        if pieces.count == 1, pieces[0].column == 0, pieces[0].line.width == size.columns {
            return pieces[0].line.runs
        }
        var line = Line(room: pieces.reduce(1) { $0 + $1.line.runs.count })
        for piece in pieces.sorted(by: { $0.column < $1.column }) {
            line.fill(to: piece.column)
            line.add(piece.line)
        }
        line.fill(to: size.columns)
        return line.runs
    }

    /// The rows as they lie, each as wide as the screen.
    func frame(isUnicode: Bool, _ memo: inout SheetMemo) -> Frame {
        let inside = cursor.map { cursor in
            Position(
                row: min(max(cursor.row, 0), size.rows - 1),
                column: min(max(cursor.column, 0), size.columns - 1))
        }
        memo.take(rows, size, isUnicode: isUnicode) { pieces in
            let runs = joined(pieces)
            return isUnicode ? runs : runs.map(\.asciiOnly)
        }
        return Frame(size: size, rows: memo.runs, cursor: inside, isCursorVisible: isCursorVisible)
    }
}

/// The rows of the sheet before, and what they became.
struct SheetMemo {
    private var rows: [[Sheet.Piece]] = []
    fileprivate private(set) var runs: [[Run]] = []
    /// The rows of the sheet before that one, for their room.
    private var room: [[Sheet.Piece]] = []
    private var size = Size(rows: 0, columns: 0)
    private var isUnicode = true

    /// Empty rows, with the room that those of the last sheet but one had: a row costs no memory anew.
    fileprivate mutating func takeRoom(of count: Int) -> [[Sheet.Piece]] {
        var taken: [[Sheet.Piece]] = []
        swap(&taken, &room)
        guard taken.count == count else { return [[Sheet.Piece]](repeating: [], count: count) }
        for row in taken.indices { taken[row].removeAll(keepingCapacity: true) }
        return taken
    }

    fileprivate mutating func take(
        _ new: [[Sheet.Piece]], _ size: Size, isUnicode: Bool, join: ([Sheet.Piece]) -> [Run]
    ) {
        let isSame = self.size == size && self.isUnicode == isUnicode
        if !isSame { runs = [[Run]](repeating: [], count: new.count) }
        for row in new.indices where !isSame || rows[row] != new[row] { runs[row] = join(new[row]) }
        room = rows
        (rows, self.size, self.isUnicode) = (new, size, isUnicode)
    }
}

extension Run {
    /// For terminals without UTF-8: borders and symbols become their nearest ASCII, letters `?`.
    fileprivate var asciiOnly: Run { Run(text.asciiOnly, style, highlight: highlight) }
}
