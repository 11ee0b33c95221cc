import PatrolDomain
import PatrolPresentation

extension Model {
    mutating func go(_ intent: Intent) -> [Effect] {
        switch intent {
        case .down, .up, .pageDown, .pageUp, .first, .last: return move(intent)
        case .openDetail: isDetailFocused = subject != nil
        case .back: return goBack()
        case .goTo: return goToDestination()
        case .nextPane: turn(by: 1)
        case .previousPane: turn(by: -1)
        case .showMembers: show(.members)
        case .showRoles: show(.roles)
        case .showTokens: show(.tokens)
        default: show(.audit)
        }
        return []
    }

    mutating func show(_ pane: Pane) {
        front = pane
        isDetailFocused = false
        detail.pinned = nil
        trail = []
    }

    /// To the next list; where all are visible, the detail is one of the stops.
    private mutating func turn(by step: Int) {
        let stops = Pane.allCases.count + (layout.kind == .panes ? 1 : 0)
        let here = isDetailFocused && layout.kind == .panes ? stops - 1 : front.rawValue
        let next = (here + step + stops) % stops
        if let pane = Pane(rawValue: next) { show(pane) } else { isDetailFocused = subject != nil }
    }

    // MARK: Within a list or a text

    private mutating func move(_ intent: Intent) -> [Effect] {
        if isDetailFocused {
            scrollDetail(intent)
            return []
        }
        switch front {
        case .members: return move(intent, .members, \.members)
        case .roles: return move(intent, .roles, \.roles)
        case .tokens: return move(intent, .tokens, \.tokens)
        case .audit: return moveFeed(intent)
        }
    }

    private mutating func move<Row>(
        _ intent: Intent, _ pane: Pane, _ list: WritableKeyPath<Model, ListState<Row>>
    ) -> [Effect] {
        let page = max(1, layout.listRows(pane) - 1)
        switch intent {
        case .down: self[keyPath: list].move(by: 1)
        case .up: self[keyPath: list].move(by: -1)
        case .pageDown: self[keyPath: list].page(by: page)
        case .pageUp: self[keyPath: list].page(by: -page)
        case .first: return jump(pane, list, .first)
        default: return jump(pane, list, .last)
        }
        return []
    }

    /// To an end of the list; what is there is loaded first if it has to be.
    private mutating func jump<Row>(
        _ pane: Pane, _ list: WritableKeyPath<Model, ListState<Row>>, _ load: ListLoad
    ) -> [Effect] {
        let isThere = load == .first ? !self[keyPath: list].hasBefore : !self[keyPath: list].hasAfter
        guard !isThere else {
            self[keyPath: list].select(load == .first ? 0 : self[keyPath: list].items.count - 1)
            return []
        }
        self[keyPath: list].dropAwaited()
        return self.load(pane, load)
    }

    /// Reading older entries holds the feed; the first row lets it run again.
    private mutating func moveFeed(_ intent: Intent) -> [Effect] {
        if intent == .first { return followFeed() }
        let effects = move(intent, .audit, \.audit)
        feed.isFollowing = audit.selected == 0 && !audit.hasBefore && intent != .last
        return effects
    }

    private mutating func scrollDetail(_ intent: Intent) {
        let rows = layout.detailRows
        let last = max(0, detailLines(columns: layout.detailColumns).count - rows)
        switch intent {
        case .down: detail.scroll += 1
        case .up: detail.scroll -= 1
        case .pageDown: detail.scroll += rows - 1
        case .pageUp: detail.scroll -= rows - 1
        case .first: detail.scroll = 0
        default: detail.scroll = last
        }
        detail.scroll = max(0, min(detail.scroll, last))
    }

    // MARK: To related things, and back

    /// Where `o` leads from here.
    enum Destination: Hashable {
        case detail(Subject)
        case tokens(filter: String)
    }

    var destination: Destination? {
        switch subject {
        case .entry(.entry(let entry))?: return Subject(entry.target).map { .detail($0) }
        case .entry(.past(let entry))?:
            guard let kind = AuditTarget.Kind(rawValue: entry.kind) else { return nil }
            return Subject(AuditTarget(kind, id: entry.targetID, name: entry.targetName)).map { .detail($0) }
        case .token?: return tokenInHand?.token.owner.map { .detail(.member($0)) }
        case .member?: return memberInHand.map { .tokens(filter: "owner:\(Self.quoted($0.member.email))") }
        case .role?: return roleInHand.map { .tokens(filter: "role:\(Self.quoted($0.key))") }
        case nil: return nil
        }
    }

    /// As a word of a filter.
    static func quoted(_ text: String) -> String {
        text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-_.@+".utf8.contains($0) } ? text : "\"\(text)\""
    }

    private mutating func goToDestination() -> [Effect] {
        guard let destination else { return [] }
        var visit = Visit(pane: front, isDetailFocused: isDetailFocused, subject: detail.pinned)
        switch destination {
        case .detail(let subject):
            trail.append(visit)
            detail.pinned = subject
            isDetailFocused = true
            return []
        case .tokens(let filter):
            visit.filteredPane = .tokens
            visit.filterText = tokens.filterText
            trail.append(visit)
            front = .tokens
            isDetailFocused = false
            detail.pinned = nil
            return setFilter(filter, of: .tokens)
        }
    }

    /// Exactly one step: out of a range, to where one came from, out of the detail, out of the filter, off the marks.
    private mutating func goBack() -> [Effect] {
        if marking != nil {
            stopMarking()
            return []
        }
        if members.range != nil || tokens.range != nil {
            endRanges()
            return []
        }
        if let visit = trail.popLast() {
            front = visit.pane
            isDetailFocused = visit.isDetailFocused
            detail.pinned = visit.subject
            guard let pane = visit.filteredPane else { return [] }
            return setFilter(visit.filterText, of: pane)
        }
        if isDetailFocused {
            isDetailFocused = false
            detail.pinned = nil
        } else if !filterText(of: front).isEmpty {
            return setFilter("", of: front)
        } else {
            tokens.unmarkAll()
            members.unmarkAll()
        }
        return []
    }
}
