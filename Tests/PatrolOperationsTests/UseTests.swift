import PatrolDomain
import PatrolOperations
import PatrolStorage
import PatrolTestSupport
import Testing

private let view = Request(Action("viewProject"), on: Resource(segments: [.init(type: "proj", key: "web")]))

@Suite struct `Use at the door` {
    @Test func `each check leaves its hour: what was asked, with which secret, and what came of it`() throws {
        let account = try TestAccount()
        let (token, first) = try account.createToken(expiresIn: .days(300))
        let start = account.clock.now
        _ = try account.patrol.check(first, view, network: "192.0.2.9")
        _ = try account.patrol.check(first, view, network: "192.0.2.10")
        let rotation = RotateToken(token: token.id, version: token.version, oldSecretUntil: nil)
        _ = try account.patrol.perform(.rotateToken(rotation), as: account.ada)
        _ = try account.patrol.check(first, view)
        let (hours, next) = try account.patrol.hoursOfUse(of: token.id, after: UsePlace(before: start))
        #expect(next == nil)
        let used = try #require(hours.first { $0.outcome == .allowed })
        #expect(used.calls == 2 && used.network == "192.0.2.0/24" && used.secret.utf8.count == SecretFormat.publicIDLength)
        #expect(used.action == view.action && used.resource == "proj/web" && used.hour == start.startOfHour)
        #expect(hours.filter { $0.outcome == .retired }.map(\.calls) == [1])
        #expect(try account.patrol.signals(of: token.id).map(\.kind) == [.retiredSecret])
        let coverage = try #require(try account.patrol.useCoverage(of: token.id, since: start - .days(90)))
        #expect(coverage.gaps.isEmpty && coverage.start == token.createdAt)
    }

    /// Somebody else writes for longer than the owner of a collector waits.
    @Test func `what can't be written now stays in the collector`() throws {
        let account = try TestAccount()
        let token = try account.createToken(expiresIn: .days(300)).token
        let start = account.clock.now
        var collector = UseCollector(source: UseWindow.gateway, from: start)
        collector.count(token.id, at: start, action: view.action, outcome: .allowed, calls: 3)
        account.clock.now = start + TimeSpan(milliseconds: 5_000)
        let other = try Store(opening: account.location.database)
        try other.write { _ throws(StorageError) in
            let isWritten = (try? account.patrol.write(&collector, patience: TimeSpan(milliseconds: 20))) != nil
            #expect(!isWritten)
        }
        #expect(collector.count == 1)
        account.clock.now = start + TimeSpan(milliseconds: 9_000)
        try account.patrol.write(&collector)
        #expect(collector.count == 0)
        #expect(try account.patrol.useSummary(of: token.id, since: start).allowed == 3)
        let windows = try account.patrol.useWindows(since: start - .days(1))
        #expect(windows == [UseWindow(start: start, end: start + TimeSpan(milliseconds: 9_000), source: UseWindow.gateway)])
    }
}
