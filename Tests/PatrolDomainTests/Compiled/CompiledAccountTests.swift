import CAllocationCount
import Testing

@testable import PatrolDomain

@Suite struct CompiledAccountTests {
    private func ask(
        _ account: inout CompiledAccount, _ action: String, _ resource: String, _ token: AccessToken,
        at now: Timestamp = start
    ) throws -> Decision {
        let number = try #require(account.number(of: token.id))
        let request = try account.intern(action: action.utf8Span.span, resource: resource.utf8Span.span)
        let compiled = account.decide(request, for: number, at: now)
        return account.decision(compiled, on: request)
    }

    private func token(_ scope: Scope, of owner: Member, expiresAt: Timestamp? = nil) throws -> AccessToken {
        AccessToken(
            id: try #require(TokenID("t1")), kind: .personal, origin: .created, name: "export", owner: owner.id,
            scope: scope, createdAt: start, expiresAt: expiresAt)
    }

    @Test func `an interned request is decided without allocating`() throws {
        var decided = 0
        for seed in 1...20 as ClosedRange<UInt64> {
            var world = try MadeAccount(seed: seed)
            var account = CompiledAccount(
                roles: world.roles, members: world.members, teams: world.teams, tokens: world.tokens)
            let requests = try (0..<50).compactMap { _ in account.intern(try world.request(isNew: false)) }
            let tokens = try world.tokens.map { try #require(account.number(of: $0.id)) }
            let members = try world.members.map { try #require(account.number(of: $0.id)) }
            // The first round finds out what the keys have to do with the patterns.
            for round in 0..<2 {
                let before = allocation_count()
                decided += decide(requests, tokens, members, &account)
                let allocated = allocation_count() - before
                #expect(round == 0 || allocated == 0, "\(allocated) allocations")
            }
        }
        #expect(decided > 1_000)
    }

    /// How many are allowed. Without optimization the iterators of arrays allocate.
    private func decide(
        _ requests: [InternedRequest], _ tokens: [CompiledAccount.TokenNumber],
        _ members: [CompiledAccount.MemberNumber], _ account: inout CompiledAccount
    ) -> Int {
        var allowed = 0
        var place = 0
        while place < requests.count * (tokens.count + members.count) {
            let (request, who) = (requests[place / (tokens.count + members.count)], place % (tokens.count + members.count))
            let decision =
                who < tokens.count
                ? account.decide(request, for: tokens[who], at: start)
                : account.decide(request, for: members[who - tokens.count])
            if decision.isAllowed { allowed += 1 }
            place += 1
        }
        return allowed
    }

    @Test func `memory that is asked for is counted`() {
        let before = allocation_count()
        let made = (0..<100).map { Array(repeating: $0, count: 10) }
        #expect(made.count == 100)
        #expect(allocation_count() - before >= 100)
    }

    @Test func `a key first seen in a request is held against the patterns`() throws {
        let ops = try role("ops", ["A updateOn @ proj/web-*:env/*:flag/*;canary", "A view* @ proj/*"])
        let kim = try member(.noAccess, [ops])
        let token = try token(.customRoles([ops.id]), of: kim)
        var account = CompiledAccount(roles: [ops], members: [kim], teams: [], tokens: [token])
        for number in 0..<3_000 {
            let decision = try ask(&account, "updateOn", "proj/web-\(number):env/e\(number):flag/f\(number);Canary", token)
            #expect(decision.isAllowed)
            let other = try ask(&account, "updateOn", "proj/we-\(number):env/e\(number):flag/f\(number);Canary", token)
            #expect(!other.isAllowed)
        }
    }

    @Test func `a changed role, member, team and token count from the next decision on`() throws {
        var ops = try role("ops", ["A updateOn @ proj/*:env/*:flag/*", "A viewProject @ proj/*"])
        var kim = try member(.reader, [ops])
        let other = try role("other", ["A * @ *"])
        var token = try token(.customRoles([ops.id]), of: kim)
        var account = CompiledAccount(roles: [ops, other], members: [kim], teams: [], tokens: [token])
        func mayToggle() throws -> Bool { try ask(&account, "updateOn", "proj/a:env/e:flag/f", token).isAllowed }
        #expect(try mayToggle())
        ops.policy = try policy(["A updateOn @ proj/b:env/*:flag/*", "A viewProject @ proj/*"])
        account.take(.role(ops))
        #expect(try !mayToggle())
        token.scope = .customRoles([other.id])
        account.take(.token(token))
        #expect(try !mayToggle())
        let crew = try team("crew", of: [kim], [other])
        account.take(.team(crew))
        #expect(try mayToggle())
        account.take(.team(try team("crew", of: [], [other])))
        #expect(try !mayToggle())
        kim.customRoles = [other.id]
        account.take(.member(kim))
        #expect(try mayToggle())
        kim.removedAt = start
        account.take(.member(kim))
        #expect(try ask(&account, "updateOn", "proj/a:env/e:flag/f", token).reason == .notInForce(.ownerRemoved))
    }

    @Test func `a token ends at its time, without a change`() throws {
        let kim = try member(.writer)
        let token = try token(.base(.writer), of: kim, expiresAt: start + .days(1))
        var account = CompiledAccount(roles: [], members: [kim], teams: [], tokens: [token])
        let last = start + .days(1) - TimeSpan(milliseconds: 1)
        #expect(try ask(&account, "updateOn", "proj/a:env/e:flag/f", token, at: last).isAllowed)
        #expect(
            try ask(&account, "updateOn", "proj/a:env/e:flag/f", token, at: start + .days(1)).reason
                == .notInForce(.tokenExpired))
    }

    @Test func `role after role is edited, and what is left behind does not grow without end`() throws {
        var ops = try role("ops", [])
        let kim = try member(.noAccess, [ops])
        let token = try token(.customRoles([ops.id]), of: kim)
        var account = CompiledAccount(roles: [ops], members: [kim], teams: [], tokens: [token])
        let request = try account.intern(
            action: "updateOn".utf8Span.span, resource: "proj/p7:env/e:flag/f".utf8Span.span)
        let number = try #require(account.number(of: token.id))
        for edit in 0..<300 {
            let patterns = (0..<200).map { "proj/p\(edit == 299 ? 7 : edit + 100)*:env/e\($0)*:flag/*" }
            ops.policy = try policy(
                ["A * @ proj/*", "A * @ \(patterns.joined(separator: " + ")) + proj/p\(edit)*:env/e:flag/*"])
            account.take(.role(ops))
            #expect(account.decide(request, for: number, at: start).isAllowed == (edit == 7))
        }
        #expect(account.size < 200_000)
    }

    @Test func `a request that the notation can't write is not interned`() throws {
        var authorities = CompiledAuthorities()
        let odd = Request(Action("a"), on: Resource(segments: [.init(type: "proj", key: "a:env/b")]))
        #expect(authorities.intern(odd) == nil)
        #expect(authorities.intern(try request("a", "proj/a;t2,t1,{b:c},{a:c},view:v:env/b")) != nil)
        let long = Request(Action("a"), on: Resource(segments: [.init(type: "proj", key: String(repeating: "a", count: 1_000))]))
        #expect(authorities.intern(long) == nil)
    }
}
