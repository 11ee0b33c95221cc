internal import PatrolDomain

/// Table `usage`: calls by token, UTC day, action and network.
enum UsageRecord {
    static let day: Int64 = 86_400_000

    /// The beginning of the UTC day of `time`.
    static func dayStart(of time: Timestamp) -> Int64 {
        time.milliseconds - (time.milliseconds % day + day) % day
    }

    static func count(
        of token: TokenID, day: Int64, action: Action, network: String, allowed: Int, denied: Int,
        _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO usage (token, day, action, network, allowed, denied)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (token, day, action, network)
            DO UPDATE SET allowed = allowed + ?5, denied = denied + ?6
            """,
            [
                .text(token.text), .integer(day), .text(action.name), .text(network), .integer(allowed),
                .integer(denied),
            ])
    }

    /// What a token called on each day since the day of `start`, oldest first: the newest `limit` rows.
    static func days(
        of token: TokenID, since start: Timestamp, limit: Int, _ connection: Connection
    ) throws(StorageError) -> [UseOfDay] {
        let newestFirst = try connection.rows(
            """
            SELECT day, action, sum(allowed), sum(denied) FROM usage
            WHERE token = ? AND day >= ? GROUP BY day, action ORDER BY day DESC, action DESC LIMIT ?
            """,
            [.text(token.text), .integer(dayStart(of: start)), .integer(limit)]
        ) { row throws(StorageError) in
            UseOfDay(
                day: Timestamp(milliseconds: try row.integer(0)), action: Action(try row.text(1)),
                allowed: try row.number(2), denied: try row.number(3))
        }
        return newestFirst.reversed()
    }

    /// Calls of a token on each of the last `count` days, oldest first, the last one that of `now`; empty where there
    /// was none.
    static func recent(
        of token: TokenID, days count: Int, at now: Timestamp, _ connection: Connection
    ) throws(StorageError) -> [Int] {
        let first = dayStart(of: now) - Int64(count - 1) * day
        var calls: [Int] = []
        try connection.walk(
            "SELECT day, allowed + denied FROM usage WHERE token = ? AND day >= ?",
            [.text(token.text), .integer(first)]
        ) { row throws(StorageError) in
            let place = Int((try row.integer(0) - first) / day)
            if calls.isEmpty { calls = [Int](repeating: 0, count: count) }
            if calls.indices.contains(place) { calls[place] += try row.number(1) }
            return true
        }
        return calls
    }

    /// Networks a token was used from since the day of `start`.
    static func networks(
        of token: TokenID, since start: Timestamp, _ connection: Connection
    ) throws(StorageError) -> Int {
        Int(
            try connection.integer(
                """
                SELECT count(DISTINCT network) FROM usage
                WHERE token = ? AND day >= ? AND network <> ''
                """,
                [.text(token.text), .integer(dayStart(of: start))]))
    }
}
