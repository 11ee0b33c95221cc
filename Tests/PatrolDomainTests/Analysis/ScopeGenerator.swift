@testable import PatrolDomain

/// What a small world of requests is about, and the words that policies about it are made of. It is small enough to ask
/// for everything in it.
struct SmallWorld: Sendable, CustomStringConvertible {
    let name: String
    let actionPatterns: [String]
    let resourcePatterns: [String]
    let actions: [String]
    let resources: [String]

    var description: String { name }

    static let all = [keys, selectors, nested, people]

    private static func combined(_ parts: [String]...) -> [String] {
        parts.reduce([""]) { starts, ends in starts.flatMap { start in ends.map { start + $0 } } }
    }

    private static let shortWords = ["a", "b", "z"] + combined(["a", "b", "z"], ["a", "b", "z"])

    /// Stars anywhere in a key and in an action.
    static let keys = SmallWorld(
        name: "keys",
        actionPatterns: ["*", "u*", "*u", "u*u", "view*", "v*", "view", "uu", "*i*"],
        resourcePatterns: [
            "*", "proj/*", "proj/a*", "proj/*a", "proj/*b*", "proj/a*b", "proj/ab", "proj/*a*b", "proj/*b*a*",
            "proj/${roleAttribute/p}", "proj/a${roleAttribute/p}", "proj/${roleAttribute/p}${roleAttribute/q}",
        ],
        actions: ["u", "uu", "uzu", "view", "viewProject", "viewz", "z"],
        resources: combined(["proj/"], shortWords + combined(shortWords, ["a", "b", "z"]) + ["abab", "azba", "baab"]) + ["acct"])

    /// Everything after the semicolon.
    static let selectors = SmallWorld(
        name: "selectors",
        actionPatterns: ["*", "u", "viewProject", "view*"],
        resourcePatterns: [
            "proj/*", "proj/*;*", "proj/*;a", "proj/*;a*", "proj/*;*b", "proj/*;a*,*b", "proj/*;A", "proj/*;{c:1}",
            "proj/*;{c:2}", "proj/*;{d:1}", "proj/*;{c:1},a", "proj/*;view:v", "proj/*;view:v*", "proj/*;view:V,b",
            "proj/a;b", "*",
        ],
        actions: ["u", "viewProject", "z"],
        resources: combined(
            ["proj/a", "proj/z"],
            combined(
                ["", ";", ";a", ";B", ";ab", ";z", ";a,b", ";AZ,ZB", ";z,ab"], ["", "{c:1}", "{c:2}", "{c:3},{d:1}"],
                ["", "view:v", "view:vz,view:V"]
            ).compactMap(joined)))

    /// `;a{c:1}view:v` with its commas; nil where there is no or a needless semicolon.
    private static func joined(_ text: String) -> String? {
        if text.isEmpty { return "" }
        guard text.hasPrefix(";"), text.count > 1 else { return nil }
        let parts = text.dropFirst().replacing("{", with: ",{").replacing("view", with: ",view").split(separator: ",")
        return ";" + parts.joined(separator: ",")
    }

    /// Things in projects, which have to be seen.
    static let nested = SmallWorld(
        name: "nested",
        actionPatterns: ["*", "updateOn", "view*", "viewProject", "update*", "*Project"],
        resourcePatterns: [
            "*", "proj/*", "proj/a", "proj/*;t", "proj/b*", "proj/*:env/*", "proj/a:env/*", "proj/*:env/p",
            "proj/*:env/*;t", "proj/*;t:env/*;t*", "proj/*:env/*:flag/*", "proj/*:env/p:flag/*",
            "proj/*;{c:1}:env/*:flag/*", "proj/${roleAttribute/p}:env/*:flag/*", "proj/*:metric/*",
        ],
        actions: ["updateOn", "updateRules", "viewProject", "deleteProject"],
        resources: combined(
            ["proj/a", "proj/b", "proj/bz"], ["", ";t", ";{c:1}"],
            ["", ":env/p", ":env/q;t", ":env/q;tz", ":env/p:flag/f", ":env/q:flag/g;t", ":metric/m"])
            + ["acct", "team/a"])

    /// What base permissions and base roles are about.
    static let people = SmallWorld(
        name: "people",
        actionPatterns: [
            "*", "createAccessToken", "*AccessToken", "delete*", "view*", "updateRole", "updateAccountOwner",
        ],
        resourcePatterns: [
            "*", "member/*:token/*", "member/kim:token/*", "member/k*:token/*", "member/*:token/t*", "member/*",
            "service-token/*", "service-token/s", "acct", "team/*", "role/*", "member/${roleAttribute/p}:token/*",
        ],
        actions: [
            "createAccessToken", "deleteAccessToken", "updateAccessTokenName", "updateRole", "viewTeam", "z",
            "updateAccountOwner",
        ],
        resources: [
            "member/kim", "member/ada", "member/kim:token/t1", "member/kim:token/x", "member/ada:token/t1",
            "service-token/s", "service-token/z", "acct", "team/a", "role/r", "proj/a", "webhook/w", "proj/a:env/e",
        ])

    func requests() throws -> [Request] {
        try resources.flatMap { resource in try actions.map { try request($0, resource) } }
    }
}

/// Makes scopes of a small world in which everything that a policy may say occurs.
struct ScopeGenerator {
    enum Feature: String, CaseIterable {
        case deny, notActions, notResources, several, reader, holder, attributes, baseRole, person, notInForce
        case accountWide, selectors
    }

    let world: SmallWorld
    var work: Workload
    private(set) var occurred: [Feature: Int] = [:]

    init(_ world: SmallWorld, seed: UInt64) {
        self.world = world
        work = Workload(seed: seed)
    }

    private mutating func note(_ feature: Feature) { occurred[feature, default: 0] += 1 }

    mutating func scope() throws -> TokenAuthority {
        if work.isLucky(5) {
            note(.accountWide)
            return TokenAuthority(scope: nil, behind: nil)
        }
        let given = try authority()
        var scope = TokenAuthority(given)
        if work.isLucky(25) {
            note(.person)
            scope.behind = try authority()
        }
        if work.isLucky(5) {
            note(.notInForce)
            scope.standing = .tokenExpired
        }
        return scope
    }

    mutating func authority() throws -> Authority {
        var holder: MemberID?
        if work.isLucky(40) {
            note(.holder)
            holder = try memberID(work.pick(["kim", "ada"]))
        }
        if work.isLucky(10) {
            note(.baseRole)
            return Authority(grants: [work.pick(BaseRole.allCases).grant(holder: holder)], holder: holder)
        }
        let count = work.pick([1, 1, 1, 2, 3])
        if count > 1 { note(.several) }
        return Authority(grants: try (0..<count).map { try grant($0) }, holder: holder)
    }

    private mutating func grant(_ number: Int) throws -> Grant {
        var statements: [Statement] = []
        // Most let something be seen, or the gate would answer for them.
        if work.isLucky(60) { statements.append(try statement("A viewProject @ \(work.pick(["proj/*", "proj/a*"]))")) }
        for _ in 0..<work.pick([0, 1, 2, 2, 3, 4]) { statements.append(try made()) }
        let isReader = work.isLucky(35)
        if isReader { note(.reader) }
        let attributes: RoleAttributes = work.pick([[:], ["p": ["a"]], ["p": ["b*", "a"], "q": ["b", "*a"]], ["p": ["kim"]]])
        return Grant(
            GrantName("r\(number)", source: .customRole), policy: Policy(statements: statements),
            basePermissions: isReader ? .reader : .noAccess, attributes: attributes)
    }

    private mutating func made() throws -> Statement {
        let isDeny = work.isLucky(30)
        if isDeny { note(.deny) }
        let (actions, resources) = (chosen(world.actionPatterns), chosen(world.resourcePatterns))
        let isNotActions = work.isLucky(15)
        let isNotResources = work.isLucky(15)
        if isNotActions { note(.notActions) }
        if isNotResources { note(.notResources) }
        if resources.contains(where: { $0.contains("roleAttribute") }) { note(.attributes) }
        if resources.contains(where: { $0.contains(";") }) { note(.selectors) }
        return try statement(
            "\(isDeny ? "D" : "A") \(isNotActions ? "!" : "")\(actions.joined(separator: "|")) @ "
                + "\(isNotResources ? "!" : "")\(resources.joined(separator: " + "))")
    }

    private mutating func chosen(_ texts: [String]) -> [String] {
        (0..<work.pick([1, 1, 2, 3])).map { _ in work.pick(texts) }
    }
}
