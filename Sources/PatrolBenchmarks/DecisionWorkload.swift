import PatrolDomain

/// An account of 200 roles of 5 to 20 statements, 250 members, 12 teams and 1,000 personal tokens, and requests to it:
/// the same in every run.
struct DecisionWorkload {
    struct Ask {
        var action: String
        var resource: String
        /// The place of the token in `tokens`.
        var token: Int
    }

    private(set) var roles: [Role] = []
    private(set) var members: [Member] = []
    private(set) var teams: [Team] = []
    /// The owner's place in `members`, and the scope of each token.
    private(set) var tokens: [(owner: Int, scope: Scope)] = []
    private(set) var asks: [Ask] = []

    private var random = Numbers(state: 4)
    private let time: Timestamp
    private static let projects = (0..<12).map { "project-\($0)" }
    private static let environments = ["production", "staging", "test", "development"]
    private static let actions = [
        "updateOn", "updateRules", "updateFallthrough", "updateTags", "createFlag", "deleteFlag", "updateName",
        "viewProject", "updateFlagVariations", "createEnvironment", "createMetric", "deleteMetric", "createAccessToken",
    ]

    /// SplitMix64.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    init(requests: Int, at time: Timestamp) throws {
        self.time = time
        for number in 0..<200 { roles.append(try role(number)) }
        for number in 0..<250 { if let member = member(number) { members.append(member) } }
        for number in 0..<12 { if let team = team(number) { teams.append(team) } }
        for _ in 0..<1_000 {
            tokens.append((Int.random(in: members.indices, using: &random), try scope()))
        }
        let resources = resources()
        for _ in 0..<requests {
            asks.append(
                Ask(
                    action: pick(Self.actions), resource: pick(resources),
                    token: Int.random(in: tokens.indices, using: &random)))
        }
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: choices.indices, using: &random)]
    }

    private mutating func isLucky(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    // MARK: - Who

    private mutating func role(_ number: Int) throws -> Role {
        guard let id = RoleID("role-\(number)"), let key = Key("role-\(number)") else { throw BenchmarkFault.workload }
        return Role(
            id: id, key: key, name: "Role \(number)", basePermissions: isLucky(50) ? .reader : .noAccess,
            policy: try policy(Int.random(in: 5...20, using: &random)), createdAt: time)
    }

    private mutating func member(_ number: Int) -> Member? {
        guard let id = MemberID("member-\(number)") else { return nil }
        let held = isLucky(60) ? (0..<pick([1, 1, 2, 3])).map { _ in pick(roles).id } : []
        return Member(
            id: id, email: "member-\(number)@example.org", firstName: "Member", lastName: "\(number)",
            baseRole: pick([.reader, .writer, .writer, .admin]), customRoles: held, isPending: false, createdAt: time)
    }

    private mutating func team(_ number: Int) -> Team? {
        guard let key = Key("team-\(number)") else { return nil }
        let joined = members.filter { _ in isLucky(8) }.map(\.id)
        return Team(key: key, name: "Team \(number)", members: joined, customRoles: [pick(roles).id])
    }

    private mutating func scope() throws -> Scope {
        if isLucky(26) { return .inline(try policy(Int.random(in: 1...5, using: &random))) }
        if isLucky(50) { return .customRoles((0..<pick([1, 1, 2])).map { _ in pick(roles).id }) }
        return .base(pick([.reader, .writer, .admin]))
    }

    // MARK: - What

    private mutating func policy(_ count: Int) throws -> Policy {
        Policy(statements: try (0..<count).map { _ in try statement() })
    }

    private mutating func statement() throws -> Statement {
        let actions = try (0..<pick([1, 1, 2, 4])).map { _ in try ActionPattern(parsing: pick(["*", "update*", "view*", "*Flag*"] + Self.actions)) }
        let resources = try (0..<pick([1, 1, 2])).map { _ in try ResourcePattern(parsing: pattern()) }
        return Statement(
            isLucky(75) ? .allow : .deny, actions: isLucky(10) ? .notMatching(actions) : .matching(actions),
            resources: isLucky(8) ? .notMatching(resources) : .matching(resources))
    }

    private mutating func pattern() -> String {
        let project = pick(["*", "*", "project-1*"] + Self.projects)
        let environment = pick(["*", "*", "prod*"] + Self.environments)
        let flag = pick(["*", "*", "flag-1*", "*-7", "flag-\(Int.random(in: 0..<80, using: &random))"])
        return pick([
            "proj/\(project)", "proj/\(project);core", "proj/\(project):env/\(environment)",
            "proj/\(project):env/\(environment);{critical:true}", "proj/\(project):env/\(environment):flag/\(flag)",
            "proj/\(project):env/\(environment):flag/*;\(pick(["ops_*", "release", "Core"]))",
            "proj/\(project):env/\(environment):flag/\(flag);view:front*", "proj/\(project):metric/*", "member/*",
            "member/*:token/*", "service-token/*", "*",
        ])
    }

    /// 4,144 of them.
    private mutating func resources() -> [String] {
        var resources: [String] = []
        for project in Self.projects {
            let owner = "proj/\(project)\(pick(["", ";core", ";core,shop"]))"
            resources.append(owner)
            for environment in Self.environments {
                let selectors = environment == "production" ? ";{critical:true}" : ""
                resources.append("\(owner):env/\(environment)\(selectors)")
                for flag in 0..<80 {
                    let tags = pick(["", "", ";ops_a", ";release,ops_b", ";CORE", ";view:frontend", ";release,view:back"])
                    resources.append("\(owner):env/\(environment)\(selectors):flag/flag-\(flag)\(tags)")
                }
            }
        }
        for number in 0..<200 { resources.append("proj/\(pick(Self.projects)):metric/metric-\(number)") }
        for number in 0..<24 { resources.append("member/member-\(number):token/token-\(number)") }
        for number in 0..<12 { resources.append("member/member-\(number)") }
        for number in 0..<7 { resources.append("service-token/token-\(number)") }
        return resources + ["acct"]
    }
}

enum BenchmarkFault: Error {
    case workload
    /// The account could not be made; why.
    case account(String)
    /// A server or its client failed; how.
    case server(String)
}
