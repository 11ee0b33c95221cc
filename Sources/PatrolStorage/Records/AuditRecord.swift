internal import PatrolCrypto
internal import PatrolDomain

/// Tables `audit` and `audit_body`.
enum AuditRecord {
    static let columns = "audit.seq, audit.op_id, audit.payload, audit_body.body"
    static let join = "LEFT JOIN audit_body ON audit_body.seq = audit.seq"

    /// The entry whose columns begin the row. Where there is no body, names and changes are empty.
    static func entry(_ row: Row) throws(StorageError) -> AuditEntry {
        guard let payload = AuditPayload(try row.blob(2)) else {
            throw .damaged(detail: "audit entry \(try row.integer(0)) can't be read")
        }
        var body = AuditBody.erased
        if let bytes = try row.optionalBlob(3) {
            guard let read = AuditBody(bytes) else {
                throw .damaged(detail: "the body of audit entry \(payload.sequence) can't be read")
            }
            body = read
        }
        return try entry(payload, body, operation: try row.blob(1))
    }

    static func entry(
        _ payload: AuditPayload, _ body: AuditBody, operation: [UInt8]
    ) throws(StorageError) -> AuditEntry {
        guard let kind = AuditTarget.Kind(rawValue: payload.targetKind) else {
            throw .damaged(detail: "the target of audit entry \(payload.sequence) is unknown")
        }
        return AuditEntry(
            sequence: payload.sequence, operation: operation,
            at: Timestamp(milliseconds: payload.at), name: payload.verb, actorID: payload.actor,
            actorName: body.actorName, tokenID: payload.token.isEmpty ? nil : payload.token,
            signIn: payload.signIn, action: payload.action, resource: payload.resource,
            target: AuditTarget(kind, id: payload.targetID, name: body.targetName),
            changes: body.changes, comment: body.comment, isAllowed: !payload.isRefused,
            decidingRole: payload.role, decidingStatement: payload.statement,
            reason: payload.reason)
    }

    static func load(
        sequence: Int64, _ connection: Connection
    ) throws(StorageError) -> AuditEntry? {
        try connection.first(
            "SELECT \(columns) FROM audit \(join) WHERE audit.seq = ?", [.integer(sequence)], entry)
    }

    static func load(
        operation: [UInt8], _ connection: Connection
    ) throws(StorageError) -> AuditEntry? {
        try connection.first(
            "SELECT \(columns) FROM audit \(join) WHERE audit.op_id = ?", [.blob(operation)], entry)
    }

    /// Entries after `sequence`, oldest first.
    static func load(
        after sequence: Int64, limit: Int, _ connection: Connection
    ) throws(StorageError) -> [AuditEntry] {
        try connection.rows(
            "SELECT \(columns) FROM audit \(join) WHERE audit.seq > ? ORDER BY audit.seq LIMIT ?",
            [.integer(sequence), .integer(limit)], entry)
    }

    static func lastSequence(_ connection: Connection) throws(StorageError) -> Int64 {
        try connection.integer("SELECT coalesce(max(seq), 0) FROM audit")
    }

    /// The number of the last entry at or before a time, which lies between `low` and `high`; `low` where there is
    /// none after it. The nearer it is to `low + distance`, the fewer entries are read.
    static func lastSequence(
        until time: Int64, from low: Int64, to high: Int64, about distance: Int64, _ connection: Connection
    ) throws(StorageError) -> Int64 {
        var (low, high) = (low, high)
        var step = max(distance, 1)
        while low < high {
            let middle = low + min(step, (high - low + 1) / 2)
            let at = try connection.integer("SELECT at FROM audit WHERE seq = ?", [.integer(middle)])
            if at <= time {
                low = middle
                step = 2 * min(step, high - low)
            } else {
                high = middle - 1
            }
        }
        return low
    }

    /// The time of the newest entry; nil where there is none.
    static func lastTime(_ connection: Connection) throws(StorageError) -> Timestamp? {
        try connection.first(
            "SELECT at FROM audit ORDER BY seq DESC LIMIT 1"
        ) { row throws(StorageError) in Timestamp(milliseconds: try row.integer(0)) }
    }

    /// Adds the entry of `event` after `tail`, and moves `tail` on. Answers nil, and does nothing, where
    /// there is an entry of that operation.
    static func append(
        _ event: AuditEvent, operation: [UInt8], at now: Timestamp, salt: [UInt8],
        to tail: inout AuditTail, _ connection: Connection
    ) throws(StorageError) -> AuditEntry? {
        let body = AuditBody(
            actorName: event.actorName, targetName: event.target.name, comment: event.comment,
            changes: event.changes.map(\.cut))
        let bodyBytes = body.bytes
        let payload = AuditPayload(
            event, sequence: tail.sequence + 1, at: max(now.milliseconds, tail.at),
            bodyDigest: AuditChain.bodyDigest(salt: salt, body: bodyBytes))
        let bytes = payload.bytes
        let leaf = AuditChain.leaf(of: bytes)
        let chain = AuditChain.chain(after: tail.chain, leaf: leaf)
        try connection.run(
            """
            INSERT INTO audit (
                seq, op_id, at, actor, verb, action, target, is_refused, payload, leaf, chain)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (op_id) DO NOTHING
            """,
            [
                .integer(payload.sequence), .blob(operation), .integer(payload.at),
                .text(payload.actor), .text(payload.verb), .text(payload.action),
                .text(payload.target), .boolean(payload.isRefused), .blob(bytes), .blob(leaf),
                .blob(chain),
            ])
        guard connection.changedRows == 1 else { return nil }
        try connection.run(
            "INSERT INTO audit_body (seq, salt, body) VALUES (?, ?, ?)",
            [.integer(payload.sequence), .blob(salt), .blob(bodyBytes)])
        try AuditText.insert(payload, body, connection)
        tail = AuditTail(sequence: payload.sequence, at: payload.at, chain: chain)
        return try entry(payload, body, operation: operation)
    }
}
