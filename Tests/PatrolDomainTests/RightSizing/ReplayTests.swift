import Testing

@testable import PatrolDomain

@Suite struct ReplayTests {
    private static func calls(
        _ action: String, _ resource: String, _ calls: Int, network: String = "", client: String = "", days: Int = 1
    ) -> UsedCalls {
        let at = UsedToken.now - .days(days)
        return UsedCalls(
            action: Action(action), resource: resource, network: network, client: client, calls: calls, firstAt: at,
            lastAt: at)
    }

    private static func use(_ calls: [UsedCalls]) -> KnownUse {
        let from = UsedToken.now - .days(90)
        return KnownUse(
            calls: calls,
            coverage: UseCoverage(
                of: [UseWindow(start: from, end: UsedToken.now, source: "test")], from: from, to: UsedToken.now))
    }

    private static func authority(_ lines: [String]) throws -> TokenAuthority {
        TokenAuthority(try holding(lines, .noAccess))
    }

    @Test func `each kind of call that would fail is told with its last network and client`() throws {
        let use = Self.use([
            Self.calls("viewProject", "proj/web", 500),
            Self.calls("updateOn", "proj/web:env/e:flag/a", 30, network: "10.0.0.0/24", client: "curl", days: 9),
            Self.calls("updateOn", "proj/web:env/e:flag/a", 7, network: "10.0.9.0/24", client: "terraform", days: 2),
            Self.calls("updateOn", "proj/web:env/e:flag/b", 90),
            Self.calls("deleteFlag", "proj/web:env/e:flag/b", 4),
            Self.calls("updateOn", "", 3), Self.calls("updateOn", "proj//", 2),
        ])
        let before = try Self.authority(["A * @ proj/*:env/*:flag/*", "A viewProject @ proj/*", "D deleteFlag @ *"])
        let after = try Self.authority(["A viewProject @ proj/*", "A updateOn @ proj/*:env/*:flag/b"])
        let replay = Replay(use, before: before, after: after)
        #expect(replay.calls == 636)
        #expect(replay.failingCalls == 37)
        #expect(replay.failingKinds == 1)
        #expect(replay.deniedAlready == 4)
        #expect(replay.undecided == 5)
        let failure = try #require(replay.failures.first)
        #expect(failure.calls == 37)
        #expect(failure.networks == 2)
        #expect(failure.network == "10.0.9.0/24")
        #expect(failure.client == "terraform")
        #expect(failure.lastAt == UsedToken.now - .days(2))
        #expect(failure.reason == .nothingApplies)
    }

    @Test func `the most frequent come first, and all are counted`() throws {
        let calls = (1...300).map { Self.calls("updateOn", "proj/web:env/e:flag/f\($0)", $0) }
        let before = try Self.authority(["A * @ *"])
        let replay = Replay(Self.use(calls), before: before, after: try Self.authority([]))
        #expect(replay.failures.map(\.calls) == Array((101...300).reversed()))
        #expect(replay.failingKinds == 300)
        #expect(replay.failingCalls == 300 * 301 / 2)
    }

    @Test func `rows of the record are added up, and only what was allowed`() throws {
        func hour(_ outcome: UseOutcome, _ count: Int, after hours: Int, network: String = "n") throws -> HourOfUse {
            let at = start + .hours(hours)
            return HourOfUse(
                token: try #require(TokenID("t")), hour: at, action: Action("updateOn"), resource: "proj/web",
                network: network, outcome: outcome, calls: count, firstAt: at, lastAt: at + .minutes(5))
        }
        let hours = [
            try hour(.allowed, 2, after: 5), try hour(.denied, 9, after: 6), try hour(.allowed, 3, after: 1),
            try hour(.quarantined, 9, after: 7), try hour(.allowed, 1, after: 2, network: "m"),
        ]
        let calls = UsedCalls.rolledUp(hours)
        #expect(calls.map(\.calls) == [5, 1])
        #expect(calls[0].firstAt == start + .hours(1))
        #expect(calls[0].lastAt == start + .hours(5) + .minutes(5))
    }

    @Test func `replays of many tokens add up, the worst first`() throws {
        let before = try Self.authority(["A * @ *"])
        func one(_ calls: Int, losing: Bool) throws -> Replay {
            Replay(
                Self.use([Self.calls("createMember", "member/x", calls)]), before: before,
                after: losing ? try Self.authority([]) : before)
        }
        var some = ChangeReplay()
        some.add(AuditTarget(.token, id: "a", name: "a"), try one(5, losing: true))
        #expect(some.only?.replay.failingCalls == 5)
        some.add(AuditTarget(.token, id: "b", name: "b"), try one(50, losing: true))
        some.add(AuditTarget(.token, id: "c", name: "c"), try one(500, losing: false))
        #expect(some.only == nil)
        var more = ChangeReplay()
        more.add(AuditTarget(.token, id: "d", name: "d"), try one(20, losing: true))
        more.notExamined = 3
        let all = some.adding(more)
        #expect(all.failing.map(\.target.id) == ["b", "d", "a"])
        #expect(all.calls == 575)
        #expect(all.failingCalls == 75)
        #expect(all.tokens == 4)
        #expect(all.notExamined == 3)
        #expect(ChangeReplay().adding(more).only?.target.id == "d")
    }

    @Test(arguments: [
        ([], false), ([0, 1, 2, 30, 80], false),
        // Once a quarter: the last time 70 days ago.
        ([70, 160, 250], true),
        // A pause of 60 days, and back since.
        ([1, 2, 61, 62], false), ([1, 61], true),
        // Once a year.
        ([20, 385], true),
        // It came back once, and was not seen for half as long again as that pause.
        ([106, 176], false), ([105, 175], true),
    ]) func `work that pauses and comes back is told from work that ended`(daysAgo: [Int], isAlive: Bool) {
        for order in [daysAgo, daysAgo.reversed()] {
            var beat = Beat()
            for days in order { beat.note(UsedToken.now - .days(days)) }
            #expect(beat.isAlive(at: UsedToken.now) == isAlive, "\(order)")
        }
    }
}
