import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

@Suite struct DemoTests {
    private static let shown: [HygieneRule] = [
        .accountWide, .adminScope, .wildcardPolicy, .selfEscalating, .sleepingPrivilege, .noExpiry, .longLifetime,
        .rotationOverdue, .neverUsed, .unused, .overPrivileged, .ownerRemoved, .ownerPending, .newNetwork, .expiringSoon,
        .duplicate, .unclearName, .oldVersion, .expired, .missingPurpose,
    ]

    @Test func `a made-up account has what it says, and several of each finding`() throws {
        let folder = try TemporaryFolder()
        let location = Location(database: folder("demo/patrol.db"), keyFolder: folder("keys"))
        let patrol = try DemoAccount.make(at: location, now: Machine.now)
        let tally = try patrol.tally()
        #expect(tally.members >= 55)
        #expect((290...310).contains(tally.tokens))
        #expect(tally.auditEntries >= DemoSize.standard.entries - 20)
        var counts: [HygieneRule: Int] = [:]
        var start = PageRequest.Start.first
        while true {
            let page = try patrol.tokens(PageRequest(start, limit: 100))
            for item in page.items {
                for rule in HygieneRule.allCases where item.row.risk.holds(rule) { counts[rule, default: 0] += 1 }
            }
            guard page.hasAfter, let last = page.items.last else { break }
            start = .after(last.cursor)
        }
        for rule in Self.shown { #expect(counts[rule, default: 0] >= 1, "\(rule.word) of \(counts)") }
    }

    @Test func `somebody else at work leaves entries`() throws {
        let folder = try TemporaryFolder()
        let location = Location(database: folder("demo/patrol.db"), keyFolder: folder("keys"))
        let patrol = try DemoAccount.make(at: location, now: Machine.now)
        var activity = try DemoActivity(patrol)
        let before = try patrol.lastSequence()
        for _ in 0..<20 { try activity.step() }
        #expect(try patrol.lastSequence() == before + 20)
        let entries = try patrol.auditEntries(after: before, limit: 20)
        #expect(entries.filter(\.isAllowed).count >= 15)
    }
}
