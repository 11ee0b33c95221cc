import PatrolConfiguration
import PatrolDomain
import PatrolOperations
@testable import PatrolTerminal
import PatrolTestSupport
import Testing

/// What the terminal program does by itself when a time has come.
@Suite struct `Tidying in the terminal program` {
    private final class Clock: @unchecked Sendable { var now = Timestamp(milliseconds: 1_790_000_000_000) }

    private let folder: TemporaryFolder
    private let clock = Clock()
    private let patrol: Patrol
    private let ada: Session

    init() throws {
        folder = try TemporaryFolder()
        let founding = FoundAccount(name: "Acme", ownerEmail: "ada@example.org", ownerFirstName: "Ada", ownerLastName: "Berg")
        let location = Location(database: folder("data/patrol.db"), keyFolder: folder("keys"))
        let clock = clock
        patrol = try Patrol.found(founding, at: location, clock: { clock.now }).patrol
        ada = try patrol.signIn()
    }

    private func runner(as session: Session) -> EffectRunner {
        EffectRunner(
            patrol, as: session, clipboard: Clipboard(type: "xterm") { _ in nil },
            themes: ThemeShelf(environment: { _ in nil }, own: nil, kept: nil), views: ViewsFile(folder: nil))
    }

    private func quarantined(_ count: Int) throws -> [TokenID] {
        try (0..<count).map { number in
            let created = try patrol.perform(
                .createToken(
                    CreateToken(kind: .personal, name: "t\(number)", purpose: "", scope: .base(.reader), expiresAt: nil)), as: ada)
            let id = try #require(TokenID(created.entry.target.id))
            let quarantine = QuarantineToken(
                token: id, version: 1, reason: "nobody knows it", deletesAt: clock.now + .days(1))
            #expect(try patrol.perform(.quarantineToken(quarantine), as: ada).refusal == nil)
            return id
        }
    }

    private func deleted(_ ids: [TokenID]) throws -> Int {
        try ids.count { try patrol.token($0)?.deletedAt != nil }
    }

    @Test func `what is due is done one by one, and no more is looked for then`() throws {
        let ids = try quarantined(3)
        let runner = runner(as: ada)
        #expect(!runner.tidy())
        #expect(try deleted(ids) == 0)
        clock.now = clock.now + .days(1)
        for done in 1...3 {
            #expect(runner.tidy())
            #expect(try deleted(ids) == done)
        }
        #expect(!runner.tidy())
    }

    @Test func `who may not leaves it, however much there is, and writes nothing`() throws {
        let ids = try quarantined(20)
        _ = try patrol.perform(.inviteMember(InviteMember(email: "rita@example.org", firstName: "Rita", baseRole: .reader)), as: ada)
        let rita = try patrol.signIn(as: "rita@example.org")
        _ = try patrol.perform(.acceptInvitation, as: rita)
        clock.now = clock.now + .days(2)
        let before = try patrol.lastSequence()
        let runner = runner(as: rita)
        var looks = 1
        while runner.tidy(), looks < 100 { looks += 1 }
        #expect(looks == 3, "eight at a time")
        #expect(try patrol.lastSequence() == before)
        #expect(try deleted(ids) == 0)
    }
}
