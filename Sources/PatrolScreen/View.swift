import PatrolDomain
import PatrolPresentation

/// The whole screen. Pure: the same model gives the same frame.
package func view(_ model: Model, theme: Theme) -> Frame {
    var memo = FrameMemo()
    return view(model, theme: theme, memo: &memo)
}

/// The same, with a memory of the frame before: it costs what changed.
package func view(_ model: Model, theme: Theme, memo: inout FrameMemo) -> Frame {
    var sheet = Sheet(size: model.size, in: &memo.sheet)
    model.draw(on: &sheet, &memo)
    return sheet.frame(isUnicode: model.isUnicode, &memo.sheet)
}

extension Model {
    /// Where what can be clicked stands: found by drawing it.
    var hitAreas: HitAreas {
        var sheet = Sheet(size: size, recordsHits: true)
        var memo = FrameMemo()
        draw(on: &sheet, &memo)
        return sheet.hits ?? HitAreas()
    }

    fileprivate func draw(on sheet: inout Sheet, _ memo: inout FrameMemo) {
        let layout = layout
        switch dialogs.last {
        case .secret(let screen)?: return draw(screen, on: &sheet)
        case .plain(let text)?: return draw(text, on: &sheet)
        default: break
        }
        guard layout.kind != .tooSmall else { return drawTooSmall(on: &sheet) }
        drawHeader(on: &sheet, layout, &memo.header)
        for pane in Pane.allCases {
            if let rect = layout.panes[pane] { draw(pane, on: &sheet, rect, layout, &memo) }
        }
        if let rect = layout.detail { drawDetail(on: &sheet, rect, layout, &memo.detail) }
        if let rect = layout.strip { drawStrip(on: &sheet, rect, &memo.newest) }
        if layout.kind == .panes { drawSeparator(on: &sheet, layout) }
        drawStatus(on: &sheet, layout, &memo.tally)
        if let dialog = dialogs.last {
            // What lies behind a dialog is not meant.
            sheet.note(.dialog, Rect(row: 0, column: 0, rows: size.rows, columns: size.columns))
            draw(dialog, on: &sheet, layout)
            // A sentence of several lines would begin behind it.
            if let status = longStatus { drawLong(status, on: &sheet, layout) }
        }
        drawHints(on: &sheet, layout, &memo.hints)
    }
}

extension Model {
    fileprivate func drawTooSmall(on sheet: inout Sheet) {
        let smallest = Layout.smallest
        let text: SafeText =
            "Patrol needs \(smallest.columns)×\(smallest.rows), here is \(size.columns)×\(size.rows)"
        let row = size.rows / 2
        let column = max(0, (size.columns - text.width) / 2)
        sheet.lay([Line(text.cut(to: size.columns), .warning)], on: Rect(row: row, column: column, rows: 1, columns: size.columns - column))
    }

    // MARK: The top line

    fileprivate func drawHeader(on sheet: inout Sheet, _ layout: Layout, _ memo: inout LineMemo<HeaderInputs>) {
        let line = memo.line(HeaderInputs(self, layout.kind)) { headerLine(layout).fitted(to: size.columns, .bar) }
        sheet.lay([line], on: layout.header, filling: .bar)
        guard layout.kind == .single else { return }
        var start = Self.headerTitle.width + 1
        for pane in Pane.allCases {
            let columns = pane.tabText.width + 2
            sheet.note(.tab(pane), Rect(row: layout.header.row, column: start, rows: 1, columns: columns))
            start += columns
        }
    }

    private static let headerTitle: SafeText = " Patrol "

    fileprivate func headerLine(_ layout: Layout) -> Line {
        var line = Line(Self.headerTitle, .barStrong)
        let columns = size.columns
        if layout.kind == .single {
            line.add(" ", .bar)
            for pane in Pane.allCases {
                let isFront = pane == front
                let text = pane.tabText
                line.add(isFront ? "[\(text.text)]" : " \(text.text) ", isFront ? .barAccent : .bar)
            }
        }
        let who = account.map { SafeText($0.member.displayName) } ?? ""
        let role = account.map { SafeText($0.roleWords) } ?? ""
        if layout.kind == .panes, let account {
            line.add(" \(account.account.name)", .barStrong)
            line.add("   \(account.tally.words.text)", .bar)
        }
        var right = Line()
        if layout.kind == .single, let account {
            right.add(SafeText(account.account.name).cut(to: 20), .barStrong)
            right.add("  ", .bar)
        }
        right.add(who.cut(to: 24), .bar)
        if !role.isEmpty { right.add(" · \(role.text)", .bar) }
        right.add(" ", .bar)
        if line.width + right.width + 1 > columns { right = Line(who.cut(to: 20), .bar).adding(" ", .bar) }
        if line.width + right.width + 1 <= columns {
            line.fill(to: columns - right.width, .bar)
            line.add(right)
        }
        return line
    }

    // MARK: The two lines at the bottom

    fileprivate func drawStatus(on sheet: inout Sheet, _ layout: Layout, _ memo: inout LineMemo<Tally>) {
        if let entry = filterEntry {
            drawFilterEntry(entry, on: &sheet, layout)
            return
        }
        if let status = longStatus {
            drawLong(status, on: &sheet, layout)
            return
        }
        var line = Line(" ")
        if let batch, batch.steps.count > 1 {
            line.add("\(Count.number(batch.results.count).text) of \(Count.number(batch.steps.count).text) …   ", .accent)
            line.add(batch.isStopping ? "stopping" : "Esc stops", .muted)
        } else if let status {
            line.add(status.text, status.kind.meaning)
            addFilterChip(to: &line, layout)
        } else if let marking {
            line.add("marking… \(Count.number(marking.count).text)   ", .accent)
            line.add("\(stopKey) stops", .muted)
        } else {
            line.add(context(layout, &memo))
        }
        var right = Line()
        right.add(marksWords, .accent)
        if layout.kind == .single, !isDetailFocused {
            let long = placeWords(in: front)
            let fits = line.width + right.width + long.width + 5 <= size.columns
            right.add("  " + (fits ? long : position), .muted)
        }
        if right.width > 0 {
            line = line.cut(to: max(0, size.columns - max(20, right.width + 2)))
            line.fill(to: size.columns - right.width - 1)
            line.add(right)
        }
        sheet.lay([line], on: layout.status)
    }

    fileprivate var longStatus: Status? {
        guard let status, status.text.width > size.columns - 22 else { return nil }
        return status
    }

    /// A sentence that does not fit goes over the rows above, until the next key.
    fileprivate func drawLong(_ status: Status, on sheet: inout Sheet, _ layout: Layout) {
        let parts = status.text.wrapped(to: size.columns - 2).prefix(4)
        let lines = parts.map { Line(" ").adding($0, status.kind.meaning) }
        sheet.lay(
            lines,
            on: Rect(
                row: layout.status.row - lines.count + 1, column: 0, rows: lines.count, columns: size.columns))
    }

    /// The filter in force, wherever no rule of a pane says it.
    private func addFilterChip(to line: inout Line, _ layout: Layout) {
        let filter = filterText(of: front)
        guard !filter.isEmpty, layout.kind == .single else { return }
        if line.width > 1 { line.add("   ") }
        line.add("/ ", .accent)
        line.add(SafeText(filter).cutInMiddle(to: max(12, size.columns / 2)))
        line.add("  \(stopKey) drops it", .muted)
    }

    private func context(_ layout: Layout, _ memo: inout LineMemo<Tally>) -> Line {
        var line = Line()
        addFilterChip(to: &line, layout)
        if line.width == 0, layout.kind == .single, let tally = account?.tally { line.add(memo.line(tally) { Line(tally.words, .muted) }) }
        return line
    }

    /// How far down the front list the cursor is: only what is known.
    var position: SafeText { position(in: front) }

    /// `by risk · 1 of 300`: what is known of it.
    func placeWords(in pane: Pane) -> SafeText {
        let (order, place) = (orderWords(of: pane), position(in: pane))
        guard !order.isEmpty else { return place }
        return place.isEmpty ? "by \(order.text)" : "by \(order.text) · \(place.text)"
    }

    /// Ends a search, and leaves a filter.
    var stopKey: String { keyWords(.back, usually: .escape) }

    func position(in pane: Pane) -> SafeText {
        switch pane {
        case .members: members.position(of: members.filter.isEmpty ? account?.tally.members : nil, stop: stopKey)
        case .roles: roles.position(of: roles.filter.isEmpty ? account?.tally.roles : nil, stop: stopKey)
        case .tokens: tokens.position(of: tokens.filter.isEmpty ? account?.tally.tokens : nil, stop: stopKey)
        case .audit: audit.position(of: audit.filter.isEmpty ? account?.tally.auditEntries : nil, stop: stopKey)
        }
    }

    fileprivate func drawHints(on sheet: inout Sheet, _ layout: Layout, _ memo: inout LineMemo<HintInputs>) {
        let hasHelp = dialogs.isEmpty && filterEntry == nil
        let hints = hintItems
        let line = memo.line(HintInputs(hints: hints, hasHelp: hasHelp, columns: size.columns)) {
            hintLine(of: hints, hasHelp: hasHelp, on: &sheet, layout)
        }
        sheet.lay([line], on: layout.hints)
    }

    private func hintLine(of hints: [HintItem], hasHelp: Bool, on sheet: inout Sheet, _ layout: Layout) -> Line {
        let help = Line("? ", .key).adding("help ", .hint)
        var line = Line(" ")
        // The last key of a dialog leads out of it: it is always there.
        let last = hasHelp ? nil : hints.last
        let room = size.columns - (hasHelp ? help.width + 2 : last.map { $0.line.width + 1 } ?? 0)
        func add(_ hint: HintItem) {
            if let hit = hint.hit {
                sheet.note(hit, Rect(row: layout.hints.row, column: line.width, rows: 1, columns: hint.line.width))
            }
            line.add(hint.line)
        }
        for hint in hasHelp ? hints[...] : hints.dropLast() {
            guard line.width + hint.line.width + 2 <= room else { break }
            add(hint)
            line.add("  ")
        }
        if let last { add(last) }
        if hasHelp {
            line.fill(to: size.columns - help.width)
            add(HintItem(line: help, hit: .hint(.help)))
        }
        return line
    }

    private var hintItems: [HintItem] {
        if let dialog = dialogs.last { return KeyTable.dialogKeys(dialog).map { HintItem($0) } }
        if filterEntry != nil { return KeyTable.dialogKeys(.filter).map { HintItem($0) } }
        let hints = (keys.hints[places] ?? []).filter { $0.intent != .policyForm || layout.detail != nil }
        var room = size.columns
        let fitting = hints.prefix { hint in
            room -= hint.possible.width + 2
            return room >= 0
        }
        return fitting.map { hint in
            HintItem(line: obstacle(hint.intent) == nil ? hint.possible : hint.disabled, hit: .hint(hint.intent))
        }
    }
}

/// A key of the bottom line, and what a click on it does.
struct HintItem: Equatable {
    var line: Line
    var hit: Hit?

    init(line: Line, hit: Hit?) {
        self.line = line
        self.hit = hit
    }

    init(_ key: DialogKey) {
        line = Line(key.keys, .key).adding(" " + key.hint, .hint)
        hit = Key(named: key.keys.text).flatMap { Self.confirming.contains($0) ? nil : .key($0) }
    }

    /// These say yes to something, which takes a key.
    private static let confirming: Set<Key> = [.enter, "y", .control("s")]
}

extension Status.Kind {
    var meaning: Meaning {
        switch self {
        case .note: .text
        case .good: .good
        case .warning: .warning
        case .bad: .bad
        }
    }
}

extension AccountView {
    /// The role that counts: a custom role of one's own takes the base role's place.
    fileprivate var roleWords: String {
        if member.customRoles.isEmpty { return member.baseRole.rawValue }
        return Count.of(member.customRoles.count, "custom role").text
    }
}

extension Tally {
    /// `52 members · 20 roles · 300 tokens, 12 flagged`
    fileprivate var words: SafeText {
        let flagged = flaggedTokens > 0 ? ", \(Count.number(flaggedTokens).text) flagged" : ""
        return
            "\(Count.of(members, "member").text) · \(Count.of(roles, "role").text) · \(Count.of(tokens, "token").text)\(flagged)"
    }
}

extension ListState {
    /// `searching… 80,000 looked at · Esc stops`
    func searchWords(stop: String) -> SafeText {
        lookedAt == 0 ? "searching…" : "searching… \(Count.number(lookedAt).text) looked at · \(stop) stops"
    }

    /// `12 of 300`; while it is searched, how far that is and the key that stops it.
    func position(of total: Int?, stop: @autoclosure () -> String) -> SafeText {
        if isSearching, resume != nil || items.isEmpty || !isLoaded { return searchWords(stop: stop()) }
        if isStopped { return "stopped: \(Count.number(items.count).text) found in \(Count.number(lookedAt).text) looked at" }
        guard isLoaded, !items.isEmpty else { return "" }
        if !hasBefore, !hasAfter { return "\(selected + 1) of \(items.count)" }
        let all = total.map { " of \(Count.number($0).text)" } ?? " of many"
        return hasBefore ? "…\(all)" : "\(selected + 1)\(all)"
    }
}

extension Pane {
    /// `3 Tokens`
    fileprivate var tabText: SafeText { "\(rawValue + 1) \(title.text)" }
}
