package import PatrolDomain
internal import PatrolStorage

/// What a check of the whole audit log found.
package struct AuditCheck: Hashable, Sendable {
    package struct Fault: Hashable, Sendable {
        /// The number of the entry.
        package let sequence: Int64
        /// What does not fit, in one word: `gap`, `payload`, `chain`, `column`, `time` or `body`.
        package let what: String
    }

    /// Entries looked at.
    package let entries: Int64
    /// In the order of the log, at most 100.
    package let faults: [Fault]

    package var isWhole: Bool { faults.isEmpty }
}

extension Patrol {
    /// Checks the whole audit log against itself. It can't tell that the end was cut off, or that everything was
    /// written anew. Takes about 5 seconds for each million entries.
    ///
    /// - Parameter progress: told now and then how many entries of how many were looked at.
    package func verifyAudit(
        progress: Progress = { _, _ in }
    ) throws(PatrolError) -> AuditCheck {
        let verdict = try Patrol.storage { () throws(StorageError) in try store.verifyAudit(progress: progress) }
        return AuditCheck(
            entries: verdict.entries,
            faults: verdict.faults.map { AuditCheck.Fault(sequence: $0.sequence, what: $0.kind.rawValue) })
    }
}
