internal import PatrolDomain

/// Table `use_window`: of which times all use is on record. Windows of one source never touch: they are joined.
enum UseWindowRecord {
    /// Newest first, so that the walk ends at the first that is too early.
    static let earlier = """
        SELECT start_at, end_at FROM use_window WHERE source = ? AND start_at <= ? ORDER BY start_at DESC
        """

    static func add(_ window: UseWindow, _ connection: Connection) throws(StorageError) {
        guard window.end > window.start else { return }
        var joined = window
        var replaced: [Int64] = []
        try connection.walk(earlier, [.text(window.source), .integer(window.end.milliseconds)]) {
            row throws(StorageError) in
            let end = Timestamp(milliseconds: try row.integer(1))
            guard end >= joined.start else { return false }
            let start = try row.integer(0)
            replaced.append(start)
            joined.start = min(joined.start, Timestamp(milliseconds: start))
            joined.end = max(joined.end, end)
            return true
        }
        // A gap began, or was filled: silence means something else from now on.
        if replaced.isEmpty { try RiskRecord.makeGuardedStale(connection) }
        if replaced.count > 1 { try RiskRecord.makeStale(.everyToken, connection) }
        // The usual case, a window that grows at its end, is no new window.
        let kept = replaced.contains(joined.start.milliseconds) ? joined.start.milliseconds : nil
        for start in replaced where start != kept {
            try connection.run(
                "DELETE FROM use_window WHERE source = ? AND start_at = ?", [.text(window.source), .integer(start)])
        }
        let values: [Value] = [
            .integer(joined.end.milliseconds), .text(joined.source), .integer(joined.start.milliseconds),
        ]
        try connection.run(
            kept == nil
                ? "INSERT INTO use_window (end_at, source, start_at) VALUES (?, ?, ?)"
                : "UPDATE use_window SET end_at = ? WHERE source = ? AND start_at = ?", values)
    }

    static let touching = """
        SELECT start_at, end_at, source FROM use_window WHERE end_at > ? AND start_at < ?
        ORDER BY start_at DESC LIMIT ?
        """

    /// Windows that reach into the span, oldest first: the newest `limit`.
    static func load(
        from start: Timestamp, to end: Timestamp, limit: Int, _ connection: Connection
    ) throws(StorageError) -> [UseWindow] {
        try connection.rows(
            touching, [.integer(start.milliseconds), .integer(end.milliseconds), .integer(limit)]
        ) { row throws(StorageError) in
            UseWindow(
                start: Timestamp(milliseconds: try row.integer(0)), end: Timestamp(milliseconds: try row.integer(1)),
                source: try row.text(2))
        }.reversed()
    }

    /// Forgets windows that ended before `time`.
    static func delete(before time: Timestamp, limit: Int, _ connection: Connection) throws(StorageError) {
        try connection.run(
            """
            DELETE FROM use_window WHERE (source, start_at) IN (
                SELECT source, start_at FROM use_window WHERE end_at < ? ORDER BY end_at LIMIT ?)
            """, [.integer(time.milliseconds), .integer(limit)])
    }
}
