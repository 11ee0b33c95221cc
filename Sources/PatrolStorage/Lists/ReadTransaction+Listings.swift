package import PatrolDomain

extension ReadTransaction {
    /// Tokens in force, the oldest first.
    ///
    /// - Parameter viewer: Only service tokens and his own personal ones; nil: every token.
    package func tokens(seenBy viewer: MemberID?, _ span: PageSpan) throws(StorageError) -> Listing<AccessToken> {
        try tokens(in: viewer.map(TokenSource.init(seenBy:)) ?? TokenSource.all, span)
    }

    /// Service tokens in force, the oldest first.
    package func serviceTokens(_ span: PageSpan) throws(StorageError) -> Listing<AccessToken> {
        try tokens(in: TokenSource.service, span)
    }

    private func tokens(in source: TokenSource, _ span: PageSpan) throws(StorageError) -> Listing<AccessToken> {
        let connection = try live()
        let total = try connection.integer("SELECT count(*) FROM (\(source.sql))", source.values)
        let numbers = try connection.rows(
            "SELECT number FROM (\(source.sql)) ORDER BY created_at, number LIMIT ? OFFSET ?",
            source.values + span.values
        ) { row throws(StorageError) in try row.integer(0) }
        var items: [AccessToken] = []
        for number in numbers {
            let token = try connection.first(
                "SELECT \(TokenRecord.columns) FROM token WHERE number = ?", [.integer(number)]
            ) { row throws(StorageError) in try TokenRecord.token(row, connection) }
            if let token { items.append(token) }
        }
        return Listing(items: items, total: Int(total))
    }

    /// Custom roles in force, by key.
    package func roles(_ span: PageSpan) throws(StorageError) -> Listing<RoleRow> {
        let connection = try live()
        let total = try connection.integer("SELECT count(*) FROM role INDEXED BY role_by_key WHERE is_deleted = 0")
        let numbers = try connection.rows(
            """
            SELECT number FROM role INDEXED BY role_by_key WHERE is_deleted = 0
            ORDER BY key_key, number LIMIT ? OFFSET ?
            """, span.values
        ) { row throws(StorageError) in try row.integer(0) }
        var items: [RoleRow] = []
        for number in numbers {
            if let row = try RoleLists.custom(number, connection) { items.append(row) }
        }
        return Listing(items: items, total: Int(total))
    }

    /// Teams with all of their members, by key.
    package func teams(_ span: PageSpan) throws(StorageError) -> Listing<Team> {
        let connection = try live()
        let total = try connection.integer("SELECT count(*) FROM team")
        let keys = try connection.rows("SELECT key FROM team ORDER BY key LIMIT ? OFFSET ?", span.values) {
            row throws(StorageError) in try row.value(0, Key.init)
        }
        var items: [Team] = []
        for key in keys {
            if let team = try TeamRecord.load(key, connection) { items.append(team) }
        }
        return Listing(items: items, total: Int(total))
    }

    /// Members who were not removed and are as the query says.
    package func members(_ query: MemberQuery, _ span: PageSpan) throws(StorageError) -> Listing<Member> {
        let connection = try live()
        let wanted = query.condition
        let source = "FROM member WHERE is_removed = 0 AND (\(wanted.sql))"
        let total = try connection.integer("SELECT count(*) \(source)", wanted.values)
        let items = try connection.rows(
            "SELECT \(MemberRecord.columns) \(source) ORDER BY \(query.order.sql) LIMIT ? OFFSET ?",
            wanted.values + span.values
        ) { row throws(StorageError) in try MemberRecord.member(row, connection) }
        return Listing(items: items, total: Int(total))
    }
}

/// Where tokens are listed from: a query for times and numbers.
private struct TokenSource {
    var sql: String
    var values: [Value] = []

    static let all = TokenSource(
        sql: "SELECT created_at, number FROM token INDEXED BY token_by_created WHERE is_deleted = 0")

    static let service = TokenSource(
        sql: """
            SELECT created_at, number FROM token INDEXED BY token_kind
            WHERE kind = 'service' AND is_deleted = 0
            """)

    private init(sql: String, values: [Value] = []) {
        self.sql = sql
        self.values = values
    }

    init(seenBy viewer: MemberID) {
        sql = """
            \(Self.service.sql) UNION ALL
            SELECT created_at, number FROM token INDEXED BY token_owner
            WHERE owner = ? AND is_deleted = 0 AND kind = 'personal'
            """
        values = [.text(viewer.text)]
    }
}

extension PageSpan {
    fileprivate var values: [Value] { [.integer(limit), .integer(offset)] }
}

extension MemberQuery.Order {
    fileprivate var sql: String {
        switch self {
        case .created: "number"
        case .displayName(let isReversed): isReversed ? "name_key DESC, number DESC" : "name_key, number"
        case .lastSeen(let isReversed): isReversed ? "last_seen_key DESC, number DESC" : "last_seen_key, number"
        }
    }
}

extension MemberQuery {
    fileprivate var condition: Condition {
        var terms: [Condition] = []
        if let text {
            terms.append(
                Condition(
                    "instr(member.email_key, ?) > 0 OR instr(member.name_key, ?) > 0",
                    [.text(sortKey(text)), .text(sortKey(text))]))
        }
        if let roles { terms.append(Self.holding(roles)) }
        if let ids { terms.append(Self.among("member.id", ids)) }
        if let emails { terms.append(Self.among("member.email_key", emails.map(sortKey))) }
        if let team {
            terms.append(
                Condition(
                    "EXISTS (SELECT 1 FROM team_member WHERE member = member.id AND lower(team) = lower(?))",
                    [.text(team)]))
        }
        if let isInNoTeam {
            terms.append(
                Condition(
                    "\(isInNoTeam ? "NOT " : "")EXISTS (SELECT 1 FROM team_member WHERE team_member.member = member.id)"))
        }
        if isNeverSeen { terms.append(Condition("member.last_seen_at IS NULL")) }
        if let isSeenBefore {
            terms.append(Condition("member.last_seen_at < ?", [.integer(isSeenBefore.milliseconds)]))
        }
        return terms.isEmpty ? .always : .all(terms)
    }

    private static func holding(_ roles: [String]) -> Condition {
        var base = roles
        if base.contains(BaseRole.admin.rawValue) { base.append(BaseRole.owner.rawValue) }
        let direct = among("member.base_role", base)
        let (keys, ids) = (among("role.key", roles), among("role.id", roles))
        return Condition(
            """
            (\(direct.sql)) OR EXISTS (
                SELECT 1 FROM member_role JOIN role ON role.id = member_role.role
                WHERE member_role.member = member.id AND ((\(keys.sql)) OR (\(ids.sql))))
            """, direct.values + keys.values + ids.values)
    }

    private static func among(_ column: String, _ texts: [String]) -> Condition {
        if texts.isEmpty { return .never }
        return Condition(
            "\(column) IN (\(texts.map { _ in "?" }.joined(separator: ", ")))", texts.map { .text($0) })
    }
}
