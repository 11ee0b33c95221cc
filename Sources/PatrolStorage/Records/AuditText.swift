internal import PatrolDomain

/// Table `audit_text`: the words of the log, by entry. It holds no texts, only which words are where, and is no part of
/// what the log promises: it can be made anew from the entries.
enum AuditText {
    static func insert(
        _ payload: AuditPayload, _ body: AuditBody, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            "INSERT INTO audit_text (rowid, words) VALUES (?, ?)",
            [.integer(payload.sequence), .text(words(payload, body))])
    }

    /// Everything that `AuditConditions` looks for a word in.
    private static func words(_ payload: AuditPayload, _ body: AuditBody) -> String {
        var texts = [
            payload.verb, payload.actor, payload.signIn, payload.token, payload.action,
            payload.resource, payload.targetKind, payload.targetID, payload.role, payload.reason,
            body.actorName, body.targetName, body.comment,
        ]
        for change in body.changes {
            texts.append(change.field)
            if let before = change.before { texts.append(before) }
            if let after = change.after { texts.append(after) }
        }
        return texts.joined(separator: "\n")
    }

    /// Reads the whole log: 30,000 to 60,000 entries a second.
    static let fill: @Sendable (Connection) throws(StorageError) -> Void = {
        connection throws(StorageError) in
        try connection.walk(
            """
            SELECT audit.seq, audit.payload, audit_body.body
            FROM audit LEFT JOIN audit_body ON audit_body.seq = audit.seq ORDER BY audit.seq
            """
        ) { row throws(StorageError) in
            guard let payload = AuditPayload(try row.blob(1)) else {
                throw .damaged(detail: "audit entry \(try row.integer(0)) can't be read")
            }
            let body = try row.optionalBlob(2).flatMap { AuditBody($0) } ?? .erased
            try insert(payload, body, connection)
            return true
        }
    }
}
