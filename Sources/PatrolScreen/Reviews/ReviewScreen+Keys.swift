import PatrolDomain
import PatrolPresentation

extension ReviewAnswer {
    /// The one key that decides so.
    var key: Key {
        switch self {
        case .keep: "y"
        case .narrow: "n"
        case .rotate: "r"
        case .quarantine: "b"
        case .delete: "d"
        }
    }
}

extension Model {
    mutating func take(_ key: Key, in screen: ReviewScreen) -> [Effect] {
        var screen = screen
        screen.note = nil
        if screen.queue != nil {
            if key == .escape { screen.queue?.isStopping = true }
            keep(screen)
            return []
        }
        switch screen.mode {
        case .choosing: return choose(key, in: screen)
        case .deciding: return decide(key, in: screen)
        case .why(let answer, var field):
            if key == .escape { screen.mode = .deciding }
            if key == .enter { return record(answer, why: field.text.trimmedBlanks, in: screen) }
            if key != .escape {
                note(field.take(key))
                screen.mode = .why(answer, field)
            }
        case .closing(var field):
            if key == .escape { screen.mode = .deciding }
            if key == .enter { return close(field.text, in: screen) }
            if key != .escape {
                note(field.take(key))
                screen.mode = .closing(field)
            }
        }
        keep(screen)
        return []
    }

    mutating func paste(_ text: String, in screen: ReviewScreen) {
        var screen = screen
        guard case .why(let answer, var field) = screen.mode else {
            status = Status("a paste only goes into a text field", .warning)
            return
        }
        note(field.paste(text))
        screen.mode = .why(answer, field)
        keep(screen)
    }

    // MARK: Among the reviews

    private mutating func choose(_ key: Key, in screen: ReviewScreen) -> [Effect] {
        var screen = screen
        let reviews = screen.reviews ?? []
        switch key {
        case .escape, "q", .left, "h":
            dialogs.removeLast()
            return []
        case .down, "j": screen.chosen = min(screen.chosen + 1, max(0, reviews.count - 1))
        case .up, "k": screen.chosen = max(screen.chosen - 1, 0)
        case .home, "g": screen.chosen = 0
        case .end, "G": screen.chosen = max(0, reviews.count - 1)
        case "a":
            // It may take two lines: what is missing, and on what.
            if let why = reviewObstacle { status = Status(why, .warning) } else { openReviewForm() }
            return []
        case .enter, .right, "l":
            guard reviews.indices.contains(screen.chosen) else { break }
            return enter(reviews[screen.chosen], screen)
        default: return []
        }
        keep(screen)
        return []
    }

    /// To the first of its tokens about which nobody decided.
    private mutating func enter(_ review: Review, _ screen: ReviewScreen) -> [Effect] {
        var inside = ReviewScreen()
        (inside.reviews, inside.chosen) = (screen.reviews, screen.chosen)
        (inside.mode, inside.review) = (.deciding, review)
        if review.isClosed || review.undecidedCount == 0 { return settle(inside) }
        return seekOpen(after: 0, in: inside)
    }

    private mutating func seekOpen(after place: Int, in screen: ReviewScreen) -> [Effect] {
        var screen = screen
        guard let review = screen.review else { return [] }
        let query = Query.reviewItems(review.id, from: place + 1, limit: 1, undecidedOnly: true)
        screen.awaitedOpen = query
        keep(screen)
        return [.load(query)]
    }

    private mutating func openReviewForm() {
        let rules: [Chooser.Item] = Review.NoAnswer.allCases.map { Chooser.Item($0.rawValue, SafeText($0.rawValue), note: $0.words) }
        dialogs.append(
            .form(
                Form(
                    .startReview, "Start a review",
                    notes: ["The tokens that match now are put on its list; later ones are not."],
                    fields: [
                        .text(.name, "Name", limit: TextRule.name.maximumLength, hint: "such as 2026 Q4"),
                        .text(.filter, "Tokens", tokens.filterText, limit: 200, hint: "a filter, as `/` takes it; empty: all"),
                        .text(.expiry, "Due", "14d", limit: 10, hint: "a day like 2027-01-31, or a span like 14d"),
                        .choice(.noAnswer, "No answer", rules, selected: Review.NoAnswer.flag.rawValue, hint: "← → turn"),
                    ], button: "Start")))
    }

    // MARK: Among its tokens

    private mutating func decide(_ key: Key, in screen: ReviewScreen) -> [Effect] {
        var screen = screen
        guard let review = screen.review else { return [] }
        if let answer = ReviewAnswer.allCases.first(where: { $0.key == key }) { return begin(answer, in: screen) }
        switch key {
        case .escape where !screen.marked.isEmpty: (screen.marked, screen.markedSince) = ([:], nil)
        case .escape, "q", .left, "h":
            (screen.mode, screen.review, screen.rows, screen.detail) = (.choosing, nil, [], nil)
        case .down, "j", "s": return move(to: screen.place + 1, in: screen)
        case .up, "k": return move(to: screen.place - 1, in: screen)
        case .home, "g": return move(to: 1, in: screen)
        case .end, "G": return move(to: review.itemCount, in: screen)
        case .tab: return seekOpen(after: screen.place, in: screen)
        case .pageDown, .control("f"): screen.scroll += 8
        case .pageUp, .control("b"): screen.scroll = max(0, screen.scroll - 8)
        case " ":
            if let row = screen.current { screen.toggle(row, now: now) }
            return move(to: screen.place + 1, in: screen)
        case "o":
            guard let row = screen.current else { break }
            return goTo(row)
        case "C":
            if review.isClosed {
                screen.note = Status("it is closed", .warning)
            } else if let why = reviewObstacle {
                status = Status(why, .warning)
            } else {
                screen.mode = .closing(TextField(limit: 10))
            }
        default: return []
        }
        keep(screen)
        return []
    }

    private mutating func move(to place: Int, in screen: ReviewScreen) -> [Effect] {
        var screen = screen
        screen.place = min(max(1, place), screen.review?.itemCount ?? 1)
        return settle(screen)
    }

    /// To the token itself, where the keys are that do what was decided.
    private mutating func goTo(_ row: ReviewItemRow) -> [Effect] {
        dialogs = []
        trail.append(Visit(pane: front, isDetailFocused: isDetailFocused, subject: detail.pinned))
        detail.pinned = .token(row.item.token)
        isDetailFocused = true
        return []
    }

    private mutating func begin(_ answer: ReviewAnswer, in screen: ReviewScreen) -> [Effect] {
        var screen = screen
        if let review = screen.review, review.isClosed {
            screen.note = Status(Refusal.reviewClosed(review.name).sentence, .warning)
        } else if let why = obstacle(answer, in: screen) {
            status = Status(why, .warning)
        } else if screen.targets.contains(where: { $0.item.needsWhy(for: answer) }) {
            screen.mode = .why(answer, TextField(screen.usualWhy, limit: TextRule.reason.maximumLength, isSuggestion: true))
        } else {
            return record(answer, why: "", in: screen)
        }
        keep(screen)
        return []
    }

    /// Why none of the targets can get this answer. Only advice: the door decides.
    private func obstacle(_ answer: ReviewAnswer, in screen: ReviewScreen) -> SafeText? {
        var first: SafeText?
        for row in screen.targets {
            guard let why = obstacle(answer, of: row.row) else { return nil }
            first = first ?? why
        }
        return first ?? (screen.targets.isEmpty ? "there is no token here" : nil)
    }

    private mutating func record(_ answer: ReviewAnswer, why: String, in screen: ReviewScreen) -> [Effect] {
        var screen = screen
        guard let review = screen.review else { return [] }
        let targets = screen.targets.filter { answer.obstacle(for: $0.row.token) == nil }
        let took = screen.took(now: now)
        let commands = targets.map { row in
            Command.decideReviewItem(
                DecideReviewItem(
                    review: review.id, token: row.item.token, shown: row.item.entry, answer: answer, why: why, took: took,
                    batch: targets.count))
        }
        screen.mode = .deciding
        return run(ReviewScreen.Queue(commands, verb: "decided to \(answer.word.text)"), in: screen)
    }

    private mutating func close(_ word: String, in screen: ReviewScreen) -> [Effect] {
        var screen = screen
        guard word == "close", let review = screen.review else {
            screen.note = Status("write the word close, or Esc", .warning)
            keep(screen)
            return []
        }
        screen.mode = .deciding
        return run(ReviewScreen.Queue([.closeReview(review.id, version: review.version)], verb: "closed"), in: screen)
    }
}

extension ReviewScreen {
    mutating func toggle(_ row: ReviewItemRow, now: Timestamp) {
        if marked.removeValue(forKey: row.item.token) == nil { marked[row.item.token] = row }
        markedSince = marked.isEmpty ? nil : markedSince ?? shownAt ?? now
    }

    /// What the rules say about the first of them, three at most.
    fileprivate var usualWhy: String {
        (targets.first?.item.facts.findings ?? []).prefix(3).joined(separator: ", ")
    }
}

extension String {
    /// Without blanks at its ends.
    fileprivate var trimmedBlanks: String {
        var text = Substring(self)
        while text.unicodeScalars.first == " " { text.unicodeScalars.removeFirst() }
        while text.unicodeScalars.last == " " { text.unicodeScalars.removeLast() }
        return String(text)
    }
}
