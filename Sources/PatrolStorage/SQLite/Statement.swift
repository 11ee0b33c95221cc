internal import CSQLite

/// A prepared statement. It belongs to one connection, which keeps it for the next time.
final class Statement {
    /// Whether somebody is stepping through it.
    private(set) var isInUse = false

    private let handle: OpaquePointer
    private unowned let connection: Connection

    /// Prepares the one statement in `sql`.
    init(_ sql: String, on connection: Connection) throws(StorageError) {
        var sql = sql
        var handle: OpaquePointer?
        let code = sql.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) { text in
                csqlite_prepare(connection.handle, text.baseAddress, Int32(text.count), &handle)
            }
        }
        guard code == csqlite_ok, let handle else { throw connection.failure(code) }
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    func begin() { isInUse = true }

    /// Makes it ready for the next use. An error of the last step was reported by that step.
    func end() {
        sqlite3_reset(handle)
        isInUse = false
    }

    /// Fills the parameters in order; there must be as many values as there are of them.
    func bind(_ values: [Value]) throws(StorageError) {
        precondition(
            values.count == Int(sqlite3_bind_parameter_count(handle)),
            "a value for each parameter of a statement")
        for place in values.indices { try bind(values[place], at: Int32(place + 1)) }
    }

    private func bind(_ value: Value, at place: Int32) throws(StorageError) {
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, place)
            case .integer(let number): sqlite3_bind_int64(handle, place, number)
            case .text(let text): bind(text, at: place)
            case .blob(let bytes): csqlite_bind_blob(handle, place, bytes, Int32(bytes.count))
            }
        guard code == csqlite_ok else { throw connection.failure(code) }
    }

    private func bind(_ text: String, at place: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) { text in
                csqlite_bind_text(handle, place, text.baseAddress, Int32(text.count))
            }
        }
    }

    /// Goes to the next row; false when there is none.
    func step() throws(StorageError) -> Bool {
        switch sqlite3_step(handle) {
        case csqlite_row: return true
        case csqlite_done: return false
        case let code: throw connection.failure(code)
        }
    }

    /// The row it stands on, until the next step.
    var row: Row { Row(handle) }
}
