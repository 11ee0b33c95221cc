package import PatrolDomain
internal import PatrolCrypto
internal import PatrolStorage

/// The one door to an account: every change is a command that is judged and recorded in one
/// transaction; every question is answered from one moment. Used by one thread.
package final class Patrol {
    let store: Store
    let location: Location
    /// The resource types and actions of the API that the account's tokens are for.
    package let catalogue: Catalogue
    private let clock: @Sendable () -> Timestamp
    private var key: SecretKey?
    /// Whether risks were stored that differ from those on the screens, and nobody was told yet.
    var hasRiskNews = false
    /// What was done with tokens through the door, until it is taken.
    private var acts: [TokenAct] = []
    /// More are not kept.
    private static let maximumActs = 1_000
    /// What the last judging of tokens found out about people and roles.
    var standingMemory: StandingLookup.Memory?

    /// How long a command waits for its turn to write, at most.
    package static let patience = TimeSpan(milliseconds: 10_000)

    /// Opens the account at `location`. Fails with `noAccount` where there is none.
    /// - Parameter updating: called before an account of an older version is brought up to date, which may take long.
    package init(
        opening location: Location, readOnly: Bool = false, catalogue: Catalogue = .launchDarkly,
        clock: @escaping @Sendable () -> Timestamp = { Machine.now }, updating: () -> Void = {}
    ) throws(PatrolError) {
        self.location = location
        self.catalogue = catalogue
        self.clock = clock
        self.store = try Patrol.storage { () throws(StorageError) in
            try Store(opening: location.database, mode: readOnly ? .readOnly : .readWrite, updating: updating)
        }
    }

    init(_ store: Store, at location: Location, key: SecretKey?, clock: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.location = location
        self.catalogue = .launchDarkly
        self.key = key
        self.clock = clock
    }

    /// Makes a new account with its owner, and the key of its secrets. Nothing is left behind when it fails.
    package static func found(
        _ founding: FoundAccount, at location: Location,
        clock: @escaping @Sendable () -> Timestamp = { Machine.now }
    ) throws(PatrolError) -> (patrol: Patrol, entry: AuditEntry) {
        let beginning = try Founding(founding, at: location, time: clock())
        let made = try beginning.make { () throws(StorageError) in
            try Store.make(at: location.database) { transaction throws(StorageError) in
                try beginning.record(in: transaction)
            }
        }
        return (Patrol(made.store, at: location, key: beginning.key, clock: clock), made.made)
    }

    /// Notes what came of a command, where a token acted.
    func note(_ outcome: Outcome, of session: Session) {
        guard session.actor.token != nil, !outcome.isRepeat, acts.count < Self.maximumActs else { return }
        let entry = outcome.entry
        acts.append(TokenAct(action: Action(entry.action), resource: entry.resource, outcome: entry.isAllowed ? .allowed : .denied))
    }

    /// What was done with tokens since the last time: for whoever counts their use.
    package func takeActs() -> [TokenAct] {
        defer { acts = [] }
        return acts
    }

    /// What the clock of the machine says. To compare with times on record, take `ReadTransaction.now`.
    var now: Timestamp { clock() }

    /// Whether nothing may be written.
    var isReadOnly: Bool { store.mode == .readOnly }

    /// The key of this account's secrets, read when it is first needed.
    func secretKey() throws(PatrolError) -> SecretKey {
        if let key { return key }
        let account = try read { transaction throws(StorageError) in try transaction.theAccount() }
        let read = try SecretKey.read(for: account.id, in: location.keyFolder)
        key = read
        return read
    }

    func read<Value>(
        _ body: (ReadTransaction) throws(StorageError) -> Value
    ) throws(PatrolError) -> Value {
        try Patrol.storage { () throws(StorageError) in try store.read(body) }
    }

    /// The same with the time that counts in that moment.
    func look<Value>(
        _ body: (ReadTransaction, Timestamp) throws(StorageError) -> Value
    ) throws(PatrolError) -> Value {
        let clock = now
        return try read { transaction throws(StorageError) in try body(transaction, try transaction.now(clock)) }
    }

    func write<Value>(
        patience: TimeSpan = Patrol.patience, _ body: (WriteTransaction) throws(StorageError) -> Value
    ) throws(PatrolError) -> Value {
        try Patrol.storage { () throws(StorageError) in try store.write(deadline: patience, body) }
    }

    static func storage<Value>(_ body: () throws(StorageError) -> Value) throws(PatrolError) -> Value {
        do throws(StorageError) {
            return try body()
        } catch {
            throw PatrolError(error)
        }
    }
}

extension ReadTransaction {
    /// The time that counts: the clock's, or that of the newest event where the clock was set back. Nothing
    /// that has ended begins again.
    func now(_ clock: Timestamp) throws(StorageError) -> Timestamp {
        max(clock, try lastEventTime() ?? clock)
    }
}

/// Identifies one attempt to change something: 6 bytes of milliseconds, 10 random ones, so that a
/// repeated attempt is recognised and newer ones sort later.
package struct OperationID: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(at time: Timestamp) {
        let milliseconds = UInt64(bitPattern: time.milliseconds)
        let head = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * $0)) }
        bytes = head + RandomBytes.make(count: 10)
    }
}

/// What a token did, or tried to do, through the door.
package struct TokenAct: Hashable, Sendable {
    package let action: Action
    package let resource: String
    package let outcome: UseOutcome

    package init(action: Action, resource: String, outcome: UseOutcome) {
        self.action = action
        self.resource = resource
        self.outcome = outcome
    }

    /// A call that needed no right.
    package static func presence(_ outcome: UseOutcome) -> TokenAct {
        TokenAct(action: .presentToken, resource: "acct", outcome: outcome)
    }
}
