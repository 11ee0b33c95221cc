import PatrolPresentation

/// A row that is being put together.
struct Line: Hashable, Sendable {
    private(set) var runs: [Run] = []
    /// In cells.
    private(set) var width = 0

    init() {}

    /// Empty, with room for so many runs.
    init(room: Int) { runs.reserveCapacity(room) }

    init(_ text: SafeText, _ style: Meaning = .text) { add(text, style) }

    static let blank = Line()

    mutating func add(_ text: SafeText, _ style: Meaning = .text, highlight: Run.Highlight = .none) {
        guard !text.text.isEmpty else { return }
        width += text.width
        let last = runs.count - 1
        if last >= 0, runs[last].style == style, runs[last].highlight == highlight {
            runs[last].text += text
        } else {
            runs.append(Run(text, style, highlight: highlight))
        }
    }

    mutating func add(_ line: Line) {
        for run in line.runs { add(run.text, run.style, highlight: run.highlight) }
    }

    func adding(_ text: SafeText, _ style: Meaning = .text) -> Line {
        var line = self
        line.add(text, style)
        return line
    }

    /// Filled with blanks up to `cells`.
    mutating func fill(to cells: Int, _ style: Meaning = .text, highlight: Run.Highlight = .none) {
        guard width < cells else { return }
        add(.spaces(cells - width), style, highlight: highlight)
    }

    /// Text at the right end of `cells`, if it does not meet what stands there.
    mutating func addAtRight(_ text: SafeText, _ style: Meaning, of cells: Int, filling: Meaning = .text) {
        guard width + text.width <= cells else { return }
        fill(to: cells - text.width, filling)
        add(text, style)
    }

    /// Exactly `cells` wide: cut with `…`, or filled.
    func fitted(to cells: Int, _ style: Meaning = .text) -> Line {
        if width == cells { return self }
        var line = width > cells ? cut(to: cells) : self
        line.fill(to: cells, style)
        return line
    }

    /// At most `cells` wide, ending in `…` where something was cut.
    func cut(to cells: Int) -> Line {
        guard width > cells else { return self }
        var line = Line()
        for run in runs {
            let room = cells - line.width
            guard run.text.width >= room else {
                line.add(run.text, run.style, highlight: run.highlight)
                continue
            }
            // Something follows, so the last cell says so.
            let head = run.text.prefix(cells: room - 1)
            line.add(head, run.style, highlight: run.highlight)
            if room > 0 { line.add("…", run.style, highlight: run.highlight) }
            return line
        }
        return line
    }

    /// The cells from `start` on, `count` of them; a wide letter across an edge becomes a blank.
    func slice(from start: Int, count: Int) -> Line {
        var line = Line()
        var place = 0
        for run in runs {
            defer { place += run.text.width }
            let from = max(0, start - place)
            let upTo = min(run.text.width, start + count - place)
            guard from < upTo else { continue }
            let rest = run.text.dropping(cells: from)
            // A split letter on the left: blanks stand for its other half.
            let lost = run.text.width - from - rest.width
            line.add(.spaces(lost), run.style, highlight: run.highlight)
            let part = rest.prefix(cells: upTo - from - lost)
            line.add(part, run.style, highlight: run.highlight)
            line.add(.spaces(upTo - from - lost - part.width), run.style, highlight: run.highlight)
        }
        line.fill(to: count)
        return line
    }

    /// As a row of a list: behind a place for the cursor's sign, every run in the highlight of the row. The sign is
    /// muted while the focus is elsewhere.
    func behind(_ sign: SafeText, _ highlight: Run.Highlight) -> Line {
        var line = Line(room: runs.count + 1)
        switch highlight {
        case .none: line.add(.spaces(sign.width))
        case .quiet: line.add(sign, .muted, highlight: highlight)
        case .full: line.add(sign, .accent, highlight: highlight)
        }
        for run in runs { line.add(run.text, run.style, highlight: highlight) }
        return line
    }

    /// Every run in the highlight of the cursor's row.
    func highlighted(_ highlight: Run.Highlight) -> Line {
        guard highlight != .none else { return self }
        var line = Line()
        for run in runs { line.add(run.text, run.style, highlight: highlight) }
        return line
    }
}

extension Line {
    /// Broken at the last blank that fits, or within a word that does not; what goes on is as far in as it began.
    func wrapped(to cells: Int) -> [Line] {
        guard width > cells, cells > 0 else { return [self] }
        let text = runs.reduce("") { $0 + $1.text } as SafeText
        let indentation = min(text.text.prefix { $0 == " " }.utf8.count, cells / 2)
        var lines: [Line] = []
        var place = indentation
        for part in text.dropping(cells: indentation).wrapped(to: cells - indentation) {
            var line = Line(.spaces(indentation))
            line.add(slice(from: place, count: part.width))
            lines.append(line)
            place += part.width
            if text.dropping(cells: place).text.unicodeScalars.first == " " { place += 1 }
        }
        return lines
    }
}

/// A part of the screen.
struct Rect: Hashable, Sendable {
    var row: Int
    var column: Int
    var rows: Int
    var columns: Int

    static let empty = Rect(row: 0, column: 0, rows: 0, columns: 0)
}
