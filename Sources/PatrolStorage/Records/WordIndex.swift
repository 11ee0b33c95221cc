/// The words of a table's texts, by row: an FTS5 table that has no copy of them. What is in it follows the table within
/// the same transaction.
struct WordIndex {
    private let addition: String
    private let removal: String

    static let tokens = WordIndex(of: "token", columns: ["name", "purpose", "ending", "id"])
    static let members = WordIndex(of: "member", columns: ["email", "first_name", "last_name", "id"])
    static let pastEntries = WordIndex(
        of: "past_entry", named: "past_text",
        columns: ["actor_id", "actor_name", "action", "resource", "target_name", "title", "comment"])

    private init(of table: String, named name: String? = nil, columns: [String]) {
        let index = name ?? "\(table)_text"
        let texts = columns.joined(separator: ", ")
        addition = """
            INSERT INTO \(index) (rowid, \(texts)) SELECT number, \(texts) FROM \(table) WHERE id = ?
            """
        removal = """
            INSERT INTO \(index) (\(index), rowid, \(texts))
            SELECT 'delete', number, \(texts) FROM \(table) WHERE id = ?
            """
    }

    /// After the row was inserted.
    func add(_ id: String, _ connection: Connection) throws(StorageError) {
        try connection.run(addition, [.text(id)])
    }

    /// Around an update of the row, if there is one.
    func keep(
        _ id: String, _ connection: Connection, while update: () throws(StorageError) -> Void
    ) throws(StorageError) {
        try connection.run(removal, [.text(id)])
        try update()
        try connection.run(addition, [.text(id)])
    }
}
