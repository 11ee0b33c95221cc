import PatrolDomain
import PatrolPresentation

/// One cell of a list.
struct Cell: Sendable {
    var text: SafeText
    /// Where the text does not fit.
    var short: SafeText?
    var style: Meaning

    init(_ text: SafeText, short: SafeText? = nil, _ style: Meaning = .text) {
        self.text = text
        self.short = short
        self.style = style
    }

    /// All rows of a column that has less than its ideal are short: a mix would look like a difference.
    func text(for cells: Int, of column: TableColumn) -> SafeText {
        let fitting = cells < column.ideal || text.width > cells ? short ?? text : text
        return fitting.wasEscaped ? "!" + fitting : fitting
    }
}

extension Model {
    func hasFocus(_ pane: Pane) -> Bool { front == pane && !isDetailFocused && dialogs.isEmpty }

    /// A list in its place: the rule with its title where all lists are visible, the titles of the columns, the rows.
    func draw(_ pane: Pane, on sheet: inout Sheet, _ rect: Rect, _ layout: Layout) {
        var row = rect.row
        sheet.note(.pane(pane), rect)
        if layout.kind == .panes {
            sheet.lay(
                [rule(of: pane, columns: rect.columns)],
                on: Rect(row: row, column: rect.column, rows: 1, columns: rect.columns))
            row += 1
        }
        let rows = layout.listRows(pane)
        let hasTitles = layout.hasColumnTitles(pane)
        noteHits(pane, on: &sheet, Rect(row: row, column: rect.column, rows: rows, columns: rect.columns), hasTitles)
        let content: [Line] =
            switch pane {
            case .members: lines(members, MemberColumns.self, pane, rows: rows, columns: rect.columns, hasTitles)
            case .roles: lines(roles, RoleColumns.self, pane, rows: rows, columns: rect.columns, hasTitles)
            case .tokens: lines(tokens, TokenColumns.self, pane, rows: rows, columns: rect.columns, hasTitles)
            case .audit: feedLines(rows: rows, columns: rect.columns, isFocused: hasFocus(.audit))
            }
        sheet.lay(content, on: Rect(row: row, column: rect.column, rows: rect.row + rect.rows - row, columns: rect.columns))
        if hasFocus(pane), filterEntry == nil {
            let place = row + (hasTitles ? 1 : 0) + cursorOffset(pane)
            sheet.cursor = Position(row: place, column: rect.column)
        }
    }

    private func noteHits(_ pane: Pane, on sheet: inout Sheet, _ rect: Rect, _ hasTitles: Bool) {
        guard sheet.hits != nil else { return }
        let spans: [ColumnSpan]
        switch pane {
        case .members: spans = MemberColumns.spans(TableLayout(MemberColumns.columns, total: rect.columns - 3))
        case .roles: spans = RoleColumns.spans(TableLayout(RoleColumns.columns, total: rect.columns - 3))
        case .tokens: spans = TokenColumns.spans(TableLayout(TokenColumns.columns, total: rect.columns - 3))
        case .audit: spans = []
        }
        for span in hasTitles ? spans : [] {
            sheet.note(
                .column(pane, span.column),
                Rect(row: rect.row, column: rect.column + span.start, rows: 1, columns: span.width))
        }
        let (first, count) = visibleRows(pane)
        let offset = (hasTitles ? 1 : 0) + (pane == .audit && feed.unseen > 0 ? 1 : 0)
        for place in 0..<max(0, min(rect.rows - (offset - (hasTitles ? 1 : 0)), count - first)) {
            sheet.note(
                .row(pane, place: first + place),
                Rect(row: rect.row + offset + place, column: rect.column, rows: 1, columns: rect.columns))
        }
    }

    /// The place of the first visible row, and how many rows are loaded.
    private func visibleRows(_ pane: Pane) -> (first: Int, count: Int) {
        switch pane {
        case .members: (members.top, members.items.count)
        case .roles: (roles.top, roles.items.count)
        case .tokens: (tokens.top, tokens.items.count)
        case .audit: (audit.top, audit.items.count)
        }
    }

    private func cursorOffset(_ pane: Pane) -> Int {
        switch pane {
        case .members: members.selected - members.top
        case .roles: roles.selected - roles.top
        case .tokens: tokens.selected - tokens.top
        case .audit: audit.selected - audit.top + (feed.unseen > 0 ? 1 : 0)
        }
    }

    /// `━━ 3 Tokens ━━━━━━━━━━━━━━━━━━━━━ 12 of 300 ━`
    private func rule(of pane: Pane, columns: Int) -> Line {
        let isFocused = hasFocus(pane)
        let border: Meaning = isFocused ? .focusedBorder : .border
        let stroke: Unicode.Scalar = isFocused ? "━" : "─"
        var line = Line(.repeating(stroke, count: 1), border)
        line.add(" \(pane.rawValue + 1) \(pane.title.text) ", isFocused ? .focusedTitle : .title)
        let filter = filterText(of: pane)
        if !filter.isEmpty {
            line.add(.repeating(stroke, count: 1), border)
            line.add(" /\(SafeText(filter).cut(to: max(8, columns / 3)).text) ", .accent)
        }
        let right = ruleNote(pane)
        let end = columns - right.width - (right.isEmpty ? 0 : 3)
        line.add(.repeating(stroke, count: end - line.width), border)
        if !right.isEmpty, line.width <= end {
            line.add(" " + right + " ", isFocused ? .text : .muted)
            line.add(.repeating(stroke, count: columns - line.width), border)
        }
        return line
    }

    private func ruleNote(_ pane: Pane) -> SafeText {
        switch pane {
        case .members: members.position(of: members.filter.isEmpty ? account?.tally.members : nil)
        case .roles: roles.position(of: nil)
        case .tokens:
            "by \(tokenOrder.words.text) · \(tokens.position(of: tokens.filter.isEmpty ? account?.tally.tokens : nil).text)"
        case .audit: feed.unseen > 0 ? "held · g follows" : "live"
        }
    }

    private func lines<Columns: ListColumns>(
        _ list: ListState<Columns.Row>, _ kind: Columns.Type, _ pane: Pane, rows: Int, columns: Int,
        _ hasTitles: Bool
    ) -> [Line] {
        let layout = TableLayout(Columns.columns, total: columns - 3)
        var lines: [Line] = []
        if hasTitles { lines.append(Columns.titleLine(layout)) }
        guard !list.items.isEmpty else {
            return lines + emptyLines(pane, isLoaded: list.isLoaded, isFiltered: !list.filter.isEmpty, isSearching: list.isSearching)
        }
        let isFocused = hasFocus(pane)
        for place in list.top..<min(list.top + rows, list.items.count) {
            let row = list.items[place].row
            let highlight: Run.Highlight = place == list.selected ? (isFocused ? .full : .quiet) : .none
            lines.append(
                Columns.line(
                    row, layout, now: now, isMarked: list.isMarked(row), highlight: highlight, columns: columns))
        }
        return lines
    }

    /// What to do next where there is nothing.
    private func emptyLines(_ pane: Pane, isLoaded: Bool, isFiltered: Bool, isSearching: Bool) -> [Line] {
        guard isLoaded else { return [] }
        if isSearching { return [Line("   searching…", .muted)] }
        if isFiltered { return [Line("   Nothing passes the filter. ", .muted).adding("Esc", .key).adding(" drops it.", .muted)] }
        return switch pane {
        case .members: [Line("   Nobody yet. ", .muted).adding("a", .key).adding(" invites the first member.", .muted)]
        case .roles: [Line("   No roles. ", .muted).adding("a", .key).adding(" creates one.", .muted)]
        case .tokens:
            [
                Line("   No tokens yet. ", .muted).adding("a", .key).adding(" creates one, step by step.", .muted),
                Line("   One token per program, with the smallest role that does its job.", .muted),
            ]
        case .audit: [Line("   Nothing has happened yet.", .muted)]
        }
    }

    func drawSeparator(on sheet: inout Sheet, _ layout: Layout) {
        guard let detail = layout.detail else { return }
        let line = Line("│", .border)
        sheet.lay(
            [Line](repeating: line, count: detail.rows),
            on: Rect(row: detail.row, column: detail.column - 1, rows: detail.rows, columns: 1))
    }
}

extension TokenOrder {
    var words: SafeText {
        let words: SafeText =
            switch sort {
            case .risk: "risk"
            case .name: "name"
            case .owner: "owner"
            case .scope: "scope"
            case .ending: "ending"
            case .created: "creation"
            case .lastUsed: "last use"
            case .expires: "expiry"
            case .flag: "flag"
            }
        return isReversed ? "\(words.text), reversed" : words
    }
}

/// The columns of one list.
protocol ListColumns {
    associatedtype Row: Listed
    static var columns: [TableColumn] { get }
    /// One cell a column.
    static func cells(_ row: Row, now: Timestamp) -> [Cell]
}

/// Where a column stands in its list.
struct ColumnSpan: Hashable, Sendable {
    var column: Int
    var start: Int
    var width: Int
}

extension ListColumns {
    static func spans(_ layout: TableLayout) -> [ColumnSpan] {
        var start = 2
        var spans: [ColumnSpan] = []
        for (column, width) in layout.widths.enumerated() {
            guard let width else { continue }
            spans.append(ColumnSpan(column: column, start: start, width: width))
            start += width + 2
        }
        return spans
    }

    static func titleLine(_ layout: TableLayout) -> Line {
        var line = Line()
        for span in spans(layout) {
            line.fill(to: span.start, .header)
            line.add(columns[span.column].title.fitted(to: span.width, columns[span.column].alignment), .header)
        }
        return line
    }

    static func line(
        _ row: Row, _ layout: TableLayout, now: Timestamp, isMarked: Bool, highlight: Run.Highlight, columns total: Int
    ) -> Line {
        var line = Line()
        let cursor: SafeText = highlight == .full ? "▸" : " "
        line.add(cursor, .accent, highlight: highlight)
        line.add(isMarked ? "✓" : " ", .accent, highlight: highlight)
        let cells = cells(row, now: now)
        for (place, column) in columns.enumerated() {
            guard let width = layout.widths[place] else { continue }
            if line.width > 2 { line.add("  ", highlight: highlight) }
            let cell = cells[place]
            let style: Meaning = cell.text.wasEscaped ? .escaped : isMarked && cell.style == .text ? .marked : cell.style
            line.add(column.fit(cell.text(for: width, of: column), to: width), style, highlight: highlight)
        }
        line.fill(to: total, highlight: highlight)
        return line
    }
}
