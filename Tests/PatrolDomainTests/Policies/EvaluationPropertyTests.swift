import Testing

@testable import PatrolDomain

/// Laws that hold for any roles and requests, tried on made ones.
@Suite struct EvaluationPropertyTests {
    static let seeds: [UInt64] = [1, 2]

    @Test(arguments: seeds) func `adding a role takes nothing away, but for the first custom role`(
        seed: UInt64
    ) throws {
        var work = Workload(seed: seed)
        var kept = 0
        var lostToFirst = 0
        for _ in 0..<250 {
            let roles = try (0..<3).map { _ in try work.role() }
            let all = byID(roles)
            let shared = try work.role()
            let base = try work.member([])
            for count in 0..<3 {
                var before = base
                before.customRoles = roles.prefix(count).map(\.id)
                var after = base
                after.customRoles = roles.prefix(count + 1).map(\.id)
                let crew = try team("crew", of: [base], [shared], attributes: ["p": ["app"]])
                let everything = all.merging(byID([shared])) { first, _ in first }
                let (less, more, withTeam) = (
                    Authority(of: before, roles: all, teams: []), Authority(of: after, roles: all, teams: []),
                    Authority(of: before, roles: everything, teams: [crew])
                )
                for _ in 0..<10 {
                    let request = try work.request()
                    guard less.decide(request).isAllowed else { continue }
                    #expect(withTeam.decide(request).isAllowed, "a team took \(request) away")
                    if more.decide(request).isAllowed {
                        kept += 1
                    } else {
                        #expect(count == 0, "role \(count + 1) took \(request) away")
                        lostToFirst += 1
                    }
                }
            }
        }
        #expect(kept > 500 && lostToFirst > 100, "kept \(kept), lost \(lostToFirst)")
    }

    @Test(arguments: seeds) func `a personal token never exceeds its member`(seed: UInt64) throws {
        var work = Workload(seed: seed)
        var (allowed, withheld) = (0, 0)
        for _ in 0..<250 {
            let roles = try (0..<3).map { _ in try work.role() }
            let all = byID(roles)
            let owner = try work.member(work.isLucky(50) ? [work.pick(roles)] : [])
            let token = AccessToken(
                id: try #require(TokenID("t1")), kind: .personal, origin: .created, name: "token",
                owner: owner.id, scope: try work.scope(roles), createdAt: start)
            let given = TokenAuthority(of: token, owner: owner, roles: all, teams: [], at: start)
            let own = Authority(of: owner, roles: all, teams: [])
            let scope = Authority(of: token.scope, roles: all, owner: owner, teams: [])
            for _ in 0..<40 {
                let request = try work.request()
                let decision = given.decide(request)
                #expect(!decision.isAllowed || own.decide(request).isAllowed, "\(request)")
                #expect(decision.isAllowed == (own.decide(request).isAllowed && scope.decide(request).isAllowed))
                if decision.isAllowed { allowed += 1 }
                if case .withheld = decision.reason { withheld += 1 }
            }
        }
        #expect(allowed > 500 && withheld > 500, "allowed \(allowed), withheld \(withheld)")
    }

    @Test(arguments: seeds) func `the order of statements and of roles means nothing`(seed: UInt64) throws {
        var work = Workload(seed: seed)
        for _ in 0..<250 {
            let roles = try (0..<3).map { _ in try work.role() }
            let ordered = Authority(of: try work.member(roles), roles: byID(roles), teams: [])
            var shuffled = ordered
            shuffled.grants.shuffle(using: &work.random)
            for place in shuffled.grants.indices {
                shuffled.grants[place].policy.statements.shuffle(using: &work.random)
            }
            for _ in 0..<20 {
                let request = try work.request()
                #expect(ordered.decide(request).isAllowed == shuffled.decide(request).isAllowed, "\(request)")
            }
        }
    }

    @Test(arguments: seeds) func `a second evaluator agrees, and every rule is seen at work`(seed: UInt64) throws {
        var work = Workload(seed: seed)
        var seen: [String: Int] = [:]
        for _ in 0..<200 {
            let roles = try (0..<2).map { _ in try work.role() }
            let holder = try work.member(work.isLucky(80) ? roles : [])
            let authority = Authority(of: holder, roles: byID(roles), teams: [])
            let base = Authority(grants: [holder.baseRole.grant(holder: holder.id)], holder: holder.id)
            for _ in 0..<25 {
                let request = try work.request()
                let decision = authority.decide(request)
                #expect(decision.isAllowed == PlainEvaluator(authority: authority).allows(request), "\(request)")
                if !holder.customRoles.isEmpty && base.decide(request).isAllowed != decision.isAllowed {
                    seen["the base role is replaced", default: 0] += 1
                }
                for fact in facts(decision, authority, request) { seen[fact, default: 0] += 1 }
            }
        }
        for fact in [
            "a deny decides", "another role rescues", "the base role is replaced", "a not-form decides",
            "the view gate decides", "base permissions decide",
        ] {
            #expect(seen[fact, default: 0] >= 20, "`\(fact)` was seen \(seen[fact, default: 0]) times")
        }
    }

    private func facts(_ decision: Decision, _ authority: Authority, _ request: Request) -> [String] {
        var facts: [String] = []
        let denies = authority.grants.contains { grant in
            guard case .deniedByStatement = grant.verdict(on: AskedFor(request), holder: authority.holder)
            else { return false }
            return true
        }
        if denies { facts.append(decision.isAllowed ? "another role rescues" : "a deny decides") }
        switch decision.reason {
        case .statement(let place, let name):
            let statement = authority.grants.first { $0.name == name }?.policy.statements[place]
            if statement.map({ $0.actions.isNegated || $0.resources.isNegated }) ?? false {
                facts.append("a not-form decides")
            }
        case .viewGate: facts.append("the view gate decides")
        case .basePermissions: facts.append("base permissions decide")
        default: break
        }
        return facts
    }
}
