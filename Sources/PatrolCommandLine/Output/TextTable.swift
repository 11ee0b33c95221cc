import PatrolPresentation

/// Rows in columns. On a window they are cut to fit; elsewhere nothing is cut, and each page of rows
/// is as wide as it needs.
struct TextTable {
    private let columns: [TableColumn]
    /// Of the window; nil: nothing is cut.
    private let width: Int?
    private var hasTitles = false

    init(_ columns: [TableColumn], width: Int?) {
        self.columns = columns
        self.width = width
    }

    /// The lines of a page of rows, with the titles before the first page.
    mutating func lines(_ rows: [[SafeText]]) -> [SafeText] {
        guard !rows.isEmpty else { return [] }
        let titles = hasTitles ? [] : [columns.map(\.title)]
        hasTitles = true
        let all = titles + rows
        let widths = width.map { TableLayout(columns, total: $0).widths } ?? naturalWidths(all)
        return all.map { line($0, widths) }
    }

    private func naturalWidths(_ rows: [[SafeText]]) -> [Int?] {
        columns.indices.map { place in rows.map { $0[place].width }.max() }
    }

    private func line(_ cells: [SafeText], _ widths: [Int?]) -> SafeText {
        let shown = columns.indices.filter { widths[$0] != nil }
        let fitted = shown.map { place in
            // The last column needs no padding.
            place == shown.last && columns[place].alignment == .left
                ? cells[place].cut(to: widths[place] ?? 0)
                : columns[place].fit(cells[place], to: widths[place] ?? 0)
        }
        let line = fitted.dropFirst().reduce(fitted.first ?? .empty) { $0 + "  " + $1 }
        // Spaces behind the last word are of no use to anybody.
        let spaces = line.text.utf8.reversed().prefix { $0 == UInt8(ascii: " ") }.count
        return line.prefix(cells: line.width - spaces)
    }
}
