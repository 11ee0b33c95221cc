internal import PatrolDomain

/// Tables `role` and `base_role`.
enum RoleRecord {
    static let columns = """
        role.id, role.key, role.name, role.description, role.base_permissions, role.created_at, \
        role.deleted_at, role.version, role.policy
        """

    static let columnCount = 9

    /// The role whose columns begin the row.
    static func role(_ row: Row) throws(StorageError) -> Role {
        Role(
            id: try row.value(0, RoleID.init), key: try row.value(1, Key.init),
            name: try row.text(2), description: try row.text(3),
            basePermissions: try row.value(4, BasePermissions.init),
            policy: try StoredText.policy(try row.text(8)),
            createdAt: Timestamp(milliseconds: try row.integer(5)),
            deletedAt: try row.optionalInteger(6).map(Timestamp.init),
            version: try row.number(7))
    }

    static func load(_ id: RoleID, _ connection: Connection) throws(StorageError) -> Role? {
        try connection.first(
            "SELECT \(columns) FROM role WHERE id = ?", [.text(id.text)], role)
    }

    /// The role with this key that was not deleted.
    static func load(key: Key, _ connection: Connection) throws(StorageError) -> Role? {
        try connection.first(
            "SELECT \(columns) FROM role WHERE key = ? AND deleted_at IS NULL",
            [.text(key.text)], role)
    }

    static func insert(_ role: Role, event: Int64, _ connection: Connection) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO role (
                id, key, key_key, name, name_key, description, base_permissions, created_at,
                deleted_at, version, policy, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(role.id.text), .text(role.key.text), .text(sortKey(role.key.text)),
                .text(role.name), .text(sortKey(role.name)), .text(role.description),
                .text(role.basePermissions.rawValue), .integer(role.createdAt.milliseconds),
                .optional(role.deletedAt?.milliseconds), .integer(role.version),
                .text(StoredText.text(of: role.policy)), .integer(event),
            ])
    }

    /// Writes the role over the version before its own.
    static func update(_ role: Role, event: Int64, _ connection: Connection) throws(StorageError) {
        try connection.run(
            """
            UPDATE role SET
                name = ?, name_key = ?, description = ?, base_permissions = ?, deleted_at = ?,
                version = ?, policy = ?, event = ?
            WHERE id = ? AND version = ?
            """,
            [
                .text(role.name), .text(sortKey(role.name)), .text(role.description),
                .text(role.basePermissions.rawValue), .optional(role.deletedAt?.milliseconds),
                .integer(role.version), .text(StoredText.text(of: role.policy)), .integer(event),
                .text(role.id.text), .integer(role.version - 1),
            ])
        try connection.requireOneRow("role \(role.id) at version \(role.version - 1)")
    }
}
