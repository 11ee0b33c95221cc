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
    var now: Timestamp
    var isMarked = false
    var highlight = Run.Highlight.none
}

/// The visible lines of a list, by their places in it.
struct RowMemo<Row: Equatable> {
    private(set) var made = 0
    private var entries: [Entry] = []
    /// The place of the first entry.
    private var start = 0
    private var table: (columns: Int, layout: TableLayout)?

    private struct Entry {
        var row: Row
        var look: RowLook
        var line: Line
    }

    /// How the columns of the list share the room.
    mutating func layout(_ columns: Int, make: () -> TableLayout) -> TableLayout {
        if let table, table.columns == columns { return table.layout }
        let layout = make()
        table = (columns, layout)
        return layout
    }

    /// The lines at these places of a list; `make` is called for those that are new.
    mutating func lines(
        _ places: Range<Int>, row: (Int) -> Row, look: (Int, Row) -> RowLook, make: (Row, RowLook) -> Line
    ) -> [Line] {
        var next: [Entry] = []
        next.reserveCapacity(places.count)
        for place in places {
            let (row, old) = (row(place), place - start)
            let look = look(place, row)
            if entries.indices.contains(old), entries[old].look == look, entries[old].row == row {
                next.append(entries[old])
            } else {
                made += 1
                next.append(Entry(row: row, look: look, line: make(row, look)))
            }
        }
        (entries, start) = (next, places.lowerBound)
        return next.map(\.line)
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
        var now: Timestamp
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
            now = model.shownNow
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
