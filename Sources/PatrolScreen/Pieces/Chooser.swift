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
        /// The heading it stands under.
        var group: SafeText?

        init(
            _ id: String, _ label: SafeText, note: SafeText = "", keywords: String = "", obstacle: SafeText? = nil,
            group: SafeText? = nil
        ) {
            self.id = id
            self.label = label
            self.note = note
            self.keywords = keywords
            self.obstacle = obstacle
            self.group = group
        }

        /// Of what is told beside it.
        var noteWidth: Int { (obstacle ?? note).width }
    }

    var items: [Item]
    /// The items are those that pass what is written already: whoever gives them chose them.
    var isGiven = false
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

    /// Those that hold every word of the query, in any case. Those that hold them in their labels come first, but where
    /// there are headings.
    var shown: [Item] {
        let words = query.text.lowercased().split(separator: " ")
        guard !words.isEmpty, !isGiven else { return items }
        func holds(_ text: String) -> Bool {
            let text = text.lowercased()
            return words.allSatisfy { text.contains($0) }
        }
        let found = items.filter { item in
            holds([item.label.text, item.note.text, item.keywords, item.group?.text ?? ""].joined(separator: " "))
        }
        guard found.allSatisfy({ $0.group == nil }) else { return found }
        return found.filter { holds($0.label.text) } + found.filter { !holds($0.label.text) }
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

    /// Puts a whole line in the place of what was written.
    mutating func write(_ text: String) {
        query = TextField(text, limit: 60)
        (cursor, top) = (0, 0)
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

    /// The list in a room of so many rows, around the cursor; groups have headings.
    func lines(columns: Int, rows: Int, isFocused: Bool) -> [Line] {
        let shown = shown
        if shown.isEmpty { return [Line("  nothing matches `\(query.text)`", .muted)] }
        let all = Self.places(of: shown)
        let start = start(all, rows: rows)
        let notes = shown.map(\.noteWidth).max() ?? 0
        let labelWidth = min(max(12, shown.map(\.label.width).max() ?? 12), max(columns * 3 / 5, columns - notes - 4))
        return all[start..<max(start, min(start + rows, all.count))].map { place in
            switch place {
            case .heading(let title): Line("  \(title.text)", .title).fitted(to: columns)
            case .item(let place): line(shown[place], isCursor: place == cursor && isFocused, labelWidth, columns)
            }
        }
    }

    private func line(_ item: Item, isCursor: Bool, _ labelWidth: Int, _ columns: Int) -> Line {
        var line = Line(isCursor ? "▸ " : "  ", .accent)
        if isMultiple { line.add(isMarked(item.id) ? "✓ " : "· ", isMarked(item.id) ? .accent : .muted) }
        line.add(item.label.fitted(to: labelWidth), item.obstacle == nil ? .text : .disabled)
        line.add("  ")
        line.add(item.obstacle ?? item.note, .muted)
        return line.fitted(to: columns).highlighted(isCursor ? .full : .none)
    }

    /// What a row of the list is.
    enum RowPlace: Hashable {
        case heading(SafeText)
        case item(Int)
    }

    private static func places(of shown: [Item]) -> [RowPlace] {
        var places: [RowPlace] = []
        for (place, item) in shown.enumerated() {
            if let group = item.group, place == 0 || shown[place - 1].group != group { places.append(.heading(group)) }
            places.append(.item(place))
        }
        return places
    }

    private func start(_ all: [RowPlace], rows: Int) -> Int {
        let place = all.firstIndex(of: .item(cursor)) ?? 0
        return max(0, min(place - rows / 2, all.count - rows))
    }

    /// The row of the cursor among the lines of `lines`.
    func cursorRow(rows: Int) -> Int {
        let all = Self.places(of: shown)
        return (all.firstIndex(of: .item(cursor)) ?? 0) - start(all, rows: rows)
    }

    /// How many rows everything would take.
    var rowCount: Int { Self.places(of: shown).count }

    /// The item in a row of `lines`; nil for headings and blank rows.
    mutating func select(row: Int, of rows: Int) -> Bool {
        let all = Self.places(of: shown)
        let place = start(all, rows: rows) + row
        guard all.indices.contains(place), case .item(let item) = all[place] else { return false }
        cursor = item
        return true
    }
}
