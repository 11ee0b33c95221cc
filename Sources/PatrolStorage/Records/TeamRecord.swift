internal import PatrolDomain

/// Tables `team`, `team_member` and `team_role`.
enum TeamRecord {
    private static let columns = "team.key, team.name, team.role_attributes"

    /// The team whose columns begin the row, without its members.
    private static func team(_ row: Row, _ connection: Connection) throws(StorageError) -> Team {
        let key = try row.value(0, Key.init)
        return Team(
            key: key, name: try row.text(1), customRoles: try customRoles(of: key, connection),
            roleAttributes: try StoredText.attributes(try row.text(2)))
    }

    /// The team with all of its members.
    static func load(_ key: Key, _ connection: Connection) throws(StorageError) -> Team? {
        let found = try connection.first(
            "SELECT \(columns) FROM team WHERE key = ?", [.text(key.text)]
        ) { row throws(StorageError) in try team(row, connection) }
        guard var team = found else { return nil }
        team.members = try connection.rows(
            "SELECT member FROM team_member WHERE team = ? ORDER BY place", [.text(key.text)]
        ) { row throws(StorageError) in try row.value(0, MemberID.init) }
        return team
    }

    /// The teams of a member, by key; he is the only one in their lists of members.
    static func load(
        of member: MemberID, limit: Int, _ connection: Connection
    ) throws(StorageError) -> [Team] {
        try connection.rows(
            """
            SELECT \(columns) FROM team_member JOIN team ON team.key = team_member.team
            WHERE team_member.member = ? ORDER BY team_member.team LIMIT ?
            """,
            [.text(member.text), .integer(limit)]
        ) { row throws(StorageError) in
            var joined = try team(row, connection)
            joined.members = [member]
            return joined
        }
    }

    /// The teams that hold a role, by key, without their members.
    static func load(
        holding role: RoleID, limit: Int, _ connection: Connection
    ) throws(StorageError) -> [Team] {
        try connection.rows(
            """
            SELECT \(columns) FROM team_role JOIN team ON team.key = team_role.team
            WHERE team_role.role = ? ORDER BY team_role.team LIMIT ?
            """,
            [.text(role.text), .integer(limit)]
        ) { row throws(StorageError) in try team(row, connection) }
    }

    /// Every key, in order, up to `limit`.
    static func keys(limit: Int, _ connection: Connection) throws(StorageError) -> [Key] {
        try connection.rows("SELECT key FROM team ORDER BY key LIMIT ?", [.integer(limit)]) { row throws(StorageError) in
            try row.value(0, Key.init)
        }
    }

    private static func customRoles(
        of team: Key, _ connection: Connection
    ) throws(StorageError) -> [RoleID] {
        try connection.rows(
            "SELECT role FROM team_role WHERE team = ? ORDER BY place", [.text(team.text)]
        ) { row throws(StorageError) in try row.value(0, RoleID.init) }
    }

    /// Adds the team, or writes it over the one with its key.
    static func upsert(_ team: Team, event: Int64, _ connection: Connection) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO team (key, name, role_attributes, event) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (key) DO UPDATE SET name = ?2, role_attributes = ?3, event = ?4
            """,
            [
                .text(team.key.text), .text(team.name),
                .text(StoredText.text(of: team.roleAttributes)), .integer(event),
            ])
        try connection.run("DELETE FROM team_member WHERE team = ?", [.text(team.key.text)])
        try connection.run("DELETE FROM team_role WHERE team = ?", [.text(team.key.text)])
        var members: Set<MemberID> = []
        for (place, member) in team.members.enumerated() where members.insert(member).inserted {
            try connection.run(
                "INSERT INTO team_member (team, place, member, event) VALUES (?, ?, ?, ?)",
                [.text(team.key.text), .integer(place), .text(member.text), .integer(event)])
        }
        var roles: Set<RoleID> = []
        for (place, role) in team.customRoles.enumerated() where roles.insert(role).inserted {
            try connection.run(
                "INSERT INTO team_role (team, place, role, event) VALUES (?, ?, ?, ?)",
                [.text(team.key.text), .integer(place), .text(role.text), .integer(event)])
        }
    }
}
