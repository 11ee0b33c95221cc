import PatrolDomain
import PatrolPresentation

extension Model {
    func draw(_ dialog: Dialog, on sheet: inout Sheet, _ layout: Layout) {
        switch dialog {
        case .confirmation(let question): draw(question, on: &sheet)
        case .form(let form): draw(form, on: &sheet)
        case .creation(let creation): draw(creation, on: &sheet)
        case .commands(let list): draw(list, on: &sheet)
        case .menu(let menu): draw(menu, on: &sheet)
        case .results(let results): draw(results, on: &sheet)
        case .views(let menu): draw(menu, on: &sheet)
        case .secret, .plain: break
        }
    }

    // MARK: Questions

    /// What stands below the text of a question: fields, faults and the buttons.
    private struct QuestionFoot {
        var lines: [Line] = [.blank]
        var fieldRow: Int?
        var fieldColumn = 0
        /// In the last line.
        var cancelColumns = 0
        var goColumns = 0
    }

    private var questionColumns: Int { min(76, size.columns - 4) }

    private func body(of question: Confirmation) -> [Line] {
        question.lines.flatMap { $0.wrapped(to: questionColumns) } + impactLines(question.impact, columns: questionColumns)
    }

    private func bodyRows(_ foot: QuestionFoot) -> Int { max(1, size.rows - 5 - foot.lines.count) }

    /// How many lines of a question's text can go by at most.
    func lastScroll(of question: Confirmation) -> Int { max(0, body(of: question).count - bodyRows(foot(of: question))) }

    private func foot(of question: Confirmation) -> QuestionFoot {
        let columns = questionColumns
        var foot = QuestionFoot()
        if let why = question.why {
            let isFocused = question.focus == .why
            let label: SafeText = isFocused ? "▸ Why: " : "  Why: "
            let field = why.line(
                cells: columns - label.width, isFocused: isFocused, placeholder: "for the audit log, if you like")
            if isFocused { (foot.fieldRow, foot.fieldColumn) = (foot.lines.count, label.width + field.cursor) }
            foot.lines.append(Line(label, isFocused ? .accent : .muted).adding(field.line))
        }
        if let word = question.word {
            let isFocused = question.focus == .field
            foot.lines.append(Line("Write ", .muted).adding(SafeText(word), .strong).adding(" to go on:", .muted).cut(to: columns))
            let field = question.field.line(cells: min(columns - 2, 44), isFocused: isFocused)
            if isFocused { (foot.fieldRow, foot.fieldColumn) = (foot.lines.count, field.cursor + 2) }
            foot.lines.append(Line(isFocused ? "▸ " : "  ", .accent).adding(field.line))
            if question.fault == nil { foot.lines.append(.blank) }
        }
        foot.lines += question.fault.map { fault in fault.wrapped(to: columns).map { Line($0, .bad) } } ?? []
        var buttons = Line()
        buttons.addButton("Cancel", isFocused: question.focus == .cancel)
        foot.cancelColumns = buttons.width
        buttons.add("  ")
        buttons.addButton(
            question.isAwaited ? "looking…" : question.button, isFocused: question.focus == .go,
            isDangerous: question.isDangerous && !question.isAwaited)
        foot.goColumns = buttons.width - foot.cancelColumns - 2
        foot.lines.append(buttons)
        return foot
    }

    private func draw(_ question: Confirmation, on sheet: inout Sheet) {
        let (body, foot) = (body(of: question), foot(of: question))
        let shown = window(body, scroll: question.scroll, rows: min(bodyRows(foot), max(1, body.count)))
        let box = Box(rows: shown.count + foot.lines.count, columns: questionColumns, in: size)
        box.draw(question.title, shown + foot.lines, on: &sheet)
        let buttonRow = shown.count + foot.lines.count - 1
        sheet.note(.cancelButton, box.area(row: buttonRow, column: 0, columns: foot.cancelColumns))
        sheet.note(.goButton, box.area(row: buttonRow, column: foot.cancelColumns + 2, columns: foot.goColumns))
        if let fieldRow = foot.fieldRow {
            sheet.cursor = box.position(row: shown.count + fieldRow, column: foot.fieldColumn)
            sheet.isCursorVisible = true
        } else {
            sheet.cursor = box.position(row: buttonRow, column: question.focus == .cancel ? 0 : 14)
        }
    }

    /// Whom it would touch, worst first.
    private func impactLines(_ state: Confirmation.ImpactState, columns: Int) -> [Line] {
        switch state {
        case .none: return []
        case .awaited: return [.blank, Line("Looking at whom it touches …", .muted)]
        case .failed(let why):
            return [.blank] + Line("Whom it touches is not known: \(why.text)", .bad).wrapped(to: columns)
        case .known(let impact):
            guard !impact.touched.isEmpty else {
                return [.blank, Line("It touches nobody's rights: \(impact.examined) looked at.", .good)]
            }
            var lines: [Line] = [.blank]
            for effect in Impact.Touched.Effect.allCases {
                let touched = impact.touched.filter { $0.effect == effect }
                guard !touched.isEmpty else { continue }
                lines.append(Line(effect.heading(touched.count), effect.meaning))
                for one in touched { lines.append(Self.line(of: one).cut(to: columns)) }
            }
            if impact.notExamined > 0 {
                lines.append(Line("\(Count.number(impact.notExamined).text) more were not looked at", .warning))
            }
            return lines
        }
    }

    private static func line(of touched: Impact.Touched) -> Line {
        var line = Line("  \(touched.target.kind.words.text) ", .muted)
        let name = SafeText(touched.target.name)
        line.add(name, name.wasEscaped ? .escaped : .text)
        if let example = touched.example { line.add("  e.g. " + example.words, .muted) }
        return line
    }

    // MARK: Lists

    private func draw(_ menu: Menu, on sheet: inout Sheet) {
        let labels = menu.chooser.items.map(\.label.width).max() ?? 12
        let notes = menu.chooser.items.map(\.noteWidth).max() ?? 8
        let widest = max(12, labels) + notes + 6
        let columns = min(max(widest, menu.title.width + 4, 30), size.columns - 8)
        let rows = min(menu.chooser.items.count, max(3, size.rows - 8))
        let box = Box(rows: rows, columns: columns, in: size)
        for row in 0..<rows { sheet.note(.choice(row: row, of: rows), box.area(row: row, column: 0, columns: box.inside.columns)) }
        box.draw(menu.title, menu.chooser.lines(columns: box.inside.columns, rows: rows, isFocused: true), on: &sheet)
        sheet.cursor = box.position(row: menu.chooser.cursorRow(rows: rows), column: 0)
    }

    private func draw(_ list: CommandList, on sheet: inout Sheet) {
        let columns = min(90, size.columns - 4)
        let rows = max(4, min(max(list.chooser.rowCount, Self.commandRows), size.rows - 7))
        let box = Box(rows: rows + 2, columns: columns, in: size)
        let title: SafeText = list.kind == .help ? "Keys that work here" : "Commands"
        var head = Line(list.kind == .help ? "? " : ": ", .accent)
        let placeholder: SafeText =
            list.kind == .help ? "write to narrow, Enter does it" : "a command; Tab completes, Enter does it, ↑ recalls"
        let field = list.chooser.query.line(cells: max(10, columns - 4), isFocused: true, placeholder: placeholder)
        head.add(field.line)
        let room = max(1, box.inside.rows - 2)
        let lines = list.chooser.lines(columns: box.inside.columns, rows: room, isFocused: true)
        for row in 0..<room {
            sheet.note(.choice(row: row, of: room), box.area(row: row + 2, column: 0, columns: box.inside.columns))
        }
        box.draw(title, [head, .blank] + lines, on: &sheet)
        sheet.cursor = box.position(row: 0, column: 2 + field.cursor)
        sheet.isCursorVisible = true
    }

    /// The box stays as high while the list gets shorter.
    private static let commandRows = 60

    private func draw(_ results: Results, on sheet: inout Sheet) {
        let columns = min(76, size.columns - 4)
        let done = results.items.filter(\.isDone).count
        var lines: [Line] = []
        for item in results.items {
            var line = Line(item.isDone ? "✓ " : "✗ ", item.isDone ? .good : .bad)
            line.add(item.label.cut(to: 30), item.label.wasEscaped ? .escaped : .strong)
            if !item.isDone { line.add("  " + item.text, .bad) }
            lines += line.wrapped(to: columns)
        }
        if results.left > 0 {
            lines.append(Line("stopped: \(Count.number(results.left).text) were not begun, and stay marked", .warning))
        }
        let room = max(1, size.rows - 7)
        let shown = window(lines, scroll: results.scroll, rows: min(room, lines.count))
        var button = Line()
        button.addButton(results.stale.isEmpty ? "OK" : "ask again for what changed", isFocused: true)
        let box = Box(rows: shown.count + 2, columns: columns, in: size)
        box.draw("\(results.verb.text) \(done) of \(results.items.count + results.left)", shown + [.blank, button], on: &sheet)
        sheet.note(.resultsButton, box.area(row: shown.count + 1, column: 0, columns: button.width))
        sheet.cursor = box.position(row: shown.count + 1, column: 0)
    }
}

extension Impact.Touched.Effect {
    fileprivate func heading(_ count: Int) -> SafeText {
        switch self {
        case .killed: "\(count) stop working"
        case .weakened: "\(count) can do less"
        case .undecided: "\(count) too much to compare"
        case .strengthened: "\(count) can do more"
        }
    }

    fileprivate var meaning: Meaning {
        switch self {
        case .killed: .bad
        case .weakened: .warning
        case .undecided: .warning
        case .strengthened: .accent
        }
    }
}

extension Line {
    /// Broken at the room's width; a run that crosses the edge goes on in the next line.
    func wrapped(to cells: Int) -> [Line] {
        guard width > cells, cells > 0 else { return [self] }
        // Text of one style breaks at its spaces; mixed lines break where they end.
        if runs.count == 1, let run = runs.first {
            let indentation = min(run.text.text.prefix { $0 == " " }.utf8.count, cells / 2)
            return run.text.dropping(cells: indentation).wrapped(to: cells - indentation)
                .map { Line(.spaces(indentation) + $0, run.style) }
        }
        return stride(from: 0, to: width, by: cells).map { slice(from: $0, count: min(cells, width - $0)) }
    }
}
