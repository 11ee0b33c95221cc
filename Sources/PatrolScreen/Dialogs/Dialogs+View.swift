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
        case .review(let screen): draw(screen, on: &sheet)
        case .secret, .plain: break
        }
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
