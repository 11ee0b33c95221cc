import PatrolDomain
import PatrolPresentation

extension Model {
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

    /// The text of a question and, below it, where there are many, the things that it is about.
    private struct QuestionBody {
        var lines: [Line]
        /// For the things, and the line that says which of them are in sight.
        var listRows = 0
        var roster: Roster?
        var isAll: Bool
    }

    private func body(of question: Confirmation, _ foot: QuestionFoot) -> QuestionBody {
        let columns = questionColumns
        let lines = question.lines.flatMap { $0.wrapped(to: columns) } + impactLines(question, columns: columns)
            + replayLines(question, columns: columns)
        let rows = max(1, size.rows - 5 - foot.lines.count)
        guard var roster = question.roster else {
            return QuestionBody(lines: lines, listRows: min(rows, lines.count), isAll: lines.count <= rows)
        }
        // What is said stays while the list goes by. Where there is no room for both, the rest of it leads the list.
        var head = lines.withoutDoubleBlanks
        let height = roster.roll(columns: columns).height(upTo: rows)
        let least = min(height, 4)
        if head.count + 1 + least > rows { head.removeAll { $0.width == 0 } }
        if head.count + least > rows {
            let rest = head[max(0, rows - least)...].map { Roster.Entry(label: "", details: [$0]) }
            head.removeLast(rest.count)
            roster.sections.insert(Roster.Section(title: "text", heading: nil, entries: Array(rest)), at: 0)
        } else if head.count + min(height, 6) < rows, !head.isEmpty {
            head.append(.blank)
        }
        let room = max(1, rows - head.count)
        let whole = roster.roll(columns: columns).height(upTo: room + 1)
        return QuestionBody(lines: head, listRows: min(room, whole), roster: roster, isAll: whole <= room)
    }

    /// The rows of the text that are on the screen.
    private func shown(_ body: QuestionBody, scroll: Int) -> [Line] {
        guard let roster = body.roster else { return window(body.lines, scroll: scroll, rows: body.listRows) }
        let roll = roster.roll(columns: questionColumns)
        guard !body.isAll else { return body.lines + roll.shown(from: 0, rows: body.listRows).lines }
        let (lines, places) = roll.shown(from: scroll, rows: body.listRows - 1)
        let blanks = [Line](repeating: .blank, count: max(0, body.listRows - 1 - lines.count))
        let keys = Line(roster.position(of: places), .accent).adding("   ↑ ↓ PgUp PgDn Home End", .muted)
        return body.lines + lines + blanks + [keys.cut(to: questionColumns)]
    }

    /// Where a key leads in what a question says; nil where it is none for reading.
    func scroll(_ key: Key, in question: Confirmation) -> Int? {
        let body = body(of: question, foot(of: question))
        if let roster = body.roster {
            let rows = body.isAll ? body.listRows : body.listRows - 1
            return roster.roll(columns: questionColumns).scroll(key, from: question.scroll, rows: rows)
        }
        return Roll(count: body.lines.count) { _ in [.blank] }.scroll(key, from: question.scroll, rows: body.listRows)
    }

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

    func draw(_ question: Confirmation, on sheet: inout Sheet) {
        let foot = foot(of: question)
        let shown = shown(body(of: question, foot), scroll: question.scroll)
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
    private func impactLines(_ question: Confirmation, columns: Int) -> [Line] {
        switch question.impact {
        case .none: return []
        case .awaited: return [.blank, Line("Looking at whom it touches …", .muted)]
        case .failed(let why):
            return [.blank] + Line("Whom it touches is not known: \(why.text)", .bad).wrapped(to: columns)
        case .known(let impact):
            guard !impact.touched.isEmpty else {
                return [.blank, Line("It touches nobody's rights: \(impact.examined) looked at.", .good)]
            }
            var lines: [Line] = [.blank]
            for (heading, touched) in impact.byEffect {
                lines.append(heading)
                // Beside many things they stand in the list of those.
                if question.roster == nil { lines += touched.map { Self.line(of: $0).cut(to: columns) } }
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
}

extension Impact {
    /// Whom it touches, worst first, each kind with its heading.
    fileprivate var byEffect: [(heading: Line, touched: [Touched])] {
        Touched.Effect.allCases.compactMap { effect in
            let touched = touched.filter { $0.effect == effect }
            return touched.isEmpty ? nil : (Line(effect.heading(touched.count), effect.meaning), touched)
        }
    }

    /// The same, to be read after the things that a question is about.
    var sections: [Roster.Section] {
        byEffect.map { heading, touched in
            Roster.Section(
                title: "touched", heading: heading,
                entries: touched.map { one in
                    let example: SafeText = one.example.map { "  e.g. \($0.words.text)" } ?? ""
                    return Roster.Entry(label: SafeText(one.target.name), note: one.target.kind.words + example)
                })
        }
    }
}

extension [Line] {
    /// No blank ones at the ends, nor two together.
    fileprivate var withoutDoubleBlanks: [Line] {
        var lines: [Line] = []
        for line in self where line.width > 0 || (lines.last?.width ?? 0) > 0 { lines.append(line) }
        if lines.last?.width == 0 { lines.removeLast() }
        return lines
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
