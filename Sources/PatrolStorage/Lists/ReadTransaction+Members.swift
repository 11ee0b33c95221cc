package import PatrolDomain

extension ReadTransaction {
    /// Members, pending ones too, or, where the filter asks for `removed`, those who were removed.
    ///
    /// - Parameters:
    ///   - sort: by name and address from A on, by base role the mightiest first, by last use the latest first, those
    ///     never seen at the end, by tokens the most, by the worst of them the riskiest first.
    ///   - isReversed: the other way round.
    package func memberPage(
        _ request: PageRequest, sort: MemberSort, isReversed: Bool = false,
        filter: Filter = Filter(), at now: Timestamp
    ) throws(StorageError) -> Page<MemberRow> {
        let connection = try live()
        let segment = MemberLists.all(sort, isReversed: isReversed, filter: filter, at: now)
        return try PageWalk(connection, [segment], lookLimit: request.lookLimit).page(request) {
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

    /// The base roles, then the custom ones; or, where the filter asks for `removed`, those that were deleted.
    ///
    /// - Parameters:
    ///   - sort: of the custom ones by key or name from A on, by holders the most first; the base roles stand before them,
    ///     sorted the same way as far as it concerns them.
    ///   - isReversed: the other way round, the base roles at the end.
    package func rolePage(
        _ request: PageRequest, sort: RoleSort = .kind, isReversed: Bool = false,
        filter: Filter = Filter(), at now: Timestamp
    ) throws(StorageError) -> Page<RoleRow> {
        let connection = try live()
        let segments = RoleLists.all(sort, isReversed: isReversed, filter: filter, at: now)
        return try PageWalk(connection, segments, lookLimit: request.lookLimit).page(request) {
            place throws(StorageError) in
            segments[place.segment].source == RoleLists.baseSource
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
            case .name: ("name_key", "member_by_name", false)
            case .email: ("email_key", "member_by_email", false)
            case .role: ("role_rank", "member_by_role", false)
            case .tokens: ("token_count", "member_by_tokens", true)
            case .worst: ("worst_risk", "member_by_worst", true)
            case .lastSeen: ("last_seen_key", "member_by_last_seen", true)
            }
        return ListSegment(
            "member INDEXED BY \(index)", number: "member.number", key: "member.\(key)",
            fixed: [("member.is_removed", .boolean(compiled.showsRemoved))],
            isDescending: isDescending != isReversed, condition: compiled.condition,
            candidates: compiled.candidates)
    }

    private static let rowQuery = """
        SELECT \(MemberRecord.columns), member.token_count,
            (SELECT token.name FROM token WHERE token.id = member.last_seen_token)
        FROM member WHERE member.number = ?
        """

    static func row(_ number: Int64, _ connection: Connection) throws(StorageError) -> MemberRow? {
        let count = MemberRecord.columnCount
        return try connection.first(rowQuery, [.integer(number)]) { row throws(StorageError) in
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
    static let baseSource = "base_role"

    static func all(
        _ sort: RoleSort, isReversed: Bool, filter: Filter, at now: Timestamp
    ) -> [ListSegment] {
        let compiled = RoleConditions.compile(filter, at: now)
        let (key, index, isDescending) = order(sort)
        let segments = [
            base(sort, isReversed: isReversed, filter),
            ListSegment(
                "role INDEXED BY \(index)", number: "role.number", key: "role.\(key)",
                fixed: [("role.is_deleted", .boolean(compiled.showsRemoved))],
                isDescending: isDescending != isReversed, condition: compiled.condition),
        ]
        return isReversed ? segments.reversed() : segments
    }

    private static func order(_ sort: RoleSort) -> (key: String, index: String, isDescending: Bool) {
        switch sort {
        case .kind, .key: ("key_key", "role_by_key", false)
        case .name: ("name_key", "role_by_name", false)
        case .members: ("member_count", "role_by_members", true)
        case .teams: ("team_count", "role_by_teams", true)
        case .tokens: ("token_count", "role_by_tokens", true)
        }
    }

    /// There are five of them: they are sorted as they are read.
    private static func base(_ sort: RoleSort, isReversed: Bool, _ filter: Filter) -> ListSegment {
        let condition = RoleConditions.compileBase(filter)
        let (key, isDescending): (String?, Bool) =
            switch sort {
            case .kind, .teams: (nil, false)
            case .key, .name: ("base_role.name", false)
            case .members: ("base_role.member_count", true)
            case .tokens: ("base_role.token_count", true)
            }
        return ListSegment(
            baseSource, number: "base_role.rank", key: key, isDescending: isDescending != isReversed, condition: condition)
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
