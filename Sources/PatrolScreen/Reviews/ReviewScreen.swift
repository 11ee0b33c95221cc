import PatrolDomain
import PatrolPresentation

/// The reviews, and in one of them the tokens one after another, with a key for each decision.
struct ReviewScreen: Equatable, Sendable {
    enum Mode: Equatable, Sendable {
        /// Among the reviews.
        case choosing
        case deciding
        /// The reason of a decision is being written.
        case why(ReviewAnswer, TextField)
        /// The word that closes the review is being written.
        case closing(TextField)
    }

    var mode = Mode.choosing
    /// The newest first; nil: not loaded yet.
    var reviews: [Review]?
    var chosen = 0
    /// The one whose tokens are shown.
    var review: Review?
    /// A part of its list, without a gap.
    var rows: [ReviewItemRow] = []
    /// Of the item with the cursor, from 1.
    var place = 1
    var marked: [TokenID: ReviewItemRow] = [:]
    /// When the first of them was marked.
    var markedSince: Timestamp?
    /// The token of the item with the cursor.
    var detail: TokenDetail?
    /// The first line of it that is shown.
    var scroll = 0
    /// Since when the item with the cursor is on the screen, and which one that is.
    var shownAt: Timestamp?
    var shownPlace: Int?
    var queue: Queue?
    var note: Status?
    /// What is asked for: the rows around the cursor, the next open item, items to which the rule is applied.
    var awaitedRows: Query?
    var awaitedOpen: Query?
    var awaitedRest: Query?
    /// While the rule for tokens without an answer is applied: where to look on.
    var restPlace: Int?

    /// Commands that go out one after another.
    struct Queue: Equatable, Sendable {
        var commands: [Command]
        var total: Int
        var done = 0
        var refused = 0
        /// Why the first that was refused was.
        var why: SafeText?
        /// What is said when all are done: `decided to delete`.
        var verb: SafeText
        /// No further one is begun.
        var isStopping = false

        init(_ commands: [Command], verb: SafeText) {
            self.commands = commands
            self.verb = verb
            total = commands.count
        }
    }

    static let window = 60
    /// So many items are looked at in one step of applying the rule for those without an answer.
    static let slice = 200

    var current: ReviewItemRow? { rows.first { $0.item.place == place } }

    /// What a decision is about: all that are marked, or the one with the cursor.
    var targets: [ReviewItemRow] {
        marked.isEmpty ? current.map { [$0] } ?? [] : marked.values.sorted { $0.item.place < $1.item.place }
    }

    /// How long a person looked at each of the targets.
    func took(now: Timestamp) -> TimeSpan? {
        if marked.isEmpty { return shownAt.map { now - $0 } }
        return markedSince.map { TimeSpan(milliseconds: (now - $0).milliseconds / Int64(marked.count)) }
    }
}

extension Model {
    /// The reviews on the screen, if they are: on top, or below a question.
    var reviewPlace: Int? {
        dialogs.lastIndex { dialog in
            if case .review = dialog { true } else { false }
        }
    }

    var reviewScreen: ReviewScreen? {
        guard let place = reviewPlace, case .review(let screen) = dialogs[place] else { return nil }
        return screen
    }

    mutating func keep(_ screen: ReviewScreen) {
        if let place = reviewPlace { dialogs[place] = .review(screen) }
    }

    mutating func openReviews() -> [Effect] {
        dialogs = [.review(ReviewScreen())]
        return [.load(.reviews)]
    }

    /// What is on the screen of reviews may have changed.
    var reviewEffects: [Effect] {
        guard let screen = reviewScreen else { return [] }
        var effects: [Effect] = [.load(.reviews)]
        if let query = screen.awaitedRows ?? screen.rowsQuery { effects.append(.load(query)) }
        if let row = screen.current { effects.append(.load(.reviewedToken(row.item.token))) }
        return effects
    }

    // MARK: Answers

    mutating func take(reviews: [Review]) -> [Effect] {
        guard var screen = reviewScreen else { return [] }
        let before = screen.reviews.flatMap { $0.indices.contains(screen.chosen) ? $0[screen.chosen].id : nil }
        screen.reviews = reviews
        screen.chosen = reviews.firstIndex { $0.id == before } ?? min(screen.chosen, max(0, reviews.count - 1))
        if let review = screen.review { screen.review = reviews.first { $0.id == review.id } ?? review }
        keep(screen)
        return []
    }

    mutating func take(items rows: [ReviewItemRow], to query: Query) -> [Effect] {
        guard var screen = reviewScreen else { return [] }
        if query == screen.awaitedRest {
            screen.awaitedRest = nil
            return apply(rows, in: screen)
        }
        if query == screen.awaitedOpen {
            screen.awaitedOpen = nil
            if let row = rows.first {
                screen.place = row.item.place
            } else if case .reviewItems(let id, let from, _, _) = query, from > 1 {
                let again = Query.reviewItems(id, from: 1, limit: 1, undecidedOnly: true)
                screen.awaitedOpen = again
                keep(screen)
                return [.load(again)]
            } else {
                screen.note = Status("everything is decided; C closes the review", .good)
            }
            return settle(screen)
        }
        guard query == screen.awaitedRows || query == screen.rowsQuery else { return [] }
        screen.awaitedRows = nil
        screen.rows = rows
        for row in rows where screen.marked[row.item.token] != nil { screen.marked[row.item.token] = row }
        return settle(screen)
    }

    mutating func take(reviewed detail: TokenDetail?, to query: Query) -> [Effect] {
        guard var screen = reviewScreen, let row = screen.current, query == .reviewedToken(row.item.token) else { return [] }
        screen.detail = detail
        keep(screen)
        return []
    }

    /// What could not be loaded is no longer awaited, and can be asked for again.
    mutating func failForReview(_ query: Query, _ why: SafeText) {
        guard var screen = reviewScreen else { return }
        switch query {
        case screen.awaitedRows: screen.awaitedRows = nil
        case screen.awaitedOpen: screen.awaitedOpen = nil
        case screen.awaitedRest: (screen.awaitedRest, screen.restPlace) = (nil, nil)
        case .reviews where screen.reviews == nil: screen.reviews = []
        default: return
        }
        screen.note = Status(why, .bad)
        keep(screen)
    }

    /// Keeps the screen, and asks for what it lacks: the rows around the cursor, and their token.
    mutating func settle(_ screen: ReviewScreen) -> [Effect] {
        var screen = screen
        var effects: [Effect] = []
        if let row = screen.current {
            if screen.shownPlace != screen.place {
                (screen.shownPlace, screen.shownAt, screen.scroll) = (screen.place, now, 0)
            }
            if screen.detail?.row.token.id != row.item.token {
                screen.detail = nil
                effects.append(.load(.reviewedToken(row.item.token)))
            }
        } else if screen.awaitedRows == nil, screen.review != nil {
            screen.awaitedRows = screen.queryAround
            effects += screen.awaitedRows.map { [.load($0)] } ?? []
        }
        keep(screen)
        return effects
    }
}

extension ReviewScreen {
    /// Asks for the rows around the cursor.
    var queryAround: Query? {
        review.map { .reviewItems($0.id, from: max(1, place - Self.window / 3), limit: Self.window, undecidedOnly: false) }
    }

    /// Asks for the rows that are loaded once more.
    var rowsQuery: Query? {
        guard let review, let first = rows.first else { return queryAround }
        return .reviewItems(review.id, from: first.item.place, limit: Self.window, undecidedOnly: false)
    }
}
