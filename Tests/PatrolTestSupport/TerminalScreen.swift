/// What stands in one cell of a terminal.
package struct TerminalCell: Hashable, Sendable {
    /// The terminal's own colour, one of the palette's 256, or red, green and blue.
    package enum Colour: Hashable, Sendable {
        case own
        case palette(Int)
        case rgb(Int)
    }

    /// The character with its combining marks; a space where nothing stands; empty in the right half of a wide one.
    package var text: String
    /// Columns: 1 or 2; 0 in the right half of a wide character.
    package var width: Int
    package var isBold = false
    package var isUnderlined = false
    package var isReversed = false
    package var foreground = Colour.own
    package var background = Colour.own

    package var isColoured: Bool { foreground != .own || background != .own }
}

/// What a person sees on a terminal at one moment.
package struct TerminalScreen: Hashable, Sendable, CustomStringConvertible {
    package var cells: [[TerminalCell]]
    package var cursorRow: Int
    package var cursorColumn: Int
    package var isCursorVisible: Bool
    package var isAlternate: Bool

    package var rowCount: Int { cells.count }
    package var columnCount: Int { cells.first?.count ?? 0 }

    /// One row's text, without the spaces at its end.
    package func row(_ index: Int) -> String {
        var text = cells[index].map(\.text).joined()
        while text.last == " " { text.removeLast() }
        return text
    }

    package var rows: [String] { cells.indices.map(row) }

    package var description: String { rows.joined(separator: "\n") }

    package func contains(_ text: String) -> Bool { rows.contains { $0.contains(text) } }

    /// The first place where `text` begins: row and column from 0. Wide characters count two columns.
    package func place(of text: String) -> (row: Int, column: Int)? {
        for index in cells.indices {
            if let column = columns(of: text, inRow: index).first { return (index, column) }
        }
        return nil
    }

    /// Every column at which `text` begins in a row.
    package func columns(of text: String, inRow index: Int) -> [Int] {
        let row = cells[index]
        return row.indices.filter { start in
            var rest = Substring(text)
            for cell in row[start...] {
                if rest.isEmpty { return true }
                guard rest.hasPrefix(cell.text) else { return false }
                rest = rest.dropFirst(cell.text.count)
            }
            return rest.isEmpty
        }
    }

    /// How many cells have a colour that is not the terminal's own.
    package var colouredCellCount: Int { cells.joined().count { $0.isColoured } }
}
