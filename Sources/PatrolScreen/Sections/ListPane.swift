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
    func draw(_ pane: Pane, on sheet: inout Sheet, _ rect: Rect, _ layout: Layout, _ memo: inout FrameMemo) {
        sheet.note(.pane(pane), rect)
        let row = rect.row + (layout.kind == .panes ? 1 : 0)
        let rows = layout.listRows(pane)
        let hasTitles = layout.hasColumnTitles(pane)
        noteHits(pane, on: &sheet, Rect(row: row, column: rect.column, rows: rows, columns: rect.columns), hasTitles)
        let content: [Line] =
            switch pane {
            case .members:
                paneLines(pane, members, columns: rect.columns, layout, &memo.members) { look, memo in
                    lines(members, MemberColumns.self, memberOrder, pane, rows: rows, look, hasTitles, &memo)
                }
            case .roles:
                paneLines(pane, roles, columns: rect.columns, layout, &memo.roles) { look, memo in
                    lines(roles, RoleColumns.self, roleOrder, pane, rows: rows, look, hasTitles, &memo)
                }
            case .tokens:
                paneLines(pane, tokens, columns: rect.columns, layout, &memo.tokens) { look, memo in
                    lines(tokens, TokenColumns.self, tokenOrder, pane, rows: rows, look, hasTitles, &memo)
                }
            case .audit:
                paneLines(pane, audit, columns: rect.columns, layout, &memo.audit) { look, memo in
                    feedLines(rows: rows, look, &memo)
                }
            }
        sheet.lay(content, on: rect)
        if hasFocus(pane), filterEntry == nil {
            let place = row + (hasTitles ? 1 : 0) + cursorOffset(pane)
            sheet.cursor = Position(row: place, column: rect.column)
        }
    }

    /// The rule where all lists are visible, and what is below it.
    private func paneLines<Row>(
        _ pane: Pane, _ list: ListState<Row>, columns: Int, _ layout: Layout, _ memo: inout RowMemo<Row>,
        body: (RowLook, inout RowMemo<Row>) -> [Line]
    ) -> [Line] {
        let isFocused = hasFocus(pane)
        let look = RowLook(columns: columns, times: times, highlight: highlight(of: pane, isFocused: isFocused))
        let inputs = PaneInputs(list, look, of: pane, isFocused: isFocused, in: layout, of: self)
        return memo.pane(inputs) { memo in
            (layout.kind == .panes ? [rule(of: pane, columns: columns)] : []) + body(look, &memo)
        }
    }

    /// That of the cursor's row. The log shows a cursor only while it is in front.
    private func highlight(of pane: Pane, isFocused: Bool) -> Run.Highlight {
        if isFocused { return .full }
        return pane == .audit && front != .audit ? .none : .quiet
    }

    private func noteHits(_ pane: Pane, on sheet: inout Sheet, _ rect: Rect, _ hasTitles: Bool) {
        guard sheet.hits != nil else { return }
        let spans: [ColumnSpan]
        switch pane {
        case .members: spans = MemberColumns.spans(MemberColumns.layout(times, sorted: memberOrder.sort, columns: rect.columns))
        case .roles: spans = RoleColumns.spans(RoleColumns.layout(times, sorted: roleOrder.sort, columns: rect.columns))
        case .tokens: spans = TokenColumns.spans(TokenColumns.layout(times, sorted: tokenOrder.sort, columns: rect.columns))
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
            line.add(" /\(SafeText(filter).cutInMiddle(to: max(8, columns / 4)).text) ", .accent)
            if isFocused, columns >= 100 { line.add("\(stopKey) drops it ", .muted) }
        }
        let right = ruleNote(pane)
        line.finishRule(
            to: columns, stroke: stroke, border, strip: pane == .audit ? activity : nil, note: right,
            isFocused ? .text : .muted)
        return line
    }

    private func ruleNote(_ pane: Pane) -> SafeText {
        switch pane {
        case .members, .roles, .tokens: placeWords(in: pane)
        case .audit: feed.unseen > 0 ? "held · g follows" : "live"
        }
    }

    private func lines<Columns: ListColumns>(
        _ list: ListState<Columns.Row>, _ kind: Columns.Type, _ order: Columns.Order, _ pane: Pane, rows: Int,
        _ look: RowLook, _ hasTitles: Bool, _ memo: inout RowMemo<Columns.Row>
    ) -> [Line] {
        let (columns, times) = (look.columns, look.times)
        let sorted = Columns.sorts.firstIndex(of: order.sort)
        let layout = memo.layout(columns, isAbsolute: times.isAbsolute, sorted: sorted) {
            Columns.layout(times, sorted: order.sort, columns: columns)
        }
        var lines: [Line] = []
        if hasTitles {
            let inputs = TitleInputs(
                layout: layout, isAbsolute: times.isAbsolute, sorted: sorted, isReversed: order.isReversed)
            lines.append(memo.titles(inputs) { Columns.titleLine(layout, times, sorted: order) })
        }
        guard !list.items.isEmpty else {
            return lines + emptyLines(pane, list)
        }
        return lines
            + memo.lines(of: list, rows: rows, cursor: look, Columns.cursorSign) { row, look in
                Columns.line(row, layout, look.times, isMarked: look.isMarked, columns: columns)
            }
    }

    /// What to do next where there is nothing.
    private func emptyLines<Row>(_ pane: Pane, _ list: ListState<Row>) -> [Line] {
        guard list.isLoaded || list.isSearching else { return [] }
        if list.isSearching { return [Line("   " + list.searchWords(stop: stopKey), .muted)] }
        if list.isStopped {
            return [
                Line("   Stopped after \(Count.number(list.lookedAt).text) looked at. ", .muted).adding("↓", .key)
                    .adding(" goes on, ", .muted).adding("Esc", .key).adding(" drops the filter.", .muted)
            ]
        }
        if !list.filter.isEmpty {
            let hint = list.filter.hint(in: pane.filterList).map { Line("   " + $0 + ".", .muted) }
            return [
                Line("   Nothing passes the filter. ", .muted).adding("Esc", .key).adding(" drops it, ", .muted).adding("/", .key)
                    .adding(" changes it.", .muted)
            ] + (hint.map { [$0] } ?? [])
        }
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

    private static let separator = Line("│", .border)

    func drawSeparator(on sheet: inout Sheet, _ layout: Layout) {
        guard let detail = layout.detail else { return }
        sheet.lay(
            [Line](repeating: Self.separator, count: detail.rows),
            on: Rect(row: detail.row, column: detail.column - 1, rows: detail.rows, columns: 1))
    }
}

/// The columns of one list.
protocol ListColumns {
    associatedtype Row: Listed
    associatedtype Order: ListOrder
    /// With room for `3 h ago`, or for moments in full.
    static var relative: [TableColumn] { get }
    static var absolute: [TableColumn] { get }
    /// What sorts by each column.
    static var sorts: [Order.Sort?] { get }
    /// The cell in the column at this place.
    static func cell(_ column: Int, of row: Row, _ times: Times) -> Cell
}

/// Where a column stands in its list.
struct ColumnSpan: Hashable, Sendable {
    var column: Int
    var start: Int
    var width: Int
}

extension ListColumns {
    static func columns(_ times: Times) -> [TableColumn] { times.isAbsolute ? absolute : relative }

    /// What the list is sorted by is seen before other things are.
    static func layout(_ times: Times, sorted sort: Order.Sort, columns total: Int) -> TableLayout {
        var columns = columns(times)
        if let place = sorts.firstIndex(of: sort) { columns[place].rank = min(1, columns[place].rank) }
        return TableLayout(columns, total: total - 3)
    }

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

    /// The titles, with an arrow in that of the column that the list is sorted by.
    static func titleLine(_ layout: TableLayout, _ times: Times, sorted order: Order) -> Line {
        let columns = columns(times)
        var line = Line()
        for span in spans(layout) {
            line.fill(to: span.start, .header)
            let column = columns[span.column]
            guard sorts[span.column] == order.sort else {
                line.add(column.title.fitted(to: span.width, column.alignment), .header)
                continue
            }
            let isNarrow = column.title.width + 2 > span.width
            let title = isNarrow ? column.title + order.sign : column.title + " " + order.sign
            line.add(title.fitted(to: span.width, column.alignment), .focusedTitle)
        }
        return line
    }

    static var cursorSign: SafeText { "▸" }

    /// A row behind the cursor's sign, which takes the first of the `total` cells.
    static func line(
        _ row: Row, _ layout: TableLayout, _ times: Times, isMarked: Bool, columns total: Int
    ) -> Line {
        var line = Line(room: 2 * layout.widths.count + 2)
        line.add(isMarked ? "✓" : " ", isMarked ? .accent : .text)
        let columns = columns(times)
        let gap = SafeText.spaces(2)
        for place in columns.indices {
            guard let width = layout.widths[place] else { continue }
            let cell = cell(place, of: row, times)
            if line.width > 1 { line.add(gap) }
            let style: Meaning = cell.text.wasEscaped ? .escaped : isMarked && cell.style == .text ? .marked : cell.style
            line.add(columns[place].fit(cell.text(for: width, of: columns[place]), to: width), style)
        }
        line.fill(to: total - 1)
        return line
    }
}
