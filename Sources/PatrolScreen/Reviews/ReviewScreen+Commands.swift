import PatrolDomain
import PatrolPresentation

/// The commands of a review go out one after another, and so do those that its rule asks for.
extension Model {
    mutating func run(_ queue: ReviewScreen.Queue, in screen: ReviewScreen) -> [Effect] {
        var screen = screen
        guard let first = queue.commands.first else { return [] }
        screen.queue = queue
        keep(screen)
        return [.perform(first, comment: "")]
    }

    /// What came of a command of the review's; nil: it is not one.
    mutating func takeForReview(_ performed: Performed, of command: Command) -> [Effect]? {
        guard reviewScreen?.queue?.commands.first == command else { return nil }
        undoLog.noteOwn(performed.entry.sequence)
        return next(performed.refusal?.sentence)
    }

    mutating func failForReview(_ command: Command, _ why: SafeText) -> [Effect]? {
        guard reviewScreen?.queue?.commands.first == command else { return nil }
        return next(why)
    }

    private mutating func next(_ refused: SafeText?) -> [Effect] {
        guard var screen = reviewScreen, var queue = screen.queue else { return [] }
        let command = queue.commands.removeFirst()
        if let refused {
            queue.refused += 1
            queue.why = queue.why ?? refused
        } else {
            queue.done += 1
        }
        if let next = queue.commands.first, !queue.isStopping {
            screen.queue = queue
            keep(screen)
            return [.perform(next, comment: "")]
        }
        screen.queue = nil
        screen.note = queue.words
        (screen.marked, screen.markedSince) = ([:], nil)
        // Whatever comes next is seen from now on.
        screen.shownPlace = nil
        keep(screen)
        let changed = noteChange()
        if case .closeReview = command, refused == nil { return changed + lookForRest(from: 1) }
        if let awaiting = restPlace(after: command, isStopped: queue.isStopping) { return changed + lookForRest(from: awaiting) }
        return changed + (queue.done > 0 ? seekNextOpen() : [])
    }

    private mutating func seekNextOpen() -> [Effect] {
        guard var screen = reviewScreen, let review = screen.review, !review.isClosed else { return [] }
        // After a batch the cursor may stand on one that nobody decided about.
        let query = Query.reviewItems(review.id, from: screen.place, limit: 1, undecidedOnly: true)
        screen.awaitedOpen = query
        keep(screen)
        return [.load(query)]
    }

    // MARK: What nobody answered

    /// Where to look on for tokens to which the rule applies, after one of them.
    private func restPlace(after command: Command, isStopped: Bool) -> Int? {
        guard let screen = reviewScreen, let place = screen.restPlace, !isStopped else { return nil }
        if case .decideReviewItem = command { return nil }
        return place
    }

    private mutating func lookForRest(from place: Int) -> [Effect] {
        guard var screen = reviewScreen, let review = screen.review, review.noAnswer != .keep else { return [] }
        let query = Query.reviewItems(review.id, from: place, limit: ReviewScreen.slice, undecidedOnly: false)
        screen.awaitedRest = query
        keep(screen)
        return [.load(query)]
    }

    mutating func apply(_ rows: [ReviewItemRow], in screen: ReviewScreen) -> [Effect] {
        var screen = screen
        guard let review = screen.review, let last = rows.last else {
            screen.restPlace = nil
            return settle(screen)
        }
        screen.restPlace = last.item.place + 1
        keep(screen)
        let commands = rows.compactMap { $0.noAnswerCommand(in: review) }
        if commands.isEmpty { return lookForRest(from: last.item.place + 1) }
        return run(ReviewScreen.Queue(commands, verb: "did what the rule says to"), in: screen)
    }
}

extension ReviewScreen.Queue {
    fileprivate var words: Status {
        let done: SafeText = "\(verb.text) \(Count.of(self.done, "token").text)"
        guard refused > 0, let why else { return Status(verb == "closed" ? "closed the review" : done, .good) }
        if self.done == 0, refused == 1 { return Status(why, .bad) }
        return Status("\(done.text); \(Count.number(refused).text) refused: \(why.text)", .warning)
    }
}
