import CPseudoTerminal
import Glibc
import PatrolOperations
import Synchronization

/// The gateway asked without a pause while three other processes create and delete tokens, edit roles, put tokens in
/// quarantine and downgrade people. No answer may rest on anything older than the last commit before the question.
struct MixedLoad {
    let programs: String
    let folder: String
    let seconds: Int

    private static let askers = 2

    /// The exit code: 1 where an answer was wrong, or there was none.
    func run() -> Int32 {
        do {
            let account = try MixedAccount(in: folder)
            let port = try ServerProcess.freePort()
            let gateway = try GatewayFigures.server(programs, account.location, routes: nil, workers: Self.askers, port: port)
            return try run(account, gateway, port: port) ? 0 : 1
        } catch {
            print("the gateway under mixed load: \(error)")
            return 1
        }
    }

    private final class Share: Sendable {
        let tally = Mutex(MixedAsker.Tally())
    }

    private func run(_ account: MixedAccount, _ gateway: ServerProcess, port: Int) throws -> Bool {
        let reader = try Patrol(opening: account.location, readOnly: true)
        let first = try reader.lastSequence()
        let tokens = MixedTokens(account.tokens)
        let writers = try MixedWriter.Work.allCases.map { work in
            try MixedWriterProcess(work, account: account.location, programs: programs, seconds: seconds)
        }
        let (share, location) = (Share(), account.location)
        let end = monotonic_nanoseconds() + Int64(seconds) * 1_000_000_000
        let threads = try (0..<Self.askers).map { _ in
            try BenchmarkThread {
                var tally = MixedAsker.Tally()
                do {
                    var asker = try MixedAsker(location, port: port)
                    asker.ask(about: tokens, until: end)
                    tally = asker.tally
                } catch {
                    tally.failures.append("\(error)")
                }
                share.tally.withLock { $0.add(tally) }
            }
        }
        let memory = watch(gateway, writers, tokens, until: end)
        for thread in threads { thread.join() }
        let last = writers.map { $0.finish() }
        for words in last.map(\.words) { print(words, terminator: "") }
        let tally = share.tally.withLock { $0 }
        print("\(seconds) s: \(tally.calls) answers checked, \(tally.allowed) of them allowed; \(try reader.lastSequence() - first) commits, \(tally.amidCommits) answers with one between question and check, \(tally.unsettled) of these not to be settled")
        for words in (tally.wrong + tally.failures) where !words.isEmpty { print(words) }
        judge(tally, memory)
        return tally.wrong.isEmpty && tally.failures.isEmpty && last.allSatisfy(\.isGood) && tally.calls > 0
    }

    private func judge(_ tally: MixedAsker.Tally, _ memory: [(second: Int, megabytes: Double, descriptors: Int)]) {
        printTable(
            "Memory and descriptors of the gateway", header: ["second", "MB", "descriptors"],
            rows: memory.map { [String($0.second), shown($0.megabytes), String($0.descriptors)] })
        var verdicts = Verdicts()
        verdicts.add("wrong decisions", Double(tally.wrong.count), atMost: 0, "none")
        verdicts.add("failures", Double(tally.failures.count), atMost: 0, "none")
        if let first = memory.first, let last = memory.last {
            verdicts.add("descriptors more at the end", Double(last.descriptors - first.descriptors), atMost: 0, "none")
            verdicts.add("memory at the end, MB", last.megabytes, atMost: first.megabytes * 1.1, "1.1 × that of the first tenth")
        }
        verdicts.printAll()
    }

    /// Hands new tokens on until the time is over; looks at the gateway ten times meanwhile.
    private func watch(
        _ gateway: ServerProcess, _ writers: [MixedWriterProcess], _ tokens: MixedTokens, until end: Int64
    ) -> [(second: Int, megabytes: Double, descriptors: Int)] {
        var looks: [(second: Int, megabytes: Double, descriptors: Int)] = []
        let started = end - Int64(seconds) * 1_000_000_000
        while monotonic_nanoseconds() < end {
            for writer in writers { tokens.add(writer.made()) }
            let passed = Int((monotonic_nanoseconds() - started) / 1_000_000_000)
            if passed * 10 >= seconds * (looks.count + 1) {
                looks.append((passed, gateway.facts.residentMegabytes, gateway.descriptors))
            }
            usleep(5_000)
        }
        looks.append((seconds, gateway.facts.residentMegabytes, gateway.descriptors))
        return looks
    }
}
