package import PatrolDomain

extension ReadTransaction {
    /// Hours of a token after `place`, oldest first, at most `limit`; and the place to go on from, nil at the end.
    package func hours(
        of token: TokenID, after place: UsePlace, limit: Int
    ) throws(StorageError) -> (hours: [HourOfUse], next: UsePlace?) {
        let (hours, last) = try UseHourRecord.page(of: token, after: place, limit: limit, live())
        return (hours, hours.count < limit ? nil : last)
    }

    /// What a token was used for since the hour of `start`, and from where: of the newest `limit` rows.
    package func useSummary(
        of token: TokenID, since start: Timestamp, limit: Int = 200_000
    ) throws(StorageError) -> UseSummary {
        let connection = try live()
        var tally = UseTally()
        try UseHourRecord.walk(of: token, since: start, limit: limit + 1, connection) {
            row throws(StorageError) in
            if tally.rows < limit { tally.add(row) }
            tally.rows += 1
        }
        return try tally.summary(isWhole: tally.rows <= limit, connection)
    }

    /// Times of which all use is on record that reach into the span, oldest first: the newest 10,000.
    package func useWindows(from start: Timestamp, to end: Timestamp) throws(StorageError) -> [UseWindow] {
        try UseWindowRecord.load(from: start, to: end, limit: 10_000, live())
    }

    /// What was seen of a token that is no use of it.
    package func signals(of token: TokenID) throws(StorageError) -> [TokenSignal] {
        try TokenSignalRecord.load(of: token, live())
    }

    /// The tokens in force whose secret ends so: at most `limit`.
    package func tokens(ending: String, limit: Int) throws(StorageError) -> [TokenID] {
        try live().rows(
            "SELECT id FROM token WHERE ending = ? AND deleted_at IS NULL LIMIT ?", [.text(ending), .integer(limit)]
        ) { row throws(StorageError) in try row.value(0, TokenID.init) }
    }

    /// A file of use that was begun, by its digest.
    package func useImport(_ digest: [UInt8]) throws(StorageError) -> UseImport? {
        try UseImportRecord.load(digest, live())
    }

    /// Another file of the same source with calls from the same time.
    package func useImport(overlapping file: UseImport) throws(StorageError) -> UseImport? {
        try UseImportRecord.overlapping(file, live())
    }

    /// Files of use, those begun last first.
    package func useImports(limit: Int) throws(StorageError) -> [UseImport] {
        try UseImportRecord.newest(limit: limit, live())
    }
}

/// Hours of one token, added up.
private struct UseTally {
    private struct Thing: Hashable {
        let action: Int64
        let resource: Int64
        let outcome: UseOutcome
    }

    private struct Place: Hashable {
        let network: Int64
        let client: Int64
        let secret: Int64
    }

    private struct Sum {
        var allowed = 0
        var refused = 0
        var firstAt: Timestamp
        var lastAt: Timestamp

        init(_ row: HourRow) {
            firstAt = row.firstAt
            lastAt = row.lastAt
        }

        mutating func add(_ row: HourRow) {
            if row.outcome == .allowed { allowed += row.calls } else { refused += row.calls }
            firstAt = min(firstAt, row.firstAt)
            lastAt = max(lastAt, row.lastAt)
        }
    }

    var rows = 0
    private var allowed = 0
    private var things: [Thing: Sum] = [:]
    private var places: [Place: Sum] = [:]

    mutating func add(_ row: HourRow) {
        let thing = Thing(action: row.action, resource: row.resource, outcome: row.outcome)
        things[thing, default: Sum(row)].add(row)
        places[Place(network: row.network, client: row.client, secret: row.secret), default: Sum(row)].add(row)
        if row.outcome == .allowed { allowed += row.calls }
    }

    func summary(isWhole: Bool, _ connection: Connection) throws(StorageError) -> UseSummary {
        var texts = UseTexts(connection)
        var summary = UseSummary(allowed: allowed, isWhole: isWhole)
        for (thing, sum) in things {
            summary.actions.append(
                UsedAction(
                    action: Action(try texts.text(of: thing.action)), resource: try texts.text(of: thing.resource),
                    outcome: thing.outcome, calls: sum.allowed + sum.refused, firstAt: sum.firstAt,
                    lastAt: sum.lastAt))
        }
        for (place, sum) in places {
            summary.origins.append(
                UseOrigin(
                    network: try texts.text(of: place.network), client: try texts.text(of: place.client),
                    secret: try texts.text(of: place.secret), allowed: sum.allowed, refused: sum.refused,
                    firstAt: sum.firstAt, lastAt: sum.lastAt))
        }
        summary.actions.sort {
            ($0.action.name, $0.resource, $0.outcome.rawValue) < ($1.action.name, $1.resource, $1.outcome.rawValue)
        }
        summary.origins.sort {
            ($1.lastAt, $0.network, $0.client, $0.secret) < ($0.lastAt, $1.network, $1.client, $1.secret)
        }
        return summary
    }
}
