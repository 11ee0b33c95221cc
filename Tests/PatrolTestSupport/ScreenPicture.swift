/// A screen as an SVG picture: one `<text>` for each run of cells that look alike, at its exact column, so that the
/// picture can be copied, searched and read aloud.
package struct ScreenPicture {
    /// What the terminal's own colours are, and its sixteen.
    package struct Palette: Hashable, Sendable {
        let ink: Int
        let paper: Int

        package static let dark = Palette(ink: 0xD0D0D0, paper: 0x16181D)
        package static let light = Palette(ink: 0x24292F, paper: 0xFFFFFF)
    }

    private static let cellWidth = 8
    private static let cellHeight = 17
    private static let margin = 10

    private let screen: TerminalScreen
    private let palette: Palette
    private let title: String

    package init(of screen: TerminalScreen, palette: Palette, title: String) {
        self.screen = screen
        self.palette = palette
        self.title = title
    }

    package var svg: String {
        let width = screen.columnCount * Self.cellWidth + 2 * Self.margin
        let height = screen.rowCount * Self.cellHeight + 2 * Self.margin
        var lines = [
            #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(width)" height="\#(height)" viewBox="0 0 \#(width) \#(height)" role="img">"#,
            "<title>\(Self.escaped(title))</title>",
            "<style>text{font:13.28px 'DejaVu Sans Mono',Menlo,Consolas,monospace}.b{font-weight:bold}.u{text-decoration:underline}</style>",
            #"<rect width="100%" height="100%" rx="6" fill="\#(Self.hex(palette.paper))"/>"#,
        ]
        for row in screen.cells.indices {
            let runs = runs(of: row)
            lines += runs.compactMap { ground(of: $0, row) }
            lines += runs.flatMap { words(of: $0) }.map { text(of: $0, row) }
        }
        return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    /// Cells beside each other that look alike.
    private struct Run {
        let row: Int
        var column: Int
        var columns: Int
        var text: String
        let ink: Int
        let paper: Int
        let isBold: Bool
        let isUnderlined: Bool

        func looksLike(_ other: Run) -> Bool {
            ink == other.ink && paper == other.paper && isBold == other.isBold && isUnderlined == other.isUnderlined
        }
    }

    private func runs(of row: Int) -> [Run] {
        var runs: [Run] = []
        for (column, cell) in screen.cells[row].enumerated() where cell.width > 0 {
            let run = run(of: cell, row, column)
            if let last = runs.last, last.looksLike(run), last.column + last.columns == column {
                runs[runs.count - 1].text += run.text
                runs[runs.count - 1].columns += run.columns
            } else {
                runs.append(run)
            }
        }
        return runs
    }

    private func run(of cell: TerminalCell, _ row: Int, _ column: Int) -> Run {
        let (ink, paper) = (Self.rgb(cell.foreground) ?? palette.ink, Self.rgb(cell.background) ?? palette.paper)
        return Run(
            row: row, column: column, columns: cell.width, text: cell.text, ink: cell.isReversed ? paper : ink,
            paper: cell.isReversed ? ink : paper, isBold: cell.isBold, isUnderlined: cell.isUnderlined)
    }

    private func ground(of run: Run, _ row: Int) -> String? {
        guard run.paper != palette.paper else { return nil }
        let (x, y) = (Self.margin + run.column * Self.cellWidth, Self.margin + row * Self.cellHeight)
        return #"<rect x="\#(x)" y="\#(y)" width="\#(run.columns * Self.cellWidth)" height="\#(Self.cellHeight)" fill="\#(Self.hex(run.paper))"/>"#
    }

    /// What stands between two spaces or more: some programs make one of several.
    private func words(of run: Run) -> [Run] {
        var parts: [Run] = []
        var spaces = 0
        for (column, cell) in screen.cells[run.row][run.column..<run.column + run.columns].enumerated() {
            if cell.text == " " {
                spaces += 1
                continue
            }
            if spaces > 1 || parts.isEmpty {
                var part = run
                (part.column, part.columns, part.text) = (run.column + column, cell.width, cell.text)
                parts.append(part)
            } else {
                parts[parts.count - 1].columns += spaces + cell.width
                parts[parts.count - 1].text += String(repeating: " ", count: spaces) + cell.text
            }
            spaces = 0
        }
        return parts
    }

    /// Fonts differ in width: `textLength` keeps the columns.
    private func text(of run: Run, _ row: Int) -> String {
        let (x, y) = (Self.margin + run.column * Self.cellWidth, Self.margin + row * Self.cellHeight + 13)
        let style = [run.isBold ? "b" : nil, run.isUnderlined ? "u" : nil].compactMap { $0 }.joined(separator: " ")
        let marks = style.isEmpty ? "" : #" class="\#(style)""#
        let length = run.columns * Self.cellWidth
        return #"<text x="\#(x)" y="\#(y)" textLength="\#(length)"\#(marks) fill="\#(Self.hex(run.ink))">\#(Self.escaped(run.text))</text>"#
    }

    private static func rgb(_ colour: TerminalCell.Colour) -> Int? {
        switch colour {
        case .own: nil
        case .rgb(let value): value
        case .palette(let number): paletteColour(number)
        }
    }

    /// xterm's 256 colours: sixteen, a cube of six by six by six, and greys.
    private static func paletteColour(_ number: Int) -> Int {
        let first = [
            0x000000, 0xCD3131, 0x0DBC79, 0xC7A70B, 0x2472C8, 0xBC3FBC, 0x11A8CD, 0xCCCCCC, 0x767676, 0xF14C4C, 0x23D18B,
            0xE5C60F, 0x3B8EEA, 0xD670D6, 0x29B8DB, 0xFFFFFF,
        ]
        if number < 16 { return first[number] }
        if number >= 232 {
            let grey = 8 + 10 * (number - 232)
            return grey << 16 | grey << 8 | grey
        }
        let step = { (place: Int) in place == 0 ? 0 : 55 + 40 * place }
        let (red, green, blue) = ((number - 16) / 36, (number - 16) / 6 % 6, (number - 16) % 6)
        return step(red) << 16 | step(green) << 8 | step(blue)
    }

    private static func hex(_ colour: Int) -> String {
        let digits = String(colour, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
