import Testing

@testable import PatrolDomain

@Suite struct JudgementPropertyTests {
    /// A list sorted by stored risk would be wrong if a judgement changed before the moment that it named.
    @Test(arguments: [1, 2] as [UInt64]) func `a judgement holds until the moment that it names`(seed: UInt64) throws {
        var work = Workload(seed: seed)
        var named = 0
        for _ in 0..<300 {
            var made = Case()
            made.scope = .base(work.pick([.reader, .writer, .admin]))
            made.expiresAfter = work.pick([nil, 5, 20, 40, 100, 400])
            made.usedAfter = work.pick([nil, 0, 3, 50])
            made.useKnownFor = work.pick([nil, nil, 60, 100, 150])
            made.kind = work.pick(AccessToken.Kind.allCases)
            let age = TimeSpan.days(Int.random(in: 0...200, using: &work.random))
            let judgement = try made.judged(after: age)
            guard let dueAt = judgement.dueAt else {
                for days in [1, 10, 40, 100, 1_000] {
                    let later = TimeSpan(milliseconds: age.milliseconds + TimeSpan.days(days).milliseconds)
                    #expect(try made.judged(after: later).findings == judgement.findings, "\(made) after \(days)")
                }
                continue
            }
            named += 1
            let due = dueAt - start
            #expect(due > age)
            #expect(try made.judged(after: due).findings != judgement.findings, "\(made)")
            for percent in [10, 50, 90] as [Int64] {
                let span = age.milliseconds + (due.milliseconds - age.milliseconds - 1) * percent / 100
                #expect(try made.judged(after: TimeSpan(milliseconds: span)).findings == judgement.findings)
            }
            let last = TimeSpan(milliseconds: due.milliseconds - 1)
            #expect(try made.judged(after: last).findings == judgement.findings)
        }
        #expect(named > 100)
    }

    @Test(arguments: [1, 2] as [UInt64]) func `what is said to sleep does, and a round says the same`(
        seed: UInt64
    ) throws {
        var work = Workload(seed: seed)
        var round = Hygiene.Round()
        let roles = try (0..<6).map { _ in try work.role() }
        let all = byID(roles)
        var found = 0
        for count in 0..<120 {
            var owner = try work.member(work.isLucky(50) ? [work.pick(roles)] : [])
            owner = try member(
                owner.baseRole, roles.filter { owner.customRoles.contains($0.id) }, id: "m\(count)",
                attributes: owner.roleAttributes)
            let scope = try work.scope(roles)
            let token = AccessToken(
                id: try #require(TokenID("t1")), kind: .personal, origin: .created, name: "token",
                owner: owner.id, scope: scope, createdAt: start)
            let given = Authority(of: scope, roles: all, owner: owner, teams: [])
            let behind = Authority(of: owner, roles: all, teams: [])
            let judgement = Hygiene.judge(token, owner: owner, scope: given, behind: behind, at: start)
            for _ in 0..<2 {
                let same = round.judge(token, owner: owner, scope: given, behind: behind, at: start)
                #expect(same.risk == judgement.risk && same.dueAt == judgement.dueAt)
                // A round may show another request that proves it.
                for case .withheld(let request) in same.findings.map(\.evidence) {
                    #expect(given.decide(request).isAllowed && !behind.decide(request).isAllowed)
                }
            }
            let sleeping = judgement.findings.first { $0.rule == .sleepingPrivilege }
            if case .withheld(let request) = sleeping?.evidence {
                found += 1
                #expect(given.decide(request).isAllowed && !behind.decide(request).isAllowed)
            } else {
                for _ in 0..<20 {
                    let request = try work.request()
                    #expect(!given.decide(request).isAllowed || behind.decide(request).isAllowed, "missed \(request)")
                }
            }
        }
        #expect(found > 30)
    }

    @Test func `the largest policies do not take long`() throws {
        let patterns = try (0..<Statement.maximumPatterns).map {
            try ResourcePattern(parsing: "proj/p\($0)*:env/*:flag/*")
        }
        let statement = Statement(.allow, actions: .matching([.everything]), resources: .matching(patterns))
        let policy = Policy(statements: [Statement](repeating: statement, count: 25))
        let scope = Authority(of: .inline(policy), roles: [:], owner: nil, teams: [])
        var narrower = scope
        narrower.grants[0].policy.statements[3].resources = .matching(Array(patterns.dropLast().reversed()))
        let time = ContinuousClock().measure {
            #expect(scope.containment(in: scope) == .contained)
            #expect(narrower.containment(in: scope) == .contained)
        }
        #expect(time < .seconds(20))
    }
}
