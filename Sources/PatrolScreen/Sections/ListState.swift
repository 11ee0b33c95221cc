import PatrolDomain

/// A row that can be found again by an id.
protocol Listed: Hashable, Sendable {
    var rowID: String { get }
}

/// Which part of a list was asked for, and so how the answer is to be taken.
enum ListLoad: Hashable, Sendable {
    /// The beginning, with the cursor on the first row.
    case first
    /// The end, with the cursor on the last row.
    case last
    case more
    case before
    /// The same rows again, as they are now.
    case again
}

/// A window on a long list: some rows of it, with more to be had at both ends.
struct ListState<Row: Listed>: Equatable, Sendable {
    /// Rows to ask for at once, and rows to keep.
    static var pageRows: Int { 120 }
    static var windowRows: Int { PageRequest.maximumLimit }

    private(set) var items: [Page<Row>.Item] = []
    private(set) var hasBefore = false
    private(set) var hasAfter = false
    private(set) var isLoaded = false
    /// The place of the cursor and of the first visible row, in `items`.
    private(set) var selected = 0
    private(set) var top = 0
    var marks = Marks<Row>()
    /// Marks that follow the cursor.
    var range: MarkRange<Row>?
    var filter = Filter()
    var filterText = ""
    /// What is under way.
    private(set) var awaited: (query: Query, load: ListLoad)?
    /// The rows may have changed since they were loaded.
    var isStale = false
    /// A new row that the cursor is to go to, with the next answer.
    private(set) var sought: String?
    /// A load failed; nothing is asked for by itself.
    private(set) var isHalted = false
    /// Where a search stopped that has not found enough to fill the screen, going down or going up.
    private(set) var resume: PageCursor?
    private var resumeUpwards: PageCursor?
    /// How many rows the search has looked at since it began.
    private(set) var lookedAt = 0
    /// Somebody stopped the search; moving down goes on with it.
    private(set) var isStopped = false
    /// How many rows are visible.
    private var visibleRows = 0
    /// A search goes on by itself until the screen was full once; from then on more comes when it is wanted.
    private var hasBeenFull = false
    /// Rows that are not visible may be old, because only the visible ones of a filtered list are searched anew.
    private var isStaleOutside = false
    private var settledTop = 0
    /// What was done here shows at once: the whole window is loaded anew, though the list is filtered.
    private var isRenewed = true

    static func == (left: Self, right: Self) -> Bool {
        left.selected == right.selected && left.top == right.top && left.items == right.items
            && left.hasBefore == right.hasBefore && left.hasAfter == right.hasAfter
            && (left.resume == nil) == (right.resume == nil)
            && left.marks == right.marks && left.range == right.range && left.filter == right.filter
            && left.filterText == right.filterText && left.awaited?.query == right.awaited?.query
            && left.lookedAt == right.lookedAt && left.isStopped == right.isStopped && left.isStale == right.isStale && left.isLoaded == right.isLoaded
    }

    var current: Row? { items.indices.contains(selected) ? items[selected].row : nil }
    var isSearching: Bool { awaited != nil && !filter.isEmpty }

    var marked: [Row] { marks.rows }

    func isMarked(_ row: Row) -> Bool { marks.contains(row) }

    // MARK: Asking

    /// The page to ask for; nil while another one is awaited or there is nothing there.
    func request(_ load: ListLoad) -> PageRequest? {
        guard awaited == nil else { return nil }
        switch load {
        case .first: return PageRequest(.first, limit: sought == nil ? firstRows : Self.windowRows)
        case .last: return PageRequest(.last, limit: firstRows)
        case .more:
            if let resume { return PageRequest(.after(resume), limit: Self.pageRows) }
            guard hasAfter, let last = items.last else { return nil }
            return PageRequest(.after(last.cursor), limit: Self.pageRows)
        case .before:
            if let resumeUpwards { return PageRequest(.before(resumeUpwards), limit: Self.pageRows) }
            guard hasBefore, let first = items.first else { return nil }
            return PageRequest(.before(first.cursor), limit: Self.pageRows)
        case .again where keepsRows: return PageRequest(visibleStart, limit: visibleRows)
        case .again:
            let limit = min(Self.windowRows, max(Self.pageRows, items.count + Self.pageRows / 2))
            guard hasBefore, let first = items.first else { return PageRequest(.first, limit: limit) }
            return PageRequest(.from(first.cursor), limit: limit)
        }
    }

    /// Of a list that is another one now as many rows as are seen; those to spare come after the first frame.
    private var firstRows: Int { visibleRows > 0 ? min(visibleRows + 2, Self.windowRows) : Self.pageRows }

    /// A filtered list keeps what it found: a search through everything with each foreign change would never end.
    private var keepsRows: Bool { !isRenewed && !filter.isEmpty && !items.isEmpty && visibleRows > 0 }

    private var visibleStart: PageRequest.Start {
        (hasBefore || top > 0) && items.indices.contains(top) ? .from(items[top].cursor) : .first
    }

    /// The rows may have changed: by somebody else, or by what was done here.
    mutating func markStale(isOwn: Bool) {
        isStale = true
        isRenewed = isRenewed || isOwn
    }

    mutating func await(_ query: Query, _ load: ListLoad) {
        awaited = (query, load)
        isHalted = false
        isStopped = false
        if load == .first || load == .last { lookedAt = 0 }
        if load == .again || load == .first || load == .last { isStale = false }
    }

    /// Forgets what is awaited: its answer will not be taken.
    mutating func dropAwaited() {
        awaited = nil
        resume = nil
        resumeUpwards = nil
    }

    // MARK: Answers

    /// Takes a page into the window. The cursor and the first visible row stay where they are by id;
    /// answers to older questions are passed over.
    ///
    /// - Returns: Whether a new row was looked for in vain.
    mutating func take(_ page: Page<Row>, for query: Query) -> Bool {
        guard let awaited, awaited.query == query else { return false }
        self.awaited = nil
        if awaited.load == .again, isLoaded, keepsRows {
            mend(with: page)
            return false
        }
        lookedAt += page.lookedAt
        let isUpwards = awaited.load == .last || awaited.load == .before
        resume = isUpwards ? nil : page.resume
        resumeUpwards = isUpwards ? page.resume : nil
        switch awaited.load {
        case .first: replace(with: page, selecting: 0)
        case .last: replace(with: page, selecting: page.items.count - 1)
        case .again:
            if isLoaded { keepPlace(in: page) } else { replace(with: page, selecting: 0) }
        case .more: append(page)
        case .before: prepend(page)
        }
        isLoaded = true
        if let sought, let place = items.firstIndex(where: { $0.row.rowID == sought }) {
            self.sought = nil
            selected = place
        }
        return sought != nil && awaited.load == .first
    }

    private mutating func replace(with page: Page<Row>, selecting place: Int) {
        items = page.items
        hasBefore = page.hasBefore
        hasAfter = page.hasAfter
        selected = max(0, place)
        top = selected
        isStaleOutside = false
        hasBeenFull = false
        isRenewed = false
    }

    /// Puts the visible rows as they are now in the place of the old ones, and keeps the others.
    private mutating func mend(with page: Page<Row>) {
        let (offset, id) = (selected - top, current?.rowID)
        let fresh = Set(page.items.map(\.row.rowID))
        let before = items[..<top].filter { !fresh.contains($0.row.rowID) }
        var after: [Page<Row>.Item] = []
        if page.resume != nil || page.hasAfter {
            // Rows after the last one that is known anew; all of them where the search stopped short of any.
            let last = page.items.last?.row.rowID
            let start = last.map { last in items.lastIndex { $0.row.rowID == last }.map { $0 + 1 } } ?? top
            after = start.map { items[max($0, top)...].filter { !fresh.contains($0.row.rowID) } } ?? []
            // Where a search stopped short is remembered once: it does not begin again.
            if after.isEmpty, page.resume == nil { (hasAfter, resume) = (true, nil) }
        } else {
            (hasAfter, resume) = (false, nil)
        }
        items = before + page.items + after
        if let id, let place = items.firstIndex(where: { $0.row.rowID == id }) { selected = place }
        selected = max(0, min(selected, items.count - 1))
        top = max(0, selected - offset)
        settledTop = top
        isStaleOutside = true
        marks.renew(from: items)
    }

    private mutating func keepPlace(in page: Page<Row>) {
        hasBeenFull = false
        isRenewed = false
        let offset = selected - top
        let id = current?.rowID
        items = page.items
        hasBefore = page.hasBefore
        hasAfter = page.hasAfter
        if let id, let place = items.firstIndex(where: { $0.row.rowID == id }) { selected = place }
        selected = max(0, min(selected, items.count - 1))
        top = max(0, selected - offset)
        marks.renew(from: items)
    }

    private mutating func append(_ page: Page<Row>) {
        items += page.items
        hasAfter = page.hasAfter
        let surplus = items.count - Self.windowRows
        // What is visible stays, however large the screen.
        let removable = min(max(0, surplus), max(0, top - Self.pageRows / 2))
        guard removable > 0 else { return }
        items.removeFirst(removable)
        selected -= removable
        top -= removable
        hasBefore = true
    }

    private mutating func prepend(_ page: Page<Row>) {
        items.insert(contentsOf: page.items, at: 0)
        selected += page.items.count
        top += page.items.count
        hasBefore = page.hasBefore
        let surplus = items.count - Self.windowRows
        let removable = min(max(0, surplus), max(0, items.count - selected - Self.pageRows))
        guard removable > 0 else { return }
        items.removeLast(removable)
        hasAfter = true
    }

    /// A question was not answered: nothing more is asked for until somebody wants it.
    mutating func fail(_ query: Query) {
        guard let awaited, awaited.query == query else { return }
        dropAwaited()
        sought = nil
        isHalted = true
        isLoaded = true
    }

    /// Ends a search that goes on from page to page: what was found stays, and nothing is asked for until somebody
    /// wants more. False when there is none.
    mutating func stopSearch() -> Bool {
        guard isSearching, lookedAt > 0, awaited?.load != .again else { return false }
        awaited = nil
        (isStopped, isHalted, isLoaded) = (true, true, true)
        return true
    }

    /// Goes on with a search that was stopped.
    mutating func resumeSearch() {
        guard isStopped else { return }
        (isStopped, isHalted) = (false, false)
        if items.isEmpty, resume == nil { isLoaded = false }
    }

    /// The cursor goes to this row as soon as it is loaded.
    mutating func seek(_ id: String) { sought = id }

    /// Gives up the search for a new row. Its id, if there was one.
    mutating func stopSeeking() -> String? {
        defer { sought = nil }
        return sought
    }

    /// Nothing is known any more, until the next page comes.
    mutating func forget() {
        items = []
        hasBefore = false
        hasAfter = false
        selected = 0
        top = 0
        isLoaded = false
    }

    /// The first row on top, with the cursor, whatever was there.
    mutating func showFirst() {
        top = 0
        selected = 0
    }

    // MARK: Moving

    mutating func move(by rows: Int) { select(selected + rows) }

    /// A page down or up: what is visible moves as far as the cursor.
    mutating func page(by rows: Int) {
        top = max(0, top + rows)
        select(selected + rows)
    }

    mutating func select(_ place: Int) { selected = max(0, min(place, items.count - 1)) }

    /// Keeps the cursor among the visible rows, and the window filled.
    ///
    /// - Parameter leap: how many rows more than needed go by when the cursor leaves them.
    mutating func settle(visible rows: Int, leap: Int = 0) {
        selected = max(0, min(selected, items.count - 1))
        if selected < top { top = selected - leap }
        if selected >= top + rows { top = selected - rows + 1 + leap }
        top = max(0, min(top, max(0, items.count - rows)))
        visibleRows = rows
        if items.count >= rows { hasBeenFull = true }
        if isStaleOutside, top != settledTop { (isStale, isStaleOutside) = (true, false) }
        settledTop = top
    }

    /// What has to be loaded for the screen to be full, with some to spare.
    func wanted(visible rows: Int) -> ListLoad? {
        guard awaited == nil, !isHalted || isStale else { return nil }
        if !isLoaded { return .first }
        if isStale { return .again }
        let spare = Self.pageRows / 3
        if resume != nil {
            let isWanted = hasBeenFull ? selected >= items.count - 1 : items.count < top + rows
            return isWanted ? .more : hasBefore && top < spare ? .before : nil
        }
        if resumeUpwards != nil, items.count < rows { return .before }
        if hasAfter, items.count - selected < max(rows, spare) { return .more }
        if hasBefore, top < spare { return .before }
        return nil
    }

    // MARK: Marks

    mutating func toggleMark() {
        guard let current else { return }
        if isMarked(current) { marks.remove(ids: [current.rowID]) } else { marks.insert(current) }
    }

    /// How many marked rows the filter leaves out; nil where that is not known, because not all that it lets through
    /// is loaded.
    var hiddenMarks: Int? {
        if filter.isEmpty { return 0 }
        guard isLoaded, awaited == nil, resume == nil, !hasBefore, !hasAfter, !isStopped else { return nil }
        return marks.count - items.count { isMarked($0.row) }
    }

    mutating func mark(_ row: Row) { marks.insert(row) }

    mutating func unmarkAll() {
        marks = Marks()
        range = nil
    }

    mutating func unmark(ids: Set<String>) { marks.remove(ids: ids) }
}

extension MemberRow: Listed { var rowID: String { member.id.text } }
extension TokenRow: Listed { var rowID: String { token.id.text } }
extension RoleRow: Listed {
    var rowID: String {
        switch listing {
        case .base(let role): "base:\(role.rawValue)"
        case .custom(let role): role.id.text
        }
    }

    var reference: RoleReference {
        switch listing {
        case .base(let role): .base(role)
        case .custom(let role): .custom(role.id)
        }
    }
}
extension AuditRow: Listed {
    var rowID: String {
        switch self {
        case .entry(let entry): "\(entry.sequence)"
        case .past(let entry): "past:\(entry.id)"
        }
    }
}
