internal import PatrolDomain

/// Queries for the numbers of audit entries that a condition may want, each on an index.
enum AuditCandidates {
    static func find(_ condition: Filter.Condition) -> Condition? {
        switch condition {
        case .actor(let text):
            MemberCandidates.named(text).map {
                Condition("SELECT seq FROM audit INDEXED BY audit_actor WHERE actor = ? OR actor IN (\($0.sql))", [.text(text)] + $0.values)
            }
        case .targetKind(let kind):
            Condition(
                "SELECT seq FROM audit INDEXED BY audit_target WHERE target > ? AND target < ?",
                [.text(kind.rawValue + "/"), .text(kind.rawValue + "0")])
        default: nil
        }
    }

    static func findPast(_ condition: Filter.Condition) -> Condition? {
        switch condition {
        case .text(let text), .actor(let text), .action(let text):
            WordQuery.match([text]).map {
                Condition("SELECT rowid FROM past_text WHERE past_text MATCH ?", [.text($0)])
            }
        default: nil
        }
    }

    /// The entries with these words, or those that were refused, as a list of their own in the order of the log.
    static func stream(_ filter: Filter) -> ListSegment.Stream? {
        let wanted = filter.terms.filter { !$0.isExcluded }.map(\.condition)
        let texts = wanted.compactMap { condition -> String? in
            switch condition {
            case .text(let text), .action(let text): text
            default: nil
            }
        }
        if let match = WordQuery.match(texts) {
            return ListSegment.Stream(
                source: "audit_text CROSS JOIN audit ON audit.seq = audit_text.rowid",
                number: "audit_text.rowid", wanted: Condition("audit_text MATCH ?", [.text(match)]))
        }
        guard wanted.contains(.refused) else { return nil }
        return ListSegment.Stream(
            source: "audit INDEXED BY audit_refused", number: "audit.seq", wanted: Condition("audit.is_refused = 1"))
    }
}
