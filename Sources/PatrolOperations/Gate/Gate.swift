internal import PatrolCrypto
package import PatrolDomain
internal import PatrolStorage

/// The check of presented secrets, many times over, with the whole account compiled in memory: the answers of
/// `Patrol.check`, in about a microsecond. It counts no use; whoever asks does.
package struct Gate {
    package struct Answer: Sendable {
        package let isAllowed: Bool
        /// Nil when the secret is not known: of an unknown secret nothing is said.
        package let token: CompiledAccount.TokenNumber?
        /// The place of the secret among those of the account.
        let secret: Int
        let decision: CompiledDecision
        /// Nil where it was not looked at.
        let request: InternedRequest?
    }

    private let patrol: Patrol
    private let key: SecretKey
    private var account: CompiledAccount
    private var secrets: SecretTable
    /// The newest entry of the log that is known.
    private(set) var sequence: Int64
    /// Its time: nothing that has ended begins again because a clock was set back.
    private var newest: Timestamp
    /// Up to which commit everything is known; nil where that has to be asked.
    private var mark: CommitMark?

    /// Where so many entries are new, all is read anew.
    private static let maximumEntries = 1_000

    /// Reads and compiles the whole account. Fails where the key of its secrets can't be read.
    package init(_ patrol: Patrol) throws(PatrolError) {
        self.patrol = patrol
        key = try patrol.secretKey()
        let whole = try patrol.read { transaction throws(StorageError) in try WholeAccount(transaction) }
        (account, secrets, sequence, newest) = (whole.account, whole.secrets, whole.sequence, whole.newest)
    }

    /// Takes what was committed since the last time. What is decided after it rests on nothing older. Where nothing was
    /// committed it costs some nanoseconds.
    package mutating func refresh() throws(PatrolError) {
        // Before anything is read: what is committed meanwhile makes the next mark differ.
        let mark = patrol.store.commitMark
        if let mark, mark == self.mark { return }
        try takeNews()
        self.mark = mark
    }

    /// The same by the database itself: fails where its file was moved away.
    package mutating func takeNews() throws(PatrolError) {
        guard try patrol.lastSequence() != sequence else { return }
        let known = sequence
        let news = try patrol.read { transaction throws(StorageError) in
            try AccountNews(transaction, after: known, limit: Self.maximumEntries)
        }
        switch news.content {
        case .whole(let whole): (account, secrets) = (whole.account, whole.secrets)
        case .changes(let changes, let stored):
            for change in changes { account.take(change) }
            for secret in stored {
                if let token = account.number(of: secret.token) { secrets.take(secret, of: token) }
            }
        }
        (sequence, newest) = (news.sequence, news.newest)
    }

    /// Whether whoever presents `secret` may do this, as it was at the last `refresh()`. Where secret and texts
    /// were seen before, nothing is allocated.
    ///
    /// - Parameters:
    ///   - secret: Its bytes, which are neither copied nor kept.
    ///   - action: Its name.
    ///   - resource: As `Resource(parsing:)` reads it. Not looked at where the secret is not known.
    ///   - address: Where the call came from. Where it is not known (nil), a token that is limited to networks is refused.
    package mutating func decide(
        _ secret: UnsafeRawBufferPointer, action: Span<UInt8>, resource: Span<UInt8>, from address: IPAddress? = nil
    ) throws(SpecifierFault) -> Answer {
        guard let entry = entry(secret) else {
            return Answer(
                isAllowed: false, token: nil, secret: 0, decision: .notInForce(.secretUnknown), request: nil)
        }
        let request = try account.intern(action: action, resource: resource)
        let now = self.now
        var decision = account.decide(request, for: entry.token, from: address, at: now)
        // Of a deleted token that is said, whatever the secret is.
        if entry.isRetired(at: now), !decision.isOfDeletedToken { decision = .notInForce(.secretRetired) }
        return Answer(
            isAllowed: decision.isAllowed, token: entry.token, secret: entry.place, decision: decision, request: request)
    }

    /// Whose secret it is, and why it is not in force, as of the last `refresh()`; nil where the secret is not known.
    mutating func holder(
        of secret: UnsafeRawBufferPointer
    ) -> (token: CompiledAccount.TokenNumber, secret: Int, notInForce: Decision.NotInForce?)? {
        guard let entry = entry(secret) else { return nil }
        let now = self.now
        let why = account.notInForce(entry.token, at: now)
        return (entry.token, entry.place, entry.isRetired(at: now) && why != .tokenDeleted ? .secretRetired : why)
    }

    /// An answer in words. Where there was no room to remember its request, before the next one is decided.
    package func decision(_ answer: Answer) -> Decision {
        answer.request.map { account.decision(answer.decision, on: $0) }
            ?? Decision(isAllowed: false, reason: .notInForce(.secretUnknown))
    }

    /// The time that counts.
    package var now: Timestamp { max(patrol.now, newest) }

    package func identity(of token: CompiledAccount.TokenNumber) -> TokenIdentity { account.identity(of: token) }

    func isRefused(_ token: CompiledAccount.TokenNumber, from address: IPAddress?) -> Bool {
        account.isRefused(token, from: address)
    }

    var tokenCount: Int { account.tokenCount }

    /// The public id of the secret that was presented.
    func secretID(_ answer: Answer) -> String { secretID(at: answer.secret) }

    func secretID(at place: Int) -> String { secrets.id(at: place) }

    func id(of token: CompiledAccount.TokenNumber) -> TokenID { account.id(of: token) }

    /// Changes nothing: what is not `mutating` would copy all of this into the closure.
    private mutating func entry(_ secret: UnsafeRawBufferPointer) -> SecretTable.Entry? {
        guard (1...Secret.maximumLength).contains(secret.count) else { return nil }
        return withUnsafeTemporaryAllocation(byteCount: SHA256.count, alignment: 8) { hash in
            key.hash(of: secret, into: hash)
            return secrets.entry(UnsafeRawBufferPointer(hash))
        }
    }
}
