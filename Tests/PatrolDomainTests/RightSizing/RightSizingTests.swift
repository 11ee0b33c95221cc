import Testing

@testable import PatrolDomain

@Suite struct RightSizingTests {
    private static func flags(_ keys: [String], in environment: String = "production") throws -> [Request] {
        try keys.map { try request("updateOn", "proj/web:env/\(environment):flag/\($0)") }
    }

    // MARK: What reads a call needs

    @Test(arguments: [
        ("updateOn", "proj/web:env/production:flag/x", ["viewProject proj/web"]),
        ("viewProject", "proj/web", []),
        ("updateView", "proj/web:view/front", ["viewProject proj/web", "viewView proj/web:view/front"]),
        // A secret in the environment is nothing that one has to see to change it.
        ("updateTags", "proj/web:env/production", ["viewProject proj/web"]),
        ("updateTeamName", "team/crew", ["viewTeam team/crew"]),
        ("createIpAllowlistEntry", "ip-allowlist", ["viewIpAllowlist ip-allowlist"]),
        ("updateName", "webhook/w", []),
        ("anything", "proj/web:unheard/of", ["viewProject proj/web"]),
    ]) func `a call needs the views of its thing and of what that is in`(
        action: String, resource: String, implied: [String]
    ) throws {
        let found = ReadClosure(.launchDarkly).implied(by: try request(action, resource))
        #expect(found.map { "\($0.action.name) \($0.resource)" } == implied)
    }

    @Test func `another API's views are found by the names of its types`() throws {
        let catalogue = try Catalogue(
            parsing: """
                repo/* "repository" view push
                repo/*:branch/* "branch" viewBranch viewBranchSecrets protect
                """)
        let found = ReadClosure(catalogue).implied(by: try request("protect", "repo/a:branch/main"))
        #expect(found.map { "\($0.action.name) \($0.resource)" } == ["view repo/a", "viewBranch repo/a:branch/main"])
    }

    // MARK: Grades

    @Test(arguments: [
        (90, 1_000, Grade.a), (400, 1_000_000, .a), (90, 999, .b), (89, 1_000, .b), (30, 100, .b), (30, 99, .c),
        (29, 5_000, .c), (14, 20, .c),
    ]) func `the grade is by what is known and how much was called`(days: Int, calls: Int, grade: Grade) {
        #expect(Grade(span: .days(days), calls: calls) == grade)
    }

    @Test func `nothing is proposed of what is known too little`() throws {
        func withheld(_ change: (inout UsedToken) throws -> Void) throws -> Withheld? {
            var situation = UsedToken(used: try Self.flags(["x"]))
            try change(&situation)
            guard case .withheld(let why) = try situation.answer() else { return nil }
            return why
        }
        #expect(try withheld { _ in } == nil)
        #expect(try withheld { $0.age = .days(29) } == .tooYoung(age: .days(29), needed: .days(30)))
        #expect(try withheld { $0.scopeChanged = .days(10) } == .tooYoung(age: .days(10), needed: .days(30)))
        #expect(try withheld { ($0.hasBeat, $0.age) = (true, .days(120)) } != nil)
        #expect(try withheld { $0.callsOfEach = 19 } == .tooFewCalls(19, needed: 20))
        #expect(try withheld { $0.used = [] } == .tooFewCalls(0, needed: 20))
        #expect(try withheld { $0.unknownResource = true } == .resourceNotKnown(Action("updateOn"), calls: 5))
        #expect(try withheld { $0.isCut = true } == .tooMuchUse)
        #expect(try withheld { $0.isExpired = true } == .notInForce(.tokenExpired))
        #expect(try withheld { $0.gap = .hours(21) } == nil)
        guard case .useNotKnown(let coverage)? = try withheld({ $0.gap = .hours(22) }) else {
            Issue.record("a gap of 22 hours in 90 days is more than one in a hundred")
            return
        }
        #expect(coverage.span == .days(90))
        let many = try (0...RightSizing.maximumKinds).map { try request("updateOn", "proj/web:env/e:flag/f\($0)") }
        #expect(try withheld { $0.used = many } == .tooManyKinds(limit: RightSizing.maximumKinds))
    }

    @Test func `a token is judged from when its scope was given`() throws {
        var situation = UsedToken(scopeChanged: .days(31), used: try Self.flags(["x"]))
        #expect(try situation.proposal().grade == .a)
        situation.scopeChanged = .days(29)
        #expect(throws: NoProposal.self) { try situation.proposal() }
        // Less than before is nothing new.
        situation.scopeBefore = .base(.admin)
        #expect(try situation.proposal().grade == .a)
    }

    // MARK: The policy

    @Test func `a policy gives what was used, and the view that it needs`() throws {
        let situation = UsedToken(used: try Self.flags(["a", "b"]) + Self.flags(["a"], in: "test"))
        #expect(
            try situation.policy() == [
                "A viewProject @ proj/web",
                "A updateOn @ proj/web:env/production:flag/a + proj/web:env/production:flag/b + proj/web:env/test:flag/a",
            ])
    }

    @Test func `a star stands where five things of a kind were used, and not before`() throws {
        let four = UsedToken(used: try Self.flags(["a", "b", "c", "d"]))
        #expect(try four.policy().last?.split(separator: "+").count == 4)
        let five = UsedToken(used: try Self.flags(["a", "b", "c", "d", "e"]))
        #expect(try five.policy() == ["A viewProject @ proj/web", "A updateOn @ proj/web:env/production:flag/*"])
        // Each action by itself: one that was done to one flag is not given on all.
        let mixed = UsedToken(
            used: try Self.flags(["a", "b", "c", "d", "e"]) + [request("deleteFlag", "proj/web:env/production:flag/a")])
        #expect(
            try mixed.policy() == [
                "A viewProject @ proj/web", "A updateOn @ proj/web:env/production:flag/*",
                "A deleteFlag @ proj/web:env/production:flag/a",
            ])
    }

    @Test func `projects are starred from twenty on`() throws {
        let some = UsedToken(used: try (0..<19).map { try request("viewProject", "proj/p\($0)") })
        #expect(try some.policy().first?.contains("*") == false)
        let many = UsedToken(used: try (0..<20).map { try request("viewProject", "proj/p\($0)") })
        #expect(try many.policy() == ["A viewProject @ proj/*"])
    }

    @Test func `a star gives nothing that the token has not`() throws {
        let given = try policy(["A viewProject @ proj/*", "A updateOn @ proj/*:env/production:flag/*", "D updateOn @ proj/*:env/*:flag/f3"])
        let used = try Self.flags(["a", "b", "c", "d", "e", "f"])
        let written = try UsedToken(scope: .inline(given), used: used).policy()
        // With the deny it is within.
        #expect(
            written == [
                "A viewProject @ proj/web", "A updateOn @ proj/web:env/production:flag/*",
                "D updateOn @ proj/*:env/*:flag/f3",
            ])
    }

    @Test func `tags that the scope asks for stay asked for`() throws {
        let given = try policy(["A viewProject @ proj/*", "A updateOn @ proj/*:env/*:flag/*;ops", "A * @ proj/*:metric/*"])
        let used = [try request("updateOn", "proj/web:env/production:flag/a;ops,shop")]
        let written = try UsedToken(scope: .inline(given), used: used).policy()
        #expect(
            written == ["A viewProject @ proj/web", "A updateOn @ proj/web:env/production:flag/a;ops,shop"])
    }

    // MARK: Roles

    @Test func `the smallest role that covers the use is proposed`() throws {
        let roles = [
            try role("all", ["A * @ *"]),
            try role("toggle", ["A viewProject @ proj/*", "A updateOn @ proj/*:env/*:flag/*"]),
            try role("toggleweb", ["A viewProject @ proj/web", "A updateOn @ proj/web:env/*:flag/*"]),
            try role("elsewhere", ["A viewProject @ proj/app", "A updateOn @ proj/app:env/*:flag/*"]),
        ]
        let situation = UsedToken(roles: roles, used: try Self.flags(["a"]))
        let proposal = try situation.proposal()
        #expect(proposal.option.scope == .customRoles([roles[2].id]))
        #expect(proposal.option.roleKeys == ["toggleweb"])
        #expect(proposal.option.excess == 0)
        #expect(proposal.excess > 90)
        guard case .inline? = proposal.alternative?.scope else {
            Issue.record("the policy is the other way")
            return
        }
    }

    @Test func `a role with much beyond the need is the other way, and one beyond the token is none`() throws {
        let wide = try role("wide", ["A viewProject @ proj/*", "A * @ proj/*:env/*:flag/*"])
        let proposal = try UsedToken(roles: [wide], used: try Self.flags(["a"])).proposal()
        #expect(proposal.alternative?.roleKeys == ["wide"])
        let beyond = try role("beyond", ["A viewProject @ proj/*", "A updateOn @ proj/*:env/*:flag/*", "A createMember @ member/*"])
        // Writers create no members.
        #expect(try UsedToken(roles: [beyond], used: try Self.flags(["a"])).proposal().alternative == nil)
    }

    @Test func `of several roles those that it can do without are left out`() throws {
        let roles = [
            try role("see", ["A viewProject @ proj/web"]),
            try role("toggle", ["A updateOn @ proj/web:env/*:flag/*"]),
            try role("metrics", ["A * @ proj/*:metric/*", "A viewProject @ proj/*"]),
        ]
        let proposal = try UsedToken(scope: .customRoles(roles.map(\.id)), roles: roles, used: try Self.flags(["a"])).proposal()
        #expect(proposal.option.scope == .customRoles([roles[0].id, roles[1].id]))
    }

    @Test func `what fits is left alone`() throws {
        let given = try policy(["A viewProject @ proj/web", "A updateOn @ proj/web:env/production:flag/a"])
        guard case .fits(.a, _, 0) = try UsedToken(scope: .inline(given), used: try Self.flags(["a"])).answer() else {
            Issue.record("it gives just what was used")
            return
        }
    }

    // MARK: Hints and differences

    @Test func `what most tokens of the purpose use is kept`() throws {
        let (own, other) = (try Self.flags(["a"]), try Self.flags(["b"]))
        var situation = UsedToken(used: own, siblings: [own + other, own + other, own])
        #expect(try situation.policy().last == "A updateOn @ proj/web:env/production:flag/a + proj/web:env/production:flag/b")
        #expect(
            try situation.proposal().needs.contains { $0.request == other[0] && $0.reason == .siblings(2, of: 3) })
        situation.siblings = [own + other, own, own]
        #expect(try situation.policy().last == "A updateOn @ proj/web:env/production:flag/a")
        // Two say nothing, and nobody gets what he has not.
        situation.siblings = [own + other, own + other]
        #expect(try situation.policy().last == "A updateOn @ proj/web:env/production:flag/a")
        let members = [try request("createMember", "member/new")]
        situation.siblings = [members, members, members]
        #expect(try situation.policy().last == "A updateOn @ proj/web:env/production:flag/a")
    }

    @Test func `what is lost, what is less and what stays is told apart`() throws {
        let given = try policy([
            "A viewProject @ proj/*", "A updateOn @ proj/*:env/*:flag/*", "A deleteFlag @ proj/*:env/*:flag/*",
        ])
        let proposal = try UsedToken(scope: .inline(given), used: try Self.flags(["a"])).proposal()
        let flag = "proj/*:env/*:flag/*"
        #expect(proposal.option.difference.lost == [TypeAction(Action("deleteFlag"), on: flag)])
        #expect(
            proposal.option.difference.narrowed == [
                TypeAction(.viewProject, on: "proj/*"), TypeAction(Action("updateOn"), on: flag),
            ])
        #expect(proposal.option.difference.kept.isEmpty)
        // Looking weighs 1, changing 3: of 7 the 3 of the deletion are not needed.
        #expect(proposal.excess == 42)
    }

    @Test func `a service or account-wide token is proposed for, and can't be given it`() throws {
        var situation = UsedToken(kind: .service, used: try Self.flags(["a"]))
        #expect(try situation.proposal().obstacle == .isService)
        situation.kind = .accountWide
        let proposal = try situation.proposal()
        #expect(proposal.obstacle == .isAccountWide)
        #expect(proposal.excess > 90)
    }
}
