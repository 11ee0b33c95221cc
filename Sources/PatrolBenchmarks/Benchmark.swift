import CPseudoTerminal
import Glibc

/// One run: makes what is needed in a folder of its own, measures, prints, and clears away.
struct Benchmark {
    let options: Options
    private let folder = Benchmark.folderOfPrograms()
    private let workFolder = "/tmp/patrol-benchmarks-\(getpid())"

    init(options: Options) { self.options = options }

    /// The exit code.
    func run() -> Int32 {
        mkdir(workFolder, 0o700)
        defer { _ = shell("rm -rf '\(workFolder)'") }
        if options.isRealTime { becomeRealTime() }
        if options.isFindingOnly { return measureFinding() }
        if options.isRulesOnly { return measureRules() }
        if options.isReplayOnly { return ReplayFigures(folder: workFolder).printAll() ? 0 : 1 }
        if options.isAnalysisOnly {
            AnalysisFigures.printAll()
            RankingFigures.printAll()
            return 0
        }
        if options.isRoutesOnly {
            RouteFigures.printAll()
            return 0
        }
        if options.isGatewayOnly { return GatewayFigures(programs: folder, folder: workFolder, options: options).run() }
        if let seconds = options.mixedSeconds { return MixedLoad(programs: folder, folder: workFolder, seconds: seconds).run() }
        if options.isDecisionsOnly { return DecisionFigures.run(in: workFolder) }
        var contenders = Contender.yardsticks(folder: folder, text: makeText(), repository: makeRepository())
        let database = options.database ?? makeAccount(name: "small.db", members: 60, tokens: 300, entries: 5_000)
        contenders.append(.patrol(name: "patrol", folder: folder, database: database))
        if let large = largeAccount() {
            contenders.append(.patrol(name: "patrol, large", folder: folder, database: large))
        }
        print("\(MeasuredProgram.columns)×\(MeasuredProgram.rows), \(options.rounds) starts, \(options.rounds * options.keys) keys each; load \(ProcessFacts.text(of: "/proc/loadavg").prefix(14))")
        let figures = ScreenFigures.measure(
            contenders, environment: environment, rounds: options.rounds, keysPerRound: options.keys,
            idleSeconds: options.idleSeconds)
        Report(contenders: contenders, figures: figures, idleSeconds: options.idleSeconds).printAll()
        var verdicts = Verdicts()
        judge(contenders, figures, &verdicts)
        if !options.isScreensOnly {
            let account = AccountLines(program: "\(folder)/patrol", database: database, environment: environment)
            account.printAll()
            let patrol = Contender.patrol(name: "patrol", folder: folder, database: database)
            let live = LiveFigures.measure(patrol, account: account, environment: environment, changes: 200)
            live?.printAll("beside the other lists")
            var zoomed = patrol
            zoomed.preparation = "4z"
            let alone = LiveFigures.measure(zoomed, account: account, environment: environment, changes: 50)
            alone?.printAll("with the whole screen, which the terminal scrolls")
            verdicts.add(
                "small: a live line, bytes", alone?.bytes.median ?? .nan, atMost: 400, "400 where the terminal scrolls")
        }
        verdicts.printAll()
        return figures.contains { $0.failure != nil } ? 1 : 0
    }

    private func judge(_ contenders: [Contender], _ figures: [ScreenFigures], _ verdicts: inout Verdicts) {
        func figure(_ name: String) -> ScreenFigures? { contenders.firstIndex { $0.name == name }.map { figures[$0] } }
        let (small, large, vim) = (figure("patrol"), figure("patrol, large"), figure("vim -R"))
        for (name, figure) in [("small", small), ("large", large)] {
            guard let figure else { continue }
            verdicts.judge(name, figure, floor: figures[0], vim: vim, idleSeconds: options.idleSeconds)
        }
        if let small, let large { verdicts.compare(large, to: small) }
    }

    private func measureFinding() -> Int32 {
        let small = options.database ?? makeAccount(name: "small.db", members: 60, tokens: 300, entries: 5_000)
        FindingFigures.printAll([("small", small)] + (largeAccount().map { [("large", $0)] } ?? []))
        return 0
    }

    private func measureRules() -> Int32 {
        let small = options.database ?? makeAccount(name: "small.db", members: 60, tokens: 300, entries: 5_000)
        RuleFigures.printAll([("small", small)] + (largeAccount().map { [("large", $0)] } ?? []))
        return 0
    }

    var environment: [String: String] {
        [
            "HOME": workFolder, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "TERM": "xterm-256color",
            "SWIFT_BACKTRACE": "enable=no",
        ]
    }

    private func largeAccount() -> String? {
        if let large = options.large { return large }
        guard let tokens = options.tokens else { return nil }
        return makeAccount(
            name: "large.db", members: max(60, tokens / 10), tokens: tokens, entries: options.entries ?? tokens * 10)
    }

    private func makeAccount(name: String, members: Int, tokens: Int, entries: Int) -> String {
        let path = "\(workFolder)/\(name)"
        let started = monotonic_nanoseconds()
        _ = shell("'\(folder)/patrol' demo --members \(members) --tokens \(tokens) --entries \(entries) --write '\(path)'")
        print("\(name): \(members) members, \(tokens) tokens, \(entries) entries, made in \(shown(Double(monotonic_nanoseconds() - started) / 1e9)) s")
        return path
    }

    /// 10,000 lines of a log, for the programs that show text.
    private func makeText() -> String {
        let path = "\(workFolder)/entries.log"
        let lines = (1...10_000).map { number in
            let digits = String(number)
            return "entry " + String(repeating: "0", count: 5 - digits.count) + digits
                + " 2027-01-31T09:12:44Z ada@example.org token.flagged nightly export allowed"
        }
        if let file = fopen(path, "w") {
            fputs(lines.joined(separator: "\n") + "\n", file)
            fclose(file)
        }
        return path
    }

    /// A repository of git with a history; nil where there is no git.
    private func makeRepository() -> (path: String, newest: String)? {
        let path = "\(workFolder)/repository"
        let history = """
            BEGIN { for (i = 1; i <= 5000; i++) { text = sprintf("change %05d\\n", i); n = length(text)
            printf "commit refs/heads/main\\ncommitter Ada Berg <ada@example.org> %d +0000\\n", 1700000000 + i * 600
            printf "data %d\\n%sM 644 inline file\\ndata %d\\n%s\\n", n, text, n, text } }
            """
        let line = "git init -q -b main '\(path)' && awk '\(history)' | git -C '\(path)' fast-import --quiet && git -C '\(path)' reset -q --hard"
        return shell(line) == 0 ? (path, "change 05000") : nil
    }

    /// So that other work on the machine does not show in the figures. The programs inherit it.
    private func becomeRealTime() {
        var priority = sched_param()
        priority.sched_priority = 10
        if sched_setscheduler(0, SCHED_RR, &priority) != 0 { print("not allowed to run in real time") }
    }

    private static func folderOfPrograms() -> String {
        var path = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        let here = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return here.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }
}

/// Runs a line of shell; its exit code.
func shell(_ line: String) -> Int32 {
    var process: Int32 = -1
    var ends: (Int32, Int32, Int32) = (-1, -1, -1)
    let words = ["/bin/sh", "-c", line]
    let error = withWords(words, ["PATH": "/usr/bin:/bin", "HOME": "/tmp"]) { words, settings in
        piped_program_start("/bin/sh", words, settings, nil, &process, &ends.0, &ends.1, &ends.2)
    }
    guard error == 0 else { return -1 }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    program_close(ends.0)
    while program_poll(ends.1, -1, -1, -1) != 0, program_read(ends.1, &chunk, chunk.count) >= 0 {}
    program_close(ends.1)
    program_close(ends.2)
    var code: Int32 = -1
    var signal: Int32 = 0
    program_wait(process, -1, &code, &signal)
    return code
}
