package import PatrolDomain

extension ReadTransaction {
    /// Members, pending ones too, or, where the filter asks for `removed`, those who were removed.
    ///
    /// - Parameters:
    ///   - sort: by name from A on, by last use the latest first, those never seen at the end.
    ///   - isReversed: the other way round.
    package func memberPage(
        _ request: PageRequest, sort: MemberSort, isReversed: Bool = false,
        filter: Filter = Filter(), at now: Timestamp
    ) throws(StorageError) -> Page<MemberRow> {
        let connection = try live()
        let segment = MemberLists.all(sort, isReversed: isReversed, filter: filter, at: now)
        return try PageWalk(connection: connection, segments: [segment]).page(request) {
            place throws(StorageError) in try MemberLists.row(place.number, connection)
        }
    }

    /// One member as lists show him, also one who was removed.
    package func memberRow(_ id: MemberID) throws(StorageError) -> MemberRow? {
        let connection = try live()
        let number = try connection.first(
            "SELECT number FROM member WHERE id = ?", [.text(id.text)]
        ) { row throws(StorageError) in try row.integer(0) }
        guard let number else { return nil }
        return try MemberLists.row(number, connection)
    }

    /// The base roles, then the custom ones by key; or, where the filter asks for `removed`, those that
    /// were deleted.
    package func rolePage(
        _ request: PageRequest, filter: Filter = Filter(), at now: Timestamp
    ) throws(StorageError) -> Page<RoleRow> {
        let connection = try live()
        let segments = RoleLists.all(filter: filter, at: now)
        return try PageWalk(connection: connection, segments: segments).page(request) {
            place throws(StorageError) in
            place.segment == 0
                ? try RoleLists.base(place.number, connection)
                : try RoleLists.custom(place.number, connection)
        }
    }

    /// One custom role as lists show it, also one that was deleted.
    package func roleRow(_ id: RoleID) throws(StorageError) -> RoleRow? {
        let connection = try live()
        let number = try connection.first(
            "SELECT number FROM role WHERE id = ?", [.text(id.text)]
        ) { row throws(StorageError) in try row.integer(0) }
        guard let number else { return nil }
        return try RoleLists.custom(number, connection)
    }

    /// One base role as lists show it.
    package func roleRow(_ role: BaseRole) throws(StorageError) -> RoleRow? {
        let connection = try live()
        let number = try connection.integer(
            "SELECT rank FROM base_role WHERE name = ?", [.text(role.rawValue)])
        return try RoleLists.base(number, connection)
    }
}

/// The lists of members, each on an index, and their rows.
enum MemberLists {
    static func all(
        _ sort: MemberSort, isReversed: Bool, filter: Filter, at now: Timestamp
    ) -> ListSegment {
        let compiled = MemberConditions.compile(filter, at: now)
        let (key, index, isDescending) =
            switch sort {
            case .name, .email, .role, .tokens, .worst: ("name_key", "member_by_name", false)
            case .lastSeen: ("last_seen_key", "member_by_last_seen", true)
            }
        return ListSegment(
            "member INDEXED BY \(index)", number: "member.number", key: "member.\(key)",
            fixed: [("member.is_removed", .boolean(compiled.showsRemoved))],
            isDescending: isDescending != isReversed, condition: compiled.condition)
    }

    static func row(_ number: Int64, _ connection: Connection) throws(StorageError) -> MemberRow? {
        let count = MemberRecord.columnCount
        return try connection.first(
            """
            SELECT \(MemberRecord.columns), member.token_count,
                (SELECT token.name FROM token WHERE token.id = member.last_seen_token)
            FROM member WHERE member.number = ?
            """,
            [.integer(number)]
        ) { row throws(StorageError) in
            let member = try MemberRecord.member(row, connection)
            return MemberRow(
                member: member, customRoleKeys: try customRoleKeys(of: member, connection),
                teamRoleKeys: try teamRoleKeys(of: member.id, connection),
                tokenCount: try row.number(count), lastSeenTokenName: try row.optionalText(count + 1),
                worst: try worst(of: member.id, connection))
        }
    }

    private static func customRoleKeys(
        of member: Member, _ connection: Connection
    ) throws(StorageError) -> [String] {
        if member.customRoles.isEmpty { return [] }
        return try connection.rows(
            """
            SELECT role.key FROM member_role JOIN role ON role.id = member_role.role
            WHERE member_role.member = ? ORDER BY member_role.place
            """,
            [.text(member.id.text)]
        ) { row throws(StorageError) in try row.text(0) }
    }

    /// Keys of roles that come through teams, by team and place, each once, up to 100.
    private static func teamRoleKeys(
        of member: MemberID, _ connection: Connection
    ) throws(StorageError) -> [String] {
        let keys = try connection.rows(
            """
            SELECT role.key FROM team_member CROSS JOIN team_role ON team_role.team = team_member.team
            CROSS JOIN role ON role.id = team_role.role
            WHERE team_member.member = ? ORDER BY team_member.team, team_role.place LIMIT 100
            """,
            [.text(member.text)]
        ) { row throws(StorageError) in try row.text(0) }
        var seen: Set<String> = []
        return keys.filter { seen.insert($0).inserted }
    }

    /// The risk of his riskiest token in force; nil where none has a finding.
    private static func worst(
        of member: MemberID, _ connection: Connection
    ) throws(StorageError) -> TokenRisk? {
        try connection.first(
            """
            SELECT \(RiskRecord.columns) FROM token INDEXED BY token_owner
            WHERE owner = ? AND is_deleted = 0 AND risk_score > 0 ORDER BY risk_score DESC LIMIT 1
            """,
            [.text(member.text)]
        ) { row throws(StorageError) in try RiskRecord.risk(row, from: 0) }
    }
}

/// The list of roles: two parts, each on an index, and their rows.
enum RoleLists {
    static func all(filter: Filter, at now: Timestamp) -> [ListSegment] {
        let compiled = RoleConditions.compile(filter, at: now)
        return [
            ListSegment(
                "base_role", number: "base_role.rank",
                condition: RoleConditions.compileBase(filter)),
            ListSegment(
                "role INDEXED BY role_by_key", number: "role.number", key: "role.key_key",
                fixed: [("role.is_deleted", .boolean(compiled.showsRemoved))],
                condition: compiled.condition),
        ]
    }

    static func base(_ rank: Int64, _ connection: Connection) throws(StorageError) -> RoleRow? {
        try connection.first(
            "SELECT name, member_count, token_count FROM base_role WHERE rank = ?",
            [.integer(rank)]
        ) { row throws(StorageError) in
            RoleRow(
                .base(try row.value(0, BaseRole.init)), memberCount: try row.number(1),
                tokenCount: try row.number(2))
        }
    }

    static func custom(_ number: Int64, _ connection: Connection) throws(StorageError) -> RoleRow? {
        let count = RoleRecord.columnCount
        return try connection.first(
            """
            SELECT \(RoleRecord.columns), member_count, team_count, token_count
            FROM role WHERE number = ?
            """,
            [.integer(number)]
        ) { row throws(StorageError) in
            RoleRow(
                .custom(try RoleRecord.role(row)), memberCount: try row.number(count),
                teamCount: try row.number(count + 1), tokenCount: try row.number(count + 2))
        }
    }
}
