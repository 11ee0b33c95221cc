internal import PatrolDomain

/// Table `use_import`: files of use, and how far each was read.
enum UseImportRecord {
    private static let columns = "digest, source, first_at, last_at, lines, done, calls, at"

    private static func file(_ row: Row) throws(StorageError) -> UseImport {
        UseImport(
            digest: try row.blob(0), source: try row.text(1), firstAt: Timestamp(milliseconds: try row.integer(2)),
            lastAt: Timestamp(milliseconds: try row.integer(3)), lines: try row.number(4), done: try row.number(5),
            calls: try row.number(6), at: Timestamp(milliseconds: try row.integer(7)))
    }

    static func load(_ digest: [UInt8], _ connection: Connection) throws(StorageError) -> UseImport? {
        try connection.first("SELECT \(columns) FROM use_import WHERE digest = ?", [.blob(digest)], file)
    }

    static let overlap = """
        SELECT \(columns) FROM use_import
        WHERE source = ? AND first_at <= ? AND last_at >= ? AND digest <> ? ORDER BY last_at LIMIT 1
        """

    /// Another file of the same source with calls from the same time.
    static func overlapping(_ other: UseImport, _ connection: Connection) throws(StorageError) -> UseImport? {
        try connection.first(
            overlap,
            [
                .text(other.source), .integer(other.lastAt.milliseconds), .integer(other.firstAt.milliseconds),
                .blob(other.digest),
            ], file)
    }

    /// The newest, the newest first.
    static func newest(limit: Int, _ connection: Connection) throws(StorageError) -> [UseImport] {
        try connection.rows("SELECT \(columns) FROM use_import ORDER BY at DESC LIMIT ?", [.integer(limit)], file)
    }

    static func insert(_ file: UseImport, _ connection: Connection) throws(StorageError) {
        try connection.run(
            "INSERT INTO use_import (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                .blob(file.digest), .text(file.source), .integer(file.firstAt.milliseconds),
                .integer(file.lastAt.milliseconds), .integer(file.lines), .integer(file.done), .integer(file.calls),
                .integer(file.at.milliseconds),
            ])
    }

    /// Notes that the file was read from the line after `before` to `line`.
    static func advance(
        _ digest: [UInt8], from before: Int, to line: Int, calls: Int, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            "UPDATE use_import SET done = ?1, calls = calls + ?2 WHERE digest = ?3 AND done = ?4",
            [.integer(line), .integer(calls), .blob(digest), .integer(before)])
        guard connection.changedRows == 1 else {
            throw .conflict(detail: "somebody else imports the same file")
        }
    }

    /// Forgets files whose calls are not kept any more.
    static func delete(before time: Timestamp, limit: Int, _ connection: Connection) throws(StorageError) {
        try connection.run(
            """
            DELETE FROM use_import WHERE digest IN (
                SELECT digest FROM use_import WHERE last_at < ? ORDER BY last_at LIMIT ?)
            """, [.integer(time.milliseconds), .integer(limit)])
    }
}
