import PatrolDomain
import Testing

@Suite struct `Collected use` {
    let start = Timestamp(milliseconds: 1_750_000_000_000)
    let token = TokenID("token-1")!

    private func window(_ first: Timestamp, _ last: Timestamp) -> UseWindow {
        UseWindow(start: first, end: last, source: UseWindow.gateway)
    }

    private func collector() -> UseCollector { UseCollector(source: UseWindow.gateway, from: start) }

    private func count(_ action: String, at time: Timestamp, in collector: inout UseCollector) {
        collector.count(token, at: time, action: Action(action), outcome: .allowed)
    }

    @Test func `calls that have all in common are one row, with the first and the last time`() {
        var collector = collector()
        for second in [0, 5, 2] {
            count("a", at: start + TimeSpan(milliseconds: Int64(second) * 1_000), in: &collector)
        }
        count("b", at: start, in: &collector)
        let batch = collector.take(at: start + TimeSpan(milliseconds: 6_000))
        let row = batch?.hours.first { $0.action.name == "a" }
        #expect(batch?.hours.count == 2)
        #expect(row?.calls == 3 && row?.firstAt == start && row?.lastAt == start + TimeSpan(milliseconds: 5_000))
        #expect(row?.hour == start.startOfHour)
    }

    @Test func `what it was there for is claimed, without holes, also when nobody calls`() {
        var collector = collector()
        let times = (1...4).map { start + TimeSpan(milliseconds: Int64($0) * 5_000) }
        let windows = times.map { collector.take(at: $0)?.windows ?? [] }
        #expect(windows == zip([start] + times, times).map { [window($0, $1)] })
        #expect(collector.take(at: times[3]) == nil)
    }

    /// A machine that slept, or a clock that was set: nobody knows what happened in between.
    @Test(arguments: [TimeSpan.hours(3), .days(400), TimeSpan(milliseconds: -3_600_000), .days(-400)])
    func `a clock that jumps leaves a gap`(jump: TimeSpan) {
        var collector = collector()
        _ = collector.take(at: start + TimeSpan(milliseconds: 5_000))
        count("a", at: start + TimeSpan(milliseconds: 8_000), in: &collector)
        let later = start + jump
        count("a", at: later, in: &collector)
        let batch = collector.take(at: later + TimeSpan(milliseconds: 1_000))
        #expect(
            batch?.windows == [
                window(start + TimeSpan(milliseconds: 5_000), start + TimeSpan(milliseconds: 8_000)),
                window(later, later + TimeSpan(milliseconds: 1_000)),
            ])
        #expect(batch?.hours.reduce(0) { $0 + $1.calls } == 2)
    }

    @Test func `what can't be written stays, as often as it takes`() {
        var collector = collector()
        for number in 0..<10 { count("a\(number)", at: start, in: &collector) }
        for second in 1...3 {
            guard let batch = collector.take(at: start + TimeSpan(milliseconds: Int64(second) * 1_000)) else { continue }
            collector.putBack(batch)
        }
        let batch = collector.take(at: start + TimeSpan(milliseconds: 4_000))
        #expect(batch?.hours.count == 10)
        let coverage = UseCoverage(
            of: batch?.windows ?? [], from: start, to: start + TimeSpan(milliseconds: 4_000))
        #expect(coverage.gaps.isEmpty)
    }

    /// Whoever answers many at once looks at the clock before he counts.
    @Test func `calls a little out of their order leave no gap`() {
        var collector = collector()
        for (number, offset) in [5, 3, 9, 8, 30, 12, 40].enumerated() {
            count("a\(number)", at: start + TimeSpan(milliseconds: Int64(offset) * 1_000), in: &collector)
        }
        let batch = collector.take(at: start + TimeSpan(milliseconds: 39_000))
        #expect(batch?.windows == [window(start, start + TimeSpan(milliseconds: 40_000))])
        #expect(batch?.hours.count == 7)
    }

    /// Written batches failed for so long that there was no room any more.
    @Test func `what is put back without room for it is not claimed`() {
        var collector = collector()
        count("first", at: start + TimeSpan(milliseconds: 1_000), in: &collector)
        guard let batch = collector.take(at: start + TimeSpan(milliseconds: 2_000)) else { return }
        for number in 0..<UseCollector.maximumRows {
            count("a\(number)", at: start + TimeSpan(milliseconds: 3_000), in: &collector)
        }
        collector.putBack(batch)
        var windows: [UseWindow] = []
        while let next = collector.take(at: start + TimeSpan(milliseconds: 4_000)) { windows += next.windows }
        #expect(windows == [window(start + TimeSpan(milliseconds: 3_000), start + TimeSpan(milliseconds: 4_000))])
    }

    @Test func `it is bounded: written in batches, and what is too much is not claimed`() {
        var collector = collector()
        let count = UseCollector.maximumRows + 10
        for number in 0..<count {
            self.count("a\(number)", at: start + TimeSpan(milliseconds: 1_000), in: &collector)
            #expect(collector.isFull == (number + 1 >= UseCollector.fullAt))
        }
        #expect(collector.count == UseCollector.maximumRows)
        var rows = 0
        var windows: [UseWindow] = []
        while let batch = collector.take(at: start + TimeSpan(milliseconds: 2_000)) {
            #expect(batch.hours.count <= UseBatch.maximumRows)
            rows += batch.hours.count
            windows += batch.windows
        }
        #expect(rows == UseCollector.maximumRows)
        #expect(windows == [window(start + TimeSpan(milliseconds: 1_000), start + TimeSpan(milliseconds: 2_000))])
    }

    @Test func `where not every call comes by, no time is claimed`() {
        var collector = UseCollector(source: nil, from: start)
        #expect(collector.take(at: start + TimeSpan(milliseconds: 2_000)) == nil)
        count("a", at: start + TimeSpan(milliseconds: 3_000), in: &collector)
        #expect(collector.take(at: start + TimeSpan(milliseconds: 4_000))?.windows == [])
    }
}

@Suite struct `Known use` {
    let start = Timestamp(milliseconds: 1_750_000_000_000)

    private func window(_ first: Int, _ last: Int, _ source: String = "log") -> UseWindow {
        UseWindow(start: start + .days(first), end: start + .days(last), source: source)
    }

    private func token(knownUntil day: Int?, createdAt created: Int = 0) -> AccessToken {
        AccessToken(
            id: TokenID("token-1")!, kind: .accountWide, origin: day == nil ? .created : .imported, name: "t",
            owner: nil, scope: .account, createdAt: start + .days(created), useKnownUntil: day.map { start + .days($0) })
    }

    private func gaps(_ coverage: UseCoverage) -> [ClosedRange<Int>] {
        coverage.gaps.map { ($0.start - start).wholeDays...($0.end - start).wholeDays }
    }

    @Test(arguments: [
        ([], [0...10]), ([(0, 10)], []), ([(-5, 20)], []), ([(2, 4), (3, 6)], [0...2, 6...10]),
        ([(6, 8), (1, 2), (1, 7)], [0...1, 8...10]), ([(3, 4), (4, 5)], [0...3, 5...10]),
        ([(-9, -1), (11, 12)], [0...10]), ([(0, 1), (9, 10)], [1...9]), ([(1, 9), (2, 3)], [0...1, 9...10]),
    ])
    func `gaps are what no window covers`(windows: [(Int, Int)], expected: [ClosedRange<Int>]) {
        let coverage = UseCoverage(
            of: windows.map { window($0.0, $0.1) }, from: start, to: start + .days(10))
        #expect(gaps(coverage) == expected)
        // The same by counting the hours.
        let hours = (0..<240).filter { hour in
            windows.contains { (first, last) in first * 24 <= hour && hour < last * 24 }
        }
        #expect(coverage.known == .hours(hours.count))
    }

    @Test func `a token that is checked here is known from its creation on, unless a gateway was away`() {
        func coverage(_ windows: [UseWindow]) -> UseCoverage {
            UseCoverage(of: token(knownUntil: nil, createdAt: 4), windows: windows, from: start, to: start + .days(10))
        }
        #expect(gaps(coverage([])) == [] && coverage([]).span == .days(6))
        #expect(gaps(coverage([window(8, 9)])) == [])
        #expect(gaps(coverage([window(0, 9, UseWindow.gateway)])) == [9...10])
    }

    @Test func `of an imported token only windows tell`() {
        let token = token(knownUntil: 3)
        func coverage(_ windows: [UseWindow]) -> UseCoverage {
            UseCoverage(of: token, windows: windows, from: start, to: start + .days(10))
        }
        #expect(gaps(coverage([])) == [0...10])
        #expect(gaps(coverage([window(2, 10)])) == [0...2])
    }
}

@Suite struct `Words of access logs` {
    @Test(arguments: [
        ("2026-11-24T05:57:03Z", 1_795_499_823_000), ("2026-11-24t05:57:03.5z", 1_795_499_823_500),
        ("2026-11-24 05:57:03.123456789Z", 1_795_499_823_123), ("2026-11-24T07:57:03+02:00", 1_795_499_823_000),
        ("2026-11-23T22:27:03.250-07:30", 1_795_499_823_250), ("2016-12-31T23:59:60Z", 1_483_228_799_000),
        ("2026-11-24T05:57:03", nil), ("2026-11-24T05:57Z", nil), ("2026-02-30T05:57:03Z", nil),
        ("2026-11-24T24:00:00Z", nil), ("2026-11-24T05:57:03.Z", nil), ("2026-11-24T05:57:03+0200", nil),
        ("2026-11-24T05:57:03Z ", nil), ("1999-12-31T23:59:59Z", nil), ("", nil), ("2026-11-24T05:57:03+25:00", nil),
        ("2026-11-24T05:57:0\u{0663}Z", nil), ("2000-01-01T00:00:00+23:59", nil),
    ] as [(String, Int64?)])
    func `times are those of RFC 3339`(text: String, milliseconds: Int64?) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        ("Terraform/1.9.2 (+https://www.terraform.io)", "terraform"), ("curl/8.5.0", "curl"),
        ("python-requests/2.31.0", "python-requests"), ("Go-http-client/1.1", "go-http-client"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130", "browser"), ("", ""), ("(none)", ""), ("  Ansible 2", "ansible"),
        ("\u{1B}[31mred", ""), (String(repeating: "x", count: 90), String(repeating: "x", count: 40)),
    ])
    func `a client is its family`(text: String, family: String) {
        #expect(ClientFamily.of(userAgent: text) == family)
    }
}
