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

    /// The wanted terms that ask for words, each with what it asks of an entry.
    static func words(_ filter: Filter, at now: Timestamp) -> [ListSegment.Words] {
        filter.terms.filter { !$0.isExcluded }.compactMap { term in
            switch term.condition {
            case .text(let text), .action(let text):
                WordQuery.match([text]).map { match in
                    ListSegment.Words(
                        match: match, condition: AuditConditions.compile(Filter(terms: [term]), at: now).condition)
                }
            default: nil
            }
        }
    }

    /// The entries with all of the words, as a list of their own in the order of the log.
    static func stream(_ words: [ListSegment.Words]) -> ListSegment.Stream {
        ListSegment.Stream(
            source: "audit_text CROSS JOIN audit ON audit.seq = audit_text.rowid", number: "audit_text.rowid",
            wanted: Condition("audit_text MATCH ?", [.text(words.map(\.match).joined(separator: " AND "))]))
    }

    /// Those that were refused, where the filter wants them, in the order of the log.
    static func stream(_ filter: Filter) -> ListSegment.Stream? {
        guard filter.terms.contains(Filter.Term(.refused)) else { return nil }
        return ListSegment.Stream(
            source: "audit INDEXED BY audit_refused", number: "audit.seq", wanted: Condition("audit.is_refused = 1"))
    }

    /// Entries at the end of the log that tell how common a word is.
    static let sampleSize = 500

    /// Of those with the words, how many of the newest entries there are.
    static func sample(_ words: ListSegment.Words) -> Condition {
        Condition(
            """
            SELECT count(*) FROM audit
            WHERE audit.seq > (SELECT max(seq) FROM audit) - \(sampleSize) AND (\(words.condition.sql))
            """, words.condition.values)
    }
}
