@testable import PatrolDomain

/// The same numbers for the same seed, on every machine (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes members, roles and requests from few words, so that they have much to do with each other.
struct Workload {
    var random: SeededGenerator
    private var roleCount = 0

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: choices.indices, using: &random)]
    }

    mutating func isLucky(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    mutating func request() throws -> Request {
        let action = pick([
            "viewProject", "updateOn", "updateRules", "createFlag", "updateTags", "createAccessToken",
            "deleteAccessToken", "createMember", "viewTeam", "updateAccountOwner",
        ])
        let project = "proj/\(pick(["web", "web2", "app"]))\(pick(["", ";core", ";core,shop"]))"
        let environment = "\(project):env/\(pick(["production", "test"]))\(pick(["", ";qa_1", ";{critical:true}"]))"
        let resource = pick([
            project, environment, "\(environment):flag/\(pick(["f1", "f2", "ops_1"]))\(pick(["", ";t1", ";t1,t2"]))",
            "\(environment):flag/f1", "\(project):metric/m", "member/kim:token/t1", "member/ada:token/t2",
            "service-token/s1", "member/ada", "acct", "team/crew", "role/r1",
        ])
        return Request(Action(action), on: try Resource(parsing: resource))
    }

    mutating func policy() throws -> Policy {
        let count = Int.random(in: 0...4, using: &random)
        return Policy(statements: try (0..<count).map { _ in try statement() })
    }

    private mutating func statement() throws -> Statement {
        let actions = try patterns(
            ["*", "update*", "view*", "updateOn", "createFlag", "createAccessToken", "*AccessToken", "u*e*"]
        ) { try ActionPattern(parsing: $0) }
        let resources = try patterns([
            "*", "proj/*", "proj/web*", "proj/*;core", "proj/*:env/*", "proj/*:env/*;qa_*", "proj/*:env/*:flag/*",
            "proj/web:env/production:flag/*", "proj/*:env/*;{critical:true}:flag/*", "proj/*:env/*:flag/*;t1",
            "proj/*;c*:env/*:flag/ops_*", "proj/${roleAttribute/p}:env/*:flag/*", "member/*:token/*", "member/*",
            "proj/*:metric/*", "acct", "team/*",
        ]) { try ResourcePattern(parsing: $0) }
        return Statement(isLucky(70) ? .allow : .deny, actions: actions, resources: resources)
    }

    private mutating func patterns<Pattern>(
        _ texts: [String], parse: (String) throws -> Pattern
    ) throws -> Selection<Pattern> {
        let isNegated = isLucky(20)
        let chosen = try (0..<Int.random(in: 1...3, using: &random)).map { _ in try parse(pick(texts)) }
        return isNegated ? .notMatching(chosen) : .matching(chosen)
    }

    mutating func role() throws -> Role {
        roleCount += 1
        var role = try PatrolDomainTests.role("r\(roleCount)", [], isLucky(40) ? .reader : .noAccess)
        role.policy = try policy()
        return role
    }

    mutating func member(_ roles: [Role]) throws -> Member {
        try PatrolDomainTests.member(
            pick(BaseRole.allCases), roles,
            attributes: pick([[:], ["p": ["web"]], ["p": ["web*", "app"]]]))
    }

    mutating func scope(_ roles: [Role]) throws -> Scope {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .base(pick(BaseRole.allCases))
        case 1: .inline(try policy())
        default: .customRoles([pick(roles).id])
        }
    }
}
