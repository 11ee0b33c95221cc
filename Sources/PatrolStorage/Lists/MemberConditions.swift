internal import PatrolDomain

/// What the list of members can be asked.
enum MemberConditions {
    static func compile(_ filter: Filter, at now: Timestamp) -> CompiledFilter {
        CompiledFilter(filter) { condition in
            ask(condition, now: .integer(now.milliseconds))
        } find: { condition, showsRemoved in
            MemberCandidates.find(condition, isRemoved: .boolean(showsRemoved), now: now)
        }
    }

    private static func ask(_ condition: Filter.Condition, now: Value) -> Condition? {
        switch condition {
        case .text(let text):
            .hasWord(
                text,
                in: ["member.email", "member.first_name || ' ' || member.last_name", "member.id"])
        case .role(let key): role(key)
        case .pending: Condition("member.is_pending")
        case .seen(.moreThan, let span):
            .compare(
                "? - coalesce(member.last_seen_at, member.created_at)", .moreThan, span, [now])
        case .seen(.lessThan, let span):
            .all([
                Condition("member.last_seen_at IS NOT NULL"),
                .compare("? - coalesce(member.last_seen_at, 0)", .lessThan, span, [now]),
            ])
        case .created(let comparison, let span):
            .compare("? - member.created_at", comparison, span, [now])
        case .finding(let rules): withToken("token.risk_rules & ? <> 0", [RiskRecord.mask(of: rules)])
        case .flagged: withToken("token.flagged_at IS NOT NULL", [])
        case .quarantined: withToken("token.quarantined_at IS NOT NULL", [])
        case .planned: withToken("token.planned_at IS NOT NULL", [])
        case .kind(let kind): withToken("token.kind = ?", [.text(kind.rawValue)])
        case .owner, .unused, .neverUsed, .expires, .neverExpires, .removed, .actor, .action,
            .targetKind, .refused, .imported:
            nil
        }
    }

    /// Members who own a token in force like that.
    private static func withToken(_ sql: String, _ values: [Value]) -> Condition {
        Condition(
            """
            EXISTS (
                SELECT 1 FROM token
                WHERE token.owner = member.id AND token.is_deleted = 0 AND \(sql))
            """, values)
    }

    /// Held as base role, as custom role of his own, or through a team.
    private static func role(_ key: String) -> Condition {
        Condition(
            """
            member.base_role = ? OR EXISTS (
                SELECT 1 FROM member_role JOIN role ON role.id = member_role.role
                WHERE member_role.member = member.id AND role.key = ?)
            OR EXISTS (
                SELECT 1 FROM team_member JOIN team_role ON team_role.team = team_member.team
                JOIN role ON role.id = team_role.role
                WHERE team_member.member = member.id AND role.key = ?)
            """, [.text(key), .text(key), .text(key)])
    }
}

/// What the list of roles can be asked: custom ones, and base roles.
enum RoleConditions {
    static func compile(_ filter: Filter, at now: Timestamp) -> CompiledFilter {
        CompiledFilter(filter) { condition in
            switch condition {
            case .text(let text):
                .hasWord(text, in: ["role.key", "role.name", "role.description"])
            case .role(let key): Condition("role.key = ?", [.text(key)])
            case .created(let comparison, let span):
                .compare(
                    "? - role.created_at", comparison, span, [.integer(now.milliseconds)])
            default: nil
            }
        }
    }

    /// Base roles are never removed.
    static func compileBase(_ filter: Filter) -> Condition {
        let compiled = CompiledFilter(filter) { condition in
            switch condition {
            case .text(let text): .hasWord(text, in: ["base_role.name"])
            case .role(let key): Condition("base_role.name = ?", [.text(key)])
            default: nil
            }
        }
        return compiled.showsRemoved ? .never : compiled.condition
    }
}
