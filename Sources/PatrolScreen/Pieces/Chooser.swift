import PatrolPresentation

/// A list to choose from, narrowed by what is written above it: one item, or several that are marked.
struct Chooser: Hashable, Sendable {
    struct Item: Hashable, Sendable {
        var id: String
        var label: SafeText
        /// Beside it, less loud.
        var note: SafeText
        /// Not shown, but found by what is written.
        var keywords: String
        /// Why it can't be chosen.
        var obstacle: SafeText?

        init(
            _ id: String, _ label: SafeText, note: SafeText = "", keywords: String = "", obstacle: SafeText? = nil
        ) {
            self.id = id
            self.label = label
            self.note = note
            self.keywords = keywords
            self.obstacle = obstacle
        }
    }

    var items: [Item]
    let isMultiple: Bool
    private(set) var query = TextField(limit: 60)
    /// In the order they were marked.
    private(set) var marked: [String]
    /// The place in the items that pass the query.
    private(set) var cursor = 0
    private(set) var top = 0

    init(_ items: [Item], isMultiple: Bool = false, marked: [String] = [], selected: String? = nil) {
        self.items = items
        self.isMultiple = isMultiple
        self.marked = marked
        if let selected, let place = items.firstIndex(where: { $0.id == selected }) { cursor = place }
    }

    /// Those that hold every word of the query, in any case.
    var shown: [Item] {
        let words = query.text.lowercased().split(separator: " ")
        guard !words.isEmpty else { return items }
        return items.filter { item in
            let text = [item.label.text, item.note.text, item.keywords].joined(separator: " ").lowercased()
            return words.allSatisfy { text.contains($0) }
        }
    }

    var current: Item? {
        let shown = shown
        return shown.indices.contains(cursor) ? shown[cursor] : nil
    }

    func isMarked(_ id: String) -> Bool { marked.contains(id) }

    enum Outcome: Equatable {
        case ignored, moved, changed
        case refused(SafeText)
    }

    mutating func take(_ key: Key) -> Outcome {
        switch key {
        case .down, .control("n"): move(by: 1)
        case .up: move(by: -1)
        case .pageDown: move(by: 8)
        case .pageUp: move(by: -8)
        case .character(" ") where isMultiple: return toggle()
        case .left, .right, .home, .end: return .ignored
        default: return narrow(key)
        }
        return .moved
    }

    mutating func paste(_ text: String) -> TextField.Outcome {
        cursor = 0
        return query.paste(text)
    }

    /// Takes back what was written. False when nothing was.
    mutating func dropQuery() -> Bool {
        if query.text.isEmpty { return false }
        query = TextField(limit: 60)
        (cursor, top) = (0, 0)
        return true
    }

    private mutating func narrow(_ key: Key) -> Outcome {
        switch query.take(key) {
        case .ignored: return .ignored
        case .moved: return .moved
        case .refused(let why): return .refused(why)
        case .changed:
            cursor = 0
            top = 0
            return .moved
        }
    }

    private mutating func move(by rows: Int) { cursor = max(0, min(cursor + rows, shown.count - 1)) }

    private mutating func toggle() -> Outcome {
        guard let current else { return .moved }
        if let why = current.obstacle { return .refused(why) }
        if let place = marked.firstIndex(of: current.id) {
            marked.remove(at: place)
        } else {
            marked.append(current.id)
        }
        move(by: 1)
        return .changed
    }

    /// The list in a room: what was written, then `rows` items around the cursor.
    func lines(columns: Int, rows: Int, isFocused: Bool) -> [Line] {
        let shown = shown
        let start = max(0, min(cursor - rows / 2, shown.count - rows))
        var lines: [Line] = []
        let labelWidth = min(max(12, shown.map(\.label.width).max() ?? 12), columns * 3 / 5)
        for place in start..<max(start, min(start + rows, shown.count)) {
            let item = shown[place]
            let isCursor = place == cursor && isFocused
            var line = Line(isCursor ? "▸ " : "  ", .accent)
            if isMultiple { line.add(isMarked(item.id) ? "✓ " : "· ", isMarked(item.id) ? .accent : .muted) }
            line.add(item.label.fitted(to: labelWidth), item.obstacle == nil ? .text : .disabled)
            line.add("  ")
            line.add(item.obstacle ?? item.note, .muted)
            lines.append(line.fitted(to: columns).highlighted(isCursor ? .full : .none))
        }
        if shown.isEmpty { lines.append(Line("  nothing matches `\(query.text)`", .muted)) }
        return lines
    }

    /// The row of the cursor among the lines of `lines`.
    func cursorRow(rows: Int) -> Int {
        cursor - max(0, min(cursor - rows / 2, shown.count - rows))
    }
}
