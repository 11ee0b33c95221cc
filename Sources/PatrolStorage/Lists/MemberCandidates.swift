internal import PatrolDomain

/// Queries for the numbers of members that a condition may want, each on an index.
enum MemberCandidates {
    static func find(_ condition: Filter.Condition, isRemoved: Value, now: Timestamp) -> Condition? {
        switch condition {
        case .text(let text):
            WordQuery.match([text]).map {
                Condition("SELECT rowid FROM member_text WHERE member_text MATCH ?", [.text($0)])
            }
        case .role(let key): role(key)
        case .seen(let comparison, let span):
            Condition(
                """
                SELECT number FROM member INDEXED BY member_by_last_seen
                WHERE is_removed = ? AND last_seen_key \(comparison == .moreThan ? "<" : ">") ?
                """, [isRemoved, .integer((now - span).milliseconds)])
        default: nil
        }
    }

    /// The ids of the members who are meant by a part of a name or address, or by an id; nil where no index knows.
    static func named(_ text: String) -> Condition? {
        WordQuery.match([text]).map {
            Condition(
                """
                SELECT id FROM member WHERE id = ? OR number IN (
                    SELECT rowid FROM member_text WHERE member_text MATCH ?)
                """, [.text(text), .text($0)])
        }
    }

    private static func role(_ key: String) -> Condition {
        Condition(
            """
            SELECT number FROM member INDEXED BY member_base_role WHERE base_role = ?
            UNION ALL
            SELECT member.number FROM role INDEXED BY role_by_key CROSS JOIN member_role INDEXED BY member_role_role ON member_role.role = role.id
            CROSS JOIN member ON member.id = member_role.member WHERE role.is_deleted IN (0, 1) AND role.key_key = ? AND role.key = ?
            UNION ALL
            SELECT member.number FROM role INDEXED BY role_by_key CROSS JOIN team_role INDEXED BY team_role_role ON team_role.role = role.id
            CROSS JOIN team_member ON team_member.team = team_role.team
            CROSS JOIN member ON member.id = team_member.member WHERE role.is_deleted IN (0, 1) AND role.key_key = ? AND role.key = ?
            """, [.text(key), .text(sortKey(key)), .text(key), .text(sortKey(key)), .text(key)])
    }
}
