@testable import PatrolDomain
import Testing

/// An account made of few words, in which everything that decides occurs.
struct MadeAccount {
    var work: Workload
    var roles: [Role] = []
    var members: [Member] = []
    var teams: [Team] = []
    var tokens: [AccessToken] = []
    let now = start
    private var made = 0

    init(seed: UInt64) throws {
        work = Workload(seed: seed)
        for _ in 0..<6 { roles.append(try role()) }
        for _ in 0..<5 { members.append(try member()) }
        for key in ["crew", "shop"] { teams.append(try team(key)) }
        for _ in 0..<12 { tokens.append(try token()) }
    }

    func authority(of member: Member) -> Authority {
        Authority(of: member, roles: byID(roles), teams: teams.filter { $0.members.contains(member.id) })
    }

    func authority(of token: AccessToken) -> TokenAuthority {
        let owner = members.first { $0.id == token.owner }
        return TokenAuthority(
            of: token, owner: owner, roles: byID(roles),
            teams: teams.filter { team in owner.map { team.members.contains($0.id) } ?? false }, at: now)
    }

    // MARK: - Changes

    /// Changes one thing, and says what it is now.
    mutating func change() throws -> CompiledAccount.Change {
        switch Int.random(in: 0..<6, using: &work.random) {
        case 0:
            let place = roles.indices.randomElement(using: &work.random) ?? 0
            roles[place].deletedAt = work.isLucky(20) ? now : nil
            roles[place].basePermissions = work.pick([.reader, .noAccess])
            return .role(roles[place])
        case 1, 2:
            let place = roles.indices.randomElement(using: &work.random) ?? 0
            roles[place].policy = try policy()
            return .role(roles[place])
        case 3:
            let place = members.indices.randomElement(using: &work.random) ?? 0
            let known = members[place]
            var other = try member()
            (other.isPending, other.removedAt) = (work.isLucky(5), work.isLucky(5) ? now : nil)
            members[place] = Member(
                id: known.id, email: known.email, baseRole: other.baseRole, customRoles: other.customRoles,
                roleAttributes: other.roleAttributes, isPending: other.isPending, createdAt: start,
                removedAt: other.removedAt)
            return .member(members[place])
        case 4:
            let place = teams.indices.randomElement(using: &work.random) ?? 0
            teams[place] = try team(teams[place].key.text)
            return .team(teams[place])
        default:
            let place = tokens.indices.randomElement(using: &work.random) ?? 0
            tokens[place].scope = tokens[place].kind == .accountWide ? .account : try scope()
            tokens[place].expiresAt = work.pick([nil, now, now + .days(1)])
            return .token(tokens[place])
        }
    }

    // MARK: - Things

    private mutating func role() throws -> Role {
        made += 1
        var role = try PatrolDomainTests.role("r\(made)", [], work.isLucky(50) ? .reader : .noAccess)
        role.policy = try policy()
        return role
    }

    private mutating func member() throws -> Member {
        made += 1
        let count = work.pick([0, 1, 1, 2, 3])
        return try PatrolDomainTests.member(
            work.pick(BaseRole.allCases), (0..<count).map { _ in work.pick(roles) }, id: "m\(made)",
            attributes: attributes(), isPending: work.isLucky(4))
    }

    private mutating func attributes() -> RoleAttributes {
        work.pick([
            [:], ["p": ["web"]], ["p": ["web*", "app"], "e": ["test"]], ["e": ["*"], "p": ["a*", "*2"]],
            ["p": (0..<9).map { "x\($0)" } + ["we*"], "e": (0..<9).map { "y\($0)" } + ["production", "test"]],
        ])
    }

    private mutating func team(_ key: String) throws -> Team {
        let chosen = members.filter { _ in work.isLucky(40) }
        return try PatrolDomainTests.team(
            key, of: chosen, (0..<work.pick([0, 1, 2])).map { _ in work.pick(roles) }, attributes: attributes())
    }

    private mutating func token() throws -> AccessToken {
        made += 1
        let kind: AccessToken.Kind = work.pick([.personal, .personal, .personal, .personal, .service, .accountWide])
        let owner = work.pick(members)
        return AccessToken(
            id: try #require(TokenID("t\(made)")), kind: kind, origin: .created, name: "export",
            owner: kind == .accountWide ? nil : work.isLucky(3) ? MemberID("nobody") : owner.id,
            scope: kind == .accountWide ? .account : try scope(),
            creatorSnapshot: kind == .service && work.isLucky(90) ? authority(of: owner) : nil, createdAt: start,
            expiresAt: work.isLucky(5) ? now : work.isLucky(20) ? now + .days(1) : nil,
            deletedAt: work.isLucky(4) ? now : nil)
    }

    private mutating func scope() throws -> Scope {
        switch Int.random(in: 0..<4, using: &work.random) {
        case 0: .base(work.pick([.noAccess, .reader, .writer, .writer, .admin, .owner]))
        case 1: .inline(try policy())
        default: .customRoles((0..<work.pick([1, 1, 2])).map { _ in work.pick(roles).id })
        }
    }

    private mutating func policy() throws -> Policy {
        Policy(statements: try (0..<work.pick([0, 1, 2, 3, 4, 6])).map { _ in try statement() })
    }

    private mutating func statement() throws -> Statement {
        let actions = try selection([
            "*", "*", "update*", "view*", "viewProject", "updateOn", "createFlag", "createAccessToken",
            "*AccessToken", "u*e*",
        ]) { try ActionPattern(parsing: $0) }
        let resources = try selection([
            "*", "proj/*", "proj/web*", "proj/*;core", "proj/*;C*,shop", "proj/*:env/*", "proj/*:env/*;qa_*",
            "proj/*:env/*:flag/*", "proj/web:env/production:flag/*", "proj/*:env/*;{critical:true}:flag/*",
            "proj/*:env/*:flag/*;t1", "proj/*:env/*:flag/*;view:front*", "proj/*:env/*:flag/o*s*_*",
            "proj/*:env/*:flag/f1", "proj/${roleAttribute/p}:env/*:flag/*", "proj/${roleAttribute/p}",
            "proj/${roleAttribute/p}:env/x${roleAttribute/e}*:flag/*", "proj/w${roleAttribute/e}b:env/*",
            "proj/${roleAttribute/p}:env/${roleAttribute/e}:flag/*",
            "proj/${roleAttribute/p}${roleAttribute/e}:env/*:flag/*", "member/*:token/*", "member/m7:token/*",
            "member/*", "service-token/*", "proj/*:metric/*", "acct", "team/*",
        ]) { try ResourcePattern(parsing: $0) }
        return Statement(work.isLucky(70) ? .allow : .deny, actions: actions, resources: resources)
    }

    private mutating func selection<Pattern>(
        _ texts: [String], parse: (String) throws -> Pattern
    ) throws -> Selection<Pattern> {
        let chosen = try (0..<work.pick([1, 1, 2, 4])).map { _ in try parse(work.pick(texts)) }
        return work.isLucky(18) ? .notMatching(chosen) : .matching(chosen)
    }

    // MARK: - Requests

    /// - Parameter isNew: with words that did not occur yet.
    mutating func request(isNew: Bool) throws -> Request {
        if isNew { made += 1 }
        func word(_ text: String) -> String { isNew ? "\(text)\(made)" : text }
        let action = work.pick([
            "viewProject", "updateOn", "updateRules", "createFlag", "updateTags", "createAccessToken",
            "deleteAccessToken", "createMember", "viewTeam", "updateAccountOwner", word("update"),
        ])
        let project =
            "proj/\(work.pick(["web", "web2", "app", "wb", "x3y3", word("we")]))\(work.pick(["", "", ";core", ";CORE,shop", ";crew"]))"
        let environment =
            "\(project):env/\(work.pick(["production", "test", "xtest1", word("te")]))\(work.pick(["", "", ";QA_1", ";{critical:true}", ";{critical:no},qa"]))"
        let member = work.pick(members).id
        let resource = work.pick([
            project, environment,
            "\(environment):flag/\(work.pick(["f1", "f2", "ops_1", word("ops_")]))\(work.pick(["", ";t1", ";T1,t2", ";view:frontend", ";view:back"]))",
            "\(environment):flag/f1", "\(environment):flag/f1", "\(project):metric/m", "member/\(member):token/t1",
            "member/m7:token/t2", "service-token/s1", "member/\(member)", "acct", "team/crew", "role/r1",
            "proj/web:unknown/\(word("u"))",
        ])
        return Request(Action(action), on: try Resource(parsing: resource))
    }
}
