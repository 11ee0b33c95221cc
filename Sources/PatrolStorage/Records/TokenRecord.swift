internal import PatrolDomain

/// Tables `token` and `token_role`. What the hygiene rules say stands in `RiskRecord`.
enum TokenRecord {
    static let columns = """
        token.id, token.kind, token.origin, token.owner, token.scope, token.base_role, \
        token.name, token.purpose, token.ending, token.created_at, token.modified_at, \
        token.expires_at, token.last_used_at, token.use_known_until, token.api_version, \
        token.flag_reason, token.flag_due_at, token.flagged_by, token.flagged_at, \
        token.deleted_at, token.version, token.policy, token.creator_snapshot, \
        token.quarantine_reason, token.quarantined_by, token.quarantined_at, token.quarantine_ends_at, \
        token.planned_scope, token.planned_at, token.planned_by, token.plan_reason, \
        token.scope_before, token.scope_changed_at, token.networks
        """

    static let columnCount = 34

    /// The token whose columns begin the row.
    static func token(_ row: Row, _ connection: Connection) throws(StorageError) -> AccessToken {
        let id = try row.value(0, TokenID.init)
        var snapshot: Authority?
        if let text = try row.optionalText(22) { snapshot = try connection.readTexts.authority(text) }
        return AccessToken(
            id: id, kind: try row.value(1, AccessToken.Kind.init),
            origin: try row.value(2, AccessToken.Origin.init), name: try row.text(6),
            purpose: try row.text(7), owner: try row.optionalValue(3, MemberID.init),
            scope: try scope(row, of: id, connection), creatorSnapshot: snapshot,
            createdAt: Timestamp(milliseconds: try row.integer(9)),
            modifiedAt: Timestamp(milliseconds: try row.integer(10)),
            expiresAt: try row.optionalInteger(11).map(Timestamp.init),
            lastUsedAt: try row.optionalInteger(12).map(Timestamp.init),
            useKnownUntil: try row.optionalInteger(13).map(Timestamp.init),
            ending: try row.text(8), apiVersion: try row.optionalInteger(14).map { Int($0) },
            flag: try flag(row), quarantine: try quarantine(row), plan: try plan(row),
            formerScope: try formerScope(row), networks: try networks(row),
            deletedAt: try row.optionalInteger(19).map(Timestamp.init),
            version: try row.number(20))
    }

    private static func scope(
        _ row: Row, of token: TokenID, _ connection: Connection
    ) throws(StorageError) -> Scope {
        switch try row.text(4) {
        case "base": .base(try row.value(5, BaseRole.init))
        case "roles": .customRoles(try customRoles(of: token, connection))
        case "inline": .inline(try connection.readTexts.policy(try row.text(21)))
        case "account": .account
        default: throw .damaged(detail: "a token's scope is unknown")
        }
    }

    private static func flag(_ row: Row) throws(StorageError) -> DeletionFlag? {
        guard let reason = try row.optionalText(15) else { return nil }
        return DeletionFlag(
            reason: reason, dueAt: try row.optionalInteger(16).map(Timestamp.init),
            flaggedBy: try row.value(17, MemberID.init),
            flaggedAt: Timestamp(milliseconds: try row.integer(18)))
    }

    private static func quarantine(_ row: Row) throws(StorageError) -> Quarantine? {
        guard let since = try row.optionalInteger(25) else { return nil }
        return Quarantine(
            reason: try row.text(23), since: Timestamp(milliseconds: since),
            setBy: try row.value(24, MemberID.init),
            deletesAt: try row.optionalInteger(26).map(Timestamp.init))
    }

    private static func plan(_ row: Row) throws(StorageError) -> ScopePlan? {
        guard let scope = try row.optionalText(27) else { return nil }
        return ScopePlan(
            scope: try StoredText.scope(scope), appliesAt: Timestamp(milliseconds: try row.integer(28)),
            plannedBy: try row.value(29, MemberID.init), reason: try row.text(30))
    }

    private static func formerScope(_ row: Row) throws(StorageError) -> FormerScope? {
        guard let scope = try row.optionalText(31) else { return nil }
        return FormerScope(
            scope: try StoredText.scope(scope), changedAt: Timestamp(milliseconds: try row.integer(32)))
    }

    private static func networks(_ row: Row) throws(StorageError) -> NetworkLimit? {
        guard let text = try row.optionalText(33) else { return nil }
        guard let limit = NetworkLimit(text) else { throw .damaged(detail: "a token's networks can't be read") }
        return limit
    }

    static func customRoles(
        of token: TokenID, _ connection: Connection
    ) throws(StorageError) -> [RoleID] {
        try connection.rows(
            "SELECT role FROM token_role WHERE token = ? ORDER BY place", [.text(token.text)]
        ) { row throws(StorageError) in try row.value(0, RoleID.init) }
    }

    static func load(_ id: TokenID, _ connection: Connection) throws(StorageError) -> AccessToken? {
        try connection.first(
            "SELECT \(columns) FROM token WHERE id = ?", [.text(id.text)]
        ) { row throws(StorageError) in try token(row, connection) }
    }

    static func insert(
        _ token: AccessToken, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO token (
                id, kind, origin, owner, created_at, creator_snapshot, scope, base_role, policy,
                name, name_key, purpose, ending, modified_at, expires_at, last_used_at,
                use_known_until, api_version, flag_reason, flag_due_at, flagged_by, flagged_at,
                quarantine_reason, quarantined_by, quarantined_at, quarantine_ends_at, planned_scope,
                planned_at, planned_by, plan_reason, scope_before, scope_changed_at, networks, deleted_at, version,
                event, owner_key)
            VALUES (?, ?, ?, ?4, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                ?, ?, ?, ?, ?,
                coalesce((SELECT name_key FROM member WHERE id = ?4), char(1114111)))
            """,
            [
                .text(token.id.text), .text(token.kind.rawValue), .text(token.origin.rawValue),
                .optional(token.owner?.text), .integer(token.createdAt.milliseconds),
                .optional(token.creatorSnapshot.map { StoredText.text(of: $0) }),
            ] + changingValues(token) + [.integer(event)])
        try WordIndex.tokens.add(token.id.text, connection)
        try add(token.scope, to: token.id, event: event, connection)
    }

    /// Writes the token over the version before its own.
    static func update(
        _ token: AccessToken, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try WordIndex.tokens.keep(token.id.text, connection) { () throws(StorageError) in
            try write(token, event: event, connection)
        }
        let before = try customRoles(of: token.id, connection)
        if case .customRoles(before) = token.scope { return }
        if !before.isEmpty {
            try connection.run("DELETE FROM token_role WHERE token = ?", [.text(token.id.text)])
        }
        try add(token.scope, to: token.id, event: event, connection)
    }

    private static func write(
        _ token: AccessToken, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            UPDATE token SET
                scope = ?, base_role = ?, policy = ?, name = ?, name_key = ?, purpose = ?,
                ending = ?, modified_at = ?, expires_at = ?, last_used_at = ?,
                use_known_until = ?, api_version = ?, flag_reason = ?, flag_due_at = ?,
                flagged_by = ?, flagged_at = ?, quarantine_reason = ?, quarantined_by = ?,
                quarantined_at = ?, quarantine_ends_at = ?, planned_scope = ?, planned_at = ?,
                planned_by = ?, plan_reason = ?, scope_before = ?, scope_changed_at = ?, networks = ?,
                deleted_at = ?, version = ?, event = ?
            WHERE id = ? AND version = ?
            """,
            changingValues(token)
                + [.integer(event), .text(token.id.text), .integer(token.version - 1)])
        try connection.requireOneRow("token \(token.id) at version \(token.version - 1)")
    }

    /// The values that an insertion and an update have in common, `scope` to `version`.
    private static func changingValues(_ token: AccessToken) -> [Value] {
        scopeValues(token.scope) + [
            .text(token.name), .text(sortKey(token.name)), .text(token.purpose),
            .text(token.ending), .integer(token.modifiedAt.milliseconds),
            .optional(token.expiresAt?.milliseconds), .optional(token.lastUsedAt?.milliseconds),
            .optional(token.useKnownUntil?.milliseconds),
            .optional(token.apiVersion.map { Int64($0) }), .optional(token.flag?.reason),
            .optional(token.flag?.dueAt?.milliseconds), .optional(token.flag?.flaggedBy.text),
            .optional(token.flag?.flaggedAt.milliseconds),
        ] + keepingValues(token) + [
            .optional(token.networks?.text), .optional(token.deletedAt?.milliseconds), .integer(token.version),
        ]
    }

    /// `quarantine_reason` to `scope_changed_at`.
    private static func keepingValues(_ token: AccessToken) -> [Value] {
        [
            .optional(token.quarantine?.reason), .optional(token.quarantine?.setBy.text),
            .optional(token.quarantine?.since.milliseconds),
            .optional(token.quarantine?.deletesAt?.milliseconds),
            .optional(token.plan.map { StoredText.text(of: $0.scope) }),
            .optional(token.plan?.appliesAt.milliseconds), .optional(token.plan?.plannedBy.text),
            .optional(token.plan?.reason), .optional(token.formerScope.map { StoredText.text(of: $0.scope) }),
            .optional(token.formerScope?.changedAt.milliseconds),
        ]
    }

    private static func scopeValues(_ scope: Scope) -> [Value] {
        switch scope {
        case .base(let role): [.text("base"), .text(role.rawValue), .null]
        case .customRoles: [.text("roles"), .null, .null]
        case .inline(let policy): [.text("inline"), .null, .text(StoredText.text(of: policy))]
        case .account: [.text("account"), .null, .null]
        }
    }

    private static func add(
        _ scope: Scope, to token: TokenID, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        guard case .customRoles(let roles) = scope else { return }
        for (place, role) in roles.enumerated() where !roles[..<place].contains(role) {
            try connection.run(
                "INSERT INTO token_role (token, place, role, event) VALUES (?, ?, ?, ?)",
                [.text(token.text), .integer(place), .text(role.text), .integer(event)])
        }
    }

    /// Notes that the token did something. Not a change of the account; but a token that was found to be
    /// unused, or that rested for a day, is to be judged anew.
    static func noteUse(
        of token: TokenID, at time: Timestamp, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            UPDATE token SET last_used_at = ?1,
                risk_due_at = CASE WHEN last_used_at IS NULL OR ?1 - last_used_at >= ?4 OR risk_rules & ?3 <> 0
                    THEN 0 ELSE risk_due_at END
            WHERE id = ?2 AND coalesce(last_used_at, 0) < ?1
            """,
            [
                .integer(time.milliseconds), .text(token.text), .integer(Int64(bitPattern: idle)),
                .integer(TimeSpan.days(1).milliseconds),
            ])
    }

    private static let idle: UInt64 = [HygieneRule.neverUsed, .unused].reduce(0) { $0 | 1 << UInt64($1.rawValue) }
}
