import PatrolDomain
import PatrolJSON
import PatrolPresentation

/// A form's lines, and where the cursor is among them.
struct FormLines {
    var lines: [Line] = []
    var cursor = Position(row: 0, column: 0)
    var isCursorVisible = false
}

extension Model {
    func draw(_ form: Form, on sheet: inout Sheet) {
        let columns = min(form.field(.policy) == nil ? 72 : 96, size.columns - 4)
        let room = size.rows - 5
        let content = form.lines(columns: columns, rows: room)
        let box = Box(rows: min(content.lines.count, room), columns: columns, in: size)
        let start = max(0, min(content.cursor.row - box.inside.rows + 3, content.lines.count - box.inside.rows))
        box.draw(form.title, Array(content.lines.dropFirst(start)), on: &sheet)
        sheet.note(
            .key(.control("s")),
            box.area(row: content.lines.count - 1 - start, column: 0, columns: content.lines.last?.width ?? 0))
        sheet.cursor = box.position(row: content.cursor.row - start, column: content.cursor.column)
        sheet.isCursorVisible = content.isCursorVisible
    }
}

extension Form {
    private static let labelCells = 20

    func lines(columns: Int, rows: Int) -> FormLines {
        var result = FormLines()
        for note in notes { result.lines += note.wrapped(to: columns).map { Line($0, .muted) } }
        if !notes.isEmpty { result.lines.append(.blank) }
        // Lists and editors share the rows that single-line fields leave.
        let visible = visible
        let tall = visible.filter { fields[$0].isTall }.count
        let isTight = tall > 0 && rows < 28
        let single = (visible.count - tall) * (isTight ? 1 : 2)
        let free = rows - result.lines.count - single - 3 - tall * 2
        let tallRows = tall == 0 ? 0 : max(3, min(16, free / tall))
        for (place, index) in visible.enumerated() {
            add(fields[index], isFocused: focus == place, tallRows: tallRows, columns: columns, to: &result)
            addNote(fields[index], isFocused: focus == place, isTight: isTight, room: max(8, columns - Self.labelCells), to: &result)
        }
        if let fault { result.lines += fault.wrapped(to: columns).map { Line($0, .bad) } }
        var buttons = Line()
        buttons.addButton(button, isFocused: isOnButton)
        if isOnButton { result.cursor = Position(row: result.lines.count, column: 0) }
        result.lines.append(buttons)
        return result
    }

    private func add(
        _ field: Field, isFocused: Bool, tallRows: Int, columns: Int, to result: inout FormLines
    ) {
        var label = Line(isFocused ? "▸ " : "  ", .accent)
        label.add(field.label.fitted(to: Self.labelCells - 2), isFocused ? .strong : .muted)
        let room = max(8, columns - Self.labelCells)
        switch field.input {
        case .text(let text):
            let shown = text.line(cells: room, isFocused: isFocused)
            if isFocused {
                result.cursor = Position(row: result.lines.count, column: Self.labelCells + shown.cursor)
                result.isCursorVisible = true
            }
            label.add(shown.line)
            result.lines.append(label)
        case .choice(let options, let selected):
            if isFocused { result.cursor = Position(row: result.lines.count, column: Self.labelCells) }
            let option = options[selected]
            label.add(selected > 0 ? "‹ " : "  ", .accent)
            label.add(option.label, isFocused ? .strong : .text)
            label.add(selected < options.count - 1 ? " ›" : "  ", .accent)
            label.add("  " + option.note, .muted)
            result.lines.append(label.cut(to: columns))
        case .list(let chooser): add(chooser, field, label, isFocused, tallRows, columns, to: &result)
        case .editor(let editor): add(editor, field, label, isFocused, tallRows, columns, to: &result)
        }
    }

    /// Below a field: what is wrong with it, or how it is used; where there is little room, no blank line.
    private func addNote(
        _ field: Field, isFocused: Bool, isTight: Bool, room: Int, to result: inout FormLines
    ) {
        let indent = Line(.spaces(Self.labelCells))
        if let fault = field.fault {
            for part in fault.wrapped(to: room) { result.lines.append(indent.adding(part, .bad)) }
        } else if isFocused, !field.hint.isEmpty {
            result.lines.append(indent.adding(field.hint.cut(to: room), .muted))
        } else if !isTight || field.isTall {
            result.lines.append(.blank)
        }
    }

    private func add(
        _ chooser: Chooser, _ field: Field, _ label: Line, _ isFocused: Bool, _ rows: Int, _ columns: Int,
        to result: inout FormLines
    ) {
        var label = label
        if isFocused, !chooser.query.isEmpty {
            label.add("/ ", .accent)
            label.add(SafeText(chooser.query.text))
        } else {
            label.add(chooser.marked.isEmpty ? "none marked" : "\(chooser.marked.count) marked", .muted)
        }
        result.lines.append(label)
        let shown = min(rows - 1, max(1, chooser.shown.count))
        let list = chooser.lines(columns: columns - 4, rows: shown, isFocused: isFocused)
        if isFocused {
            result.cursor = Position(row: result.lines.count + chooser.cursorRow(rows: shown), column: 4)
        }
        result.lines += list.map { Line("    ").adding($0) }
        if chooser.items.isEmpty { result.lines[result.lines.count - 1] = Line("    there are no custom roles", .muted) }
    }

    private func add(
        _ editor: TextEditor, _ field: Field, _ label: Line, _ isFocused: Bool, _ rows: Int, _ columns: Int,
        to result: inout FormLines
    ) {
        result.lines.append(label)
        var faultLine: Int?
        if field.fault != nil { faultLine = Self.faultLine(in: editor.text) }
        let shown = editor.view(
            columns: columns - 2, rows: min(rows, max(4, editor.lines.count)), faultLine: faultLine)
        if isFocused {
            result.cursor = Position(
                row: result.lines.count + shown.cursor.row, column: 2 + min(shown.cursor.column, columns - 3))
            result.isCursorVisible = true
        }
        result.lines += shown.lines.map { Line("  ").adding($0) }
    }

    private static func faultLine(in text: String) -> Int? {
        do throws(PolicyFault) {
            _ = try Policy(parsingJSON: text)
            return nil
        } catch { return error.line(in: text) }
    }
}

extension Field {
    fileprivate var isTall: Bool {
        switch input {
        case .list, .editor: true
        case .text, .choice: false
        }
    }
}

extension Line {
    func adding(_ line: Line) -> Line {
        var joined = self
        joined.add(line)
        return joined
    }
}
