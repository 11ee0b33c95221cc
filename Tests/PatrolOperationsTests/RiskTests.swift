import Glibc
import PatrolDomain
import PatrolOperations
import PatrolStorage
import PatrolTestSupport
import Testing

private let view = Request(Action("viewProject"), on: Resource(segments: [.init(type: "proj", key: "web")]))

@Suite struct RiskTests {
    @Test func `a token that was called is no longer listed as never used`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken(expiresIn: .days(300))
        // Somebody is there now and then: a clock alone makes no token unused.
        for place in 0..<4 {
            account.clock.now = account.clock.now + .days(5)
            try account.createToken(name: "export \(place)")
        }
        #expect(try !account.patrol.refreshRisks())
        #expect(try risk(of: token, in: account).holds(.neverUsed))
        #expect(try account.reason(secret, view) == nil)
        #expect(try !account.patrol.refreshRisks())
        #expect(try !risk(of: token, in: account).holds(.neverUsed))
    }

    @Test func `housekeeping waits for nobody and is no error`() throws {
        let account = try TestAccount()
        let token = try account.createToken(expiresIn: nil).token
        let other = try Store(opening: account.location.database)
        try other.write { _ throws(StorageError) in
            let isMore = try? account.patrol.refreshRisks()
            #expect(isMore == false)
        }
        #expect(try !risk(of: token, in: account).holds(.noExpiry))
        #expect(try !account.patrol.refreshRisks())
        #expect(try risk(of: token, in: account).holds(.noExpiry))
    }

    @Test func `new findings wake the screens once, and what was known wakes none`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken(expiresIn: nil)
        try account.createToken(expiresIn: nil)
        let other = try account.reopened()
        var wanted = pollfd(fd: other.changeDescriptor, events: Int16(POLLIN), revents: 0)
        #expect(try account.patrol.refreshRisks(limit: 1))
        #expect(poll(&wanted, 1, 0) == 0)
        #expect(try !account.patrol.refreshRisks(limit: 5))
        #expect(poll(&wanted, 1, 0) == 1)
        _ = try other.drainChanges()
        // Its first use makes the judgement stale, and the same again is found.
        _ = try account.patrol.check(secret, view)
        #expect(try !account.patrol.refreshRisks())
        #expect(poll(&wanted, 1, 0) == 0)
        #expect(try risk(of: token, in: account).holds(.noExpiry))
    }

    @Test func `more than one slice is judged, and no more than was asked for`() throws {
        let account = try TestAccount()
        for _ in 0..<5 { try account.createToken(expiresIn: nil) }
        #expect(try account.patrol.refreshRisks(limit: 2))
        #expect(try judged(in: account) == 2)
        #expect(try !account.patrol.refreshRisks(limit: 500))
        #expect(try judged(in: account) == 5)
    }

    @Test func `opened for reading, an account is listed and never written to`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken(expiresIn: nil)
        let clock = account.clock
        let reading = try Patrol(opening: account.location, readOnly: true, clock: { clock.now })
        let before = try reading.lastSequence()
        #expect(try !reading.refreshRisks())
        #expect(try reading.tokens(PageRequest(limit: 10)).items.map(\.row.token.id) == [token.id])
        #expect(try reading.tokenDetail(token.id)?.row.risk.holds(.noExpiry) == true)
        #expect(try reading.members(PageRequest(limit: 10)).items.count == 1)
        let session = try reading.signIn()
        #expect(throws: PatrolError.self) {
            try reading.perform(.deleteToken(token.id, version: token.version), as: session)
        }
        #expect(throws: PatrolError.self) { try reading.check(secret, view) }
        reading.settle()
        #expect(try account.patrol.lastSequence() == before)
    }

    private func risk(of token: AccessToken, in account: TestAccount) throws -> TokenRisk {
        let rows = try account.patrol.tokens(PageRequest(limit: 10)).items.map(\.row)
        return try #require(rows.first { $0.token.id == token.id }).risk
    }

    private func judged(in account: TestAccount) throws -> Int {
        try account.patrol.tokens(PageRequest(limit: 10)).items.count { $0.row.risk.holds(.noExpiry) }
    }
}
