/// The four lists.
package enum Pane: Int, CaseIterable, Hashable, Sendable {
    case members, roles, tokens, audit
}

/// A place for each pane that is visible: asked for many times a key, so it lies in the layout itself.
struct PanePlaces: Hashable, Sendable {
    private var members: Rect?
    private var roles: Rect?
    private var tokens: Rect?
    private var audit: Rect?

    subscript(pane: Pane) -> Rect? {
        get {
            switch pane {
            case .members: members
            case .roles: roles
            case .tokens: tokens
            case .audit: audit
            }
        }
        set {
            switch pane {
            case .members: members = newValue
            case .roles: roles = newValue
            case .tokens: tokens = newValue
            case .audit: audit = newValue
            }
        }
    }
}

/// Where everything stands, from the size of the screen and what is in front.
struct Layout: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// One line says what is needed.
        case tooSmall
        /// One list, or the detail, and a strip of the newest audit entries.
        case single
        /// All lists, and the detail beside them.
        case panes
    }

    static let smallest = Size(rows: 15, columns: 60)
    static let forAllPanes = Size(rows: 30, columns: 110)

    let kind: Kind
    /// Of what is visible: the whole pane with its rule.
    private(set) var panes = PanePlaces()
    private(set) var detail: Rect?
    /// The newest audit entries, with their rule.
    private(set) var strip: Rect?
    let header: Rect
    let status: Rect
    let hints: Rect

    init(size: Size, front: Pane, isDetailOpen: Bool, isZoomed: Bool) {
        header = Rect(row: 0, column: 0, rows: 1, columns: size.columns)
        status = Rect(row: size.rows - 2, column: 0, rows: 1, columns: size.columns)
        hints = Rect(row: size.rows - 1, column: 0, rows: 1, columns: size.columns)
        let body = Rect(row: 1, column: 0, rows: size.rows - 3, columns: size.columns)
        if size.rows < Self.smallest.rows || size.columns < Self.smallest.columns {
            kind = .tooSmall
        } else if size.rows >= Self.forAllPanes.rows, size.columns >= Self.forAllPanes.columns, !isZoomed {
            kind = .panes
            layPanes(body)
        } else {
            kind = .single
            laySingle(body, front: front, isDetailOpen: isDetailOpen, isZoomed: isZoomed)
        }
    }

    private mutating func layPanes(_ body: Rect) {
        let detailColumns = min(max(body.columns * 38 / 100, 44), 110)
        let left = body.columns - detailColumns - 1
        let members = max(6, body.rows * 22 / 100)
        let roles = max(5, body.rows * 18 / 100)
        let audit = max(7, body.rows * 26 / 100)
        let heights = [members, roles, body.rows - members - roles - audit, audit]
        var row = body.row
        for (pane, rows) in zip(Pane.allCases, heights) {
            panes[pane] = Rect(row: row, column: 0, rows: rows, columns: left)
            row += rows
        }
        detail = Rect(row: body.row, column: left + 1, rows: body.rows, columns: detailColumns)
    }

    private mutating func laySingle(_ body: Rect, front: Pane, isDetailOpen: Bool, isZoomed: Bool) {
        var main = body
        if front != .audit && !isZoomed {
            let rows = body.rows >= 18 ? 4 : 2
            main.rows -= rows
            strip = Rect(row: main.row + main.rows, column: 0, rows: rows, columns: body.columns)
        }
        if isDetailOpen { detail = main } else { panes[front] = main }
    }

    /// The rule takes a row, and the titles of the columns another where there is room.
    func hasColumnTitles(_ pane: Pane) -> Bool {
        guard pane != .audit, let rect = panes[pane] else { return false }
        return kind == .single || rect.rows >= 6
    }

    /// How many rows of the list are visible.
    func listRows(_ pane: Pane) -> Int {
        guard let rect = panes[pane] else { return 0 }
        let rule = kind == .panes ? 1 : 0
        return max(1, rect.rows - rule - (hasColumnTitles(pane) ? 1 : 0))
    }

    /// How many lines of the detail are visible.
    var detailRows: Int { max(1, (detail?.rows ?? 1) - 1) }

    /// How wide the detail's text is.
    var detailColumns: Int { max(1, (detail?.columns ?? 1) - 2) }
}
