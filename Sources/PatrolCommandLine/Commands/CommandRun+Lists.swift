import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

/// A page of a list is asked for, and given.
typealias PageSource<Row: Hashable & Sendable> = (PageRequest) throws(PatrolError) -> Page<Row>

extension CommandRun {
    mutating func listMembers() throws(CommandFailure) {
        let patrol = try current()
        let (wanted, wording) = (try selection(of: .members, usually: MemberSort.name), wording)
        try list(Columns.members, hint: wanted.filter.hint(in: .members), cells: { $0.cells(wording) }, json: \.json) {
            (page) throws(PatrolError) in
            try patrol.members(page, sort: wanted.sort, isReversed: wanted.isReversed, filter: wanted.filter)
        }
    }

    mutating func listRoles() throws(CommandFailure) {
        let patrol = try open().patrol
        let wanted = try selection(of: .roles, usually: RoleSort.kind)
        try list(Columns.roles, hint: wanted.filter.hint(in: .roles), cells: \.cells, json: \.json) { (page) throws(PatrolError) in
            try patrol.roles(page, sort: wanted.sort, isReversed: wanted.isReversed, filter: wanted.filter)
        }
    }

    mutating func listTokens() throws(CommandFailure) {
        let patrol = try current()
        let (wanted, wording) = (try selection(of: .tokens, usually: TokenSort.risk), wording)
        try list(Columns.tokens, hint: wanted.filter.hint(in: .tokens), cells: { $0.cells(wording) }, json: \.json) {
            (page) throws(PatrolError) in
            try patrol.tokens(page, sort: wanted.sort, isReversed: wanted.isReversed, filter: wanted.filter)
        }
    }

    /// The account with its findings up to date; as they were last stored, where nothing can be.
    mutating func current() throws(CommandFailure) -> Patrol {
        let opened = try open()
        let patrol = opened.patrol
        if opened.isReadOnly { return patrol }
        try Self.door { () throws(PatrolError) in
            while try patrol.refreshRisks(limit: 10_000) {}
        }
        return patrol
    }

    /// Prints a list: a table, a fact a line, or one JSON array with a row on each line.
    ///
    /// - Parameter hint: How its filter may be meant, where nothing is found.
    mutating func list<Row: SpokenRow>(
        _ columns: [TableColumn], hint: SafeText? = nil, cells: (Row) -> [SafeText], json: (Row) -> JSON,
        from source: PageSource<Row>
    ) throws(CommandFailure) {
        var table = TextTable(columns, width: width)
        var count = 0
        let (isJSON, isPlain, wording) = (isJSON, isPlain, wording)
        if isJSON { try output.own("[") }
        try Self.pages(limit: line.number("limit") ?? .max, from: source) { (rows) throws(CommandFailure) in
            if isJSON {
                for row in rows {
                    try output.own(count == 0 ? "\n" : ",\n")
                    try output.part(json(row))
                    count += 1
                }
            } else if isPlain {
                count += rows.count
                for row in rows { try read(row.facts(wording)) }
            } else {
                count += rows.count
                for line in table.lines(rows.map(cells)) { try output.line(line) }
            }
        }
        if isJSON {
            try output.own(count == 0 ? "]\n" : "\n]\n")
        } else if count == 0 {
            let hint = hint.map { "; \($0.text)" } ?? ""
            tell(line.has("filter") || line.has("view") ? "nothing matches the filter\(hint)" : "there is nothing here yet")
        } else if isPlain {
            try output.line("end of the list, \(Count.number(count).text) in all")
        }
    }

    /// All rows of a list, page by page, at most `limit`.
    static func pages<Row: Hashable & Sendable>(
        limit: Int, from source: PageSource<Row>, _ body: ([Row]) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        var start = PageRequest.Start.first
        var wanted = limit
        while wanted > 0 {
            let request = PageRequest(start, limit: min(wanted, PageRequest.maximumLimit))
            let page = try Self.door { () throws(PatrolError) in try source(request) }
            try body(page.items.map(\.row))
            wanted -= page.items.count
            if let resume = page.resume {
                start = .after(resume)
            } else if page.hasAfter, let last = page.items.last {
                start = .after(last.cursor)
            } else {
                return
            }
        }
    }
}
