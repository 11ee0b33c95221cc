import CPseudoTerminal
import Glibc
import PatrolDomain
import PatrolOperations

/// How fast requests are decided, in one thread: the token's side and its owner's, as the gate does.
struct DecisionFigures {
    private let made: DecisionAccount
    private let now = Machine.now
    private var account: CompiledAccount
    private var gate: Gate
    private var numbers: [CompiledAccount.TokenNumber] = []
    private var texts: [(action: [UInt8], resource: [UInt8])] = []
    private var verdicts = Verdicts()

    private static let requests = 100_000
    private static let rounds = 5

    /// The exit code.
    static func run(in folder: String) -> Int32 {
        do {
            let started = monotonic_nanoseconds()
            let made = try DecisionAccount(requests: requests, folder: folder)
            print("200 roles, 250 members, 12 teams, 1,000 tokens, \(requests) requests: made through the door in \(shown(Double(monotonic_nanoseconds() - started) / 1e9)) s; load \(ProcessFacts.text(of: "/proc/loadavg").prefix(14))")
            var figures = try DecisionFigures(made)
            return try figures.measure(in: folder)
        } catch {
            print("decisions: \(error)")
            return 1
        }
    }

    private init(_ made: DecisionAccount) throws {
        self.made = made
        account = Self.compiled(made)
        gate = try Gate(made.patrol)
        for token in made.tokens {
            guard let number = account.number(of: token.id) else { throw BenchmarkFault.workload }
            numbers.append(number)
        }
        texts = made.workload.asks.map { (Array($0.action.utf8), Array($0.resource.utf8)) }
    }

    private static func compiled(_ made: DecisionAccount) -> CompiledAccount {
        CompiledAccount(
            roles: made.workload.roles, members: made.workload.members, teams: made.workload.teams, tokens: made.tokens)
    }

    private mutating func measure(in folder: String) throws -> Int32 {
        let answers = try DecisionAnswers(made, at: now)
        print("allowed by the plain evaluation: \(answers.allowed.count { $0 }); of these and the others, \(answers.occurrences)")
        measureCompiling()
        try measureFirstSight(answers)
        try measureInterned(answers)
        try measureGate(answers)
        try measureChange()
        verdicts.printAll()
        let peers = DecisionPeers(made, answers, folder: folder)
        peers.printAll()
        return 0
    }

    /// Processor time in milliseconds: other work on the machine does not show in it.
    private static func processorMilliseconds(_ body: () throws -> Void) rethrows -> Double {
        var (start, end) = (timespec(), timespec())
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start)
        try body()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end)
        return Double(end.tv_sec - start.tv_sec) * 1e3 + Double(end.tv_nsec - start.tv_nsec) / 1e6
    }

    private mutating func measureCompiling() {
        var sample = Sample()
        for _ in 0..<Self.rounds { sample.add(Self.processorMilliseconds { account = Self.compiled(made) }) }
        verdicts.add("the whole account compiled, ms", sample.median, atMost: 100, "100 ms")
    }

    /// Every text is new: it is taken apart, and every pattern that is asked for is held against its keys.
    private mutating func measureFirstSight(_ answers: DecisionAnswers) throws {
        var times = Sample()
        for place in texts.indices {
            let text = texts[place]
            let started = monotonic_nanoseconds()
            let request = try account.intern(action: text.action.span, resource: text.resource.span)
            let decision = account.decide(request, for: numbers[made.workload.asks[place].token], at: now)
            times.add(Double(monotonic_nanoseconds() - started) / 1e3)
            try answers.require(decision.isAllowed, at: place)
        }
        print("text in, without a secret, from nothing seen: median \(shown(times.median)) µs, 99th percentile \(shown(times.p99)), worst \(shown(times.values.max() ?? .nan))")
    }

    private mutating func measureInterned(_ answers: DecisionAnswers) throws {
        var requests: [InternedRequest] = []
        for text in texts { requests.append(try account.intern(action: text.action.span, resource: text.resource.span)) }
        let tokens = made.workload.asks.map { numbers[$0.token] }
        var rate = Sample()
        for _ in 0..<Self.rounds {
            var allowed = 0
            let milliseconds = Self.processorMilliseconds {
                for place in requests.indices {
                    if account.decide(requests[place], for: tokens[place], at: now).isAllowed { allowed += 1 }
                }
            }
            guard allowed == answers.allowed.count(where: { $0 }) else { throw BenchmarkFault.workload }
            rate.add(Double(requests.count) / milliseconds * 1e3)
        }
        var times = Sample()
        for place in requests.indices {
            let started = monotonic_nanoseconds()
            let decision = account.decide(requests[place], for: tokens[place], at: now)
            times.add(Double(monotonic_nanoseconds() - started) / 1e3)
            let words = account.decision(decision, on: requests[place])
            try answers.require(words, at: place)
        }
        judge("interned", rate, times, least: 1_000_000)
    }

    private mutating func measureGate(_ answers: DecisionAnswers) throws {
        let secrets = made.workload.asks.map { made.secrets[$0.token] }
        var rate = Sample()
        for round in 0...Self.rounds {
            var allowed = 0
            let milliseconds = try Self.processorMilliseconds {
                for place in texts.indices where try ask(secrets[place], place).isAllowed { allowed += 1 }
            }
            guard allowed == answers.allowed.count(where: { $0 }) else { throw BenchmarkFault.workload }
            if round > 0 { rate.add(Double(texts.count) / milliseconds * 1e3) }
        }
        var times = Sample()
        for place in texts.indices {
            let started = monotonic_nanoseconds()
            let answer = try ask(secrets[place], place)
            times.add(Double(monotonic_nanoseconds() - started) / 1e3)
            try answers.require(gate.decision(answer), at: place)
        }
        judge("text in and secret verified", rate, times, least: 500_000)
        var look = Sample()
        for _ in 0..<1_000 {
            let started = monotonic_nanoseconds()
            try gate.refresh()
            look.add(Double(monotonic_nanoseconds() - started) / 1e3)
        }
        print("a look whether something was committed: median \(shown(look.median)) µs")
    }

    private mutating func ask(_ secret: [UInt8], _ place: Int) throws -> Gate.Answer {
        let text = texts[place]
        return try secret.withUnsafeBytes { try gate.decide($0, action: text.action.span, resource: text.resource.span) }
    }

    private mutating func judge(_ what: String, _ rate: Sample, _ times: Sample, least: Double) {
        print("\(what): \(Int(rate.median)) decisions a second of processor time, in one thread; median \(shown(times.median)) µs with the clock, 99th percentile \(shown(times.p99))")
        verdicts.add("\(what), µs", 1e6 / rate.median, atMost: 1e6 / least, "\(Int(least)) a second")
        verdicts.add("\(what), µs, stretch", 1e6 / rate.median, atMost: 1e6 / (3 * least), "\(Int(3 * least)) a second")
        verdicts.add("\(what), 99th percentile, µs", times.p99, atMost: 5, "5 µs, read with the clock around it")
    }

    /// A role that many hold loses all of its statements, through the door: the next decision knows.
    private mutating func measureChange() throws {
        guard let place = made.workload.tokens.firstIndex(where: { token in
            if case .customRoles(let ids) = token.scope { ids.count == 1 } else { false }
        }), case .customRoles(let ids) = made.workload.tokens[place].scope,
            let key = made.workload.roles.first(where: { $0.id == ids[0] })?.key
        else { return }
        let secret = made.secrets[place]
        var sample = Sample()
        for round in 0..<20 {
            guard let role = try made.patrol.role(key: key) else { throw BenchmarkFault.workload }
            let isEmpty = round % 2 == 0
            let edit = EditRole(
                role: role.id, version: role.version, name: role.name, description: "", basePermissions: .reader,
                policy: Policy(statements: isEmpty ? [] : [
                    Statement(.deny, actions: .matching([.everything]), resources: .matching([.everything]))
                ]))
            let outcome = try made.patrol.perform(.editRole(edit), as: try made.patrol.signIn())
            if let refusal = outcome.refusal { throw BenchmarkFault.account("\(refusal)") }
            let started = monotonic_nanoseconds()
            try gate.refresh()
            let answer = try secret.withUnsafeBytes {
                try gate.decide($0, action: "viewProject".utf8Span.span, resource: "acct".utf8Span.span)
            }
            sample.add(Double(monotonic_nanoseconds() - started) / 1e6)
            let isDenied = gate.decision(answer).decidingStatement == 0 && gate.decision(answer).decidingGrant?.role == key.text
            guard isDenied == !isEmpty else { throw BenchmarkFault.account("an edited role was not in force") }
        }
        print("an edited role is in force at the next decision: look and decision, median \(shown(sample.median)) ms, worst \(shown(sample.values.max() ?? .nan))")
    }
}
