import PatrolDomain
import PatrolPresentation

extension Model {
    func drawDetail(on sheet: inout Sheet, _ rect: Rect, _ layout: Layout, _ memo: inout DetailMemo) {
        sheet.note(.detail, rect)
        let isFocused = isDetailFocused && dialogs.isEmpty
        let border: Meaning = isFocused ? .focusedBorder : .border
        let stroke: Unicode.Scalar = isFocused ? "━" : "─"
        var rule = Line(.repeating(stroke, count: 1), border)
        rule.add(" \(detailTitle.text) ", isFocused ? .focusedTitle : .title)
        let columns = layout.detailColumns
        let content = memo.lines(DetailMemo.Inputs(self, columns: columns)) { detailLines(columns: columns) }
        let rows = layout.detailRows
        let scroll = max(0, min(detail.scroll, content.count - rows))
        let more = content.count - scroll - rows
        if more > 0 || scroll > 0 {
            let note: SafeText = more > 0 ? " \(more) more " : " end "
            rule.add(.repeating(stroke, count: rect.columns - rule.width - note.width - 1), border)
            rule.add(note, .muted)
        }
        rule.add(.repeating(stroke, count: rect.columns - rule.width), border)
        sheet.lay([rule], on: Rect(row: rect.row, column: rect.column, rows: 1, columns: rect.columns))
        let body = Rect(row: rect.row + 1, column: rect.column + 1, rows: rect.rows - 1, columns: rect.columns - 2)
        sheet.lay(Array(content.dropFirst(scroll).prefix(rows)), on: body)
        if isFocused { sheet.cursor = Position(row: body.row, column: body.column) }
    }

    private var detailTitle: SafeText {
        switch subject {
        case .member?: "Member"
        case .role?: "Role"
        case .token?: "Token"
        case .entry?: "Audit entry"
        case nil: "Detail"
        }
    }

    /// Everything the detail says, at this width.
    func detailLines(columns: Int) -> [Line] {
        var text = DetailText(columns: columns, times: times, keys: keys)
        switch detail.content {
        case .nothing:
            if subject == nil { text.add("Nothing is selected.", .muted) }
        case .gone: text.add("It is not there any more.", .muted)
        case .token(let token): text.describe(token, reach: detail.reach, sizing: detail.sizing, history: detail.history)
        case .member(let member): text.describe(member, history: detail.history)
        case .role(let role): text.describe(role, isJSON: detail.isPolicyJSON, history: detail.history)
        case .entry(let row): text.describe(row)
        }
        return text.lines
    }
}

/// Text with headings, being written into a column.
struct DetailText {
    let columns: Int
    let times: Times
    /// For naming the key of a remedy.
    let keys: KeyTable
    private(set) var lines: [Line] = []

    var now: Timestamp { times.now }

    init(columns: Int, times: Times, keys: KeyTable) {
        self.columns = columns
        self.times = times
        self.keys = keys
    }

    mutating func add(_ line: Line) { lines.append(line.cut(to: columns)) }

    /// Wrapped, each line indented by as many cells.
    mutating func add(_ text: SafeText, _ style: Meaning = .text, indent: Int = 0) {
        for part in text.wrapped(to: max(1, columns - indent)) {
            var line = Line(.spaces(indent))
            line.add(part, text.wasEscaped ? .escaped : style)
            add(line)
        }
    }

    mutating func blank() {
        if lines.last?.width ?? 0 > 0 { lines.append(.blank) }
    }

    mutating func heading(_ text: SafeText, note: SafeText = "") {
        blank()
        var line = Line(text, .accent)
        if !note.isEmpty { line.add("  " + note, .muted) }
        add(line)
    }

    /// A label and its value, which wraps beside it.
    mutating func pair(_ label: SafeText, _ value: SafeText, _ style: Meaning = .text, labelCells: Int = 10) {
        let room = max(1, columns - labelCells)
        for (place, part) in value.wrapped(to: room).enumerated() {
            var line = Line((place == 0 ? label : "").fitted(to: labelCells), .muted)
            line.add(part, value.wasEscaped ? .escaped : style)
            add(line)
        }
    }

    mutating func history(_ rows: [AuditRow]) {
        guard !rows.isEmpty else { return }
        heading("History")
        for row in rows {
            let line = row.line
            var text = Line(times.stamp(row.at) + "  ", .muted)
            text.add(line.actor, line.actor.wasEscaped ? .escaped : .text)
            text.add(" " + line.verb, line.isRefused ? .bad : .muted)
            // Of a member the verb alone says too little: `changed the roles of`.
            if case .entry(let entry) = row, entry.target.kind == .member, !line.target.isEmpty {
                text.add(" " + line.target, line.target.wasEscaped ? .escaped : .muted)
            }
            if line.isRefused { text.add("  ✗", .bad) }
            add(text)
        }
    }
}
