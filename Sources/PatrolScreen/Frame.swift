package import PatrolPresentation

/// Rows and columns of the terminal, or of a part of it.
package struct Size: Hashable, Sendable {
    package var rows: Int
    package var columns: Int

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// The largest screen that is drawn; a larger terminal shows its upper left part.
    package static let maximum = Size(rows: 200, columns: 400)

    /// Within 1×1 and the maximum: what a terminal says of itself is not to be trusted.
    package var clamped: Size {
        Size(
            rows: min(max(rows, 1), Self.maximum.rows),
            columns: min(max(columns, 1), Self.maximum.columns))
    }
}

/// A cell of the terminal, from 0.
package struct Position: Hashable, Sendable {
    package var row: Int
    package var column: Int

    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}

/// Some text in one style.
package struct Run: Hashable, Sendable {
    package var text: SafeText
    package var style: Meaning
    package var highlight: Highlight

    /// Whether the run stands on the row of a list's cursor.
    package enum Highlight: Hashable, Sendable {
        case none
        /// In a pane without the focus.
        case quiet
        /// In the pane with the focus.
        case full
    }

    package init(_ text: SafeText, _ style: Meaning = .text, highlight: Highlight = .none) {
        self.text = text
        self.style = style
        self.highlight = highlight
    }
}

/// What is on the whole screen, as a value. Every row is exactly `size.columns` cells wide,
/// and there are exactly `size.rows` of them.
package struct Frame: Equatable, Sendable {
    package var size: Size
    package var rows: [[Run]]
    /// Where the hardware cursor rests: on the focused row or in the focused field. Nil: hidden.
    package var cursor: Position?
    /// Whether the cursor is in a text field, and so should be seen; otherwise it only rests there.
    package var isCursorVisible: Bool

    package init(size: Size, rows: [[Run]], cursor: Position?, isCursorVisible: Bool = false) {
        self.size = size
        self.rows = rows
        self.cursor = cursor
        self.isCursorVisible = isCursorVisible
    }
}
