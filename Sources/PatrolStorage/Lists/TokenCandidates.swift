internal import PatrolDomain

/// Queries for the numbers of tokens that a condition may want, each on an index. All that it wants are among
/// them; `TokenConditions` tells which.
enum TokenCandidates {
    static func find(_ condition: Filter.Condition, isDeleted: Value, now: Timestamp) -> Condition? {
        switch condition {
        case .text(let text): words(text)
        case .owner(let text): owner(text, isDeleted)
        case .role(let key): role(key, isDeleted)
        case .kind(let kind): Condition("SELECT number FROM token INDEXED BY token_kind WHERE kind = ?", [.text(kind.rawValue)])
        case .finding(let rules): finding(rules, isDeleted)
        case .imported: Condition("SELECT number FROM token INDEXED BY token_imported WHERE origin = 'imported'")
        case .flagged: keys("flag_key", "token_by_flag", "<", .max, isDeleted)
        case .quarantined: inForce("quarantined_at", "token_quarantined", isDeleted)
        case .planned: inForce("planned_at", "token_planned", isDeleted)
        case .unused(.moreThan, let span): keys("last_used_key", "token_by_last_used", "<", (now - span).milliseconds, isDeleted)
        case .unused(.lessThan, let span): keys("last_used_key", "token_by_last_used", ">", (now - span).milliseconds, isDeleted)
        case .neverUsed: keys("last_used_key", "token_by_last_used", "=", 0, isDeleted)
        case .expires(let comparison, let span): expires(comparison, now, now + span, isDeleted)
        case .neverExpires: keys("expires_key", "token_by_expires", "=", .max, isDeleted)
        case .created(.moreThan, let span): keys("created_at", "token_by_created", "<", (now - span).milliseconds, isDeleted)
        case .created(.lessThan, let span): keys("created_at", "token_by_created", ">", (now - span).milliseconds, isDeleted)
        case .pending, .seen, .removed, .actor, .action, .targetKind, .refused: nil
        }
    }

    private static func words(_ text: String) -> Condition? {
        WordQuery.match([text]).map {
            Condition("SELECT rowid FROM token_text WHERE token_text MATCH ?", [.text($0)])
        }
    }

    private static func keys(
        _ column: String, _ index: String, _ sign: String, _ bound: Int64, _ isDeleted: Value
    ) -> Condition {
        Condition(
            "SELECT number FROM token INDEXED BY \(index) WHERE is_deleted = ? AND \(column) \(sign) ?",
            [isDeleted, .integer(bound)])
    }

    /// Of an index of those in force that have a value there.
    private static func inForce(_ column: String, _ index: String, _ isDeleted: Value) -> Condition? {
        guard isDeleted == .boolean(false) else { return nil }
        return Condition(
            "SELECT number FROM token INDEXED BY \(index) WHERE \(column) IS NOT NULL AND deleted_at IS NULL")
    }

    private static func expires(
        _ comparison: Filter.Comparison, _ now: Timestamp, _ end: Timestamp, _ isDeleted: Value
    ) -> Condition {
        let (low, high) =
            comparison == .lessThan ? (now.milliseconds, end.milliseconds) : (end.milliseconds, Int64.max)
        return Condition(
            """
            SELECT number FROM token INDEXED BY token_by_expires
            WHERE is_deleted = ? AND expires_key > ? AND expires_key < ?
            """, [isDeleted, .integer(low), .integer(high)])
    }

    private static func owner(_ text: String, _ isDeleted: Value) -> Condition? {
        guard let owners = MemberCandidates.named(text) else { return nil }
        return Condition(
            "SELECT number FROM token INDEXED BY token_owner WHERE owner IN (\(owners.sql)) AND is_deleted = ?",
            owners.values + [isDeleted])
    }

    private static func role(_ key: String, _ isDeleted: Value) -> Condition {
        Condition(
            """
            SELECT number FROM token INDEXED BY token_base_role
            WHERE base_role IS NOT NULL AND base_role = ? AND is_deleted = ?
            UNION ALL
            SELECT token.number FROM role INDEXED BY role_by_key CROSS JOIN token_role INDEXED BY token_role_role ON token_role.role = role.id
            CROSS JOIN token ON token.id = token_role.token WHERE role.is_deleted IN (0, 1) AND role.key_key = ? AND role.key = ?
            """, [.text(key), isDeleted, .text(sortKey(key)), .text(key)])
    }

    /// The rules of a token are the bits of a number. Few sets of rules are in use at all: they are found by
    /// steps from one to the next larger, and each set leads to its tokens.
    private static func finding(_ rules: [HygieneRule], _ isDeleted: Value) -> Condition {
        Condition(
            """
            SELECT number FROM token INDEXED BY token_rules
            WHERE is_deleted = ? AND risk_rules IN (
                WITH RECURSIVE used (rules) AS (
                    SELECT min(risk_rules) FROM token INDEXED BY token_rules WHERE is_deleted = ?
                    UNION ALL
                    SELECT (SELECT min(risk_rules) FROM token INDEXED BY token_rules
                        WHERE is_deleted = ? AND risk_rules > used.rules)
                    FROM used WHERE used.rules IS NOT NULL)
                SELECT rules FROM used WHERE rules & ? <> 0)
            """, [isDeleted, isDeleted, isDeleted, RiskRecord.mask(of: rules)])
    }
}
