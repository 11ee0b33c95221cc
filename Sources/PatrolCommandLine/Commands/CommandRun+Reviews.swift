import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    mutating func startReview() throws(CommandFailure) {
        _ = try current()
        let start = StartReview(
            name: line.arguments[0], filter: try filter(for: .tokens),
            dueAt: try moment(line.value("due") ?? "", place: "`--due`"),
            noAnswer: line.value("no-answer").flatMap(Review.NoAnswer.init) ?? .keep)
        let outcome = try perform(.startReview(start))
        try report(outcome)
        guard !isJSON, let review = try review(id: outcome.entry.target.id) else { return }
        try output.line("\(Count.of(review.itemCount, "token").text) on its list; \(review.timeLeft(now: now).text)")
    }

    mutating func listReviews() throws(CommandFailure) {
        let patrol = try open().patrol
        let wording = wording
        try list(Columns.reviews, cells: { $0.cells(wording) }, json: \.json) { (_) throws(PatrolError) in
            Page(items: try patrol.reviews().map { .init($0, cursor: PageCursor([])) })
        }
    }

    mutating func showReview() throws(CommandFailure) {
        let review = try review(named: line.arguments[0])
        let patrol = try open().patrol
        let isOpenOnly = line.has("open")
        if !isJSON {
            try show(SafeText(review.name), review.about(now: now))
            try output.line()
        }
        let (wording, noAnswer) = (wording, review.noAnswer)
        try list(
            Columns.reviewItems, cells: { $0.cells(noAnswer, wording) }, json: { $0.json(noAnswer) }
        ) { (page) throws(PatrolError) in
            let from = page.start.place + 1
            let rows = try patrol.reviewItems(
                of: review.id, from: from, limit: page.limit, undecidedOnly: isOpenOnly)
            return Page(
                items: rows.map { .init($0, cursor: PageCursor([.integer(Int64($0.item.place))])) },
                hasAfter: rows.count == page.limit)
        }
    }

    mutating func decideReview() throws(CommandFailure) {
        let review = try review(named: line.arguments[0])
        let answers = ReviewAnswer.allCases.filter { line.has($0.rawValue) }
        guard let answer = answers.first, answers.count == 1 else {
            throw usage("one of \(ReviewAnswer.allCases.map { "`--\($0.rawValue)`" }.joined(separator: ", ")) is needed")
        }
        let patrol = try open().patrol
        var items: [ReviewItem] = []
        for word in line.arguments.dropFirst() where !items.contains(where: { $0.token.text == word }) {
            let found = try Self.door { () throws(PatrolError) in
                try TokenID(word).flatMap { id throws(PatrolError) in try patrol.reviewItem(of: id, in: review.id) }
            }
            guard let found else {
                throw .notFound("the review `\(review.name)` has no token `\(word)`; `patrol review show` lists them")
            }
            items.append(found)
        }
        for item in items {
            try report(
                perform(
                    .decideReviewItem(
                        DecideReviewItem(
                            review: review.id, token: item.token, shown: item.entry, answer: answer,
                            why: line.value("why") ?? "", took: nil, batch: items.count))))
            if let next = answer.next(item.token) { tell(next) }
        }
    }

    mutating func closeReview() throws(CommandFailure) {
        var review = try review(named: line.arguments[0])
        if !review.isClosed {
            let left = review.undecidedCount
            if left > 0 {
                tell("\(Count.of(left, "token").text) without an answer: \(review.noAnswer.words.text)")
            }
            try confirm("close the review `\(review.name)`", word: review.name)
            try report(perform(.closeReview(review.id, version: review.version)))
            review = try self.review(named: review.name)
        } else if review.noAnswer == .keep {
            throw .refused("refused: the review `\(review.name)` is closed")
        }
        try applyNoAnswer(of: review)
    }

    /// What the rule says is done to each token without an answer, by a command of its own. What is refused is told, and
    /// does not keep the others from it.
    private mutating func applyNoAnswer(of review: Review) throws(CommandFailure) {
        guard review.noAnswer != .keep else { return }
        let patrol = try open().patrol
        var place = 1
        var (done, refused) = (0, 0)
        while true {
            let from = place
            let rows = try Self.door { () throws(PatrolError) in
                try patrol.reviewItems(of: review.id, from: from, limit: PageRequest.maximumLimit)
            }
            guard let last = rows.last else { break }
            place = last.item.place + 1
            for row in rows {
                guard let command = row.noAnswerCommand(in: review) else { continue }
                do throws(CommandFailure) {
                    try report(perform(command))
                    done += 1
                } catch {
                    guard case .refused(let why) = error else { throw error }
                    tell("\(row.item.token.text): \(why)")
                    refused += 1
                }
            }
        }
        tell("\(Count.of(done, "token").text) without an answer: done\(refused > 0 ? "; \(refused) refused" : "")")
    }

    mutating func review(named name: String) throws(CommandFailure) -> Review {
        let patrol = try open().patrol
        let found = try Self.door { () throws(PatrolError) -> Review? in
            if let review = try patrol.review(name: name) { return review }
            return try ReviewID(name).flatMap { id throws(PatrolError) in try patrol.review(id) }
        }
        guard let found else { throw .notFound("there is no review `\(name)`; `patrol review list` shows them") }
        return found
    }

    private mutating func review(id: String) throws(CommandFailure) -> Review? {
        let patrol = try open().patrol
        return try Self.door { () throws(PatrolError) in
            try ReviewID(id).flatMap { id throws(PatrolError) in try patrol.review(id) }
        }
    }
}

extension ReviewAnswer {
    /// The command that does what was decided.
    fileprivate func next(_ token: TokenID) -> SafeText? {
        switch self {
        case .keep: nil
        case .narrow: "next: `patrol tokens propose \(token.text)`, or `patrol tokens edit \(token.text) --role …`"
        case .rotate: "next: `patrol tokens rotate \(token.text)`"
        case .quarantine: "next: `patrol tokens quarantine \(token.text) --reason …`"
        case .delete: "next: `patrol tokens delete \(token.text)`"
        }
    }
}

extension PageRequest.Start {
    /// The place after which items are wanted.
    fileprivate var place: Int {
        if case .after(let cursor) = self, case .integer(let place)? = cursor.values.first { Int(place) } else { 0 }
    }
}
