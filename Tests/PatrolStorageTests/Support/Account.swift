import CSystem
import PatrolCrypto
@testable import PatrolDomain
@testable import PatrolStorage

/// Rulings as the domain makes them, without its rules: storage must hold whatever they say.
enum Made {
    static let start = Timestamp(milliseconds: 1_750_000_000_000)
    static let owner = MemberID("owner")!
    static let account = AccountID("account")!
    static let actor = Actor(member: owner, signIn: .localUser(uid: 1_000, name: "ada"))

    /// 16 bytes that sort by `number`.
    static func operation(_ number: Int) -> [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: UInt64(number) >> UInt64(max(0, 8 * (15 - $0)) % 64)) }
    }

    static func event(
        _ name: EventName = .tokenCreated, target: AuditTarget? = nil, changes: [FieldChange] = [],
        comment: String = "", refusal: Refusal? = nil, actor: Actor = actor
    ) -> AuditEvent {
        AuditEvent(
            name: name, actor: actor, actorName: "Ada Berg",
            request: Request(.createAccessToken, on: .account),
            target: target ?? AuditTarget(.account, id: "account", name: "Acme"), versionAfter: 1,
            changes: changes, comment: comment,
            decision: Decision(
                isAllowed: refusal == nil,
                reason: .statement(2, of: GrantName("ops", source: .customRole))),
            refusal: refusal)
    }

    static func ruling(_ event: AuditEvent = event(), _ changes: [Change] = []) -> Ruling {
        Ruling(event: event, changes: changes)
    }

    static func ownerMember() -> Member {
        Member(
            id: owner, email: "ada@example.org", firstName: "Ada", lastName: "Berg",
            baseRole: .owner, isPending: false, createdAt: start)
    }

    static func member(_ number: Int, baseRole: BaseRole = .reader) -> Member {
        Member(
            id: MemberID("member-\(number)")!, email: "member\(number)@example.org",
            firstName: "First\(number % 7)", lastName: "Last\(number)", baseRole: baseRole,
            isPending: number % 5 == 0, createdAt: start + .minutes(number))
    }

    static func role(_ number: Int) -> Role {
        Role(
            id: RoleID("role-\(number)")!, key: Key(number % 2 == 0 ? "ops-\(number)" : "Ops-\(number)")!,
            name: "Role \(number)", description: "number \(number)", createdAt: start)
    }

    static func token(_ number: Int, owner: MemberID = owner, scope: Scope = .base(.reader)) -> AccessToken {
        AccessToken(
            id: TokenID("token-\(number)")!, kind: .personal, origin: .created,
            name: "Token \(number % 11)", purpose: "purpose \(number)", owner: owner, scope: scope,
            createdAt: start + .minutes(number % 13), ending: "abc\(number % 10)")
    }

    static func founding() -> Ruling {
        ruling(
            event(.accountCreated),
            [
                .insertAccount(Account(id: account, name: "Acme", createdAt: start)),
                .insertMember(ownerMember()),
            ])
    }
}

extension WriteTransaction {
    /// Records with an operation id of its own.
    @discardableResult
    func record(_ ruling: Ruling, at time: Timestamp = Made.start) throws(StorageError) -> AuditEntry {
        try record(ruling, operation: RandomBytes.make(count: 16), at: time)
    }

    @discardableResult
    func apply(_ changes: Change...) throws(StorageError) -> AuditEntry {
        try record(Made.ruling(Made.event(), changes))
    }
}

extension WriteTransaction {
    /// Counts calls of a token at one moment.
    func countUse(
        of token: TokenID, _ action: String, network: String = "", at time: Timestamp, allowed: Int, denied: Int = 0
    ) throws(StorageError) {
        var batch = UseBatch()
        for (outcome, calls) in [(UseOutcome.allowed, allowed), (.denied, denied)] where calls > 0 {
            batch.hours.append(
                HourOfUse(
                    of: token, at: time, action: Action(action), network: network, outcome: outcome, calls: calls))
        }
        try countUse(batch, at: time)
    }
}

extension Store {
    /// An account with its owner, and nothing else.
    static func founded(at path: String) throws(StorageError) -> Store {
        try create(at: path) { transaction throws(StorageError) in
            try transaction.record(Made.founding())
        }.store
    }

    func apply(_ changes: Change...) throws(StorageError) {
        try write { transaction throws(StorageError) in
            _ = try transaction.record(Made.ruling(Made.event(), changes))
        }
    }
}
