package import PatrolDomain

extension ReadTransaction {
    /// The allowed calls of a token in the 90 days before `now`, or in 400 where its calls come with long pauses:
    /// of the newest `limit` rows.
    ///
    /// - Parameter isLongAllowed: False: 90 days, whatever its calls are like.
    package func knownUse(
        of token: AccessToken, limit: Int = 1_000_000, isLongAllowed: Bool = true, at now: Timestamp
    ) throws(StorageError) -> KnownUse {
        let connection = try live()
        let start = now - (isLongAllowed ? KnownUse.longWindow : KnownUse.window)
        var tally = KnownUseTally(shortWindowBegins: (now - KnownUse.window).startOfHour)
        try UseHourRecord.walk(of: token.id, since: start, limit: limit + 1, connection) {
            row throws(StorageError) in
            if tally.rows < limit { tally.add(row) }
            tally.rows += 1
        }
        let hasBeat = isLongAllowed && tally.hasBeat(at: now)
        let from = now - (hasBeat ? KnownUse.longWindow : KnownUse.window)
        return KnownUse(
            calls: try tally.calls(isLong: hasBeat, connection), rows: min(tally.rows, limit),
            coverage: UseCoverage(of: token, windows: try useWindows(from: from, to: now), from: from, to: now),
            hasBeat: hasBeat, isCut: tally.rows > limit)
    }

    /// Other tokens in force with exactly this purpose, at most `limit`, found among the first 5,000 that have
    /// its words.
    package func tokens(
        sharingPurposeOf token: AccessToken, limit: Int
    ) throws(StorageError) -> [AccessToken] {
        guard let words = WordQuery.match([token.purpose], areWhole: true) else { return [] }
        let connection = try live()
        return try connection.rows(
            """
            SELECT \(TokenRecord.columns) FROM (
                SELECT rowid AS found FROM token_text WHERE token_text MATCH ? LIMIT 5000)
            CROSS JOIN token ON token.number = found
            WHERE token.is_deleted = 0 AND token.purpose = ? AND token.id <> ? LIMIT ?
            """,
            [.text(words), .text(token.purpose), .text(token.id.text), .integer(limit)]
        ) { row throws(StorageError) in try TokenRecord.token(row, connection) }
    }
}

/// Allowed calls of one token, added up by their words' numbers.
private struct KnownUseTally {
    private struct Kind: Hashable {
        let action: Int64
        let resource: Int64
        let network: Int64
        let client: Int64
    }

    private struct Sum {
        var calls = 0
        var firstAt: Timestamp
        var lastAt: Timestamp

        init(_ row: HourRow) {
            firstAt = row.firstAt
            lastAt = row.lastAt
        }

        mutating func add(_ row: HourRow) {
            calls += row.calls
            firstAt = min(firstAt, row.firstAt)
            lastAt = max(lastAt, row.lastAt)
        }
    }

    let shortWindowBegins: Timestamp
    var rows = 0
    private var recent: [Kind: Sum] = [:]
    private var older: [Kind: Sum] = [:]
    private var beats: [Int64: Beat] = [:]

    init(shortWindowBegins: Timestamp) { self.shortWindowBegins = shortWindowBegins }

    /// Rows come newest first.
    mutating func add(_ row: HourRow) {
        guard row.outcome == .allowed else { return }
        beats[row.action, default: Beat()].note(row.lastAt)
        let kind = Kind(action: row.action, resource: row.resource, network: row.network, client: row.client)
        if row.hour >= shortWindowBegins.milliseconds {
            recent[kind, default: Sum(row)].add(row)
        } else {
            older[kind, default: Sum(row)].add(row)
        }
    }

    func hasBeat(at now: Timestamp) -> Bool { beats.values.contains { $0.isAlive(at: now) } }

    /// The most frequent first.
    func calls(isLong: Bool, _ connection: Connection) throws(StorageError) -> [UsedCalls] {
        var sums = recent
        if isLong {
            sums.merge(older) { recent, older in
                var both = recent
                both.calls += older.calls
                both.firstAt = min(both.firstAt, older.firstAt)
                return both
            }
        }
        var texts = UseTexts(connection)
        var calls: [UsedCalls] = []
        for (kind, sum) in sums {
            let action = Action(try texts.text(of: kind.action))
            // It needs no right.
            if action == .presentToken { continue }
            calls.append(
                UsedCalls(
                    action: action, resource: try texts.text(of: kind.resource),
                    network: try texts.text(of: kind.network), client: try texts.text(of: kind.client),
                    calls: sum.calls, firstAt: sum.firstAt, lastAt: sum.lastAt))
        }
        return calls.sorted {
            ($1.calls, $0.action.name, $0.resource, $0.network, $0.client)
                < ($0.calls, $1.action.name, $1.resource, $1.network, $1.client)
        }
    }
}
