import PatrolPresentation

/// Many things in a few rows: only those are put into lines that are looked at, however many there are.
struct Roll {
    /// Of things.
    let count: Int
    /// Those of one thing, at least one.
    let lines: (Int) -> [Line]

    /// As many of them as the rows take from one on, and which those are. The last one may be cut.
    func shown(from scroll: Int, rows: Int) -> (lines: [Line], places: Range<Int>) {
        let start = min(max(0, scroll), lastStart(rows: rows))
        var (shown, place): ([Line], Int) = ([], start)
        while place < count, shown.count < rows {
            shown += lines(place)
            place += 1
        }
        return (Array(shown.prefix(rows)), start..<place)
    }

    /// The first one on the last page: the rows below it end with the last thing.
    func lastStart(rows: Int) -> Int { start(ofPageBefore: count, rows: rows) }

    /// How many rows all of them take, counted up to `limit`.
    func height(upTo limit: Int) -> Int {
        var (height, place) = (0, 0)
        while place < count, height < limit {
            height += lines(place).count
            place += 1
        }
        return min(height, limit)
    }

    /// Where a key leads from `scroll`; nil where it is none for reading.
    func scroll(_ key: Key, from scroll: Int, rows: Int) -> Int? {
        let last = lastStart(rows: rows)
        let here = min(max(0, scroll), last)
        switch key {
        case .down: return min(here + 1, last)
        case .up: return max(0, here - 1)
        case .pageDown: return min(max(here + 1, shown(from: here, rows: rows).places.upperBound), last)
        case .pageUp: return min(start(ofPageBefore: here, rows: rows), max(0, here - 1))
        case .home: return 0
        case .end: return last
        default: return nil
        }
    }

    private func start(ofPageBefore end: Int, rows: Int) -> Int {
        var (place, height) = (end, 0)
        while place > 0 {
            height += lines(place - 1).count
            if height > rows, place < end { break }
            place -= 1
            if height > rows { break }
        }
        return place
    }
}

/// All that a question is about, to be read in it: by sections, each thing with what is known of it.
struct Roster: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        var label: SafeText
        /// Beside it, less loud.
        var note: SafeText = ""
        /// Beneath it.
        var details: [Line] = []
        /// It belongs to the thing before it and is not counted, so that a long story can be read.
        var isPart = false
    }

    struct Section: Hashable, Sendable {
        /// In the count below the list; empty: those that are meant.
        var title: SafeText
        /// Above its things.
        var heading: Line?
        let entries: [Entry]
        /// Of things, without parts.
        let count: Int

        init(title: SafeText, heading: Line?, entries: [Entry]) {
            self.title = title
            self.heading = heading
            self.entries = entries
            count = entries.count { !$0.isPart }
        }

        fileprivate var rows: Int { entries.count + (heading == nil ? 0 : 1) }

        /// How many things there are up to this entry, with it.
        fileprivate func number(at place: Int) -> Int {
            count == entries.count ? place + 1 : entries[...place].count { !$0.isPart }
        }
    }

    var sections: [Section]

    func roll(columns: Int) -> Roll {
        Roll(count: sections.reduce(0) { $0 + $1.rows }) { place in lines(at: place, columns: columns) }
    }

    private func lines(at place: Int, columns: Int) -> [Line] {
        var place = place
        for section in sections {
            guard place >= section.rows else {
                guard let heading = section.heading else { return section.entries[place].lines(columns: columns) }
                return place == 0 ? heading.wrapped(to: columns) : section.entries[place - 1].lines(columns: columns)
            }
            place -= section.rows
        }
        return [.blank]
    }

    /// `11-20 of 143`, and of what else is in sight: `left out 1-4 of 12`.
    func position(of places: Range<Int>) -> SafeText {
        var start = 0
        var parts: [SafeText] = []
        for section in sections {
            let first = start + (section.heading == nil ? 0 : 1)
            let seen = places.clamped(to: first..<first + section.entries.count)
            start += section.rows
            guard !seen.isEmpty else { continue }
            let name = section.title.isEmpty ? "" : section.title + " "
            let from = Count.number(section.number(at: seen.lowerBound - first))
            let upTo = Count.number(section.number(at: seen.upperBound - 1 - first))
            let range = from == upTo ? from : "\(from.text)-\(upTo.text)"
            parts.append("\(name.text)\(range.text) of \(Count.number(section.count).text)")
        }
        return parts.dropFirst().reduce(parts.first ?? "") { "\($0.text) · \($1.text)" }
    }
}

extension Roster.Entry {
    /// Nothing of it is cut.
    fileprivate func lines(columns: Int) -> [Line] {
        if label.isEmpty { return details.flatMap { $0.wrapped(to: columns) } }
        var line = Line(label, label.wasEscaped ? .escaped : .strong)
        if !note.isEmpty { line.add("  " + note, .muted) }
        var lines = line.width <= columns ? [line] : line.wrapped(to: columns - 2)
        // What goes on does not look like another thing.
        for place in lines.indices.dropFirst() {
            var rest = Line("  ")
            rest.add(lines[place])
            lines[place] = rest
        }
        return lines + details.flatMap { $0.wrapped(to: columns) }
    }
}
