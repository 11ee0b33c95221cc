import PatrolDomain
import PatrolOperations
import PatrolTestSupport

/// An account in a temporary folder: Ada owns it, Kim writes, Rita reads, Max is an admin. Its clock is ours.
final class TestAccount {
    let folder: TemporaryFolder
    let location: Location
    let patrol: Patrol
    let ada: Session
    let clock: TestClock

    init() throws {
        folder = try TemporaryFolder()
        let clock = TestClock()
        self.clock = clock
        location = Location(database: folder("data/patrol.db"), keyFolder: folder("keys"))
        let founding = FoundAccount(
            name: "Acme", ownerEmail: "ada@example.org", ownerFirstName: "Ada", ownerLastName: "Berg")
        patrol = try Patrol.found(founding, at: location, clock: { clock.now }).patrol
        ada = try patrol.signIn()
    }

    /// Another process's view of the same account.
    func reopened() throws -> Patrol {
        let clock = clock
        return try Patrol(opening: location, clock: { clock.now })
    }

    func join(_ name: String, _ role: BaseRole) throws -> Session {
        let email = "\(name)@example.org"
        _ = try patrol.perform(.inviteMember(InviteMember(email: email, firstName: name, baseRole: role)), as: ada)
        let session = try patrol.signIn(as: email)
        _ = try patrol.perform(.acceptInvitation, as: session)
        return session
    }

    @discardableResult
    func createToken(
        _ scope: Scope = .base(.reader), kind: AccessToken.Kind = .personal, name: String = "nightly export",
        expiresIn: TimeSpan? = .days(30), by session: Session? = nil
    ) throws -> (token: AccessToken, secret: Secret) {
        let outcome = try patrol.perform(
            .createToken(
                CreateToken(
                    kind: kind, name: name, purpose: "copies flags", scope: scope,
                    expiresAt: expiresIn.map { clock.now + $0 })), as: session ?? ada)
        guard let secret = outcome.secret, let id = TokenID(outcome.entry.target.id),
            let token = try patrol.token(id)
        else { throw ProgramFailure("no token was created: \(String(describing: outcome.refusal))") }
        return (token, secret)
    }

    /// Why the secret may not do it; nil: it may.
    func reason(_ secret: Secret, _ request: Request) throws -> Decision.Reason? {
        let decision = try patrol.check(secret, request).decision
        return decision.isAllowed ? nil : decision.reason
    }

    /// All entries, oldest first.
    func entries() throws -> [AuditEntry] { try patrol.auditEntries(after: 0, limit: 500) }
}

/// A clock that stands until it is told to move.
final class TestClock: @unchecked Sendable {
    var now = Timestamp(milliseconds: 1_790_000_000_000)
}
