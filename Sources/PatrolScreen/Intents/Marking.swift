import PatrolDomain
import PatrolPresentation

/// Marking everything that the filter of a list lets through: one page after another, apart from what the
/// list itself shows.
struct Marking: Hashable, Sendable {
    let pane: Pane
    /// What is asked for now.
    var query: Query
    /// How many rows have come so far.
    var count = 0
}

extension Model {
    mutating func mark(by rows: Int) {
        if front == .members {
            rows > 0 ? members.toggleMark() : members.current.map { members.mark($0) } ?? ()
            members.move(by: rows)
            if members.marks.isFull { sayFull() }
        } else {
            rows > 0 ? tokens.toggleMark() : tokens.current.map { tokens.mark($0) } ?? ()
            tokens.move(by: rows)
            if tokens.marks.isFull { sayFull() }
        }
    }

    private mutating func sayFull() {
        let most = Count.number(Marks<TokenRow>.maximum).text
        status = Status("\(most) are marked: no more at once", .warning)
    }

    // MARK: Ranges

    mutating func turnRange() {
        guard tokens.range == nil, members.range == nil else { return endRanges() }
        front == .members ? members.beginRange() : tokens.beginRange()
        let hasBegun = front == .members ? members.range != nil : tokens.range != nil
        if hasBegun { status = Status("a range begins here: move to its end, then \(keyWords(.markRange, usually: "v"))") }
    }

    mutating func endRanges() {
        members.endRange()
        tokens.endRange()
    }

    /// After whatever moved the cursor.
    mutating func settleRanges() {
        // Where another list or a detail came to the front, the range is done.
        if front != .members || isDetailFocused { members.endRange() }
        if front != .tokens || isDetailFocused { tokens.endRange() }
        let hasEnded = members.stretchRange() || tokens.stretchRange()
        if hasEnded { status = Status("the range ended where rows are not loaded: \(keyWords(.markAll, usually: "A")) marks all", .warning) }
    }

    // MARK: Everything

    mutating func markEverything() -> [Effect] {
        endRanges()
        let query = query(front, PageRequest(.first, limit: PageRequest.maximumLimit))
        marking = Marking(pane: front, query: query)
        return [.load(query)]
    }

    mutating func stopMarking() {
        guard let marking else { return }
        self.marking = nil
        status = Status("stopped: \(Count.number(marking.count).text) were marked", .warning)
    }

    /// Takes one page of what is to be marked, and asks for the next.
    mutating func takeForMarking(_ answer: Answer, to query: Query) -> [Effect] {
        guard let marking, marking.query == query else { return [] }
        switch answer {
        case .tokens(let page): return take(page, of: marking, \.tokens)
        case .members(let page): return take(page, of: marking, \.members)
        default: return []
        }
    }

    private mutating func take<Row>(
        _ page: Page<Row>, of marking: Marking, _ list: WritableKeyPath<Model, ListState<Row>>
    ) -> [Effect] {
        for item in page.items { self[keyPath: list].mark(item.row) }
        let count = marking.count + page.items.count
        let next = page.resume ?? (page.hasAfter ? page.items.last?.cursor : nil)
        guard let next, !self[keyPath: list].marks.isFull else {
            self.marking = nil
            if self[keyPath: list].marks.isFull, next != nil { sayFull() }
            return []
        }
        let request = PageRequest(.after(next), limit: PageRequest.maximumLimit)
        guard let query = marking.query.from(request) else { return [] }
        self.marking = Marking(pane: marking.pane, query: query, count: count)
        return [.load(query)]
    }

    /// How many are marked, wherever one looks: the lists that are not in front by their names.
    var marksWords: SafeText {
        var parts: [String] = []
        func add(_ count: Int, _ hidden: Int?, _ pane: Pane, _ thing: String) {
            guard count > 0 else { return }
            let outside = front == pane ? hidden.map { $0 > 0 ? ", \(Count.number($0).text) not shown" : "" } ?? "" : ""
            parts.append((front == pane ? "\(Count.number(count).text) marked" : Count.of(count, thing).text) + outside)
        }
        add(tokens.marks.count, tokens.hiddenMarks, .tokens, "token")
        add(members.marks.count, members.hiddenMarks, .members, "member")
        return parts.isEmpty ? "" : "✓ \(parts.joined(separator: ", "))"
    }
}

extension Query {
    /// The same list with the same filter and order, from another place on.
    fileprivate func from(_ request: PageRequest) -> Query? {
        switch self {
        case .members(_, let sort, let isReversed, let filter):
            .members(request, sort: sort, isReversed: isReversed, filter: filter)
        case .tokens(_, let sort, let isReversed, let filter):
            .tokens(request, sort: sort, isReversed: isReversed, filter: filter)
        default: nil
        }
    }
}
