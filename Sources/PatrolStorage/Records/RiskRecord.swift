internal import PatrolDomain

/// The columns of `token` that hold what the hygiene rules said: derived, never recorded.
enum RiskRecord {
    static let columns = "token.risk_rules, token.risk_score, token.risk_worst"

    /// Due at this time: never by itself.
    private static let never = Int64.max

    /// These rules as bits of `risk_rules`.
    static func mask(of rules: some Sequence<HygieneRule>) -> Value {
        .integer(Int64(bitPattern: rules.reduce(UInt64(0)) { $0 | 1 << UInt64($1.rawValue) }))
    }

    /// The risk whose columns begin at `column`.
    static func risk(_ row: Row, from column: Int) throws(StorageError) -> TokenRisk {
        let worst = try row.optionalInteger(column + 2).map { number in Severity(rawValue: Int(number)) }
        if case .some(nil) = worst { throw .damaged(detail: "a severity is unknown") }
        return TokenRisk(
            rules: UInt64(bitPattern: try row.integer(column)), score: try row.number(column + 1),
            worst: worst ?? nil)
    }

    static func load(
        of token: TokenID, _ connection: Connection
    ) throws(StorageError) -> TokenRisk? {
        try connection.first(
            "SELECT \(columns) FROM token WHERE id = ?", [.text(token.text)]
        ) { row throws(StorageError) in try risk(row, from: 0) }
    }

    /// Tokens that must be judged, those whose facts changed first.
    static func due(
        at now: Timestamp, limit: Int, _ connection: Connection
    ) throws(StorageError) -> [TokenID] {
        try connection.rows(
            """
            SELECT id FROM token INDEXED BY token_risk_due
            WHERE deleted_at IS NULL AND risk_due_at <= ? ORDER BY risk_due_at LIMIT ?
            """,
            [.integer(now.milliseconds), .integer(limit)]
        ) { row throws(StorageError) in try row.value(0, TokenID.init) }
    }

    /// As `due`, with the tokens as they are, what was said of them, and their places in the table.
    static func dueTokens(
        at now: Timestamp, limit: Int, _ connection: Connection
    ) throws(StorageError) -> [StaleToken] {
        try connection.rows(
            """
            SELECT \(TokenRecord.columns), \(columns), token.number FROM token INDEXED BY token_risk_due
            WHERE deleted_at IS NULL AND risk_due_at <= ? ORDER BY risk_due_at LIMIT ?
            """,
            [.integer(now.milliseconds), .integer(limit)]
        ) { row throws(StorageError) in
            let count = TokenRecord.columnCount
            return StaleToken(
                token: try TokenRecord.token(row, connection), risk: try risk(row, from: count),
                number: try row.integer(count + 3))
        }
    }

    /// What was found of a token that is due.
    static func store(
        _ risk: TokenRisk, dueAt: Timestamp?, at number: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            UPDATE token SET risk_rules = ?, risk_score = ?, risk_worst = ?, risk_due_at = ?
            WHERE number = ?
            """,
            [
                .integer(Int64(bitPattern: risk.rules)), .integer(risk.score),
                .optional(risk.worst.map { Int64($0.rawValue) }),
                .integer(dueAt.map { max(1, $0.milliseconds) } ?? never), .integer(number),
            ])
    }

    /// That a token is due at another time; what was said of it stays.
    static func postpone(to dueAt: Timestamp?, at number: Int64, _ connection: Connection) throws(StorageError) {
        try connection.run(
            "UPDATE token SET risk_due_at = ? WHERE number = ?",
            [.integer(dueAt.map { max(1, $0.milliseconds) } ?? never), .integer(number)])
    }

    /// Those of which something was found that a gap in what is recorded withholds.
    static func makeGuardedStale(_ connection: Connection) throws(StorageError) {
        try connection.run(
            """
            UPDATE token SET risk_due_at = 0
            WHERE risk_rules & ? <> 0 AND deleted_at IS NULL AND risk_due_at <> 0
            """, [mask(of: RuleEntry.guarded)])
    }

    static func makeStale(_ scope: RiskScope, _ connection: Connection) throws(StorageError) {
        let update = "UPDATE token SET risk_due_at = 0 WHERE risk_due_at <> 0"
        switch scope {
        case .token(let id): try connection.run(update + " AND id = ?", [.text(id.text)])
        case .tokensOfMember(let id):
            try connection.run(
                update + " AND owner = ? AND is_deleted = 0", [.text(id.text)])
        case .tokensTouchedByRole(let id):
            try connection.run(
                update + """
                     AND number IN (
                        SELECT token.number FROM token_role
                        JOIN token ON token.id = token_role.token
                        WHERE token_role.role = ?1
                        UNION SELECT token.number FROM member_role
                        JOIN token ON token.owner = member_role.member
                        WHERE member_role.role = ?1
                        UNION SELECT token.number FROM team_role
                        JOIN team_member ON team_member.team = team_role.team
                        JOIN token ON token.owner = team_member.member
                        WHERE team_role.role = ?1)
                    """, [.text(id.text)])
        case .everyToken: try connection.run(update + " AND deleted_at IS NULL")
        }
    }
}
