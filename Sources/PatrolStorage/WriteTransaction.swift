internal import PatrolCrypto
package import PatrolDomain

/// The database while this process alone may change it. Everything of `ReadTransaction`, and the verbs
/// that change something. Lives as long as the closure it was handed to.
package final class WriteTransaction: ReadTransaction {
    private(set) var salts: RandomSupply
    /// The end of the log, once it was proven.
    private(set) var tail: AuditTail?
    /// Numbers of the words of use.
    var words: UseWords
    /// Whether the account changed: what is only counted or derived wakes nobody.
    private(set) var hasRecorded = false

    private static let changesAtOnce = 256

    init(
        _ connection: Connection, salts: RandomSupply, words: UseWords = UseWords(), tail: AuditTail? = nil
    ) {
        self.salts = salts
        self.words = words
        self.tail = tail
        super.init(connection)
    }

    /// The words that are known now that it was committed. Handed over, not copied.
    func settledWords() -> UseWords {
        var settled = UseWords()
        swap(&settled, &words)
        settled.settle()
        return settled
    }

    /// Records a ruling: its event first, then, where it is a yes, the changes, each pointing at the event.
    /// The only verb that changes the account.
    ///
    /// - Parameters:
    ///   - operation: 16 bytes that whoever asks made up. Where they are known already, the first ruling
    ///     under them stands: its entry is answered, and nothing changes.
    ///   - now: the time of the event; the newest event's where that is later.
    ///   - progress: told now and then how many of how many changes are made.
    /// - Throws: `stopped` where that was asked for between two changes; `auditBroken` where the end of the log is not what was written; `conflict` where a thing is
    ///   not at the version before the one to be written.
    @discardableResult
    package func record(
        _ ruling: Ruling, operation: [UInt8], at now: Timestamp, progress: Progress = { _, _ in }
    ) throws(StorageError) -> AuditEntry {
        precondition(operation.count == 16, "an operation's id has 16 bytes")
        let connection = try live()
        var tail = try provenTail(connection)
        let entry = try AuditRecord.append(
            ruling.event, operation: operation, at: now,
            salt: salts.next(AuditChain.saltCount), to: &tail, connection)
        self.tail = tail
        guard let entry else {
            guard let first = try AuditRecord.load(operation: operation, connection) else {
                throw .damaged(detail: "an audit entry is in its index only")
            }
            return first
        }
        hasRecorded = true
        for (place, change) in ruling.changes.enumerated() {
            if place % Self.changesAtOnce == Self.changesAtOnce - 1 {
                progress(place, ruling.changes.count)
                try StorageError.stopWhereAsked()
            }
            try apply(change, event: entry.sequence, connection)
        }
        return entry
    }

    private func provenTail(_ connection: Connection) throws(StorageError) -> AuditTail {
        if let tail { return tail }
        return try AuditTail.load(connection)
    }

    private func apply(
        _ change: Change, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        switch change {
        case .insertMember(let member): try MemberRecord.insert(member, event: event, connection)
        case .updateMember(let member): try MemberRecord.update(member, event: event, connection)
        case .insertRole(let role): try RoleRecord.insert(role, event: event, connection)
        case .updateRole(let role): try RoleRecord.update(role, event: event, connection)
        case .upsertTeam(let team): try TeamRecord.upsert(team, event: event, connection)
        case .insertToken(let token): try TokenRecord.insert(token, event: event, connection)
        case .updateToken(let token): try TokenRecord.update(token, event: event, connection)
        case .insertSecret(let secret): try SecretRecord.insert(secret, event: event, connection)
        case .endSecrets(let token, let time):
            try SecretRecord.end(of: token, at: time, event: event, connection)
        case .forgetSignal(let kind, let token): try TokenSignalRecord.remove(kind, of: token, connection)
        case .insertAccount(let account):
            try AccountRecord.insert(account, event: event, connection)
        case .upsertPastEntry(let entry):
            try PastEntryRecord.upsert(entry, event: event, connection)
        case .upsertTemplate(let template): try TemplateRecord.upsert(template, event: event, connection)
        case .writeSettings(let settings): try SettingsRecord.write(settings, event: event, connection)
        case .upsertSuppression(let suppression, let token):
            try SuppressionRecord.upsert(suppression, of: token, event: event, connection)
        case .deleteSuppression(let rule, let token): try SuppressionRecord.delete(rule, of: token, connection)
        case .insertReview(let review, let filter):
            try ReviewRecord.insert(review, event: event, connection)
            try insertItems(of: review, filter, event: event, connection)
        case .decideReviewItem(let item, let decision):
            try ReviewItemRecord.decide(item, decision, event: event, connection)
        case .closeReview(let review, let undecided):
            try ReviewItemRecord.close(review, undecided, event: event, connection)
            try ReviewRecord.close(review, event: event, connection)
        case .staleRisk(let scope): try RiskRecord.makeStale(scope, connection)
        }
    }

    /// Keeps what the hygiene rules say about a token, and when time alone will change it (nil: never).
    ///
    /// - Returns: Whether they said something else before.
    @discardableResult
    package func storeRisk(
        of token: TokenID, _ risk: TokenRisk, dueAt: Timestamp?
    ) throws(StorageError) -> Bool {
        let connection = try live()
        let isNews = try RiskRecord.load(of: token, connection) != risk
        try RiskRecord.store(risk, dueAt: dueAt, of: token, connection)
        return isNews
    }
}
