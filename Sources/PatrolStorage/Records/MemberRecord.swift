internal import PatrolDomain

/// Tables `member` and `member_role`.
enum MemberRecord {
    static let columns = """
        member.id, member.email, member.first_name, member.last_name, member.base_role, \
        member.is_pending, member.created_at, member.last_seen_at, member.last_seen_token, \
        member.removed_at, member.version, member.role_attributes
        """

    /// Columns of `columns`.
    static let columnCount = 12

    /// The member whose columns begin the row, without his custom roles.
    private static func bare(_ row: Row) throws(StorageError) -> Member {
        Member(
            id: try row.value(0, MemberID.init), email: try row.text(1),
            firstName: try row.text(2), lastName: try row.text(3),
            baseRole: try row.value(4, BaseRole.init),
            roleAttributes: try StoredText.attributes(try row.text(11)),
            isPending: try row.boolean(5), createdAt: Timestamp(milliseconds: try row.integer(6)),
            lastSeenAt: try row.optionalInteger(7).map(Timestamp.init),
            lastSeenToken: try row.optionalValue(8, TokenID.init),
            removedAt: try row.optionalInteger(9).map(Timestamp.init),
            version: try row.number(10))
    }

    /// The member whose columns begin the row.
    static func member(_ row: Row, _ connection: Connection) throws(StorageError) -> Member {
        var member = try bare(row)
        member.customRoles = try customRoles(of: member.id, connection)
        return member
    }

    static func load(_ id: MemberID, _ connection: Connection) throws(StorageError) -> Member? {
        try connection.first(
            "SELECT \(columns) FROM member WHERE id = ?", [.text(id.text)]
        ) { row throws(StorageError) in try member(row, connection) }
    }

    /// The member with this address, whatever its letters' case, who was not removed.
    static func load(email: String, _ connection: Connection) throws(StorageError) -> Member? {
        try connection.first(
            "SELECT \(columns) FROM member WHERE email_key = ? AND removed_at IS NULL",
            [.text(sortKey(email))]
        ) { row throws(StorageError) in try member(row, connection) }
    }

    static func owner(_ connection: Connection) throws(StorageError) -> Member? {
        try connection.first(
            """
            SELECT \(columns) FROM member INDEXED BY member_owner
            WHERE base_role = 'owner' AND removed_at IS NULL
            """
        ) { row throws(StorageError) in try member(row, connection) }
    }

    static func customRoles(
        of member: MemberID, _ connection: Connection
    ) throws(StorageError) -> [RoleID] {
        try connection.rows(
            "SELECT role FROM member_role WHERE member = ? ORDER BY place", [.text(member.text)]
        ) { row throws(StorageError) in try row.value(0, RoleID.init) }
    }

    static func insert(
        _ member: Member, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO member (
                id, email, email_key, first_name, last_name, name_key, base_role, is_pending,
                created_at, last_seen_at, last_seen_token, removed_at, version, role_attributes,
                event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(member.id.text), .text(member.email), .text(sortKey(member.email)),
                .text(member.firstName), .text(member.lastName),
                .text(sortKey(member.displayName)), .text(member.baseRole.rawValue),
                .boolean(member.isPending), .integer(member.createdAt.milliseconds),
                .optional(member.lastSeenAt?.milliseconds), .optional(member.lastSeenToken?.text),
                .optional(member.removedAt?.milliseconds), .integer(member.version),
                .text(StoredText.text(of: member.roleAttributes)), .integer(event),
            ])
        try WordIndex.members.add(member.id.text, connection)
        try add(member.customRoles, to: member.id, event: event, connection)
    }

    /// Writes the member over the version before his own.
    static func update(
        _ member: Member, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try WordIndex.members.keep(member.id.text, connection) { () throws(StorageError) in
            try write(member, event: event, connection)
        }
        guard try customRoles(of: member.id, connection) != member.customRoles else { return }
        try connection.run("DELETE FROM member_role WHERE member = ?", [.text(member.id.text)])
        try add(member.customRoles, to: member.id, event: event, connection)
    }

    private static func write(
        _ member: Member, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            UPDATE member SET
                email = ?, email_key = ?, first_name = ?, last_name = ?, name_key = ?,
                base_role = ?, is_pending = ?, last_seen_at = ?, last_seen_token = ?,
                removed_at = ?, version = ?, role_attributes = ?, event = ?
            WHERE id = ? AND version = ?
            """,
            [
                .text(member.email), .text(sortKey(member.email)), .text(member.firstName),
                .text(member.lastName), .text(sortKey(member.displayName)),
                .text(member.baseRole.rawValue), .boolean(member.isPending),
                .optional(member.lastSeenAt?.milliseconds), .optional(member.lastSeenToken?.text),
                .optional(member.removedAt?.milliseconds), .integer(member.version),
                .text(StoredText.text(of: member.roleAttributes)), .integer(event),
                .text(member.id.text), .integer(member.version - 1),
            ])
        try connection.requireOneRow("member \(member.id) at version \(member.version - 1)")
    }

    private static func add(
        _ roles: [RoleID], to member: MemberID, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        for (place, role) in roles.enumerated() where !roles[..<place].contains(role) {
            try connection.run(
                "INSERT INTO member_role (member, place, role, event) VALUES (?, ?, ?, ?)",
                [.text(member.text), .integer(place), .text(role.text), .integer(event)])
        }
    }

    /// Notes that a token of the member did something. Not a change of the account.
    static func noteSeen(
        _ member: MemberID, at time: Timestamp, token: TokenID, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            UPDATE member SET last_seen_at = ?1, last_seen_token = ?2
            WHERE id = ?3 AND coalesce(last_seen_at, 0) <= ?1
            """,
            [.integer(time.milliseconds), .text(token.text), .text(member.text)])
    }
}

extension Connection {
    /// The statement before this one must have changed one row: `thing`, at the version shown.
    func requireOneRow(_ thing: String) throws(StorageError) {
        guard changedRows == 1 else { throw .conflict(detail: "there is no \(thing)") }
    }
}
