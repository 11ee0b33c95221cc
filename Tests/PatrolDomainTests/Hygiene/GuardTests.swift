import Testing

@testable import PatrolDomain

private typealias S = Situation

@Suite struct GuardTests {
    /// Use is recorded by the hour, with a hole of two hours or none.
    @Test func `a gap in what is recorded withholds silence and says so`() throws {
        let whole = situation { $0.age = 100; $0.windows = [(0, 100)] }
        #expect(try whole.judged().risk.holds(.unused))
        let holed = situation { $0.age = 100; $0.windows = [(0, 40), (41, 100)] }
        let judgement = try holed.judged()
        #expect(!judgement.risk.holds(.unused))
        let gap = Telemetry.Gap(start: start + .days(40), end: start + .days(41))
        #expect(judgement.withheld == [WithheldRule(.unused, gap: gap)])
        let dueAt = try #require(judgement.dueAt)
        #expect(dueAt <= start + .days(41) + .days(90))
        // When the gap lies before the time that is looked at, silence counts again.
        let later = situation { $0.age = 132; $0.windows = [(0, 40), (41, 132)] }
        #expect(try later.judged().risk.holds(.unused))
    }

    @Test func `a short gap is borne with`() throws {
        var made = situation { $0.age = 100 }
        made.facts.telemetry = Telemetry(
            windows: [
                UseWindow(start: start, end: start + .days(40), source: "gateway"),
                UseWindow(start: start + .days(40) + .minutes(60), end: start + .days(100), source: "gateway"),
            ], days: [], at: made.now, settings: made.settings)
        #expect(try made.judged().risk.holds(.unused))
    }

    @Test func `when recording stops, silence stops growing`() throws {
        let stopped = situation { $0.age = 100; $0.windows = [(0, 60)] }
        #expect(try stopped.judged().findings.isEmpty)
        let known = situation { $0.age = 100; $0.windows = [(0, 95)] }
        #expect(try known.judged().risk.holds(.unused))
        let stale = situation { $0.age = 140; $0.windows = [(0, 95)] }
        #expect(try !stale.judged().risk.holds(.unused))
    }

    @Test func `rules about use are withheld together`() throws {
        let made = situation {
            $0.age = 100; $0.scope = .base(.writer); $0.usedAfter = 100; $0.hours = S.daily(0...100)
            $0.windows = [(0, 50), (51, 100)]
        }
        let judgement = try made.judged()
        #expect(!judgement.risk.holds(.overPrivileged))
        #expect(judgement.withheld.map(\.rule) == [.overPrivileged, .overreach])
        let twin = situation { $0.age = 100; $0.usedAfter = 100; $0.facts.twin = TokenID("t2"); $0.windows = [(0, 80), (81, 100)] }
        #expect(try twin.judged().withheld.map(\.rule) == [.duplicate])
        let revived = situation {
            $0.age = 70; $0.hours = [S.hour(5), S.hour(65)]; $0.usedAfter = 65; $0.windows = [(0, 50), (51, 70)]
        }
        #expect(try revived.judged().withheld.map(\.rule) == [.revived])
    }

    /// The clock of a machine was set half a year ahead, and half the account looked unused.
    @Test(arguments: [1, 2, 3] as [UInt64]) func `a clock that jumps adds nothing`(seed: UInt64) throws {
        var work = Workload(seed: seed)
        var before = 0
        for _ in 0..<400 {
            var made = Situation()
            made.expiresAfter = nil
            made.age = Int.random(in: 1...150, using: &work.random)
            made.usedAfter = work.isLucky(30) ? nil : Int.random(in: 0...made.age, using: &work.random)
            made.scope = .base(work.pick([.reader, .writer]))
            if work.isLucky(50) { made.windows = [(0, made.age)] } else { made.recordedDays = Array(0...made.age) }
            if work.isLucky(50), let used = made.usedAfter { made.hours = [S.hour(0), S.hour(used)] }
            let rules = Self.silent(try made.judged())
            before += rules.isEmpty ? 0 : 1
            let jump = Int.random(in: 9...1_000, using: &work.random)
            var jumped = made
            jumped.age += jump
            #expect(Self.silent(try jumped.judged()).isSubset(of: rules), "\(made) + \(jump)")
            // Then something is recorded by the new time.
            if made.windows.isEmpty {
                jumped.recordedDays = Array(0...made.age) + [jumped.age]
            } else {
                jumped.windows.append((jumped.age - 1, jumped.age))
            }
            #expect(Self.silent(try jumped.judged()).isSubset(of: rules), "\(made) + \(jump)")
        }
        #expect(before > 20)
    }

    private static func silent(_ judgement: Judgement) -> Set<HygieneRule> {
        Set(judgement.findings.map(\.rule)).intersection([.neverUsed, .unused, .revived])
    }

    @Test func `a suppressed finding does not count, and comes back`() throws {
        var made = situation { $0.expiresAfter = nil; $0.age = 10 }
        made.facts.suppressions = [
            Suppression(
                .noExpiry, reason: "moves in spring", suppressedBy: try memberID("ada"), since: start,
                endsAt: start + .days(20))
        ]
        let judgement = try made.judged()
        #expect(judgement.findings.isEmpty && judgement.risk == .clean)
        #expect(judgement.suppressed.map(\.finding.rule) == [.noExpiry])
        #expect(judgement.dueAt == start + .days(20))
        made.age = 20
        #expect(try made.judged().findings.map(\.rule) == [.noExpiry])
    }

    @Test func `a suppression that is old is a finding of its own`() throws {
        var made = situation { $0.expiresAfter = nil; $0.age = 181; $0.usedAfter = 181 }
        made.facts.suppressions = [
            Suppression(
                .noExpiry, reason: "moves in spring", suppressedBy: try memberID("ada"), since: start,
                endsAt: start + .days(300))
        ]
        #expect(try made.judged().findings.map(\.rule) == [.reviewOverdue])
    }

    @Test(arguments: [(90, 1_000, UseBasis.Grade.a), (89, 5_000, .b), (30, 100, .b), (29, 100, .c), (90, 99, .c), (90, 19, .d)])
    func `evidence is graded`(days: Int, calls: Int, grade: UseBasis.Grade) {
        #expect(UseBasis(days: days, calls: calls, minimumCalls: 20).grade == grade)
    }
}
