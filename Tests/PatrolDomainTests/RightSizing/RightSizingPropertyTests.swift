import Testing

@testable import PatrolDomain

@Suite struct RightSizingPropertyTests {
    @Test(arguments: [1, 2, 3] as [UInt64]) func `a proposal covers the use and gives nothing new`(seed: UInt64) throws {
        var work = Workload(seed: seed)
        let roles = try (0..<8).map { _ in try work.role() }
        var (proposed, byRole, fitting) = (0, 0, 0)
        for _ in 0..<120 {
            var situation = UsedToken(scope: try work.scope(roles), roles: roles)
            situation.ownerRole = work.pick([.writer, .admin, .owner])
            situation.kind = work.pick([.personal, .personal, .service])
            let now = try situation.sizing().authority(of: situation.scope, at: UsedToken.now)
            var used: Set<Request> = []
            for _ in 0..<40 {
                let request = try work.request()
                if now.decide(request).isAllowed { used.insert(request) }
            }
            situation.used = Array(used)
            let sizing = try situation.sizing()
            let own = Replay(sizing.use, before: now, after: now)
            #expect(own.failingCalls == 0 && own.deniedAlready == 0 && own.calls == 1_000 * used.count)
            let proposal: Proposal
            switch sizing.answer(at: UsedToken.now) {
            case .proposed(let found): proposal = found
            case .fits:
                fitting += 1
                continue
            case .withheld(let why):
                #expect(used.isEmpty || why == .notExpressible, "\(why)")
                continue
            }
            proposed += 1
            if !proposal.option.roleKeys.isEmpty || proposal.alternative?.roleKeys.isEmpty == false { byRole += 1 }
            for option in [proposal.option, proposal.alternative].compactMap(\.self) {
                for request in used { #expect(option.authority.decide(request).isAllowed, "\(request)") }
                #expect(option.authority.containment(in: now) == .contained)
                #expect(Replay(sizing.use, before: now, after: option.authority).failingCalls == 0)
                #expect(sizing.authority(of: option.scope, at: UsedToken.now) == option.authority)
            }
            // What is said to be lost is allowed now, and not then.
            if let example = proposal.option.difference.example {
                #expect(now.decide(example).isAllowed && !proposal.option.authority.decide(example).isAllowed)
            }
        }
        #expect(proposed > 40, "\(proposed) proposed, \(byRole) of them with a role, \(fitting) fit")
        #expect(byRole > 5, "\(byRole)")
    }

    /// What is granted is told from the catalogue by a short way and by proof: both have to agree with what can be found
    /// by trying.
    @Test(arguments: [4, 5] as [UInt64]) func `what can be done somewhere is among what is granted`(seed: UInt64) throws {
        var work = Workload(seed: seed)
        let roles = try (0..<6).map { _ in try work.role() }
        var granted = GrantedActions(.launchDarkly)
        var tried = 0
        for _ in 0..<12 {
            let situation = UsedToken(scope: try work.scope(roles), roles: roles)
            let now = try situation.sizing().authority(of: situation.scope, at: UsedToken.now)
            let actions = granted.actions(of: now)
            for _ in 0..<200 {
                let request = try work.request()
                guard now.decide(request).isAllowed, let type = Catalogue.launchDarkly.type(of: request.resource),
                    type.actions.contains(request.action)
                else { continue }
                tried += 1
                #expect(actions.contains(TypeAction(request.action, on: type.chain)), "\(request)")
            }
        }
        #expect(tried > 100, "\(tried)")
    }
}
