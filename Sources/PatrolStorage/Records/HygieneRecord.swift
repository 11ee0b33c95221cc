internal import PatrolDomain

/// What the rules of hygiene look at besides the token itself, read only.
enum HygieneRecord {
    /// Rows of use that are looked at of one token: the newest.
    private static let maximumHours = 200_000

    /// Days on which anything was recorded, in order.
    static func recordedDays(since start: Timestamp, _ connection: Connection) throws(StorageError) -> [Timestamp] {
        try connection.rows(
            "SELECT day FROM recorded_day WHERE day >= ? ORDER BY day", [.integer(start.milliseconds / UsageRecord.day)]
        ) { row throws(StorageError) in Timestamp(milliseconds: try row.integer(0) * UsageRecord.day) }
    }

    /// Whether there is anything in a table.
    static func isAny(_ table: Table, _ connection: Connection) throws(StorageError) -> Bool {
        try connection.integer("SELECT EXISTS (SELECT 1 FROM \(table.rawValue))") != 0
    }

    enum Table: String {
        case hours = "use_hour"
        case signals = "token_signal"
        case suppressions = "suppression"
        case reviews = "review"
    }

    static func lastReview(of token: TokenID, _ connection: Connection) throws(StorageError) -> Timestamp? {
        try connection.first(
            """
            SELECT max(decided_at) FROM review_item
            WHERE token = ? AND decision IS NOT NULL AND decision <> 'noAnswer'
            """, [.text(token.text)]
        ) { row throws(StorageError) in try row.optionalInteger(0).map(Timestamp.init) } ?? nil
    }

    /// The hours of a token since then, in order, and its first and last allowed call before.
    static func hours(
        of token: TokenID, since start: Timestamp, _ texts: inout UseTexts, _ connection: Connection
    ) throws(StorageError) -> (hours: [HourOfUse], earlier: ClosedRange<Timestamp>?) {
        guard let number = try TokenPlace.load(token, connection)?.number else { return ([], nil) }
        var rows: [HourRow] = []
        try UseHourRecord.walk(at: number, since: start, limit: maximumHours, connection) { row throws(StorageError) in
            rows.append(row)
        }
        var hours: [HourOfUse] = []
        hours.reserveCapacity(rows.count)
        for row in rows.reversed() { hours.append(try row.hour(of: token, &texts)) }
        return (hours, try earlier(number, before: start.startOfHour, connection))
    }

    private static func earlier(
        _ number: Int64, before start: Timestamp, _ connection: Connection
    ) throws(StorageError) -> ClosedRange<Timestamp>? {
        func one(_ column: String, _ order: String) throws(StorageError) -> Timestamp? {
            try connection.first(
                """
                SELECT \(column) FROM use_hour WHERE token = ? AND hour < ? AND outcome = 0
                ORDER BY hour \(order) LIMIT 1
                """, [.integer(number), .integer(start.milliseconds)]
            ) { row throws(StorageError) in Timestamp(milliseconds: try row.integer(0)) }
        }
        guard let first = try one("first_at", "ASC"), let last = try one("last_at", "DESC") else { return nil }
        return first...max(first, last)
    }

    /// Projects and environments that any token was seen to call: resources that begin with one of these types, cut to
    /// two segments where there are such, at most `limit`.
    static func places(
        ofTypes types: [String], limit: Int, _ connection: Connection
    ) throws(StorageError) -> [String] {
        var names: Set<String> = []
        for type in types {
            var next = "\(type)/"
            let end = "\(type)0"
            while names.count < limit {
                let found = try connection.first(
                    "SELECT text FROM use_word WHERE text >= ? AND text < ? ORDER BY text LIMIT 1",
                    [.text(next), .text(end)]
                ) { row throws(StorageError) in try row.text(0) }
                guard let found else { break }
                let name = PlaceName.of(found)
                names.insert(name)
                // Behind all that lies in it; but what only begins with the same letters comes next.
                next = found == name ? found + "\u{1}" : name + "<"
                if next <= found { next = found + "\u{1}" }
            }
        }
        let pairs = names.filter { $0.utf8.contains(UInt8(ascii: ":")) }
        return (pairs.isEmpty ? names : pairs).sorted()
    }
}
