package import PatrolDomain

extension ReadTransaction {
    /// The numbers of the own log's entries after one moment and before another.
    package func sequences(after: Timestamp?, before: Timestamp?) throws(StorageError) -> Range<Int64> {
        let connection = try live()
        let last = try AuditRecord.lastSequence(connection)
        func until(_ time: Int64) throws(StorageError) -> Int64 {
            try AuditRecord.lastSequence(until: time, from: 0, to: last, about: last / 2, connection)
        }
        let low = try after.map { time throws(StorageError) in try until(time.milliseconds) } ?? 0
        let high = try before.map { time throws(StorageError) in try until(time.milliseconds - 1) } ?? last
        return low + 1..<max(low, high) + 1
    }

    /// Entries of the own log below a number and from another on, the newest first.
    ///
    /// - Parameter actor: Only those of this member's.
    package func audit(
        below: Int64, from: Int64, actor: MemberID?, limit: Int
    ) throws(StorageError) -> [AuditEntry] {
        let (index, condition) = actor == nil ? ("", "") : ("INDEXED BY audit_actor", "AND audit.actor = ?")
        return try live().rows(
            """
            SELECT \(AuditRecord.columns) FROM audit \(index) \(AuditRecord.join)
            WHERE audit.seq < ? AND audit.seq >= ? \(condition) ORDER BY audit.seq DESC LIMIT ?
            """,
            [.integer(below), .integer(from)] + (actor.map { [.text($0.text)] } ?? []) + [.integer(limit)],
            AuditRecord.entry)
    }

    /// How many changes, and no refusals, the own log has in these numbers.
    package func changeCount(in sequences: Range<Int64>) throws(StorageError) -> Int {
        let (first, end) = (Value.integer(sequences.lowerBound), Value.integer(sequences.upperBound))
        let refused = try live().integer(
            "SELECT count(*) FROM audit INDEXED BY audit_refused WHERE is_refused = 1 AND seq >= ? AND seq < ?",
            [first, end])
        return sequences.count - Int(refused)
    }

    /// Imported entries before a moment, and after another, the latest first, each with its number.
    ///
    /// - Parameter number: Of those in the millisecond `below` itself, the ones below this number come too.
    package func pastEntries(
        below: Timestamp, number: Int64, after: Timestamp?, limit: Int
    ) throws(StorageError) -> [(number: Int64, entry: PastEntry)] {
        let connection = try live()
        let numbers = try connection.rows(
            """
            SELECT number FROM past_entry INDEXED BY past_entry_at
            WHERE at <= ?1 AND (at < ?1 OR number < ?2) AND at > ?3 ORDER BY at DESC, number DESC LIMIT ?4
            """,
            [
                .integer(below.milliseconds), .integer(number), .integer(after?.milliseconds ?? .min),
                .integer(limit),
            ]
        ) { row throws(StorageError) in try row.integer(0) }
        var entries: [(number: Int64, entry: PastEntry)] = []
        for number in numbers {
            if let entry = try PastEntryRecord.load(number, connection) { entries.append((number, entry)) }
        }
        return entries
    }

    /// The imported entry with this id.
    package func pastEntry(id: String) throws(StorageError) -> PastEntry? {
        try live().first(
            "SELECT \(PastEntryRecord.columns) FROM past_entry WHERE id = ?", [.text(id)], PastEntryRecord.entry)
    }
}
