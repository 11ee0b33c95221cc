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
        case .templates(let menu): draw(menu, on: &sheet)
        case .review(let screen): draw(screen, on: &sheet)
        case .secret, .plain: break
        }
    }

    // MARK: Lists

    private func draw(_ menu: Menu, on sheet: inout Sheet) {
        let labels = menu.chooser.items.map(\.label.width).max() ?? 12
        let notes = menu.chooser.items.map(\.noteWidth).max() ?? 8
        let widest = max(max(12, labels) + notes + 6, menu.lines.isEmpty ? 0 : 76)
        let columns = min(max(widest, menu.title.width + 4, 30), size.columns - 8)
        let rows = min(menu.chooser.items.count, max(3, size.rows - 8))
        let text = window(wrapped(menu, columns: columns), scroll: menu.scroll, rows: textRows(of: menu, rows))
        let head = text.isEmpty ? text : text + [.blank]
        let box = Box(rows: head.count + rows, columns: columns, in: size)
        for row in 0..<rows {
            sheet.note(.choice(row: row, of: rows), box.area(row: head.count + row, column: 0, columns: box.inside.columns))
        }
        let choices = menu.chooser.lines(columns: box.inside.columns, rows: rows, isFocused: true)
        box.draw(menu.title, head + choices, on: &sheet)
        sheet.cursor = box.position(row: head.count + menu.chooser.cursorRow(rows: rows), column: 0)
    }

    private func wrapped(_ menu: Menu, columns: Int) -> [Line] { menu.lines.flatMap { $0.wrapped(to: columns) } }

    /// What is left for the text of a menu, above its choices.
    private func textRows(of menu: Menu, _ choices: Int) -> Int { max(1, size.rows - 7 - choices) }

    /// How far the text of a menu can be scrolled.
    func lastScroll(of menu: Menu) -> Int {
        let columns = min(76, size.columns - 8)
        return max(0, wrapped(menu, columns: columns).count - textRows(of: menu, menu.chooser.items.count))
    }

    private func draw(_ list: CommandList, on sheet: inout Sheet) {
        let columns = min(90, size.columns - 4)
        let rows = max(4, min(max(list.chooser.rowCount, Self.commandRows), size.rows - 7))
        let box = Box(rows: rows + 2, columns: columns, in: size)
        let title: SafeText = list.kind == .help ? "Keys that work here" : "Commands"
        var head = Line(list.kind == .help ? "/ " : ": ", .accent)
        let placeholder: SafeText =
            list.kind == .help ? "write to search, Enter does it" : "a command; Tab completes, Enter does it, ↑ recalls"
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
}
