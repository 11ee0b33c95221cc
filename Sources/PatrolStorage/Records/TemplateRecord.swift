package import PatrolDomain

/// Table `template`.
enum TemplateRecord {
    private static let columns = "key, name, description, policy, expiry_days, deleted_at, version"
    /// More than an account can have in force: deleted ones stay.
    private static let maximumRows = 10_000

    private static func template(_ row: Row) throws(StorageError) -> Template {
        Template(
            key: try row.value(0, Key.init), name: try row.text(1), description: try row.text(2),
            policy: try StoredText.policy(try row.text(3)),
            expiryDays: try row.optionalInteger(4).map { Int($0) },
            deletedAt: try row.optionalInteger(5).map(Timestamp.init), version: try row.number(6))
    }

    static func load(_ key: Key, _ connection: Connection) throws(StorageError) -> Template? {
        try connection.first("SELECT \(columns) FROM template WHERE key = ?", [.text(key.text)], template)
    }

    static func all(_ connection: Connection) throws(StorageError) -> [Template] {
        try connection.rows("SELECT \(columns) FROM template ORDER BY key LIMIT \(maximumRows)", [], template)
    }

    static func count(_ connection: Connection) throws(StorageError) -> Int {
        try connection.first("SELECT count(*) FROM template WHERE deleted_at IS NULL", []) {
            (row) throws(StorageError) in try row.number(0)
        } ?? 0
    }

    /// Writes the template over the version before its own, or as a new one.
    static func upsert(_ template: Template, event: Int64, _ connection: Connection) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO template (key, name, description, policy, expiry_days, deleted_at, version, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET
                name = excluded.name, description = excluded.description, policy = excluded.policy,
                expiry_days = excluded.expiry_days, deleted_at = excluded.deleted_at,
                version = excluded.version, event = excluded.event
            WHERE template.version = excluded.version - 1
            """,
            [
                .text(template.key.text), .text(template.name), .text(template.description),
                .text(StoredText.text(of: template.policy)), .optional(template.expiryDays.map { Int64($0) }),
                .optional(template.deletedAt?.milliseconds), .integer(template.version), .integer(event),
            ])
        try connection.requireOneRow("template \(template.key.text) at version \(template.version - 1)")
    }
}

extension ReadTransaction {
    /// What is kept under this key, also where it was deleted.
    package func template(_ key: Key) throws(StorageError) -> Template? { try TemplateRecord.load(key, live()) }

    /// All that are kept, also deleted ones, by key.
    package func templates() throws(StorageError) -> [Template] { try TemplateRecord.all(live()) }

    /// How many are in force.
    package func templateCount() throws(StorageError) -> Int { try TemplateRecord.count(live()) }
}
