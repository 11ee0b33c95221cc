import PatrolDomain
import PatrolPresentation

extension Model {
    /// The entry on the status line, and above it the words that could go on.
    func drawFilterEntry(_ entry: FilterEntry, on sheet: inout Sheet, _ layout: Layout) {
        var line = Line(" / ", .accent)
        let note: Line = entry.fault.map { Line($0.sentence, .bad) } ?? Line(position, .muted)
        let room = max(16, size.columns - line.width - min(note.width, size.columns / 2) - 3)
        let fault = entry.fault.map { entry.faultyPart($0) }
        let (field, cursor) = entry.field.line(
            cells: room, isFocused: true, placeholder: entry.pane.filterList.example, bad: fault)
        let start = line.width
        line.add(field)
        line.add("  ")
        line.add(note.cut(to: max(0, size.columns - line.width - 1)))
        sheet.lay([line], on: layout.status)
        sheet.cursor = Position(row: layout.status.row, column: start + cursor)
        sheet.isCursorVisible = true
        let above: Line
        if let offer = entry.offer, !offer.words.isEmpty {
            above = offer.line(columns: size.columns)
        } else if let fault = entry.fault, line.width > size.columns - 1 || note.width > size.columns - start - room - 3 {
            above = Line(" ").adding(fault.sentence, .bad)
        } else {
            return
        }
        sheet.lay([above], on: Rect(row: layout.status.row - 1, column: 0, rows: 1, columns: size.columns))
    }
}

extension FilterEntry.Offer {
    /// As many of the words as there is room for; the one that was taken is among them.
    func line(columns: Int) -> Line {
        var line = Line(" Tab ", .key)
        let shown = words.map { SafeText($0) }
        var start = 0
        if let taken {
            var width = 0
            for place in (0...taken).reversed() {
                width += shown[place].width + 2
                if width > columns - 12 { break }
                start = place
            }
        }
        if start > 0 { line.add("… ", .muted) }
        for place in start..<shown.count {
            let isLast = place == shown.count - 1
            guard line.width + shown[place].width + 2 + (isLast ? 0 : 2) <= columns else {
                line.add("…", .muted)
                break
            }
            line.add(place == taken ? "[\(shown[place].text)]" : " \(shown[place].text) ", place == taken ? .accent : .text)
        }
        return line
    }
}

extension FilterEntry {
    /// The scalars of the word that is at fault: up to the next blank.
    fileprivate func faultyPart(_ fault: Fault) -> Range<Int> {
        let start = min(fault.place, max(0, field.scalars.count - 1))
        let end = field.scalars[start...].firstIndex { $0 == " " } ?? field.scalars.count
        return start..<max(start, end)
    }
}
