import Glibc
import PatrolDomain

/// How long it takes to rank 200 roles for a need: what a person waits for while a token is made.
struct RankingFigures {
    private static let roleCount = 200

    /// From one action in one environment to what several roles give together.
    private static let needs: [(name: String, statements: [(actions: [String], resource: String)])] = [
        ("one action in one environment", [(["updateOn"], "proj/web:env/test:flag/*")]),
        (
            "several on flags and segments",
            [
                (["updateOn", "updateRules", "updateTargets"], "proj/web:env/test:flag/ops_*"),
                (["updateIncluded", "updateExcluded"], "proj/web:env/test:segment/*"),
            ]
        ),
        (
            "what no role is for",
            [(["updateOn"], "proj/*:env/*:flag/*"), (["createWebhook"], "webhook/*"), (["createTeam"], "team/*")]
        ),
        ("everything of a project", [(["*"], "proj/web"), (["*"], "proj/web:env/*"), (["*"], "proj/web:env/*:flag/*")]),
        ("only looking", [(["viewProject"], "proj/web")]),
    ]

    static func printAll() {
        var work = RoleWorkload(seed: 4)
        var grants: [RoleID: Grant] = [:]
        var roles: [Role] = []
        for number in 0..<roleCount {
            guard let id = RoleID("role-\(number)"), let key = Key("role-\(number)") else { continue }
            let grant = work.authority(key.text).grants[0]
            grants[id] = grant
            roles.append(
                Role(
                    id: id, key: key, name: key.text, basePermissions: grant.basePermissions, policy: grant.policy,
                    createdAt: Timestamp(milliseconds: 0)))
        }
        var verdicts = Verdicts()
        var rows: [[String]] = []
        for need in needs {
            guard let policy = policy(need.statements) else { continue }
            var times = Sample()
            var ranking: RoleRanking?
            for _ in 0..<11 {
                let before = processorNanoseconds
                ranking = RoleRanking(need: policy, roles: roles, creator: BaseRole.writer.authority) { scope in
                    scope.authority(grants)
                }
                times.add(Double(processorNanoseconds - before) / 1e6)
            }
            guard let ranking else { continue }
            rows.append([
                need.name, String(ranking.candidates.count), String(ranking.misses.count), String(ranking.undecided.count),
                String(ranking.pairsLeftOut), shown(times.median), shown(times.percentile(100)),
            ])
            verdicts.add("ranking, ms: \(need.name)", times.median, atMost: 100, "100 ms")
        }
        printTable(
            "Milliseconds of processor to rank \(roleCount) roles (\(work.statementCount) statements) for a need",
            header: ["need", "ways", "too small", "undecided", "pairs left out", "median", "largest"], rows: rows)
        verdicts.printAll()
    }

    private static func policy(_ statements: [(actions: [String], resource: String)]) -> Policy? {
        try? Policy(
            statements: statements.map { actions, resource in
                Statement(
                    .allow, actions: .matching(try actions.map { try ActionPattern(parsing: $0) }),
                    resources: .matching([try ResourcePattern(parsing: resource)]))
            })
    }

    /// Other work on the machine does not show in it.
    private static var processorNanoseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

extension BaseRole {
    fileprivate var authority: Authority { Authority(grants: [grant(holder: nil)], holder: nil) }
}

extension Scope {
    fileprivate func authority(_ grants: [RoleID: Grant]) -> Authority {
        switch self {
        case .base(let role): role.authority
        case .customRoles(let ids): Authority(grants: ids.compactMap { grants[$0] }, holder: nil)
        case .inline(let policy):
            Authority(
                grants: [Grant(GrantName("inline policy", source: .inlinePolicy), policy: policy, basePermissions: .noAccess)],
                holder: nil)
        case .account: BaseRole.admin.authority
        }
    }
}
