package import PatrolDomain

extension ReadTransaction {
    /// Tokens in force, or, where the filter asks for `removed`, those that were deleted.
    ///
    /// - Parameters:
    ///   - sort: by risk the worst first, by creation and use the latest first, by expiry the soonest first;
    ///     those that were never used, or never expire, at the end. By owner those of nobody are at the end, by scope
    ///     the widest comes first, by flag what is due first.
    ///   - isReversed: the other way round.
    package func tokenPage(
        _ request: PageRequest, sort: TokenSort, isReversed: Bool = false,
        filter: Filter = Filter(), at now: Timestamp
    ) throws(StorageError) -> Page<TokenRow> {
        var segment = TokenLists.all(sort, isReversed: isReversed, filter: filter, at: now)
        if segment.stream != nil, try isNamedLikeBaseRole() { segment.stream = nil }
        return try tokens(in: segment, request, at: now)
    }

    /// Whether a custom role has the name of a base role, as an import can bring one.
    private func isNamedLikeBaseRole() throws(StorageError) -> Bool {
        let names = BaseRole.allCases.map(\.rawValue)
        return try live().integer(
            """
            SELECT EXISTS (
                SELECT 1 FROM role INDEXED BY role_by_key WHERE is_deleted IN (0, 1)
                    AND key_key IN (\(names.map { _ in "?" }.joined(separator: ", "))))
            """, names.map { .text($0) }) != 0
    }

    /// Tokens in force of one owner, the riskiest first.
    package func tokenPage(
        _ request: PageRequest, of owner: MemberID, at now: Timestamp
    ) throws(StorageError) -> Page<TokenRow> {
        try tokens(in: TokenLists.of(owner), request, at: now)
    }

    /// Tokens in force that were given the custom role, by id.
    package func tokenPage(
        _ request: PageRequest, scopedBy role: RoleID, at now: Timestamp
    ) throws(StorageError) -> Page<TokenRow> {
        try tokens(in: TokenLists.scopedBy(role), request, at: now)
    }

    /// Tokens in force that were given the base role, the riskiest first.
    package func tokenPage(
        _ request: PageRequest, scopedBy role: BaseRole, at now: Timestamp
    ) throws(StorageError) -> Page<TokenRow> {
        try tokens(in: TokenLists.scopedBy(role), request, at: now)
    }

    /// One token as lists show it, also one that was deleted.
    package func tokenRow(_ id: TokenID, at now: Timestamp) throws(StorageError) -> TokenRow? {
        let connection = try live()
        let number = try connection.first(
            "SELECT number FROM token WHERE id = ?", [.text(id.text)]
        ) { row throws(StorageError) in try row.integer(0) }
        guard let number else { return nil }
        return try TokenLists.row(number, at: now, connection)
    }

    private func tokens(
        in segment: ListSegment, _ request: PageRequest, at now: Timestamp
    ) throws(StorageError) -> Page<TokenRow> {
        let connection = try live()
        return try PageWalk(connection, [segment], lookLimit: request.lookLimit).page(request) {
            place throws(StorageError) in try TokenLists.row(place.number, at: now, connection)
        }
    }
}

/// The lists of tokens, each on an index, and their rows.
enum TokenLists {
    static func all(
        _ sort: TokenSort, isReversed: Bool, filter: Filter, at now: Timestamp
    ) -> ListSegment {
        let compiled = TokenConditions.compile(filter, at: now)
        let (key, index, isDescending) = order(sort)
        return ListSegment(
            "token INDEXED BY \(index)", number: "token.number", key: "token.\(key)",
            fixed: [("token.is_deleted", .boolean(compiled.showsRemoved))],
            isDescending: isDescending != isReversed, condition: compiled.condition,
            stream: sort == .risk ? riskStream(filter, showsRemoved: compiled.showsRemoved) : nil,
            candidates: compiled.candidates)
    }

    /// The tokens of one base role, by risk: all that the filter wants, unless a custom role has its name.
    private static func riskStream(_ filter: Filter, showsRemoved: Bool) -> ListSegment.Stream? {
        let roles = filter.terms.compactMap { term -> BaseRole? in
            guard case .role(let key) = term.condition, !term.isExcluded else { return nil }
            return BaseRole(rawValue: key)
        }
        guard let role = roles.first else { return nil }
        return ListSegment.Stream(
            source: "token INDEXED BY token_base_role", number: "token.number",
            wanted: Condition(
                "token.base_role = ? AND token.is_deleted = ?", [.text(role.rawValue), .boolean(showsRemoved)]))
    }

    private static func order(
        _ sort: TokenSort
    ) -> (key: String, index: String, isDescending: Bool) {
        switch sort {
        case .risk: ("risk_score", "token_by_risk", true)
        case .owner: ("owner_key", "token_by_owner", false)
        case .scope: ("scope_rank", "token_by_scope", false)
        case .ending: ("ending", "token_by_ending", false)
        case .flag: ("flag_key", "token_by_flag", false)
        case .name: ("name_key", "token_by_name", false)
        case .created: ("created_at", "token_by_created", true)
        case .lastUsed: ("last_used_key", "token_by_last_used", true)
        case .expires: ("expires_key", "token_by_expires", false)
        }
    }

    static func of(_ owner: MemberID) -> ListSegment {
        ListSegment(
            "token INDEXED BY token_owner", number: "token.number", key: "token.risk_score",
            fixed: [("token.owner", .text(owner.text)), ("token.is_deleted", .integer(0))],
            isDescending: true)
    }

    static func scopedBy(_ role: RoleID) -> ListSegment {
        ListSegment(
            "token_role INDEXED BY token_role_role CROSS JOIN token ON token.id = token_role.token",
            number: "token.number", key: "token_role.token",
            fixed: [("token_role.role", .text(role.text))],
            condition: Condition("token.is_deleted = 0"))
    }

    static func scopedBy(_ role: BaseRole) -> ListSegment {
        ListSegment(
            "token INDEXED BY token_base_role", number: "token.number", key: "token.risk_score",
            fixed: [("token.base_role", .text(role.rawValue)), ("token.is_deleted", .integer(0))],
            isDescending: true)
    }

    private static let rowQuery = """
        SELECT \(TokenRecord.columns), \(RiskRecord.columns),
            member.email, member.first_name, member.last_name, member.is_pending,
            member.is_removed
        FROM token LEFT JOIN member ON member.id = token.owner WHERE token.number = ?
        """

    static func row(
        _ number: Int64, at now: Timestamp, _ connection: Connection
    ) throws(StorageError) -> TokenRow? {
        let count = TokenRecord.columnCount
        return try connection.first(rowQuery, [.integer(number)]) { row throws(StorageError) in
            let token = try TokenRecord.token(row, connection)
            return TokenRow(
                token: token, ownerName: try ownerName(row, from: count + 3),
                ownerStanding: try ownerStanding(row, from: count + 6),
                scopeRoleKeys: try scopeRoleKeys(token, connection),
                risk: try RiskRecord.risk(row, from: count),
                recentUse: token.lastUsedAt == nil
                    ? []
                    : try UsageRecord.recent(of: token.id, days: TokenRow.recentDays, at: now, connection))
        }
    }

    private static func ownerName(_ row: Row, from column: Int) throws(StorageError) -> String? {
        guard let email = try row.optionalText(column) else { return nil }
        return Member.displayName(
            email: email, firstName: try row.text(column + 1), lastName: try row.text(column + 2))
    }

    private static func ownerStanding(
        _ row: Row, from column: Int
    ) throws(StorageError) -> Member.Standing? {
        guard let isPending = try row.optionalInteger(column) else { return nil }
        if try row.boolean(column + 1) { return .removed }
        return isPending != 0 ? .pending : .active
    }

    private static func scopeRoleKeys(
        _ token: AccessToken, _ connection: Connection
    ) throws(StorageError) -> [String] {
        guard case .customRoles = token.scope else { return [] }
        return try connection.rows(
            """
            SELECT role.key FROM token_role JOIN role ON role.id = token_role.role
            WHERE token_role.token = ? ORDER BY token_role.place
            """,
            [.text(token.id.text)]
        ) { row throws(StorageError) in try row.text(0) }
    }
}

extension Member {
    /// As `displayName`, for a row that holds no more of the member.
    fileprivate static func displayName(
        email: String, firstName: String, lastName: String
    ) -> String {
        if firstName.isEmpty && lastName.isEmpty { return email }
        if firstName.isEmpty { return lastName }
        return lastName.isEmpty ? firstName : "\(firstName) \(lastName)"
    }
}
