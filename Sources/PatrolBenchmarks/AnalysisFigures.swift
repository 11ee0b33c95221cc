import Glibc
import PatrolDomain

/// How long it takes to say whether one role grants all that another does, for made roles as people write them.
struct AnalysisFigures {
    private static let roleCount = 200

    private struct Answers {
        var contained = 0
        var beyond = 0
        var undecided = 0

        mutating func add(_ answer: Containment) {
            switch answer {
            case .contained: contained += 1
            case .beyond: beyond += 1
            case .undecided: undecided += 1
            }
        }
    }

    static func printAll() {
        var work = RoleWorkload(seed: 4)
        let scopes = (0..<roleCount).map { TokenAuthority(work.authority("role-\($0)")) }
        let pairs = scopes.indices.flatMap { left in scopes.indices.filter { $0 != left }.map { (left, $0) } }
        let (together, answers, seconds) = measure(pairs, scopes, ScopeAnalysis())
        // A pair by itself, from nothing: what a person waits for.
        let (alone, _, _) = measure(Array(pairs.enumerated().filter { $0.offset % 13 == 0 }.map(\.element)), scopes, nil)
        let equal = sameRoles(scopes)
        printTable(
            "Processor time to compare two of \(roleCount) roles (\(work.statementCount) statements), one ordered pair",
            header: ["", "pairs", "median", "99th", "largest"],
            rows: [
                row("one after the other, in one analysis", together), row("each from nothing", alone),
                row("each with a narrower copy of itself, from nothing", equal),
            ])
        print("contained \(answers.contained), beyond \(answers.beyond), undecided \(answers.undecided); all in \(shown(seconds)) s of processor")
        var verdicts = Verdicts()
        verdicts.add("two roles from nothing, ms", alone.median, atMost: 0.1, "0.1 ms, the median")
        verdicts.add("two roles from nothing, ms, 99th percentile", alone.p99, atMost: 5, "5 ms")
        verdicts.add("a narrower copy, ms, 99th percentile", equal.p99, atMost: 5, "5 ms")
        verdicts.add("all ordered pairs of \(roleCount) roles, s", seconds, atMost: 5, "5 s")
        verdicts.printAll()
    }

    /// Other work on the machine does not show in it.
    private static var processorNanoseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private static func row(_ name: String, _ sample: Sample) -> [String] {
        [
            name, String(sample.values.count), shown(sample.median * 1_000) + " µs", shown(sample.p99 * 1_000) + " µs",
            shown(sample.percentile(100)) + " ms",
        ]
    }

    /// With one analysis for all, or with a new one for each.
    private static func measure(
        _ pairs: [(Int, Int)], _ scopes: [TokenAuthority], _ shared: ScopeAnalysis?
    ) -> (times: Sample, answers: Answers, seconds: Double) {
        var (times, answers) = (Sample(), Answers())
        var analysis = shared ?? ScopeAnalysis()
        let started = processorNanoseconds
        for (left, right) in pairs {
            let before = processorNanoseconds
            if shared == nil {
                answers.add(scopes[left].containment(in: scopes[right]))
            } else {
                answers.add(analysis.containment(of: scopes[left], in: scopes[right]))
            }
            times.add(Double(processorNanoseconds - before) / 1e6)
        }
        return (times, answers, Double(processorNanoseconds - started) / 1e9)
    }

    /// Random roles hardly ever contain each other, and to prove that takes longer than to refute it.
    private static func sameRoles(_ scopes: [TokenAuthority]) -> Sample {
        var times = Sample()
        for scope in scopes {
            var narrower = scope
            narrower.scope?.grants[0].policy.statements.removeAll { $0.effect == .allow && $0.actions.patterns.count == 1 }
            narrower.scope?.grants[0].policy.statements.reverse()
            narrower.behind = narrower.scope
            let before = processorNanoseconds
            let answer = narrower.containment(in: scope)
            times.add(Double(processorNanoseconds - before) / 1e6)
            if answer != .contained { print("a narrower copy is not contained: \(answer)") }
        }
        return times
    }
}

/// Makes roles of 5 to 20 statements in the way in which people write them.
struct RoleWorkload {
    private var state: UInt64
    private(set) var statementCount = 0

    init(seed: UInt64) { state = seed }

    mutating func authority(_ name: String) -> Authority {
        var statements = [statement(.allow, ["viewProject"], [pick(["proj/*", "proj/web*", "proj/*;core"])])]
        let count = 5 + Int(next() % 16)
        while statements.count < count { statements.append(made()) }
        statementCount += statements.count
        let grant = Grant(
            GrantName(name, source: .customRole), policy: Policy(statements: statements),
            basePermissions: next() % 3 == 0 ? .reader : .noAccess)
        return Authority(grants: [grant], holder: nil)
    }

    private mutating func made() -> Statement {
        let isDeny = next() % 4 == 0
        let resources = some(3) { work in
            let project = work.pick(["web", "app", "mobile", "shop", "api-*", "*", "*", "*;core", "*;shop,eu"])
            let environment = work.pick(["production", "test", "staging-*", "*", "*", "*;qa_*", "*;{critical:true}", "*-eu"])
            let key = work.pick(["*", "*", "*", "ops_*", "checkout", "*;frontend", "exp-*-a", "*;billing,eu"])
            return work.pick([
                "proj/\(project)", "proj/\(project):env/\(environment)",
                "proj/\(project):env/\(environment):flag/\(key)", "proj/\(project):env/\(environment):flag/\(key)",
                "proj/\(project):env/\(environment):segment/\(key)", "proj/\(project):metric/\(key)",
                "proj/\(project):view/*", "member/*", "team/\(work.pick(["*", "core", "eu-*"]))", "role/*", "webhook/*",
                "proj/\(project):env/\(environment):experiment/*", "proj/\(project):release-pipeline/*",
            ])
        }
        let actions = some(5) { work in
            work.pick([
                "updateOn", "updateRules", "updateTargets", "updateFallthrough", "createFlag", "deleteFlag", "updateTags",
                "updateName", "updateDescription", "create*", "update*", "delete*", "*", "view*", "updateIncluded",
                "createSegment", "updateScheduledChanges", "*ApprovalRequest", "updateMaintainer", "createMetric",
            ])
        }
        let made = statement(isDeny ? .deny : .allow, actions, resources)
        guard next() % 12 == 0 else { return made }
        return Statement(made.effect, actions: .notMatching(made.actions.patterns), resources: made.resources)
    }

    private func statement(_ effect: Statement.Effect, _ actions: [String], _ resources: [String]) -> Statement {
        Statement(
            effect, actions: .matching(actions.compactMap { try? ActionPattern(parsing: $0) }),
            resources: .matching(resources.compactMap { try? ResourcePattern(parsing: $0) }))
    }

    private mutating func some(_ most: UInt64, _ make: (inout Self) -> String) -> [String] {
        (0...(next() % most)).map { _ in make(&self) }
    }

    private mutating func pick(_ choices: [String]) -> String { choices[Int(next() % UInt64(choices.count))] }

    /// SplitMix64: the same roles on every machine.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
