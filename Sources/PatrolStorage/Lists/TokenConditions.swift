internal import PatrolDomain

/// What the list of tokens can be asked.
enum TokenConditions {
    static func compile(_ filter: Filter, at now: Timestamp) -> CompiledFilter {
        CompiledFilter(filter) { condition in
            ask(condition, now: .integer(now.milliseconds))
        } find: { condition, showsRemoved in
            TokenCandidates.find(condition, isDeleted: .boolean(showsRemoved), now: now)
        }
    }

    private static func ask(_ condition: Filter.Condition, now: Value) -> Condition? {
        switch condition {
        case .text(let text):
            .hasWord(text, in: ["token.name", "token.purpose", "token.id", "token.ending"])
        case .owner(let text): owner(text)
        case .role(let key): role(key)
        case .kind(let kind): Condition("token.kind = ?", [.text(kind.rawValue)])
        case .finding(let rules): Condition("token.risk_rules & ? <> 0", [RiskRecord.mask(of: rules)])
        case .flagged: Condition("token.flagged_at IS NOT NULL")
        case .quarantined: Condition("token.quarantined_at IS NOT NULL")
        case .planned: Condition("token.planned_at IS NOT NULL")
        case .imported: Condition("token.origin = 'imported'")
        case .pending, .seen: nil
        case .unused, .neverUsed, .expires, .neverExpires, .created: time(condition, now: now)
        case .removed, .actor, .action, .targetKind, .refused: nil
        }
    }

    private static func time(_ condition: Filter.Condition, now: Value) -> Condition? {
        switch condition {
        case .unused(.moreThan, let span):
            // Silence is known only for as long as use is known, and forgotten some time later.
            .all([
                Condition(
                    "? - coalesce(token.use_known_until, ?) <= ?",
                    [now, now, .integer(Hygiene.useKnownFor.milliseconds)]),
                .compare(
                    """
                    min(?, coalesce(token.use_known_until, ?)) \
                    - coalesce(token.last_used_at, token.created_at)
                    """, .moreThan, span, [now, now]),
            ])
        case .unused(.lessThan, let span):
            .all([
                Condition("token.last_used_at IS NOT NULL"),
                .compare("? - coalesce(token.last_used_at, 0)", .lessThan, span, [now]),
            ])
        case .neverUsed: Condition("token.last_used_at IS NULL")
        case .expires(let comparison, let span):
            .all([
                Condition("token.expires_at IS NOT NULL AND token.expires_at > ?", [now]),
                .compare("coalesce(token.expires_at, 0) - ?", comparison, span, [now]),
            ])
        case .neverExpires: Condition("token.expires_at IS NULL")
        case .created(let comparison, let span):
            .compare("? - token.created_at", comparison, span, [now])
        default: nil
        }
    }

    private static func owner(_ text: String) -> Condition {
        let named = Condition.hasWord(
            text, in: ["member.email", "member.first_name || ' ' || member.last_name"])
        return Condition(
            """
            token.owner IS NOT NULL AND (token.owner = ? OR EXISTS (
                SELECT 1 FROM member WHERE member.id = token.owner AND (\(named.sql))))
            """, [.text(text)] + named.values)
    }

    private static func role(_ key: String) -> Condition {
        Condition(
            """
            (token.base_role IS NOT NULL AND token.base_role = ?) OR EXISTS (
                SELECT 1 FROM token_role JOIN role ON role.id = token_role.role
                WHERE token_role.token = token.id AND role.key = ?)
            """, [.text(key), .text(key)])
    }
}
