import CTerminalEmulator

/// A terminal in memory: a program's bytes in, a screen out.
package final class TerminalEmulator {
    private let handle: OpaquePointer
    package private(set) var size: TerminalSize

    /// Sizes of 1 to 1,000 rows and columns.
    package init(size: TerminalSize) {
        guard let handle = terminal_emulator_create(Int32(size.rows), Int32(size.columns)) else {
            preconditionFailure("no terminal of \(size.rows) rows and \(size.columns) columns")
        }
        self.handle = handle
        self.size = size
    }

    deinit { terminal_emulator_destroy(handle) }

    package func write(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        terminal_emulator_write(handle, bytes, bytes.count)
    }

    package func resize(to size: TerminalSize) {
        terminal_emulator_resize(handle, Int32(size.rows), Int32(size.columns))
        self.size = size
    }

    /// What the terminal answers to questions that the program has asked since the last call.
    package func takeAnswers() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = terminal_emulator_take_answers(handle, &bytes, bytes.count)
        return Array(bytes.prefix(count))
    }

    /// Whether a private mode (2004: bracketed paste, 1000: mouse, …) is on.
    package func isOn(mode: Int) -> Bool { terminal_emulator_mode(handle, Int32(mode)) != 0 }

    package var bells: Int { Int(terminal_emulator_bells(handle)) }
    package var title: String { String(cString: terminal_emulator_title(handle)) }

    /// What was last put on the clipboard, in base 64; empty: nothing was.
    package var clipboard: String { String(cString: terminal_emulator_clipboard(handle)) }

    package var screen: TerminalScreen {
        TerminalScreen(
            cells: (0..<size.rows).map { row in
                (0..<size.columns).map { column in cell(row: row, column: column) }
            },
            cursorRow: Int(terminal_emulator_cursor_row(handle)),
            cursorColumn: Int(terminal_emulator_cursor_column(handle)),
            isCursorVisible: terminal_emulator_cursor_is_visible(handle) != 0,
            isAlternate: terminal_emulator_is_alternate(handle) != 0)
    }

    private func cell(row: Int, column: Int) -> TerminalCell {
        var found = terminal_cell()
        terminal_emulator_cell(handle, Int32(row), Int32(column), &found)
        return TerminalCell(
            text: Self.text(of: found), width: Int(found.width), isBold: found.is_bold != 0,
            isUnderlined: found.is_underlined != 0, isReversed: found.is_reversed != 0,
            foreground: Self.colour(found.foreground), background: Self.colour(found.background))
    }

    private static func text(of cell: terminal_cell) -> String {
        guard cell.width > 0 else { return "" }
        guard cell.scalar_count > 0 else { return " " }
        let values = [
            cell.scalars.0, cell.scalars.1, cell.scalars.2, cell.scalars.3, cell.scalars.4,
            cell.scalars.5,
        ]
        var text = String.UnicodeScalarView()
        for value in values.prefix(Int(cell.scalar_count)) {
            text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        return String(text)
    }

    private static func colour(_ number: Int32) -> TerminalCell.Colour {
        switch number {
        case -1: .own
        case 0...255: .palette(Int(number))
        default: .rgb(Int(number) & 0xFFFFFF)
        }
    }
}

package struct TerminalSize: Hashable, Sendable, CustomStringConvertible {
    package var rows: Int
    package var columns: Int

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// The commonest size over SSH.
    package static let small = TerminalSize(rows: 24, columns: 80)
    package static let middle = TerminalSize(rows: 40, columns: 120)
    package static let large = TerminalSize(rows: 50, columns: 160)

    package var description: String { "\(columns)×\(rows)" }
}
