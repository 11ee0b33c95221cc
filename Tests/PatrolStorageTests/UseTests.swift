@testable import PatrolDomain
@testable import PatrolStorage
import Testing

@Suite struct `Use by the hour` {
    let folder = TemporaryFolder()
    /// Midnight, UTC.
    let midnight = Timestamp(milliseconds: 20_254 * 86_400_000)

    private func store(tokens: Int = 3) throws -> Store {
        let store = try Store.founded(at: folder["patrol.db"])
        for number in 1...tokens { try store.apply(.insertToken(Made.token(number))) }
        return store
    }

    private func count(_ hours: [HourOfUse], windows: [UseWindow] = [], at now: Timestamp, _ store: Store) throws -> Int {
        try store.write { writing throws(StorageError) in
            try writing.countUse(UseBatch(hours: hours, windows: windows), at: now)
        }
    }

    private func hours(_ number: Int, _ store: Store, page: Int = 7) throws -> [HourOfUse] {
        try store.read { reading throws(StorageError) in
            var hours: [HourOfUse] = []
            var place: UsePlace? = UsePlace(before: midnight - .days(1_000))
            while let here = place {
                let more = try reading.hours(of: Made.token(number).id, after: here, limit: page)
                hours += more.hours
                place = more.next
            }
            return hours
        }
    }

    private func call(_ random: inout SplitMix) -> HourOfUse {
        func pick<Element>(_ choices: [Element]) -> Element { choices[Int(random.next() % UInt64(choices.count))] }
        return HourOfUse(
            of: Made.token(1 + Int(random.next() % 3)).id,
            at: midnight + TimeSpan(milliseconds: Int64(random.next() % 200_000_000)),
            action: Action(pick(["viewProject", "updateOn", ""])), resource: pick(["proj/web", "proj/mobile:env/test", ""]),
            network: pick(["192.0.2.0/24", "2001:db8::/48", ""]), client: pick(["curl", "terraform"]),
            secret: pick(["", "abc"]), outcome: pick(UseOutcome.allCases), calls: 1 + Int(random.next() % 5))
    }

    /// What is read is what a plain count over the calls gives, however they were cut into batches.
    @Test func `rolled up, in whatever batches, it equals a plain count of the calls`() throws {
        let store = try store()
        var random = SplitMix(seed: 11)
        let calls = (0..<3_000).map { _ in call(&random) }
        var collector = UseCollector(source: nil, from: midnight)
        var place = 0
        while place < calls.count {
            let end = min(calls.count, place + 1 + Int(random.next() % 400))
            if random.next() % 2 == 0 {
                #expect(try count(Array(calls[place..<end]), at: midnight + .days(3), store) == 0)
            } else {
                for call in calls[place..<end] {
                    collector.count(
                        call.token, at: call.firstAt, action: call.action, resource: call.resource,
                        network: call.network, client: call.client, secret: call.secret, outcome: call.outcome,
                        calls: call.calls)
                }
                let taken = collector.take(at: midnight + .days(3))
                let batch = try #require(taken)
                #expect(try count(batch.hours, at: midnight + .days(3), store) == 0)
            }
            place = end
        }
        for number in 1...3 {
            try requireEqual(number, calls.filter { $0.token == Made.token(number).id }, store)
        }
    }

    private func requireEqual(_ number: Int, _ calls: [HourOfUse], _ store: Store) throws {
        var expected: [HourOfUse: HourOfUse] = [:]
        for call in calls {
            var key = call
            (key.calls, key.firstAt, key.lastAt) = (0, midnight, midnight)
            if var known = expected[key] {
                known.calls += call.calls
                known.firstAt = min(known.firstAt, call.firstAt)
                known.lastAt = max(known.lastAt, call.lastAt)
                expected[key] = known
            } else {
                expected[key] = call
            }
        }
        let found = try hours(number, store)
        #expect(found.count == expected.count)
        #expect(Set(found) == Set(expected.values))
        #expect(found.map(\.hour) == found.map(\.hour).sorted())
        let allowed = calls.filter { $0.outcome == .allowed }
        try store.read { reading throws(StorageError) in
            let token = Made.token(number).id
            let summary = try reading.useSummary(of: token, since: midnight)
            #expect(summary.isWhole)
            #expect(summary.allowed == allowed.reduce(0) { $0 + $1.calls })
            #expect(summary.actions.reduce(0) { $0 + $1.calls } == calls.reduce(0) { $0 + $1.calls })
            #expect(summary.origins.reduce(0) { $0 + $1.allowed + $1.refused } == calls.reduce(0) { $0 + $1.calls })
            for used in summary.actions {
                let same = calls.filter {
                    $0.action == used.action && $0.resource == used.resource && $0.outcome == used.outcome
                }
                #expect(used.calls == same.reduce(0) { $0 + $1.calls })
                #expect(used.firstAt == same.map(\.firstAt).min())
                #expect(used.lastAt == same.map(\.lastAt).max())
            }
            // The days and the last use, which are written along, say the same.
            let days = try reading.use(of: token, since: midnight)
            #expect(days.reduce(0) { $0 + $1.allowed } == summary.allowed)
            #expect(days.reduce(0) { $0 + $1.denied } == calls.reduce(0) { $0 + $1.calls } - summary.allowed)
            #expect(try reading.token(token)?.lastUsedAt == allowed.map(\.lastAt).max())
            for signal in try reading.signals(of: token) {
                let same = calls.filter { $0.outcome.signal == signal.kind }
                #expect(signal.count == same.reduce(0) { $0 + $1.calls })
                #expect(signal.firstAt == same.map(\.firstAt).min() && signal.lastAt == same.map(\.lastAt).max())
            }
        }
    }

    @Test func `only an allowed call counts as use`() throws {
        let store = try store()
        let refused = UseOutcome.allCases.filter { $0 != .allowed }.map {
            HourOfUse(of: Made.token(1).id, at: midnight, action: Action("a"), outcome: $0, calls: 5)
        }
        _ = try count(refused, at: midnight, store)
        try store.read { reading throws(StorageError) in
            #expect(try reading.token(Made.token(1).id)?.lastUsedAt == nil)
            #expect(try reading.member(Made.owner)?.lastSeenAt == nil)
            #expect(try reading.useSummary(of: Made.token(1).id, since: midnight).allowed == 0)
            #expect(try reading.signals(of: Made.token(1).id).map(\.kind) == [.quarantined, .retiredSecret])
        }
    }

    @Test func `of a token that nobody knows nothing is kept, and it is told`() throws {
        let store = try store()
        let stranger = try #require(TokenID("stranger"))
        let calls = [stranger, Made.token(1).id].map {
            HourOfUse(of: $0, at: midnight, action: Action("a"), outcome: .allowed)
        }
        #expect(try count(calls, at: midnight, store) == 1)
        #expect(try hours(1, store).count == 1)
    }

    @Test func `hours are kept for 400 days, and go in slices`() throws {
        let store = try store(tokens: 1)
        for day in 0..<500 {
            let time = midnight + .days(day)
            let hour = HourOfUse(of: Made.token(1).id, at: time, action: Action("a"), outcome: .allowed)
            let window = UseWindow(start: time, end: time + .hours(1), source: "log")
            _ = try count([hour], windows: [window], at: time, store)
        }
        let last = midnight + .days(499)
        #expect(try hours(1, store).map(\.hour) == (99..<500).map { midnight + .days($0) })
        let windows = try store.read { r throws(StorageError) in try r.useWindows(from: midnight, to: last) }
        #expect(windows.first?.start == midnight + .days(99))
        // After a long silence, so many at a time.
        let later = last + .days(401)
        let slices = try (0..<5).map { _ in
            try store.write { w throws(StorageError) in try w.dropOldUse(limit: 150, at: later) }
        }
        #expect(slices == [150, 150, 101, 0, 0])
        #expect(try hours(1, store).isEmpty)
    }

    @Test func `windows of one source join where they overlap or touch`() throws {
        let store = try store()
        func window(_ source: String, _ start: Int, _ end: Int) -> UseWindow {
            UseWindow(start: midnight + .hours(start), end: midnight + .hours(end), source: source)
        }
        for window in [
            window("a", 0, 2), window("a", 5, 6), window("b", 2, 3), window("a", 8, 9), window("a", 6, 8),
            window("a", 1, 3), window("a", 20, 20), window("b", 0, 1),
        ] {
            _ = try count([], windows: [window], at: midnight, store)
        }
        func windows(_ start: Int, _ end: Int) throws -> [UseWindow] {
            try store.read { r throws(StorageError) in
                try r.useWindows(from: midnight + .hours(start), to: midnight + .hours(end))
            }
        }
        #expect(Set(try windows(0, 30)) == [window("a", 0, 3), window("a", 5, 9), window("b", 2, 3), window("b", 0, 1)])
        #expect(try windows(3, 5) == [])
        #expect(try windows(8, 30) == [window("a", 5, 9)])
        let coverage = UseCoverage(of: try windows(0, 10), from: midnight, to: midnight + .hours(10))
        #expect(coverage.known == .hours(7))
        #expect(coverage.gaps.map(\.length) == [.hours(2), .hours(1)])
        #expect(coverage.isKnown(percent: 70) && !coverage.isKnown(percent: 71))
    }

    @Test func `what its queries cost does not grow with the account`() throws {
        let store = try store(tokens: 1)
        let queries: [(String, Int)] = [
            (UseHourRecord.newest, 3), (UseHourRecord.page, 9), (UseHourRecord.deletion, 2), (UseWindowRecord.earlier, 2),
            (UseImportRecord.overlap, 4), ("SELECT id FROM token WHERE ending = ? AND deleted_at IS NULL LIMIT ?", 2),
        ]
        for (sql, count) in queries {
            let plan = try store.reader.rows("EXPLAIN QUERY PLAN " + sql, Array(repeating: .null, count: count)) {
                row throws(StorageError) in try row.text(3)
            }
            let steps = plan.filter { !$0.hasPrefix("LIST SUBQUERY") && !$0.hasPrefix("CREATE BLOOM") }
            #expect(steps.allSatisfy { $0.hasPrefix("SEARCH") }, "\(sql): \(plan)")
        }
    }
}
