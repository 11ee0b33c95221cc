internal import PatrolDomain

/// What the rules of hygiene look at besides the token itself, read only.
enum HygieneRecord {
    /// Rows of use that are looked at of one token: the newest.
    private static let maximumHours = 200_000

    static func windows(_ connection: Connection) throws(StorageError) -> [UseWindow] {
        try connection.rows("SELECT start_at, end_at, source FROM use_window ORDER BY start_at") { row throws(StorageError) in
            UseWindow(
                start: Timestamp(milliseconds: try row.integer(0)), end: Timestamp(milliseconds: try row.integer(1)),
                source: try row.text(2))
        }
    }

    /// Days on which anything was recorded, in order.
    static func recordedDays(since start: Timestamp, _ connection: Connection) throws(StorageError) -> [Timestamp] {
        try connection.rows(
            "SELECT day FROM recorded_day WHERE day >= ? ORDER BY day", [.integer(start.milliseconds / UsageRecord.day)]
        ) { row throws(StorageError) in Timestamp(milliseconds: try row.integer(0) * UsageRecord.day) }
    }

    static func signals(of token: TokenID, _ connection: Connection) throws(StorageError) -> [UseSignal] {
        try connection.rows(
            "SELECT kind, first_at, last_at, count FROM token_signal WHERE token = ? ORDER BY kind", [.text(token.text)]
        ) { row throws(StorageError) in
            UseSignal(
                try row.value(0, UseSignal.Kind.init), firstAt: Timestamp(milliseconds: try row.integer(1)),
                lastAt: Timestamp(milliseconds: try row.integer(2)), count: try row.number(3))
        }
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
        of token: TokenID, since start: Timestamp, words: inout [Int64: String], _ connection: Connection
    ) throws(StorageError) -> (hours: [HourOfUse], earlier: ClosedRange<Timestamp>?) {
        let number = try connection.first("SELECT number FROM token WHERE id = ?", [.text(token.text)]) {
            row throws(StorageError) in try row.integer(0)
        }
        guard let number else { return ([], nil) }
        var hours: [HourOfUse] = []
        try connection.walk(
            """
            SELECT hour, action, resource, network, client, secret, outcome, calls, first_at, last_at FROM use_hour
            WHERE token = ? AND hour >= ? ORDER BY hour DESC LIMIT ?
            """,
            [.integer(number), .integer(start.milliseconds), .integer(maximumHours)]
        ) { row throws(StorageError) in
            hours.append(try hour(row, of: token, &words, connection))
            return true
        }
        hours.reverse()
        return (hours, try earlier(number, before: start, connection))
    }

    private static func hour(
        _ row: Row, of token: TokenID, _ words: inout [Int64: String], _ connection: Connection
    ) throws(StorageError) -> HourOfUse {
        guard let outcome = UseOutcome(rawValue: try row.number(6)) else {
            throw .damaged(detail: "the outcome of a call is unknown")
        }
        return HourOfUse(
            token: token, hour: Timestamp(milliseconds: try row.integer(0)),
            action: Action(try word(try row.integer(1), &words, connection)),
            resource: try word(try row.integer(2), &words, connection),
            network: try word(try row.integer(3), &words, connection),
            client: try word(try row.integer(4), &words, connection),
            secret: try word(try row.integer(5), &words, connection), outcome: outcome, calls: try row.number(7),
            firstAt: Timestamp(milliseconds: try row.integer(8)), lastAt: Timestamp(milliseconds: try row.integer(9)))
    }

    private static func word(
        _ number: Int64, _ words: inout [Int64: String], _ connection: Connection
    ) throws(StorageError) -> String {
        if let known = words[number] { return known }
        let text = try connection.first("SELECT text FROM use_word WHERE number = ?", [.integer(number)]) {
            row throws(StorageError) in try row.text(0)
        }
        guard let text else { throw .damaged(detail: "a word of use is missing") }
        words[number] = text
        return text
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
