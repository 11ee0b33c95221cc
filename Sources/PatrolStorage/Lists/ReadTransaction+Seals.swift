package import PatrolDomain

extension ReadTransaction {
    /// What proves an entry; nil where there is none of this number.
    package func seal(of sequence: Int64) throws(StorageError) -> AuditSeal? {
        try live().first(
            "SELECT seq, leaf, chain FROM audit WHERE seq = ?", [.integer(sequence)]
        ) { row throws(StorageError) in
            AuditSeal(sequence: try row.integer(0), leaf: try row.blob(1), chain: try row.blob(2))
        }
    }

    /// What proves that a review began, and that it ended, if it did; nil where the log has neither.
    package func sealsOfReview(_ id: ReviewID) throws(StorageError) -> (started: AuditSeal, closed: AuditSeal?)? {
        let connection = try live()
        let target = AuditPayload.target(AuditTarget.Kind.review.rawValue, id.text)
        func sequence(_ name: EventName) throws(StorageError) -> Int64? {
            try connection.first(
                """
                SELECT seq FROM audit INDEXED BY audit_target
                WHERE target = ? AND verb = ? AND is_refused = 0 ORDER BY seq \(name == .reviewClosed ? "DESC" : "ASC") LIMIT 1
                """, [.text(target), .text(name.rawValue)]
            ) { row throws(StorageError) in try row.integer(0) }
        }
        guard let first = try sequence(.reviewStarted), let started = try seal(of: first) else { return nil }
        let last = try sequence(.reviewClosed)
        return (started, try last.flatMap { sequence throws(StorageError) in try seal(of: sequence) })
    }

    /// Entries about one thing after a number, the oldest first.
    package func entries(
        of kind: AuditTarget.Kind, _ id: String, after sequence: Int64, limit: Int
    ) throws(StorageError) -> [AuditEntry] {
        try live().rows(
            """
            SELECT \(AuditRecord.columns) FROM audit INDEXED BY audit_target \(AuditRecord.join)
            WHERE audit.target = ? AND audit.seq > ? ORDER BY audit.seq LIMIT ?
            """,
            [.text(AuditPayload.target(kind.rawValue, id)), .integer(sequence), .integer(limit)], AuditRecord.entry)
    }
}
