internal import PatrolDomain

/// What the log can be asked: its own entries, and imported ones.
enum AuditConditions {
    static func compile(_ filter: Filter, at now: Timestamp) -> CompiledFilter {
        CompiledFilter(filter) { condition in
            switch condition {
            case .text(let text): hasWord(text)
            case .actor(let text): actor(text, id: "audit.actor")
            case .action(let text): .hasWord(text, in: ["audit.action", "audit.verb"])
            case .targetKind(let kind):
                Condition(
                    "substr(audit.target, 1, ?) = ?",
                    [.integer(kind.rawValue.utf8.count + 1), .text(kind.rawValue + "/")])
            case .refused: Condition("audit.is_refused")
            case .imported: .never
            case .created(let comparison, let span):
                .compare("? - audit.at", comparison, span, [.integer(now.milliseconds)])
            default: nil
            }
        } find: { condition, _ in
            AuditCandidates.find(condition)
        }
    }

    /// In the texts of the payload, or in the names, comment and changes of the body.
    private static func hasWord(_ text: String) -> Condition {
        let head = AuditPayload.headCount
        let payload = Condition.hasWord(text, in: ["substr(audit.payload, \(head + 1))"])
        let body = Condition.hasWord(text, in: ["audit_body.body"])
        return Condition(
            """
            \(payload.sql) OR EXISTS (
                SELECT 1 FROM audit_body WHERE audit_body.seq = audit.seq AND \(body.sql))
            """, payload.values + body.values)
    }

    /// By his id, or a part of his name or e-mail address as they are now.
    private static func actor(_ text: String, id: String) -> Condition {
        let named = Condition.hasWord(
            text, in: ["member.email", "member.first_name || ' ' || member.last_name"])
        return Condition(
            """
            \(id) = ? OR EXISTS (
                SELECT 1 FROM member WHERE member.id = \(id) AND (\(named.sql)))
            """, [.text(text)] + named.values)
    }

    static func compilePast(_ filter: Filter, at now: Timestamp) -> CompiledFilter {
        CompiledFilter(filter) { condition in
            switch condition {
            case .text(let text):
                .hasWord(
                    text,
                    in: ["actor_name", "action", "resource", "target_name", "title", "comment"]
                        .map { "past_entry.\($0)" })
            case .actor(let text):
                .hasWord(text, in: ["past_entry.actor_name", "past_entry.actor_id"])
            case .action(let text): .hasWord(text, in: ["past_entry.action"])
            case .targetKind(let kind):
                Condition("past_entry.kind = ?", [.text(kind.rawValue)])
            case .refused: .never
            case .imported: .always
            case .created(let comparison, let span):
                .compare("? - past_entry.at", comparison, span, [.integer(now.milliseconds)])
            default: nil
            }
        } find: { condition, _ in
            AuditCandidates.findPast(condition)
        }
    }
}
