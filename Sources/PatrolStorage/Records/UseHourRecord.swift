internal import PatrolDomain

/// Table `use_hour`: calls, rolled up by hour.
enum UseHourRecord {
    private static let place = "token, hour, action, resource, network, client, secret, outcome"

    static let addition = """
        INSERT INTO use_hour (\(place), calls, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (\(place)) DO UPDATE SET
            calls = calls + excluded.calls, first_at = min(first_at, excluded.first_at),
            last_at = max(last_at, excluded.last_at)
        """

    static func add(
        _ hour: HourOfUse, token: Int64, _ words: inout UseWords, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            addition,
            [
                .integer(token), .integer(hour.hour.milliseconds),
                .integer(try words.number(of: hour.action.name, connection)),
                .integer(try words.number(of: hour.resource, connection)),
                .integer(try words.number(of: hour.network, connection)),
                .integer(try words.number(of: hour.client, connection)),
                .integer(try words.number(of: hour.secret, connection)),
                .integer(hour.outcome.rawValue), .integer(hour.calls), .integer(hour.firstAt.milliseconds),
                .integer(hour.lastAt.milliseconds),
            ])
    }

    static let deletion = """
        DELETE FROM use_hour WHERE (\(place)) IN (
            SELECT \(place) FROM use_hour INDEXED BY use_hour_by_hour WHERE hour < ? ORDER BY hour LIMIT ?)
        """

    /// Deletes hours before `time`, the oldest first; how many.
    static func delete(before time: Timestamp, limit: Int, _ connection: Connection) throws(StorageError) -> Int {
        try connection.run(deletion, [.integer(time.milliseconds), .integer(limit)])
        return connection.changedRows
    }

    static let newest = """
        SELECT hour, action, resource, network, client, secret, outcome, calls, first_at, last_at FROM use_hour
        WHERE token = ? AND hour >= ? ORDER BY hour DESC LIMIT ?
        """

    /// Shows hours of a token from `start` on, the newest first, at most `limit`.
    static func walk(
        of token: TokenID, since start: Timestamp, limit: Int, _ connection: Connection,
        _ visit: (HourRow) throws(StorageError) -> Void
    ) throws(StorageError) {
        guard let number = try TokenPlace.load(token, connection)?.number else { return }
        try walk(at: number, since: start, limit: limit, connection, visit)
    }

    /// The same of the token at a place in its table.
    static func walk(
        at number: Int64, since start: Timestamp, limit: Int, _ connection: Connection,
        _ visit: (HourRow) throws(StorageError) -> Void
    ) throws(StorageError) {
        let values: [Value] = [.integer(number), .integer(start.startOfHour.milliseconds), .integer(limit)]
        try connection.walk(newest, values) { row throws(StorageError) in
            try visit(HourRow(row))
            return true
        }
    }

    static let page = """
        SELECT hour, action, resource, network, client, secret, outcome, calls, first_at, last_at FROM use_hour
        WHERE token = ? AND (hour, action, resource, network, client, secret, outcome) > (?, ?, ?, ?, ?, ?, ?)
        ORDER BY hour, action, resource, network, client, secret, outcome LIMIT ?
        """

    /// Hours of a token after `place`, oldest first, at most `limit`, and the place of the last.
    static func page(
        of token: TokenID, after place: UsePlace, limit: Int, _ connection: Connection
    ) throws(StorageError) -> (hours: [HourOfUse], last: UsePlace?) {
        guard let number = try TokenPlace.load(token, connection)?.number else { return ([], nil) }
        let bound = place.numbers.map { Value.integer($0) }
        let rows = try connection.rows(page, [.integer(number)] + bound + [.integer(limit)]) {
            row throws(StorageError) in try HourRow(row)
        }
        var texts = UseTexts(connection)
        var hours: [HourOfUse] = []
        hours.reserveCapacity(rows.count)
        for row in rows { hours.append(try row.hour(of: token, &texts)) }
        return (hours, rows.last?.place)
    }
}

/// A row of `use_hour`, its words by number.
struct HourRow {
    let hour: Int64
    let action: Int64
    let resource: Int64
    let network: Int64
    let client: Int64
    let secret: Int64
    let outcome: UseOutcome
    let calls: Int
    let firstAt: Timestamp
    let lastAt: Timestamp

    init(_ row: Row) throws(StorageError) {
        hour = try row.integer(0)
        action = try row.integer(1)
        resource = try row.integer(2)
        network = try row.integer(3)
        client = try row.integer(4)
        secret = try row.integer(5)
        guard let outcome = UseOutcome(rawValue: try row.number(6)) else {
            throw .damaged(detail: "an outcome is unknown")
        }
        self.outcome = outcome
        calls = try row.number(7)
        firstAt = Timestamp(milliseconds: try row.integer(8))
        lastAt = Timestamp(milliseconds: try row.integer(9))
    }

    var place: UsePlace {
        UsePlace(numbers: [hour, action, resource, network, client, secret, Int64(outcome.rawValue)])
    }

    func hour(of token: TokenID, _ texts: inout UseTexts) throws(StorageError) -> HourOfUse {
        HourOfUse(
            token: token, hour: Timestamp(milliseconds: hour), action: Action(try texts.text(of: action)),
            resource: try texts.text(of: resource), network: try texts.text(of: network),
            client: try texts.text(of: client), secret: try texts.text(of: secret), outcome: outcome, calls: calls,
            firstAt: firstAt, lastAt: lastAt)
    }
}

/// Where a token stands in its table, and whose it is.
struct TokenPlace {
    let number: Int64
    let owner: MemberID?

    static func load(_ id: TokenID, _ connection: Connection) throws(StorageError) -> TokenPlace? {
        try connection.first("SELECT number, owner FROM token WHERE id = ?", [.text(id.text)]) {
            row throws(StorageError) in
            TokenPlace(number: try row.integer(0), owner: try row.optionalValue(1, MemberID.init))
        }
    }
}
