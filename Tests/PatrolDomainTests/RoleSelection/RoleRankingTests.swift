import Testing

@testable import PatrolDomain

/// Some roles by key, and the ranking of what covers a need.
struct RankingDesk {
    var roles: [Role] = []
    var attributes: RoleAttributes = [:]
    var creator: Authority?

    mutating func add(_ key: String, _ lines: [String], _ base: BasePermissions = .noAccess) throws {
        let id = try #require(RoleID("role-\(key)"))
        roles.append(
            Role(
                id: id, key: try #require(Key(key)), name: key, basePermissions: base, policy: try policy(lines),
                createdAt: start))
    }

    func rank(_ lines: [String], catalogue: Catalogue = .launchDarkly, steps: Int = ScopeAnalysis.maximumSteps) throws
        -> RoleRanking
    {
        RoleRanking(need: try policy(lines), roles: roles, creator: creator, catalogue: catalogue, steps: steps, scope: scope)
    }

    func scope(_ scope: Scope) -> Authority {
        let byID = Dictionary(roles.map { ($0.id, $0) }) { first, _ in first }
        return Authority(of: scope, roles: byID) { _ in attributes }
    }
}

extension RoleRanking {
    /// `inline`, `writer`, `a+b`.
    var names: [String] { candidates.map(\.way.name) }

    func candidate(_ name: String) -> Candidate? { candidates.first { $0.way.name == name } }
}

extension RoleRanking.Way {
    var name: String {
        switch self {
        case .inline: "inline"
        case .base(let role): role.rawValue
        case .custom(let roles): roles.map(\.key.text).joined(separator: "+")
        }
    }
}

@Suite struct `The ranking of roles for a need` {
    private static let need = ["A updateOn @ proj/web:env/test:flag/*"]

    @Test func `what gives less beyond the need comes first`() throws {
        var desk = RankingDesk()
        try desk.add("wide", ["A * @ proj/*:env/*:flag/*", "A viewProject @ proj/*"])
        try desk.add("exact", ["A updateOn @ proj/web:env/test:flag/*", "A viewProject @ proj/web"])
        try desk.add("near", ["A updateOn|updateRules @ proj/web:env/test:flag/*", "A viewProject @ proj/web"])
        try desk.add("other", ["A updateOn @ proj/app:env/test:flag/*", "A viewProject @ proj/*"])
        let ranking = try desk.rank(Self.need)
        #expect(ranking.names == ["inline", "exact", "near", "wide", "writer", "admin"])
        #expect(ranking.misses.map(\.way.name) == ["reader", "other"])
        #expect(ranking.candidate("exact")?.excess.isNothing == true)
        let near = try #require(ranking.candidate("near")?.excess)
        #expect(near.count == 1 && near.gravest?.action == Action("updateRules"))
        #expect(near.gravest?.resource.description.hasPrefix("proj/web:env/test:flag/") == true)
    }

    @Test func `of two that count alike the one inside the other comes first`() throws {
        var desk = RankingDesk()
        try desk.add("everywhere", ["A updateOn @ proj/*:env/*:flag/*", "A viewProject @ proj/*"])
        try desk.add("project", ["A updateOn @ proj/web:env/*:flag/*", "A viewProject @ proj/*"])
        let ranking = try desk.rank(Self.need)
        let (project, everywhere) = (ranking.candidate("project"), ranking.candidate("everywhere"))
        #expect(project?.excess.count == everywhere?.excess.count && project?.excess.count == 2)
        #expect(ranking.names.firstIndex(of: "project") == 1)
    }

    @Test func `a role that can't see the project does not cover a change in it`() throws {
        var desk = RankingDesk()
        try desk.add("blind", ["A updateOn @ proj/web:env/test:flag/*"])
        try desk.add("seeing", ["A updateOn @ proj/web:env/test:flag/*"], .reader)
        let ranking = try desk.rank(Self.need)
        #expect(ranking.need.statements.count == 2)
        #expect(!ranking.names.contains("blind") && ranking.names.contains("seeing"))
        // Even where the other one of a pair sees it.
        try desk.add("eyes", ["A viewProject @ proj/web"])
        #expect(try desk.rank(Self.need).names.contains("blind+eyes"))
    }

    @Test func `two roles are a way where none alone gives as little`() throws {
        var desk = RankingDesk()
        try desk.add("on", ["A updateOn @ proj/web:env/test:flag/*", "A viewProject @ proj/web"])
        try desk.add("hooks", ["A createWebhook @ webhook/*"])
        try desk.add("idle", ["A createTeam @ team/*"])
        let both = Self.need + ["A createWebhook @ webhook/*"]
        #expect(try desk.rank(both).names == ["inline", "on+hooks", "writer", "admin"])
        try desk.add("broad", ["A * @ *"])
        #expect(try desk.rank(both).names == ["inline", "on+hooks", "writer", "admin", "broad"])
        try desk.add("just", both + ["A viewProject @ proj/web"])
        #expect(try desk.rank(both).names == ["inline", "just", "writer", "admin", "broad"])
    }

    @Test func `role attributes are those of whoever creates the token`() throws {
        var desk = RankingDesk()
        try desk.add("mine", ["A updateOn @ proj/${roleAttribute/p}:env/test:flag/*"], .reader)
        #expect(try desk.rank(Self.need).misses.map(\.way.name).contains("mine"))
        desk.attributes = ["p": ["we*"]]
        #expect(try desk.rank(Self.need).names.contains("mine"))
    }

    @Test func `what the creator may not do himself is withheld, with an example`() throws {
        var desk = RankingDesk()
        #expect(try desk.rank(Self.need).withheld.isNothing)
        desk.creator = try holding(["A updateOn @ proj/web:env/test:flag/a*"], .reader)
        let withheld = try desk.rank(Self.need).withheld
        let request = try #require(withheld.gravest)
        #expect(withheld.count == 1 && request.action == Action("updateOn"))
        #expect(desk.creator?.decide(request).isAllowed == false)
        desk.creator = try holding(["A updateOn @ proj/web:env/*:flag/*"], .reader)
        #expect(try desk.rank(Self.need).withheld.isNothing)
    }

    @Test func `a need of nothing is told, and no role covers it`() throws {
        var desk = RankingDesk()
        try desk.add("any", ["A * @ *"])
        let ranking = try desk.rank(["A updateOn @ acct", "D * @ *"])
        #expect(ranking.isEmpty && ranking.candidates.isEmpty)
    }

    @Test func `what can't be decided is not said to cover`() throws {
        var desk = RankingDesk()
        try desk.add("wide", ["A * @ *"])
        let ranking = try desk.rank(Self.need, steps: 1)
        #expect(ranking.names == ["inline"])
        #expect(ranking.undecided.map(\.name).contains("wide"))
    }

    @Test func `deleted roles are passed over`() throws {
        var desk = RankingDesk()
        try desk.add("gone", ["A * @ *"])
        desk.roles[0].deletedAt = start
        #expect(try !desk.rank(Self.need).names.contains("gone"))
    }

    @Test(arguments: [
        ("proj/web", "proj/web"), ("proj/web:env/*:flag/x", "proj/web"), ("proj/w*;{c:1}:env/e", "proj/w*;{c:1}"),
        ("proj/w;view:v:env/e;t", "proj/w;view:v"), ("team/t", nil), ("*", nil),
    ]) func `a pattern knows its project`(text: String, project: String?) throws {
        #expect(try ResourcePattern(parsing: text).project?.text == project)
    }
}
