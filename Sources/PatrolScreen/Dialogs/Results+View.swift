import PatrolPresentation

extension Model {
    private var resultsColumns: Int { min(76, size.columns - 4) }

    private func roll(of results: Results) -> Roll {
        let columns = resultsColumns
        return Roll(count: results.items.count) { place in
            let item = results.items[place]
            var line = Line(item.isDone ? "✓ " : "✗ ", item.isDone ? .good : .bad)
            line.add(item.label.cut(to: 30), item.label.wasEscaped ? .escaped : .strong)
            if !item.isDone { line.add("  " + item.text, .bad) }
            return line.wrapped(to: columns)
        }
    }

    /// Below the list, and always there.
    private func notes(of results: Results) -> [Line] {
        guard results.left > 0 else { return [] }
        return Line("stopped: \(Count.number(results.left).text) were not begun, and stay marked", .warning)
            .wrapped(to: resultsColumns)
    }

    /// For the list alone, and whether that is all of it.
    private func rows(for roll: Roll, in results: Results) -> (rows: Int, isAll: Bool) {
        let room = max(1, size.rows - 7 - notes(of: results).count)
        let height = roll.height(upTo: room + 1)
        return height <= room ? (height, true) : (max(1, room - 1), false)
    }

    func scroll(_ key: Key, in results: Results) -> Int? {
        let roll = roll(of: results)
        return roll.scroll(key, from: results.scroll, rows: rows(for: roll, in: results).rows)
    }

    func draw(_ results: Results, on sheet: inout Sheet) {
        let columns = resultsColumns
        let roll = roll(of: results)
        let (rows, isAll) = rows(for: roll, in: results)
        var (shown, places) = roll.shown(from: results.scroll, rows: rows)
        if !isAll {
            shown += [Line](repeating: .blank, count: rows - shown.count)
            let range = "\(Count.number(places.lowerBound + 1).text)-\(Count.number(places.upperBound).text)"
            shown.append(
                Line("\(range) of \(Count.number(roll.count).text)", .accent).adding("   ↑ ↓ PgUp PgDn Home End", .muted))
        }
        shown += notes(of: results)
        var button = Line()
        button.addButton(results.stale.isEmpty ? "OK" : "ask again for what changed", isFocused: true)
        let box = Box(rows: shown.count + 2, columns: columns, in: size)
        box.draw("\(results.verb.text) \(results.done) of \(results.items.count + results.left)", shown + [.blank, button], on: &sheet)
        sheet.note(.resultsButton, box.area(row: shown.count + 1, column: 0, columns: button.width))
        sheet.cursor = box.position(row: shown.count + 1, column: 0)
    }
}
