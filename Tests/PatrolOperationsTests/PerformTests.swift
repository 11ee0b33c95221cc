import Glibc
import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

@Suite struct PerformTests {
    @Test func `an allowed command leaves its change and one entry`() throws {
        let account = try TestAccount()
        let before = try account.patrol.lastSequence()
        let outcome = try account.patrol.perform(
            .inviteMember(InviteMember(email: "kim@example.org", baseRole: .writer)), as: account.ada, comment: "new")
        #expect(outcome.refusal == nil)
        #expect(outcome.entry.sequence == before + 1)
        #expect(outcome.entry.comment == "new")
        #expect(outcome.entry.name == EventName.memberInvited.rawValue)
        #expect(try account.patrol.lastSequence() == before + 1)
        #expect(try account.patrol.member(email: "kim@example.org")?.baseRole == .writer)
    }

    @Test func `a refused command changes nothing and still leaves one entry`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .writer)
        let before = try account.patrol.lastSequence()
        let outcome = try account.patrol.perform(
            .inviteMember(InviteMember(email: "eve@example.org", baseRole: .admin)), as: kim)
        #expect(outcome.refusal?.code == "notPermitted")
        #expect(!outcome.entry.isAllowed)
        #expect(try account.patrol.lastSequence() == before + 1)
        #expect(try account.patrol.member(email: "eve@example.org") == nil)
    }

    @Test func `the same operation again changes nothing and answers the same`() throws {
        let account = try TestAccount()
        let operation = OperationID(at: account.clock.now)
        let command = Command.inviteMember(InviteMember(email: "kim@example.org", baseRole: .writer))
        let first = try account.patrol.perform(command, as: account.ada, operation: operation)
        let again = try account.patrol.perform(command, as: account.ada, operation: operation)
        #expect(again.entry == first.entry)
        #expect(try account.patrol.lastSequence() == first.entry.sequence)
    }

    @Test func `a repeated attempt hands out no secret that nobody knows`() throws {
        let account = try TestAccount()
        let operation = OperationID(at: account.clock.now)
        let command = Command.createToken(
            CreateToken(kind: .personal, name: "nightly", purpose: "", scope: .base(.reader), expiresAt: nil))
        let first = try account.patrol.perform(command, as: account.ada, operation: operation)
        let again = try account.patrol.perform(command, as: account.ada, operation: operation)
        #expect(first.secret != nil && !first.isRepeat)
        #expect(again.secret == nil && again.isRepeat && again.refusal == nil)
        #expect(again.entry == first.entry)
        #expect(try account.patrol.tally().tokens == 1)
    }

    @Test func `a refusal that is repeated is never a yes`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .writer)
        let operation = OperationID(at: account.clock.now)
        let command = Command.inviteMember(InviteMember(email: "eve@example.org", baseRole: .reader))
        let first = try account.patrol.perform(command, as: kim, operation: operation)
        // The same would be allowed now.
        let again = try account.patrol.perform(command, as: account.ada, operation: operation)
        #expect(first.refusal != nil)
        #expect(again.refusal != nil && again.isRepeat)
        #expect(again.entry == first.entry)
        #expect(try account.patrol.member(email: "eve@example.org") == nil)
    }

    @Test func `an entry says who, how, on what, from what, to what`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .reader)
        let member = try #require(try account.patrol.member(kim.actor.member))
        let outcome = try account.patrol.perform(
            .changeMemberRoles(
                ChangeMemberRoles(
                    member: member.id, version: member.version, baseRole: .writer, customRoles: [], roleAttributes: [:])),
            as: account.ada)
        let entry = outcome.entry
        #expect(entry.actorName == "Ada Berg")
        #expect(entry.action == "updateRole")
        #expect(entry.resource == "member/\(member.id.text)")
        #expect(entry.changes == [FieldChange("base role", before: "reader", after: "writer")])
        #expect(entry.decidingRole == "owner")
        #expect(entry.signIn.hasPrefix("local"))
        #expect(try account.entries().last == entry)
    }

    @Test func `time never runs backwards in the log`() throws {
        let account = try TestAccount()
        let start = account.clock.now
        _ = try account.createToken()
        account.clock.now = start - .days(400)
        _ = try account.createToken(expiresIn: .days(900))
        let times = try account.entries().map(\.at)
        #expect(times == times.sorted())
        #expect(times.last == start)
    }

    @Test func `what one process commits another reads at once`() throws {
        let account = try TestAccount()
        let other = try account.reopened()
        let before = try other.lastSequence()
        _ = try account.createToken()
        #expect(try other.lastSequence() == before + 1)
        let first = try other.drainChanges()
        let second = try other.drainChanges()
        #expect(first)
        #expect(!second)
    }

    @Test func `nobody signs in who was removed`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .reader)
        let member = try #require(try account.patrol.member(kim.actor.member))
        _ = try account.patrol.perform(.removeMember(member.id, version: member.version), as: account.ada)
        #expect(throws: PatrolError.self) { try account.patrol.signIn(as: "kim@example.org") }
        // A session that is open still is refused, too.
        let outcome = try account.patrol.perform(
            .createToken(CreateToken(kind: .personal, name: "late", purpose: "", scope: .base(.reader), expiresAt: nil)), as: kim)
        #expect(outcome.refusal == .actorNotInForce(.memberRemoved))
    }

    @Test func `an account that can't be opened after it was made keeps its key`() throws {
        let folder = try TemporaryFolder()
        let location = Location(database: folder("data/patrol.db"), keyFolder: folder("keys"))
        // The bell can't be hung up where there is a folder.
        let isMade = mkdir(folder("data"), 0o700) == 0 && mkdir(folder("data/patrol.db-bell"), 0o700) == 0
        #expect(isMade)
        let founding = FoundAccount(name: "A", ownerEmail: "a@example.org", ownerFirstName: "", ownerLastName: "")
        let error = #expect(throws: PatrolError.self) { try Patrol.found(founding, at: location) }
        #expect("\(String(describing: error))".contains("the account was made"))
        rmdir(folder("data/patrol.db-bell"))
        let patrol = try Patrol(opening: location)
        let outcome = try patrol.perform(
            .createToken(
                CreateToken(kind: .personal, name: "nightly", purpose: "", scope: .base(.reader), expiresAt: nil)),
            as: try patrol.signIn())
        #expect(outcome.secret != nil)
    }

    @Test func `the log of an account is whole`() throws {
        let account = try TestAccount()
        try account.createToken()
        let check = try account.patrol.verifyAudit()
        #expect(check.isWhole)
        #expect(check.entries == 2)
    }

    @Test func `an account is founded once`() throws {
        let account = try TestAccount()
        let founding = FoundAccount(name: "B", ownerEmail: "b@example.org", ownerFirstName: "", ownerLastName: "")
        #expect(throws: PatrolError.self) { try Patrol.found(founding, at: account.location) }
        #expect(try account.patrol.account().name == "Acme")
    }
}
