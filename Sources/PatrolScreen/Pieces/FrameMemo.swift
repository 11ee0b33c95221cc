import PatrolDomain
import PatrolPresentation

/// What the frame before was made of, so that of the next one only what changed is made anew.
///
/// With any memo `view` gives the same frame as with a fresh one: a part is taken over only where all that it is made
/// from is equal. Values that share their storage are found equal at once, so asking costs little.
package struct FrameMemo {
    var members = RowMemo<MemberRow>()
    var roles = RowMemo<RoleRow>()
    var tokens = RowMemo<TokenRow>()
    var audit = RowMemo<AuditRow>()
    var newest = RowMemo<AuditRow>()
    var detail = DetailMemo()
    var header = LineMemo<HeaderInputs>()
    var tally = LineMemo<Tally>()
    var hints = LineMemo<HintInputs>()
    var sheet = SheetMemo()

    package init() {}

    /// How many lines were made, not taken over, since the memo is there: what its frames cost.
    package var madeLines: Int {
        members.made + roles.made + tokens.made + audit.made + newest.made + detail.made
    }
}

/// What decides, beside the row, how a row of a list looks.
struct RowLook: Equatable {
    var columns: Int
    var times: Times
    var isMarked = false
    var highlight = Run.Highlight.none

    /// Whether it differs in the cursor alone.
    func hasSameBody(as other: Self) -> Bool {
        columns == other.columns && times == other.times && isMarked == other.isMarked
    }
}

/// The visible lines of a list, by their places in it.
struct RowMemo<Row: Listed> {
    private(set) var made = 0
    /// What the lines are made from, and the lines.
    private var entries: [Entry] = []
    private var lines: [Line] = []
    /// The list that they are of.
    private var source: [Page<Row>.Item] = []
    /// The place of the first of them.
    private var start = 0
    private var table: (columns: Int, isAbsolute: Bool, sorted: Int?, layout: TableLayout)?
    private var titles = LineMemo<TitleInputs>()
    private var pane: PaneInputs<Row>?
    private var paneLines: [Line] = []

    private struct Entry {
        var row: Row
        var look: RowLook
        /// The line without the cursor and its bar, which go from row to row.
        var body: Line
    }

    /// The whole pane: what stands above the rows, and the rows. `make` is called where anything changed.
    mutating func pane(_ wanted: PaneInputs<Row>, make: (inout Self) -> [Line]) -> [Line] {
        if pane == wanted { return paneLines }
        paneLines = make(&self)
        pane = wanted
        return paneLines
    }

    /// The titles of the columns.
    mutating func titles(_ wanted: TitleInputs, make: () -> Line) -> Line { titles.line(wanted, make: make) }

    /// How the columns of the list share the room.
    mutating func layout(_ columns: Int, isAbsolute: Bool, sorted: Int?, make: () -> TableLayout) -> TableLayout {
        if let table, table.columns == columns, table.isAbsolute == isAbsolute, table.sorted == sorted { return table.layout }
        let layout = make()
        // Lines that were made for other widths are made anew.
        if let table, table.layout != layout { (entries, lines) = ([], []) }
        table = (columns, isAbsolute, sorted, layout)
        return layout
    }

    /// The visible lines of a list, at most `rows` of them. `look` is that of the cursor's row; the others have no
    /// highlight. `sign` stands before the row of the cursor. `make` is called for those that are new.
    mutating func lines(
        of list: ListState<Row>, rows: Int, cursor look: RowLook, _ sign: SafeText, make: (Row, RowLook) -> Line
    ) -> [Line] {
        let places = list.top..<min(list.top + max(0, rows), max(list.top, list.items.count))
        // Of the very list that was drawn last no row has to be compared.
        let isSameList = source == list.items
        source = list.items
        // Rows that were loaded before the first one moved all of them.
        if !isSameList, let first = places.first, entries.first?.row == list.items[first].row { start = first }
        move(to: places)
        let hasMarks = !list.marked.isEmpty
        for place in places {
            var look = look
            if place != list.selected { look.highlight = .none }
            look.isMarked = hasMarks && list.isMarked(list.items[place].row)
            if isSameList, place - start < entries.count, entries[place - start].look == look { continue }
            note(list.items[place].row, look, at: place - start, sign, make: make)
        }
        return lines
    }

    /// The first rows of an array, all without a highlight.
    mutating func lines(
        of rows: ArraySlice<Row>, _ look: RowLook, _ sign: SafeText, make: (Row, RowLook) -> Line
    ) -> [Line] {
        move(to: 0..<rows.count)
        for (place, row) in rows.enumerated() { note(row, look, at: place, sign, make: make) }
        return lines
    }

    /// Keeps what stands at these places, as far as it is there.
    private mutating func move(to places: Range<Int>) {
        let shift = places.lowerBound - start
        start = places.lowerBound
        if shift >= 0 {
            entries.removeFirst(min(shift, entries.count))
            lines.removeFirst(min(shift, lines.count))
        } else {
            // The last ones go down; what stands above them is made anew.
            let known = max(0, min(entries.count, places.count + shift))
            let blank = entries.first.map { [Entry](repeating: $0, count: known > 0 ? -shift : 0) } ?? []
            entries = blank + entries.prefix(known)
            lines = [Line](repeating: .blank, count: blank.count) + lines.prefix(known)
            for place in blank.indices { entries[place].look.columns = -1 }
        }
        entries.removeLast(max(0, entries.count - places.count))
        lines.removeLast(max(0, lines.count - places.count))
    }

    private mutating func note(
        _ row: Row, _ look: RowLook, at place: Int, _ sign: SafeText, make: (Row, RowLook) -> Line
    ) {
        let isKnown = place < entries.count
        let hasBody = isKnown && entries[place].look.hasSameBody(as: look) && entries[place].row == row
        if hasBody, entries[place].look.highlight == look.highlight { return }
        made += 1
        let body = hasBody ? entries[place].body : make(row, look)
        let line = body.behind(sign, look.highlight)
        if hasBody {
            entries[place].look = look
            lines[place] = line
        } else if isKnown {
            entries[place] = Entry(row: row, look: look, body: body)
            lines[place] = line
        } else {
            entries.append(Entry(row: row, look: look, body: body))
            lines.append(line)
        }
    }
}

/// The text of the detail.
struct DetailMemo {
    private(set) var made = 0
    private var inputs: Inputs?
    private var lines: [Line] = []

    /// All that the text of the detail is made from.
    struct Inputs: Equatable {
        var detail: DetailState
        var isEmpty: Bool
        var account: AccountView?
        var activity: Activity?
        var times: Times
        var columns: Int

        /// Where it is scrolled to, and what it will be about once the cursor rests, are not part of its text.
        init(_ model: Model, columns: Int) {
            detail = model.detail
            detail.scroll = 0
            detail.subject = nil
            detail.pinned = nil
            isEmpty = model.subject == nil
            account = model.account
            activity = model.activity
            times = model.times
            self.columns = columns
        }
    }

    mutating func lines(_ wanted: Inputs, make: () -> [Line]) -> [Line] {
        if inputs == wanted { return lines }
        lines = make().map { $0.fitted(to: wanted.columns) }
        made += lines.count
        inputs = wanted
        return lines
    }
}

/// A line of its own, and what it was made from.
struct LineMemo<Inputs: Equatable> {
    private var inputs: Inputs?
    private var line = Line()

    mutating func line(_ wanted: Inputs, make: () -> Line) -> Line {
        if inputs == wanted { return line }
        line = make()
        inputs = wanted
        return line
    }
}

/// All that the top line is made from.
struct HeaderInputs: Equatable {
    var account: AccountView?
    var kind: Layout.Kind
    var front: Pane
    var columns: Int

    init(_ model: Model, _ kind: Layout.Kind) {
        account = model.account
        self.kind = kind
        front = model.front
        columns = model.size.columns
    }
}

/// All that the bottom line is made from.
struct HintInputs: Equatable {
    var hints: [HintItem]
    var hasHelp: Bool
    var columns: Int
}

/// All that the titles of a list's columns are made from.
struct TitleInputs: Equatable {
    var layout: TableLayout
    var isAbsolute: Bool
    /// The place of the column that the list is sorted by.
    var sorted: Int?
    var isReversed: Bool
}

/// All that a list in its place is made from, with its rule.
struct PaneInputs<Row: Listed>: Equatable {
    var list: ListState<Row>
    var look: RowLook
    var rows: Int
    /// As many rows may be visible without titles on a small screen as with them on a larger one.
    var hasTitles: Bool
    var kind: Layout.Kind
    var isFocused: Bool
    /// The order of this list; nil are those of the others.
    var memberOrder: MemberOrder?
    var roleOrder: RoleOrder?
    var tokenOrder: TokenOrder?
    var feed: FeedState
    var activity: Activity?
    var tally: Tally?

    init(_ list: ListState<Row>, _ look: RowLook, of pane: Pane, isFocused: Bool, in layout: Layout, of model: Model) {
        self.list = list
        self.look = look
        rows = layout.listRows(pane)
        hasTitles = layout.hasColumnTitles(pane)
        kind = layout.kind
        self.isFocused = isFocused
        memberOrder = pane == .members ? model.memberOrder : nil
        roleOrder = pane == .roles ? model.roleOrder : nil
        tokenOrder = pane == .tokens ? model.tokenOrder : nil
        feed = model.feed
        activity = model.activity
        tally = model.account?.tally
    }
}
