import Testing

@testable import PatrolDomain

/// Pairs whose answers are known, with the reason.
@Suite struct `The comparison of known scopes` {
    struct Row: Sendable, CustomStringConvertible {
        var description: String
        var a: [String]
        var b: [String]
        var relation: ScopeComparison.Relation
        /// Nil where neither or both are.
        var aIsInB: Bool?
        /// What each side alone may do, as `action resource`.
        var onlyA: String?
        var onlyB: String?
    }

    private static let see = "A viewProject @ proj/*"

    static let rows: [Row] = [
        Row(
            description: "a deny takes away what is below it", a: [see, "A * @ proj/*:env/*:flag/*"],
            b: [see, "A * @ proj/*:env/*:flag/*", "D deleteFlag @ proj/*:env/production:flag/*"], relation: .contained,
            aIsInB: false, onlyA: "deleteFlag proj/any:env/production:flag/any"),
        Row(
            description: "two deny what one does", a: [see, "A * @ proj/a*", "D updateTags|createProject @ proj/ab"],
            b: [see, "D createProject @ proj/ab", "A * @ proj/a*", "D updateTags @ proj/ab"], relation: .equal),
        Row(
            description: "a part of a project is not the project", a: [see, "A updateOn @ proj/*:env/*"],
            b: [see, "A updateOn @ proj/*"], relation: .overlapping, onlyA: "updateOn proj/any:env/any",
            onlyB: "updateOn proj/any"),
        Row(
            description: "what can't be seen is not granted", a: ["A updateOn @ proj/*:env/*:flag/*"], b: [],
            relation: .equal),
        Row(
            description: "it is granted where it can be seen, by the tags of the project",
            a: ["A viewProject @ proj/*;core", "A updateOn @ proj/*:env/*:flag/*"],
            b: ["A viewProject @ proj/*;core"], relation: .contained, aIsInB: false,
            onlyA: "updateOn proj/any;core:env/any:flag/any"),
        Row(
            description: "a project that is denied takes what is in it with it",
            a: [see, "D viewProject @ proj/x", "A updateOn @ proj/*:env/e"],
            b: [see, "D viewProject @ proj/x", "A updateOn @ proj/*:env/e", "D updateOn @ proj/x:env/e"],
            relation: .equal),
        Row(
            description: "a not-form reaches everything else, the account too",
            a: ["A * @ !proj/*:env/production:flag/*"], b: ["A * @ proj/* + proj/*:env/*:flag/*"], relation: .overlapping,
            onlyA: "createAccessToken member/any:token/any", onlyB: "updateOn proj/any:env/production:flag/any"),
        Row(
            description: "tags in any case", a: ["A viewProject @ proj/*;CORE"], b: ["A viewProject @ proj/*;c*"],
            relation: .contained, aIsInB: true, onlyB: "viewProject proj/any;cany"),
        Row(
            description: "several tags can meet several selectors", a: ["A viewProject @ proj/*;a*,*b"],
            b: ["A viewProject @ proj/*;a*b"], relation: .contained, aIsInB: false, onlyA: "viewProject proj/any;aany,otherb"),
        Row(
            description: "a property has one value", a: ["A viewProject @ proj/*;{c:1},{d:1}", "D * @ proj/*;{c:2}"],
            b: ["A viewProject @ proj/*;{c:1},{d:1}"], relation: .equal),
        Row(
            description: "a view is not a tag", a: ["A viewProject @ proj/*;view:v"], b: ["A viewProject @ proj/*;v"],
            relation: .overlapping, onlyA: "viewProject proj/any;view:v", onlyB: "viewProject proj/any;v"),
        Row(
            description: "stars at both ends leave a middle", a: [see, "A a*b*c @ proj/*"], b: [see, "A a*c @ proj/*"],
            relation: .contained, aIsInB: true, onlyB: "aanyc proj/any"),
        Row(
            description: "infixes in any order", a: ["A viewProject @ proj/*ab*", "D * @ !proj/*ba*"],
            b: ["A viewProject @ proj/*ab*ba* + proj/*ba*ab* + proj/*aba* + proj/*bab*"], relation: .equal),
        Row(
            description: "one overlap is left out", a: ["A viewProject @ proj/*ab*", "D * @ !proj/*ba*"],
            b: ["A viewProject @ proj/*ab*ba* + proj/*ba*ab* + proj/*aba*"], relation: .contained, aIsInB: false,
            onlyA: "viewProject proj/AnybabAny"),
        Row(
            description: "one deny for each tag, and none left", a: ["A viewProject @ proj/*;a + proj/*;b"],
            b: ["A viewProject @ proj/*", "D * @ !proj/*;a + proj/*;b"], relation: .equal),
        Row(
            description: "nothing in common", a: ["A updateName @ role/a*"], b: ["A updateName @ role/b*"],
            relation: .disjoint, onlyA: "updateName role/aany", onlyB: "updateName role/bany"),
        Row(
            description: "any action, not only those of the catalogue", a: ["A * @ team/*"],
            b: [
                "A createTeam|deleteTeam|updateTeamName|updateTeamDescription|updateTeamMembers|updateTeamCustomRoles|"
                    + "updateTeamPermissionGrants|viewTeam @ team/*"
            ], relation: .contained, aIsInB: false, onlyA: "any team/any"),
        Row(
            description: "`*a*a*a*` is no harder than others", a: ["A viewProject @ proj/*a*a*a*a*a*a*a*"],
            b: ["A viewProject @ proj/*a*a*a*a*a*a*a*a*"], relation: .contained, aIsInB: false,
            onlyA: "viewProject proj/AnyaAnyaAnyaAnyaAnyaAnyaAnyaAny"),
    ]

    private func inline(_ lines: [String], attributes: RoleAttributes = [:]) throws -> Authority {
        let name = GrantName("policy", source: .inlinePolicy)
        let grant = Grant(name, policy: try policy(lines), basePermissions: .noAccess, attributes: attributes)
        return Authority(grants: [grant], holder: nil)
    }

    @Test(arguments: rows) func `the relation is known, and so is a request that proves it`(row: Row) throws {
        let (a, b) = (try inline(row.a), try inline(row.b))
        var analysis = ScopeAnalysis()
        let found = analysis.comparison(of: TokenAuthority(a), with: TokenAuthority(b))
        #expect(found.relation == row.relation, "\(found)")
        if let aIsInB = row.aIsInB { #expect(found.aWithinB == aIsInB && found.bWithinA == !aIsInB) }
        for (found, expected) in [(found.aInB, row.onlyA), (found.bInA, row.onlyB)] where expected != nil {
            #expect(found.witness.map { "\($0.request.action) \($0.request.resource)" } == expected)
        }
    }

    @Test func `base roles follow each other`() throws {
        let kim = try memberID("kim")
        let roles: [BaseRole] = [.noAccess, .reader, .writer, .admin, .owner]
        for (low, lower) in roles.enumerated() {
            for (high, higher) in roles.enumerated() {
                for holder in [kim, nil] {
                    let scope = Authority(grants: [lower.grant(holder: nil)], holder: nil)
                    let behind = Authority(grants: [higher.grant(holder: holder)], holder: holder)
                    #expect((scope.containment(in: behind) == .contained) == (low <= high), "\(lower) in \(higher)")
                }
            }
        }
        let own = Authority(grants: [BaseRole.reader.grant(holder: kim)], holder: kim)
        let given = Authority(grants: [BaseRole.writer.grant(holder: nil)], holder: nil)
        let witness = try #require(own.containment(in: given).witness)
        #expect(witness.request == (try request("createAccessToken", "member/kim:token/any")))
        #expect(witness.reason == .basePermissions(of: GrantName("reader", source: .baseRole)))
    }

    @Test func `an admin's first custom role takes his admin's rights away`() throws {
        let narrow = try role("narrow", ["A updateOn @ proj/*:env/*:flag/*"], .reader)
        let before = Authority(of: try member(.admin), roles: byID([narrow]), teams: [])
        let after = Authority(of: try member(.admin, [narrow]), roles: byID([narrow]), teams: [])
        #expect(after.containment(in: before) == .contained)
        #expect(before.containment(in: after).isContained == false)
        let admin = Authority(of: .base(.admin), roles: [:], owner: nil, teams: [])
        let token = TokenAuthority(scope: admin, behind: after)
        #expect(token.containment(in: TokenAuthority(after)) == .contained)
        #expect(TokenAuthority(before).containment(in: token).isContained == false)
    }

    @Test func `what is not in force allows nothing, and is within everything`() throws {
        let admin = Authority(of: .base(.admin), roles: [:], owner: nil, teams: [])
        let expired = TokenAuthority(scope: admin, behind: admin, standing: .tokenExpired)
        let orphan = TokenAuthority(scope: admin, behind: nil)
        let nothing = TokenAuthority(Authority(grants: [], holder: nil))
        for empty in [expired, orphan] {
            #expect(empty.containment(in: nothing) == .contained)
            #expect(TokenAuthority(admin).containment(in: empty).isContained == false)
        }
        let whole = TokenAuthority(scope: nil, behind: nil)
        var analysis = ScopeAnalysis()
        #expect(analysis.comparison(of: whole, with: TokenAuthority(admin)).relation == .equal)
        #expect(analysis.comparison(of: expired, with: orphan).relation == .equal)
    }

    @Test func `role attributes are those of each holder`() throws {
        let lines = ["A viewProject @ proj/${roleAttribute/p}-${roleAttribute/q}"]
        let a = try inline(lines, attributes: ["p": ["x", "y*"], "q": ["1"]])
        let b = try inline(lines, attributes: ["p": ["y*", "x*"], "q": ["*"]])
        let none = try inline(lines, attributes: ["p": ["x"]])
        #expect(a.containment(in: b) == .contained)
        #expect(try #require(b.containment(in: a).witness).request == (try request("viewProject", "proj/yany-any")))
        #expect(none.containment(in: try inline([])) == .contained)
    }
}
