import PatrolDomain
import PatrolPresentation

/// What to load before the first frame.
package func start(_ model: inout Model) -> [Effect] {
    [.load(.account), .listThemes] + (model.hasMouse ? [.captureMouse(true)] : []) + model.newestEffects
        + model.activityEffects(isOwn: true) + model.settle()
}

/// Takes a message into the model, and says what is to be done about it.
package func update(_ model: inout Model, _ message: Message) -> [Effect] {
    if case .tick(let now) = message {
        model.now = max(model.now, now)
        return model.agedActivityEffects()
    }
    var effects: [Effect]
    let hadStrip = model.layout.strip != nil
    let capturedMouse = model.capturesMouse
    switch message {
    case .key(let key): effects = model.take(key)
    case .paste(let text): effects = model.paste(text)
    case .resized(let size):
        model.size = size.clamped
        effects = []
    case .mouse(let event): effects = model.take(event)
    case .background, .tick: effects = []
    case .reply(let reply): effects = model.take(reply)
    case .changed: effects = model.noteChange(isOwn: false)
    case .resumed: effects = [.redraw] + model.noteChange()
    }
    // What it showed before it was hidden may be old.
    if !hadStrip { effects += model.newestEffects.filter { !effects.contains($0) } }
    effects += model.settle()
    if model.capturesMouse != capturedMouse { effects.insert(.captureMouse(!capturedMouse), at: 0) }
    model.settleQuestion()
    model.settleBatch()
    return effects
}

extension Model {
    /// Something was committed, here or by another process: everything that is visible is loaded again.
    mutating func noteChange(isOwn: Bool = true) -> [Effect] {
        members.markStale(isOwn: isOwn)
        roles.markStale(isOwn: isOwn)
        tokens.markStale(isOwn: isOwn)
        audit.markStale(isOwn: isOwn)
        return [.load(.account)] + newestEffects + activityEffects(isOwn: isOwn) + (layout.detail == nil ? [] : detailEffects)
            + reviewEffects
    }

    /// Asks for the strip, where there is one.
    var newestEffects: [Effect] { layout.strip == nil ? [] : [.load(Self.newestQuery)] }

    static let newestQuery = Query.audit(PageRequest(.first, limit: 4), filter: Filter())

    /// Makes everything fit: cursors among the visible rows, windows filled, the detail that of the cursor's row.
    mutating func settle() -> [Effect] {
        let layout = layout
        var effects: [Effect] = []
        effects += settle(.members, \.members, rows: layout.listRows(.members), in: layout)
        effects += settle(.roles, \.roles, rows: layout.listRows(.roles), in: layout)
        effects += settle(.tokens, \.tokens, rows: layout.listRows(.tokens), in: layout)
        effects += settle(.audit, \.audit, rows: layout.listRows(.audit), in: layout)
        settleFeed()
        settleRanges()
        effects += settleDetail(layout)
        return effects
    }

    private mutating func settle<Row>(
        _ pane: Pane, _ list: WritableKeyPath<Model, ListState<Row>>, rows: Int, in layout: Layout
    ) -> [Effect] {
        guard layout.panes[pane] != nil else { return [] }
        // A list as wide as the screen is scrolled by the terminal itself. Beside a detail each row has to be sent
        // again: half of them go by at once, and the next steps send two rows.
        self[keyPath: list].settle(visible: rows, leap: layout.kind == .panes ? rows / 2 : 0)
        guard let load = self[keyPath: list].wanted(visible: rows) else { return [] }
        return self.load(pane, load)
    }

    /// Asks for a part of a list, unless another part is awaited.
    mutating func load(_ pane: Pane, _ load: ListLoad) -> [Effect] {
        switch pane {
        case .members: self.load(pane, \.members, load)
        case .roles: self.load(pane, \.roles, load)
        case .tokens: self.load(pane, \.tokens, load)
        case .audit: self.load(pane, \.audit, load)
        }
    }

    private mutating func load<Row>(
        _ pane: Pane, _ list: WritableKeyPath<Model, ListState<Row>>, _ load: ListLoad
    ) -> [Effect] {
        guard let request = self[keyPath: list].request(load) else { return [] }
        let query = query(pane, request)
        self[keyPath: list].await(query, load)
        return [.load(query)]
    }

    func query(_ pane: Pane, _ request: PageRequest) -> Query {
        switch pane {
        case .members: 
            .members(request, sort: memberOrder.sort, isReversed: memberOrder.isReversed, filter: members.filter)
        case .roles:
            .roles(request, sort: roleOrder.sort, isReversed: roleOrder.isReversed, filter: roles.filter)
        case .tokens:
            .tokens(request, sort: tokenOrder.sort, isReversed: tokenOrder.isReversed, filter: tokens.filter)
        case .audit: .audit(request, filter: audit.filter)
        }
    }

    /// Loads a list from its beginning, because it is another list now: filtered or sorted otherwise.
    mutating func restart(_ pane: Pane) -> [Effect] {
        switch pane {
        case .members: members.dropAwaited()
        case .roles: roles.dropAwaited()
        case .tokens: tokens.dropAwaited()
        case .audit: audit.dropAwaited()
        }
        return load(pane, .first)
    }

    /// Notes when a question came on top.
    mutating func settleQuestion() {
        guard dialogs.last?.isQuestion == true else {
            questionSince = nil
            return
        }
        if questionSince == nil || questionDepth != dialogs.count { questionSince = now }
        questionDepth = dialogs.count
    }

    /// So long a question does not listen to keys that would confirm it: they were meant for what was there before.
    static let questionPause = TimeSpan(milliseconds: 150)

    /// The word that confirms was being written just now: what follows at once may be the rest of a paste.
    mutating func startQuestionPause() { questionSince = now }

    /// Whether the question on top has only just appeared.
    var isQuestionNew: Bool { questionSince.map { now - $0 < Self.questionPause } ?? true }

    // MARK: The feed

    /// After new rows came: the newest entry keeps the cursor while the feed follows. What is open in the
    /// detail stays open, and the feed is held.
    mutating func keepFollowing() {
        guard feed.isFollowing else { return }
        if front == .audit, isDetailFocused, audit.selected > 0 {
            feed.isFollowing = false
        } else {
            audit.showFirst()
        }
    }

    /// Follows the newest entries while nobody reads older ones.
    private mutating func settleFeed() {
        let total = account?.tally.auditEntries
        // The cursor was carried down to the last visible row: from here on its row stays in view.
        if audit.top > 0 || audit.hasBefore { feed.isFollowing = false }
        if feed.isFollowing {
            feed.seen = total
            feed.unseen = 0
        } else if let total, let seen = feed.seen {
            feed.unseen = max(0, total - seen)
        }
    }

    /// To the newest entries, and stays with them.
    mutating func followFeed() -> [Effect] {
        feed.isFollowing = true
        guard audit.hasBefore else {
            audit.showFirst()
            return []
        }
        audit.dropAwaited()
        audit.forget()
        return load(.audit, .first)
    }

    // MARK: The detail

    private mutating func settleDetail(_ layout: Layout) -> [Effect] {
        guard layout.detail != nil else { return [] }
        let wanted = subject
        guard wanted != detail.subject else { return [] }
        detail.subject = wanted
        detail.scroll = 0
        switch wanted {
        case .entry(let row)?: detail.show(.entry(row))
        case nil: detail.show(.nothing)
        // The text of the row before stays until the cursor rests.
        default: break
        }
        return detailEffects
    }

    var detailEffects: [Effect] { (detail.subject?.queries ?? []).map { .load($0) } }
}
