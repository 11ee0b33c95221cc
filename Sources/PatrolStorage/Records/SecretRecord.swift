internal import PatrolDomain

/// Table `secret`.
enum SecretRecord {
    private static let columns = "id, token, hash, key_version, created_at, valid_until"

    private static func secret(_ row: Row) throws(StorageError) -> StoredSecret {
        StoredSecret(
            id: try row.text(0), token: try row.value(1, TokenID.init), hash: try row.blob(2),
            keyVersion: try row.number(3), createdAt: Timestamp(milliseconds: try row.integer(4)),
            validUntil: try row.optionalInteger(5).map(Timestamp.init))
    }

    static func load(id: String, _ connection: Connection) throws(StorageError) -> StoredSecret? {
        try connection.first("SELECT \(columns) FROM secret WHERE id = ?", [.text(id)], secret)
    }

    /// The newest secrets of a token, oldest first.
    static func load(
        of token: TokenID, limit: Int, _ connection: Connection
    ) throws(StorageError) -> [StoredSecret] {
        try connection.rows(
            """
            SELECT \(columns) FROM secret WHERE token = ? ORDER BY created_at DESC, id DESC LIMIT ?
            """,
            [.text(token.text), .integer(limit)], secret
        ).reversed()
    }

    /// Those after an id, by id.
    static func load(
        after id: String, limit: Int, _ connection: Connection
    ) throws(StorageError) -> [StoredSecret] {
        try connection.rows(
            "SELECT \(columns) FROM secret WHERE id > ? ORDER BY id LIMIT ?", [.text(id), .integer(limit)], secret)
    }

    static func insert(
        _ secret: StoredSecret, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO secret (id, token, hash, key_version, created_at, valid_until, event)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(secret.id), .text(secret.token.text), .blob(secret.hash),
                .integer(secret.keyVersion), .integer(secret.createdAt.milliseconds),
                .optional(secret.validUntil?.milliseconds), .integer(event),
            ])
    }

    /// Every secret of the token that would be valid longer ends at `time`.
    static func end(
        of token: TokenID, at time: Timestamp, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            UPDATE secret SET valid_until = ?1, event = ?2
            WHERE token = ?3 AND (valid_until IS NULL OR valid_until > ?1)
            """,
            [.integer(time.milliseconds), .integer(event), .text(token.text)])
    }
}
