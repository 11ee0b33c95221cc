internal import PatrolDomain

/// Table `token_signal`: what was seen of a token that is no use of it.
enum TokenSignalRecord {
    static func add(
        _ kind: TokenSignal.Kind, of token: TokenID, count: Int, firstAt: Timestamp, lastAt: Timestamp,
        _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO token_signal (token, kind, first_at, last_at, count) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (token, kind) DO UPDATE SET
                count = count + excluded.count, first_at = min(first_at, excluded.first_at),
                last_at = max(last_at, excluded.last_at)
            """,
            [
                .text(token.text), .text(kind.rawValue), .integer(firstAt.milliseconds),
                .integer(lastAt.milliseconds), .integer(count),
            ])
        try RiskRecord.makeStale(.token(token), connection)
    }

    static func remove(
        _ kind: TokenSignal.Kind, of token: TokenID, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            "DELETE FROM token_signal WHERE token = ? AND kind = ?", [.text(token.text), .text(kind.rawValue)])
    }

    static func load(of token: TokenID, _ connection: Connection) throws(StorageError) -> [TokenSignal] {
        try connection.rows(
            "SELECT kind, first_at, last_at, count FROM token_signal WHERE token = ? ORDER BY kind LIMIT 20",
            [.text(token.text)]
        ) { row throws(StorageError) in
            TokenSignal(
                kind: try row.value(0, TokenSignal.Kind.init), firstAt: Timestamp(milliseconds: try row.integer(1)),
                lastAt: Timestamp(milliseconds: try row.integer(2)), count: try row.number(3))
        }
    }
}
