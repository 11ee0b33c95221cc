import PatrolDomain
import PatrolPresentation

extension Model {
    func draw(_ creation: Creation, on sheet: inout Sheet) {
        let columns = min(92, size.columns - 4)
        let rows = min(22, size.rows - 5)
        let box = Box(rows: rows, columns: columns, in: size)
        var head = [creation.progressLine(columns: columns), .blank]
        head += creation.questionLines(columns: columns)
        let room = max(3, box.inside.rows - head.count)
        let content = creation.content(columns: columns, rows: room, status: status)
        let start = max(0, min(content.cursor.row - room + 2, content.lines.count - room))
        box.draw("New token", head + content.lines.dropFirst(start), on: &sheet)
        sheet.cursor = box.position(row: head.count + content.cursor.row - start, column: content.cursor.column)
        sheet.isCursorVisible = content.isCursorVisible
    }
}

extension Creation {
    /// `✓ What for ─ 2 What it must do ─ 3 How ─ 4 Until when ─ 5 Summary`
    func progressLine(columns: Int) -> Line {
        var line = Line()
        let here = page.stage.rawValue
        let isShort = columns < 74
        for stage in Stage.allCases {
            if stage.rawValue > 0 { line.add(isShort ? " ─ " : " ── ", .border) }
            let isPast = stage.rawValue < here
            let mark: SafeText = isPast ? "✓" : "\(stage.rawValue + 1)"
            let style: Meaning = stage.rawValue == here ? .focusedTitle : isPast ? .clean : .muted
            line.add(mark, style)
            if !isShort || stage.rawValue == here { line.add(" " + stage.title, style) }
        }
        return line.cut(to: columns)
    }

    func questionLines(columns: Int) -> [Line] {
        var lines: [Line]
        switch page {
        case .purpose: lines = [Line("What is it for? One token per program.", .strong)]
        case .start: lines = [Line("What must it be able to do?", .strong)] + needLines(columns: columns)
        case .type: lines = [Line("On what kind of thing?", .strong)]
        case .resource: lines = [Line("On which of them? * stands for any text; tags go after ;", .strong)]
        case .actions(_, let pattern):
            lines = [Line("What, on ", .strong).adding(SafeText(pattern.text).cut(to: columns - 24), .accent).adding("? Space marks.", .strong)]
        case .templates: lines = [Line("Like which template?", .strong)]
        case .blank(let blank):
            lines = [Line(SafeText(blank.template.name), .accent), Line(blank.question, .strong)]
        case .ways(_, let ranking): lines = Self.headLines(of: ranking)
        case .baseRole: lines = [Line("Which base role?", .strong)]
        case .roles: lines = [Line("Which roles? Space marks several.", .strong)]
        case .copy: lines = [Line("Like which token?", .strong)]
        case .expiry, .date: lines = [Line("Until when should it work?", .strong)]
        case .summary: lines = [Line("This is what will be created.", .strong)]
        }
        lines.append(.blank)
        return lines
    }

    private func needLines(columns: Int) -> [Line] {
        needs.map { need in
            Line("✓ ", .clean).adding(Self.actionWords(need.actions)).adding(" on ", .muted).adding(SafeText(need.pattern.text)).cut(to: columns)
        } + given.map { Line("✓ ", .clean).adding($0.sentence).cut(to: columns) }
    }

    func content(columns: Int, rows: Int, status: Status?) -> FormLines {
        switch page {
        case .purpose(let form): form.lines(columns: columns, rows: rows)
        case .ways(let chooser, let ranking): lines(of: chooser, ranking, columns: columns, rows: rows)
        case .start(let chooser), .baseRole(let chooser), .copy(let chooser),
            .expiry(let chooser):
            list(chooser, columns: columns, rows: rows, hasQuery: chooser.items.count > 8)
        case .templates(let chooser), .type(let chooser), .actions(let chooser, _), .roles(let chooser):
            list(chooser, columns: columns, rows: rows, hasQuery: true)
        case .blank(let blank): line(blank.field, fault: blank.fault, columns: columns)
        case .resource(let field, _, let fault): line(field, fault: fault, columns: columns)
        case .date(let field, let fault): line(field, fault: fault ?? Model.expiryHint, columns: columns, isFault: fault != nil)
        case .summary(let summary): lines(of: summary, columns: columns, rows: rows)
        }
    }

    func list(_ chooser: Chooser, columns: Int, rows: Int, hasQuery: Bool) -> FormLines {
        var result = FormLines()
        if hasQuery {
            let field = chooser.query.line(cells: columns - 4, isFocused: true, placeholder: "write to narrow")
            result.lines.append(Line("/ ", .accent).adding(field.line))
            result.lines.append(.blank)
            result.cursor = Position(row: 0, column: 2 + field.cursor)
            result.isCursorVisible = true
        }
        let room = max(1, rows - result.lines.count)
        if !hasQuery { result.cursor = Position(row: chooser.cursorRow(rows: room), column: 0) }
        result.lines += chooser.lines(columns: columns, rows: room, isFocused: true)
        return result
    }

    private func line(_ field: TextField, fault: SafeText?, columns: Int, isFault: Bool = true) -> FormLines {
        var result = FormLines()
        let shown = field.line(cells: columns - 2, isFocused: true)
        result.lines = [shown.line, .blank]
        if let fault { result.lines += fault.wrapped(to: columns).map { Line($0, isFault ? .bad : .muted) } }
        result.cursor = Position(row: 0, column: shown.cursor)
        result.isCursorVisible = true
        return result
    }

    private func lines(of summary: Summary, columns: Int, rows: Int) -> FormLines {
        var result = FormLines()
        var foot: [Line] = [.blank]
        if let fault = summary.fault { foot += fault.wrapped(to: columns).map { Line($0, .bad) } }
        var buttons = Line()
        buttons.addButton("Back", isFocused: !summary.isOnCreate)
        buttons.add("  ")
        buttons.addButton("Create", isFocused: summary.isOnCreate)
        foot.append(buttons)
        let body = summary.lines.flatMap { $0.wrapped(to: columns) }
        result.lines = window(body, scroll: summary.scroll, rows: max(1, rows - foot.count)) + foot
        result.cursor = Position(row: result.lines.count - 1, column: summary.isOnCreate ? 12 : 0)
        return result
    }
}
