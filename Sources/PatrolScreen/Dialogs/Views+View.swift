import PatrolDomain
import PatrolPresentation

extension Model {
    func draw(_ menu: ViewMenu, on sheet: inout Sheet) {
        let columns = min(72, size.columns - 8)
        let rows = min(menu.items.count, max(3, size.rows - 9))
        let start = max(0, min(menu.cursor - rows / 2, menu.items.count - rows))
        let names = min(columns / 2, max(12, menu.items.compactMap { $0.view.map { SafeText($0.name).width } }.max() ?? 12))
        var lines = (start..<start + rows).map { place in
            line(of: menu.items[place], names: names, isCursor: place == menu.cursor && menu.mode == .choosing).fitted(to: columns)
                .highlighted(place == menu.cursor ? .full : .none)
        }
        lines.append(.blank)
        let (foot, cursor) = foot(of: menu, columns: columns)
        lines.append(foot)
        let box = Box(rows: lines.count, columns: columns, in: size)
        box.draw("Views", lines, on: &sheet)
        if let cursor {
            sheet.cursor = box.position(row: lines.count - 1, column: cursor)
            sheet.isCursorVisible = true
        } else {
            sheet.cursor = box.position(row: menu.cursor - start, column: 0)
        }
    }

    private func line(of item: ViewMenu.Item, names: Int, isCursor: Bool) -> Line {
        var line = Line(isCursor ? "▸ " : "  ", .accent)
        guard let view = item.view else {
            let filter = filterText(of: front)
            line.add("keep what is in front", .strong)
            line.add("  \(front.title.text)\(filter.isEmpty ? "" : " /\(filter)")", .muted)
            return line
        }
        let name = SafeText(view.name)
        line.add(name.fitted(to: names), name.wasEscaped ? .escaped : item.isSuggested ? .text : .strong)
        line.add("  \(view.pane.title.text)", .muted)
        if !view.filter.isEmpty { line.add(" /\(view.filter)", .accent) }
        if let order = view.orderWords { line.add("  by \(order.text)", .muted) }
        return line
    }

    /// What is asked below the list, and the place of the cursor where something is written.
    private func foot(of menu: ViewMenu, columns: Int) -> (line: Line, cursor: Int?) {
        if let fault = menu.fault, menu.mode == .choosing { return (Line(fault, .bad), nil) }
        switch menu.mode {
        case .choosing: return (Line("Those that come with Patrol can't be deleted.", .muted), nil)
        case .naming(let field):
            let label: SafeText = "Name: "
            let note: SafeText = menu.fault.map { "  " + $0 } ?? ""
            let (text, cursor) = field.line(
                cells: max(12, columns - label.width - note.width), isFocused: true, placeholder: "for this list as it is now")
            return (Line(label, .muted).adding(text).adding(note, .bad), label.width + cursor)
        case .replacing(let name):
            return (Line("Replace the view `\(name)`? ", .warning).adding("y", .key).adding(" / ").adding("n", .key), nil)
        case .deleting(let name):
            return (Line("Delete the view `\(name)`? ", .warning).adding("y", .key).adding(" / ").adding("n", .key), nil)
        }
    }
}

extension SavedView {
    /// What its list is sorted by; nil: as usual.
    fileprivate var orderWords: SafeText? {
        guard let sort else { return isReversed ? "the usual, reversed" : nil }
        return switch list {
        case .members: MemberSort(rawValue: sort).map { MemberOrder(sort: $0, isReversed: isReversed).words }
        case .roles: RoleSort(rawValue: sort).map { RoleOrder(sort: $0, isReversed: isReversed).words }
        case .tokens: TokenSort(rawValue: sort).map { TokenOrder(sort: $0, isReversed: isReversed).words }
        case .audit: nil
        }
    }
}
