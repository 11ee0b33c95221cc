package import PatrolDomain

/// What a check of the whole log found. Without a head kept elsewhere it can't tell that the end was cut off,
/// or that everything was written anew.
package struct AuditVerdict: Hashable, Sendable {
    /// Entries looked at.
    package var entries: Int64
    /// In the order of the log, at most 100.
    package var faults: [Fault]

    package var isWhole: Bool { faults.isEmpty }

    package struct Fault: Hashable, Sendable {
        package var sequence: Int64
        package var kind: Kind
    }

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Its number does not follow the one before.
        case gap
        /// Its payload is not one that Patrol writes, or not what its hash was made of.
        case payload
        /// It is not chained to the entry before.
        case chain
        /// A column does not repeat what the payload says.
        case column
        /// It is earlier than the entry before.
        case time
        /// Its names, comment and changes are not what their digest was made of.
        case body
    }
}

/// Walks over the log and checks each entry against itself and the one before.
struct AuditVerification {
    private static let maximumFaults = 100
    private static let entriesAtOnce: Int64 = 1_000

    private var verdict = AuditVerdict(entries: 0, faults: [])
    private var previous = AuditTail.empty

    /// Each entry at most once, by its first fault.
    static func run(_ connection: Connection, _ progress: Progress) throws(StorageError) -> AuditVerdict {
        var verification = AuditVerification()
        let all = Int(try connection.integer("SELECT coalesce(max(seq), 0) FROM audit"))
        try connection.walk(
            """
            SELECT audit.seq, audit.at, audit.payload, audit.leaf, audit.chain, audit.actor,
                audit.verb, audit.action, audit.target, audit.is_refused, audit_body.salt,
                audit_body.body
            FROM audit LEFT JOIN audit_body ON audit_body.seq = audit.seq ORDER BY audit.seq
            """
        ) { row throws(StorageError) in
            try verification.look(at: row)
            if verification.verdict.entries % entriesAtOnce == 0 {
                progress(Int(verification.verdict.entries), all)
                try StorageError.stopWhereAsked()
            }
            return verification.verdict.faults.count < maximumFaults
        }
        return verification.verdict
    }

    private mutating func look(at row: Row) throws(StorageError) {
        let link = AuditLink(
            sequence: try row.integer(0), at: try row.integer(1), payload: try row.blob(2),
            leaf: try row.blob(3), chain: try row.blob(4))
        verdict.entries += 1
        if let kind = try fault(link, row) {
            verdict.faults.append(.init(sequence: link.sequence, kind: kind))
        }
        previous = AuditTail(sequence: link.sequence, at: link.at, chain: link.chain)
    }

    private func fault(_ link: AuditLink, _ row: Row) throws(StorageError) -> AuditVerdict.Kind? {
        guard link.sequence == previous.sequence + 1 else { return .gap }
        guard link.leaf == AuditChain.leaf(of: link.payload), let payload = AuditPayload(link.payload)
        else { return .payload }
        guard link.chain == AuditChain.chain(after: previous.chain, leaf: link.leaf) else {
            return .chain
        }
        guard try isRepeated(payload, link, row) else { return .column }
        guard link.at >= previous.at else { return .time }
        guard try isBodyWhole(payload, row) else { return .body }
        return nil
    }

    private func isRepeated(
        _ payload: AuditPayload, _ link: AuditLink, _ row: Row
    ) throws(StorageError) -> Bool {
        let actor = try row.text(5)
        let verb = try row.text(6)
        let action = try row.text(7)
        let target = try row.text(8)
        let isRefused = try row.boolean(9)
        return payload.sequence == link.sequence && payload.at == link.at && payload.actor == actor
            && payload.verb == verb && payload.action == action && payload.target == target
            && payload.isRefused == isRefused
    }

    /// This version erases none; where one was, it is missing together with its salt.
    private func isBodyWhole(_ payload: AuditPayload, _ row: Row) throws(StorageError) -> Bool {
        guard let salt = try row.optionalBlob(10), let body = try row.optionalBlob(11) else {
            return true
        }
        return AuditChain.bodyDigest(salt: salt, body: body) == payload.bodyDigest
            && AuditBody(body) != nil
    }
}

extension Store {
    /// Checks the whole log: dense numbers, hashes, chain, and that the columns repeat the payload. A
    /// reading that grows with the log: about 5 seconds for each million entries.
    package func verifyAudit(progress: Progress = { _, _ in }) throws(StorageError) -> AuditVerdict {
        try read { reading throws(StorageError) in try AuditVerification.run(try reading.live(), progress) }
    }
}
