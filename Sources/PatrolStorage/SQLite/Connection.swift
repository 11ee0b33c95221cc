internal import CSQLite
internal import CSystem

/// One connection to a database, for one thread. Owns the handle and its prepared statements.
final class Connection {
    let handle: OpaquePointer
    private var statements: [StatementText: Statement] = [:]
    var readTexts = ReadTexts()
    /// Pages in the log after this connection's last commit; SQLite writes it.
    private let logPagesPlace: UnsafeMutablePointer<Int32>

    /// Opens the existing file at `path`, a path without links. Reads its first bytes, no more.
    convenience init(opening path: String, mayWrite: Bool) throws(StorageError) {
        var handle: OpaquePointer?
        let code = csqlite_open(path, mayWrite ? 1 : 0, &handle)
        try self.init(handle, code: code)
    }

    /// Makes an empty file at `path`, for the making of a database.
    convenience init(making path: String) throws(StorageError) {
        var handle: OpaquePointer?
        let code = csqlite_open_new(path, &handle)
        try self.init(handle, code: code)
    }

    private init(_ handle: OpaquePointer?, code: Int32) throws(StorageError) {
        guard let handle else { throw StorageError.sqlite(code: code, message: "out of memory") }
        guard code == csqlite_ok else {
            let message = Self.message(of: handle)
            sqlite3_close_v2(handle)
            throw StorageError.sqlite(code: code, message: message)
        }
        self.handle = handle
        self.logPagesPlace = .allocate(capacity: 1)
        self.logPagesPlace.initialize(to: 0)
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
        logPagesPlace.deallocate()
    }

    /// Settings that every connection has. `keepsLog`: the last to close leaves the log as it is,
    /// because a checkpoint is safe only under the write lock.
    func configure(keepsLog: Bool) throws(StorageError) {
        // From the first statement on: the first to open a log after a rest locks the others out for a moment.
        setBusyTimeout(milliseconds: 5_000)
        try check(csqlite_configure(handle, keepsLog ? 1 : 0))
        try execute(
            """
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA synchronous = FULL;
            PRAGMA mmap_size = 0;
            PRAGMA foreign_keys = ON;
            PRAGMA recursive_triggers = ON;
            PRAGMA cell_size_check = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -6144;
            PRAGMA journal_size_limit = 16777216;
            """)
        csqlite_stop_when(handle, csystem_stop_asked)
        // After the pragma that turns SQLite's own checkpoints off: they share a hook.
        csqlite_watch_log(handle, logPagesPlace)
    }

    /// How long SQLite waits for a lock that another program holds.
    func setBusyTimeout(milliseconds: Int64) {
        sqlite3_busy_timeout(handle, Int32(clamping: max(0, milliseconds)))
    }

    /// Runs statements without results or parameters.
    func execute(_ sql: String) throws(StorageError) { try check(csqlite_execute(handle, sql)) }

    /// Runs one statement to its end.
    func run(_ sql: String, _ values: [Value] = []) throws(StorageError) {
        let statement = try statement(sql)
        statement.begin()
        defer { statement.end() }
        try statement.bind(values)
        while try statement.step() {}
    }

    /// What `make` makes of each row, in order.
    func rows<Result>(
        _ sql: String, _ values: [Value] = [],
        _ make: (Row) throws(StorageError) -> Result
    ) throws(StorageError) -> [Result] {
        var results: [Result] = []
        try walk(sql, values) { row throws(StorageError) in
            results.append(try make(row))
            return true
        }
        return results
    }

    /// What `make` makes of the first row; nil where there is none.
    func first<Result>(
        _ sql: String, _ values: [Value] = [],
        _ make: (Row) throws(StorageError) -> Result
    ) throws(StorageError) -> Result? {
        var result: Result?
        try walk(sql, values) { row throws(StorageError) in
            result = try make(row)
            return false
        }
        return result
    }

    /// Shows `visit` row after row until it answers false.
    func walk(
        _ sql: String, _ values: [Value] = [], _ visit: (Row) throws(StorageError) -> Bool
    ) throws(StorageError) {
        let statement = try statement(sql)
        statement.begin()
        defer { statement.end() }
        try statement.bind(values)
        while try statement.step() {
            guard try visit(statement.row) else { return }
        }
    }

    /// The one integer that `sql` answers.
    func integer(_ sql: String, _ values: [Value] = []) throws(StorageError) -> Int64 {
        let answer = try first(sql, values) { row throws(StorageError) in try row.integer(0) }
        guard let answer else { throw .damaged(detail: "a query has no answer") }
        return answer
    }

    /// Rows that the last statement changed.
    var changedRows: Int { Int(sqlite3_changes(handle)) }

    /// Whether a transaction is open.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    var logPages: Int { Int(logPagesPlace.pointee) }

    /// Whether the file is no longer the one at the path it was opened by.
    var hasMoved: Bool { csqlite_has_moved(handle) != 0 }

    /// The first 100 bytes of the file as they are on the disk; zeros where it is shorter.
    func header() throws(StorageError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 100)
        let code = csqlite_read_header(handle, &bytes, 100)
        // A short read fills the rest with zeros.
        guard code == csqlite_ok || code == csqlite_short_read else { throw failure(code) }
        return bytes
    }

    /// Copies the log into the file and answers whether all of it was copied. Only while another
    /// connection of this process holds the write lock.
    func checkpoint() throws(StorageError) -> Bool {
        var log: Int32 = 0
        var copied: Int32 = 0
        let code = csqlite_checkpoint(handle, &log, &copied)
        if code & 0xFF == csqlite_busy { return false }
        try check(code)
        return log == copied
    }

    func failure(_ code: Int32) -> StorageError {
        StorageError.sqlite(code: code, message: Self.message(of: handle))
    }

    private func statement(_ sql: String) throws(StorageError) -> Statement {
        let text = StatementText(sql: sql)
        if let kept = statements[text], !kept.isInUse { return kept }
        let made = try Statement(sql, on: self)
        if statements[text] == nil {
            if statements.count >= 256 { statements.removeAll() }
            statements[text] = made
        }
        return made
    }

    private func check(_ code: Int32) throws(StorageError) {
        guard code == csqlite_ok else { throw failure(code) }
    }

    private static func message(of handle: OpaquePointer) -> String {
        guard let text = sqlite3_errmsg(handle) else { return "" }
        return String(cString: text)
    }
}

/// A statement by its text. Texts are long, and the same one is asked for with each row: its length and its end tell
/// most of them apart, and what is left is compared.
private struct StatementText: Hashable {
    let sql: String

    func hash(into hasher: inout Hasher) {
        hasher.combine(sql.utf8.count)
        for byte in sql.utf8.suffix(8) { hasher.combine(byte) }
    }
}
