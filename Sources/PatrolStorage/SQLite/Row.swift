internal import CSQLite

/// The row that a statement stands on. A column that does not hold what its table promises is
/// damage, not a zero.
struct Row {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    func integer(_ column: Int) throws(StorageError) -> Int64 {
        guard kind(column) == csqlite_integer else { throw damage(column, "an integer") }
        return sqlite3_column_int64(handle, Int32(column))
    }

    func number(_ column: Int) throws(StorageError) -> Int { Int(try integer(column)) }

    func boolean(_ column: Int) throws(StorageError) -> Bool { try integer(column) != 0 }

    func optionalInteger(_ column: Int) throws(StorageError) -> Int64? {
        kind(column) == csqlite_null ? nil : try integer(column)
    }

    /// Bytes that are not UTF-8 become U+FFFD.
    func text(_ column: Int) throws(StorageError) -> String {
        guard kind(column) == csqlite_text else { throw damage(column, "text") }
        let bytes = sqlite3_column_text(handle, Int32(column))
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    func optionalText(_ column: Int) throws(StorageError) -> String? {
        kind(column) == csqlite_null ? nil : try text(column)
    }

    func blob(_ column: Int) throws(StorageError) -> [UInt8] {
        guard kind(column) == csqlite_blob else { throw damage(column, "bytes") }
        let bytes = sqlite3_column_blob(handle, Int32(column))
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    func optionalBlob(_ column: Int) throws(StorageError) -> [UInt8]? {
        kind(column) == csqlite_null ? nil : try blob(column)
    }

    /// A number or a text, as it is.
    func value(_ column: Int) throws(StorageError) -> Value {
        switch kind(column) {
        case csqlite_integer: .integer(try integer(column))
        case csqlite_text: .text(try text(column))
        default: throw damage(column, "a number or a text")
        }
    }

    /// What `make` makes of the text; damage where it makes nothing of it.
    func value<Result>(
        _ column: Int, _ make: (String) -> Result?
    ) throws(StorageError) -> Result {
        guard let result = make(try text(column)) else { throw damage(column, "a known word") }
        return result
    }

    func optionalValue<Result>(
        _ column: Int, _ make: (String) -> Result?
    ) throws(StorageError) -> Result? {
        kind(column) == csqlite_null ? nil : try value(column, make)
    }

    private func kind(_ column: Int) -> Int32 { sqlite3_column_type(handle, Int32(column)) }

    private func damage(_ column: Int, _ wanted: String) -> StorageError {
        .damaged(detail: "column \(column) does not hold \(wanted)")
    }
}
