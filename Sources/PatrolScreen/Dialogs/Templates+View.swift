import PatrolDomain
import PatrolPresentation

extension Model {
    func draw(_ menu: TemplateMenu, on sheet: inout Sheet) {
        let columns = min(92, size.columns - 6)
        let room = max(6, size.rows - 6)
        guard let templates else {
            let box = Box(rows: 1, columns: columns, in: size)
            return box.draw("Templates", [Line("they are being loaded", .muted)], on: &sheet)
        }
        let detail = (template(in: menu).map(Self.detail) ?? []).flatMap { $0.wrapped(to: columns) }
        let rows = min(templates.count, max(3, room - min(detail.count, room / 2) - 1))
        let start = max(0, min(menu.cursor - rows / 2, templates.count - rows))
        let names = min(columns / 2, max(12, templates.map { SafeText($0.template.name).width }.max() ?? 12))
        var lines = (start..<start + rows).map { place in
            Self.line(of: templates[place], names: names, isCursor: place == menu.cursor).fitted(to: columns)
                .highlighted(place == menu.cursor ? .full : .none)
        }
        lines.append(.blank)
        let left = max(0, room - lines.count)
        lines += detail.count > left ? detail.prefix(max(0, left - 1)) + [Line("…", .muted)] : detail
        let box = Box(rows: lines.count, columns: columns, in: size)
        box.draw("Templates", lines, on: &sheet)
        sheet.cursor = box.position(row: menu.cursor - start, column: 0)
    }

    private static func line(of row: TemplateRow, names: Int, isCursor: Bool) -> Line {
        let name = SafeText(row.template.name)
        var line = Line(isCursor ? "▸ " : "  ", .accent)
        line.add(name.fitted(to: names), row.isHidden ? .disabled : name.wasEscaped ? .escaped : .text)
        line.add("  " + row.origin.words, .muted)
        if row.isHidden { line.add(", hidden", .warning) }
        return line
    }

    private static func detail(of row: TemplateRow) -> [Line] {
        let template = row.template
        var lines: [Line] = []
        if !template.description.isEmpty { lines.append(Line(SafeText(template.description))) }
        lines.append(Line("key ", .muted).adding(SafeText(template.key.text)).adding("  expires after ", .muted).adding(template.expiryWords))
        return lines + template.policy.sentences.map { Line("  " + $0, .muted) }
    }
}
