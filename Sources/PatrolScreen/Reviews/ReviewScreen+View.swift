import PatrolDomain
import PatrolPresentation

extension Model {
    func draw(_ screen: ReviewScreen, on sheet: inout Sheet) {
        let box = Box(rows: size.rows - 5, columns: size.columns - 4, in: size)
        guard let review = screen.review else {
            box.draw("Reviews", lines(ofReviews: screen, columns: box.inside.columns, rows: box.inside.rows), on: &sheet)
            sheet.cursor = box.position(row: screen.reviews?.isEmpty == false ? screen.chosen : 0, column: 0)
            return
        }
        var lines = [head(of: review, screen, columns: box.inside.columns)]
        let room = box.inside.rows - 2
        lines += box.inside.columns >= Self.columnsForBoth
            ? besideEachOther(screen, columns: box.inside.columns, rows: room)
            : belowEachOther(screen, columns: box.inside.columns, rows: room)
        let foot = foot(of: screen, columns: box.inside.columns)
        while lines.count < box.inside.rows - 1 { lines.append(.blank) }
        lines.append(foot.line)
        box.draw("Review \(review.name)", lines, on: &sheet)
        if let column = foot.cursor {
            sheet.cursor = box.position(row: box.inside.rows - 1, column: column)
            sheet.isCursorVisible = true
        } else {
            sheet.cursor = box.position(row: 1, column: 0)
        }
    }

    private static let columnsForBoth = 100
    private static let listCells = 46
    private static let listRows = 5

    // MARK: The reviews

    private func lines(ofReviews screen: ReviewScreen, columns: Int, rows: Int) -> [Line] {
        guard let reviews = screen.reviews else { return [Line("loading…", .muted)] }
        if reviews.isEmpty {
            return [
                Line("There is no review yet.", .muted),
                Line("a", .key).adding(" starts one: a frozen list of tokens, and a decision about each.", .muted),
            ]
        }
        let start = max(0, min(screen.chosen - rows / 2, reviews.count - rows))
        return reviews.indices.dropFirst(start).prefix(rows).map { place in
            let review = reviews[place]
            let isCursor = place == screen.chosen
            var line = Line(isCursor ? "▸ " : "  ", .accent)
            let name = SafeText(review.name)
            line.add(name.fitted(to: min(30, max(12, columns - 48))), name.wasEscaped ? .escaped : .strong)
            line.add("  \(review.progress(now: shownNow).text)", review.isClosed ? .muted : review.dueAt < now ? .warning : .text)
            if !review.filter.isEmpty { line.add("  /\(review.filter)", .muted) }
            return line.fitted(to: columns).highlighted(isCursor ? .full : .none)
        }
    }

    // MARK: One review

    private func head(of review: Review, _ screen: ReviewScreen, columns: Int) -> Line {
        var line = Line(review.progress(now: shownNow), review.isClosed ? .muted : .accent)
        if !screen.marked.isEmpty { line.add("   \(Count.number(screen.marked.count).text) marked", .accent) }
        line.addAtRight("\(Count.number(screen.place).text) of \(Count.number(review.itemCount).text)", .muted, of: columns)
        return line
    }

    private func besideEachOther(_ screen: ReviewScreen, columns: Int, rows: Int) -> [Line] {
        let list = listLines(screen, columns: Self.listCells, rows: rows)
        let detail = shownDetail(screen, columns: columns - Self.listCells - 3, rows: rows)
        return (0..<rows).map { row in
            var line = (row < list.count ? list[row] : .blank).fitted(to: Self.listCells)
            line.add(" │ ", .border)
            if row < detail.count { line.add(detail[row]) }
            return line
        }
    }

    private func belowEachOther(_ screen: ReviewScreen, columns: Int, rows: Int) -> [Line] {
        let listRows = min(Self.listRows, max(1, rows / 3))
        var lines = listLines(screen, columns: columns, rows: listRows).map { $0.fitted(to: columns) }
        while lines.count < listRows { lines.append(.blank) }
        lines.append(Line(.repeating("─", count: columns), .border))
        return lines + shownDetail(screen, columns: columns, rows: rows - listRows - 1)
    }

    private func listLines(_ screen: ReviewScreen, columns: Int, rows: Int) -> [Line] {
        guard let review = screen.review else { return [] }
        let first = max(1, min(screen.place - rows / 2, review.itemCount - rows + 1))
        let loaded = Dictionary(screen.rows.map { ($0.item.place, $0) }) { first, _ in first }
        return (first..<min(first + rows, review.itemCount + 1)).map { place in
            guard let row = loaded[place] else { return Line("  …", .muted) }
            return line(of: row, screen, columns: columns)
        }
    }

    private func line(of row: ReviewItemRow, _ screen: ReviewScreen, columns: Int) -> Line {
        let isCursor = row.item.place == screen.place
        let isMarked = screen.marked[row.item.token] != nil
        var line = Line(isCursor ? "▸" : " ", .accent)
        line.add(isMarked ? "✓ " : "  ", .accent)
        let severity = row.item.facts.severity
        line.add(severity?.symbol ?? " ", severity?.meaning ?? .text)
        line.add(" ")
        let decision = row.item.decision.map(\.shortWords) ?? (row.isGone ? "gone" : "")
        let name = SafeText(row.item.facts.name)
        line.add(name.fitted(to: max(4, columns - 16)), name.wasEscaped ? .escaped : row.item.decision == nil ? .text : .muted)
        line.add(" ")
        line.add(decision.fitted(to: 10), row.item.decision?.answer == .delete ? .warning : .good)
        return line.cut(to: columns).highlighted(isCursor ? .full : .none)
    }

    private func shownDetail(_ screen: ReviewScreen, columns: Int, rows: Int) -> [Line] {
        let lines = detailLines(screen, columns: columns)
        return window(lines, scroll: min(screen.scroll, max(0, lines.count - rows)), rows: rows)
    }

    /// What was decided, what has changed since the list was frozen, and the token as it is now.
    private func detailLines(_ screen: ReviewScreen, columns: Int) -> [Line] {
        guard let review = screen.review, let row = screen.current else { return [Line("loading…", .muted)] }
        var text = DetailText(columns: columns, times: times, keys: keys)
        if let decision = row.item.decision {
            let by = "\(row.deciderName ?? decision.decidedBy.text), \(TimeText.relative(decision.decidedAt, now: shownNow).text)"
            text.pair("decided", "\(decision.shortWords.text) by \(by)", .strong)
            if !decision.why.isEmpty { text.pair("why", SafeText(decision.why)) }
            let outcome = row.outcome(noAnswer: review.noAnswer)
            if outcome != .nothing { text.pair("carried out", outcome.words, outcome == .open ? .warning : .good, labelCells: 13) }
            text.blank()
        }
        if row.isGone { text.add("It was deleted after the review began.", .warning) }
        let frozen = row.item.facts
        let scope = row.row.token.scope.frozen(roleKeys: row.row.scopeRoleKeys)
        if frozen.scope != scope { text.pair("at first", SafeText.lines(of: frozen.scope).first ?? "", .muted) }
        if let detail = screen.detail, detail.row.token.id == row.item.token {
            text.describe(detail, reach: nil, history: [])
        } else {
            text.add(SafeText(frozen.name), .strong)
            text.pair("owner", SafeText(frozen.ownerWords))
        }
        return text.lines
    }

    // MARK: Below

    private func foot(of screen: ReviewScreen, columns: Int) -> (line: Line, cursor: Int?) {
        if let queue = screen.queue {
            let at = queue.total - queue.commands.count
            return (Line("\(Count.number(at).text) of \(Count.number(queue.total).text) …   Esc stops", .accent), nil)
        }
        switch screen.mode {
        case .why(let answer, let field):
            let label: SafeText = "Why \(answer.word.text)\(screen.targets.count > 1 ? " \(Count.number(screen.targets.count).text) tokens" : "")? "
            let (text, cursor) = field.line(cells: max(12, columns - label.width), isFocused: true)
            return (Line(label, .accent).adding(text), label.width + cursor)
        case .closing(let field):
            let left = screen.review.map(\.undecidedCount) ?? 0
            let rule = left > 0 ? "\(Count.of(left, "token").text) without an answer: \(screen.review?.noAnswer.rawValue ?? ""). " : ""
            let label = (screen.note.map { $0.text + ": " } ?? "\(rule)Write close: " as SafeText).cut(to: columns - 10)
            let (text, cursor) = field.line(cells: max(6, columns - label.width), isFocused: true)
            return (Line(label, .warning).adding(text), label.width + cursor)
        case .choosing, .deciding:
            guard let note = screen.note else { return (.blank, nil) }
            return (Line(note.text, note.kind.meaning).cut(to: columns), nil)
        }
    }
}
