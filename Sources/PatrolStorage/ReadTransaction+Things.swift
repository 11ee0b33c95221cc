package import PatrolDomain

extension ReadTransaction {
    // MARK: Members

    package func member(_ id: MemberID) throws(StorageError) -> Member? {
        try MemberRecord.load(id, live())
    }

    /// The member with this e-mail address, in whatever letters; nobody who was removed.
    package func member(email: String) throws(StorageError) -> Member? {
        try MemberRecord.load(email: email, live())
    }

    /// The owner of the account.
    package func owner() throws(StorageError) -> Member? { try MemberRecord.owner(live()) }

    /// Members who hold the custom role themselves and were not removed, by id.
    package func members(holding role: RoleID, limit: Int) throws(StorageError) -> [Member] {
        let connection = try live()
        return try connection.rows(
            """
            SELECT \(MemberRecord.columns) FROM member_role
            JOIN member ON member.id = member_role.member
            WHERE member_role.role = ? AND member.removed_at IS NULL
            ORDER BY member_role.member LIMIT ?
            """,
            [.text(role.text), .integer(limit)]
        ) { row throws(StorageError) in try MemberRecord.member(row, connection) }
    }

    /// Members of a base role who were not removed, in the order they came.
    package func members(of role: BaseRole, limit: Int) throws(StorageError) -> [Member] {
        let connection = try live()
        return try connection.rows(
            """
            SELECT \(MemberRecord.columns) FROM member
            WHERE base_role = ? AND is_removed = 0 ORDER BY number LIMIT ?
            """,
            [.text(role.rawValue), .integer(limit)]
        ) { row throws(StorageError) in try MemberRecord.member(row, connection) }
    }

    /// Members of the teams that hold the role, who were not removed, each once, by id.
    package func members(
        holdingByTeam role: RoleID, limit: Int
    ) throws(StorageError) -> [Member] {
        let connection = try live()
        return try connection.rows(
            """
            SELECT \(MemberRecord.columns) FROM member
            WHERE member.removed_at IS NULL AND member.id IN (
                SELECT team_member.member FROM team_role
                JOIN team_member ON team_member.team = team_role.team WHERE team_role.role = ?)
            ORDER BY member.id LIMIT ?
            """,
            [.text(role.text), .integer(limit)]
        ) { row throws(StorageError) in try MemberRecord.member(row, connection) }
    }

    /// How many hold the custom role, themselves or by a team, each once, and how many tokens in force are theirs.
    package func count(
        ofThoseHolding role: RoleID
    ) throws(StorageError) -> (members: Int, tokens: Int) {
        let counts = try live().first(
            """
            SELECT count(*), coalesce(sum(token_count), 0) FROM member
            WHERE member.removed_at IS NULL AND member.id IN (
                SELECT member FROM member_role WHERE role = ?1
                UNION SELECT team_member.member FROM team_role
                JOIN team_member ON team_member.team = team_role.team WHERE team_role.role = ?1)
            """,
            [.text(role.text)]
        ) { row throws(StorageError) in (members: try row.number(0), tokens: try row.number(1)) }
        return counts ?? (0, 0)
    }

    // MARK: Roles and teams

    package func role(_ id: RoleID) throws(StorageError) -> Role? { try RoleRecord.load(id, live()) }

    /// The role with this key; none that was deleted.
    package func role(key: Key) throws(StorageError) -> Role? {
        try RoleRecord.load(key: key, live())
    }

    /// Those of the roles that there are, deleted ones too.
    package func roles(_ ids: some Collection<RoleID>) throws(StorageError) -> [RoleID: Role] {
        var found: [RoleID: Role] = [:]
        for id in ids where found[id] == nil { found[id] = try role(id) }
        return found
    }

    /// Every role that was not deleted, by key, up to `limit`.
    package func allRoles(limit: Int) throws(StorageError) -> [Role] {
        try live().rows(
            """
            SELECT \(RoleRecord.columns) FROM role INDEXED BY role_by_key
            WHERE is_deleted = 0 ORDER BY key_key, number LIMIT ?
            """,
            [.integer(limit)], RoleRecord.role)
    }

    /// Whether a role in force has this name, in whatever letters, other than `exception`.
    package func isRoleNameInUse(
        _ name: String, except exception: RoleID? = nil
    ) throws(StorageError) -> Bool {
        try live().integer(
            """
            SELECT EXISTS (
                SELECT 1 FROM role WHERE is_deleted = 0 AND name_key = ? AND id IS NOT ?)
            """,
            [.text(sortKey(name)), .optional(exception?.text)]) != 0
    }

    /// How many hold the role: members in force, and teams.
    package func holders(of role: RoleID) throws(StorageError) -> Facts.RoleHolders {
        let counts = try live().first(
            "SELECT member_count, team_count FROM role WHERE id = ?", [.text(role.text)]
        ) { row throws(StorageError) in
            Facts.RoleHolders(members: try row.number(0), teams: try row.number(1))
        }
        return counts ?? Facts.RoleHolders()
    }

    /// The team with all of its members.
    package func team(_ key: Key) throws(StorageError) -> Team? { try TeamRecord.load(key, live()) }

    /// Every team with all of its members, by key, up to `limit`.
    package func allTeams(limit: Int) throws(StorageError) -> [Team] {
        var teams: [Team] = []
        for key in try TeamRecord.keys(limit: limit, live()) {
            if let team = try team(key) { teams.append(team) }
        }
        return teams
    }

    /// The teams of a member, by key, up to 1,000. He is the only one in their lists of members.
    package func teams(of member: MemberID) throws(StorageError) -> [Team] {
        try TeamRecord.load(of: member, limit: 1_000, live())
    }

    /// The teams that hold a role, by key, without their members.
    package func teams(holding role: RoleID, limit: Int) throws(StorageError) -> [Team] {
        try TeamRecord.load(holding: role, limit: limit, live())
    }

    // MARK: Tokens

    /// Whether a token in force whose owner or creator is the member has the custom role in its scope.
    package func isInScope(_ role: RoleID, ofTokensOf owner: MemberID) throws(StorageError) -> Bool {
        try live().integer(
            """
            SELECT EXISTS (
                SELECT 1 FROM token_role JOIN token ON token.id = token_role.token
                WHERE token_role.role = ? AND token.owner = ? AND token.is_deleted = 0)
            """, [.text(role.text), .text(owner.text)]) != 0
    }

    package func token(_ id: TokenID) throws(StorageError) -> AccessToken? {
        try TokenRecord.load(id, live())
    }

    /// The secret with this public id, also one that has ended.
    package func secret(id: String) throws(StorageError) -> StoredSecret? {
        try SecretRecord.load(id: id, live())
    }

    /// The newest secrets of a token, oldest first, up to 20.
    package func secrets(of token: TokenID) throws(StorageError) -> [StoredSecret] {
        try SecretRecord.load(of: token, limit: 20, live())
    }

    /// Tokens in force that must be judged by `now`, those whose facts changed first.
    package func dueRisks(limit: Int, at now: Timestamp) throws(StorageError) -> [TokenID] {
        try RiskRecord.due(at: now, limit: limit, live())
    }

    /// The same, with the tokens as they are.
    package func dueTokens(limit: Int, at now: Timestamp) throws(StorageError) -> [StaleToken] {
        try RiskRecord.dueTokens(at: now, limit: limit, live())
    }

    /// What a token called on each day since `start`, oldest first: the newest 2,000 rows.
    package func use(
        of token: TokenID, since start: Timestamp
    ) throws(StorageError) -> [UseOfDay] {
        try UsageRecord.days(of: token, since: start, limit: 2_000, live())
    }

    /// Networks that a token was used from since the day of `start`.
    package func networks(of token: TokenID, since start: Timestamp) throws(StorageError) -> Int {
        try UsageRecord.networks(of: token, since: start, live())
    }

    // MARK: The log

    /// The number of the newest entry; 0 where there is none.
    package func lastSequence() throws(StorageError) -> Int64 { try AuditRecord.lastSequence(live()) }

    /// The time of the newest entry: nothing is recorded as earlier.
    package func lastEventTime() throws(StorageError) -> Timestamp? {
        try AuditRecord.lastTime(live())
    }

    /// The entry of an operation, if it was recorded.
    package func entry(operation: [UInt8]) throws(StorageError) -> AuditEntry? {
        try AuditRecord.load(operation: operation, live())
    }

    /// Entries after `sequence`, oldest first.
    package func audit(after sequence: Int64, limit: Int) throws(StorageError) -> [AuditEntry] {
        try AuditRecord.load(after: sequence, limit: limit, live())
    }
}
