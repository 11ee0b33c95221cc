import Glibc
import PatrolTestSupport
import Testing

/// The real program on a terminal that sends anything: bytes, sizes and signals, a few seconds in an ordinary run.
/// `PATROL_FUZZ_SECONDS=600` goes on that long.
@Suite(.serialized, .enabled(if: SystemProgram.isWanted("sqlite3"), "sqlite3 is missing"))
struct `Whatever a terminal sends` {
    /// Generous: the machine may be busy.
    private static let answerSeconds = 20.0

    private static var seconds: Double {
        getenv("PATROL_FUZZ_SECONDS").flatMap { Double(String(cString: $0)) } ?? 3
    }

    private static var seed: UInt64 {
        getenv("PATROL_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1
    }

    private func entries(_ account: TestAccount) throws -> String {
        let counted = try PipedProgram.run(
            "/usr/bin/sqlite3", [account.database, "SELECT count(*) FROM audit"], environment: account.environment)
        return counted.output
    }

    /// Out of whatever is open, and out of the program.
    private func leave(_ patrol: TerminalProgram, _ story: String) throws {
        let began = monotonicSeconds()
        while monotonicSeconds() - began < Self.answerSeconds {
            patrol.type("\u{1B}[201~")
            patrol.press(.escape)
            patrol.waitForQuiet(of: 0.06)
            patrol.press(.controlC)
            patrol.press(.controlC)
            if let end = try? patrol.waitForEnd(within: 1) {
                #expect(end == .exited(0), "\(story)")
                return patrol.expectRestored()
            }
        }
        Issue.record("no answer within \(Self.answerSeconds) s: \(story)\n\(patrol.screen)")
    }

    /// Some pieces in a row, with sizes and signals between. False when the program has ended.
    private func disturb(_ patrol: TerminalProgram, _ keyboard: inout FuzzedKeyboard) -> Bool {
        for _ in 0..<40 {
            patrol.send(keyboard.next())
            switch keyboard.roll(30) {
            case 0: patrol.resize(to: TerminalSize(rows: 1 + keyboard.roll(70), columns: 1 + keyboard.roll(220)))
            case 1: patrol.resize(to: .middle)
            case 2: patrol.process.send(signal: SIGWINCH)
            case 3:
                patrol.process.send(signal: SIGTSTP)
                patrol.process.send(signal: SIGCONT)
            case 4: patrol.waitForQuiet(of: 0.03)
            default: break
            }
        }
        _ = patrol.screen
        return ProcessFamily.isRunning(patrol.process.identifier)
    }

    @Test func `it stays alive, its log stays whole, and the terminal is put back`() throws {
        let account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 400)
        let before = try DatabaseCopy(of: account)
        let end = monotonicSeconds() + Self.seconds
        var seed = Self.seed
        repeat {
            var keyboard = FuzzedKeyboard(seed: seed)
            // What the last session left (a filter, one pane alone) is not what this one waits for.
            unlink(account.home(".local/state/patrol/screen.json"))
            let patrol = try account.open()
            try patrol.waitForAccount()
            let children = ProcessFamily.children(of: patrol.process.identifier)
            var isRunning = true
            for _ in 0..<25 where isRunning && monotonicSeconds() < end { isRunning = disturb(patrol, &keyboard) }
            switch isRunning ? seed % 8 : 0 {
            case 1, 5: try hangUp(patrol)
            case 2: try stop(patrol, by: SIGTERM, "seed \(seed)")
            case 4: try stop(patrol, by: SIGHUP, "seed \(seed)")
            default: try leave(patrol, "seed \(seed)")
            }
            #expect(children.filter(ProcessFamily.isRunning).isEmpty, "seed \(seed)")
            #expect(!ProcessFamily.isRunning(patrol.process.identifier), "seed \(seed)")
            let unlogged = try before.unlogged()
            #expect(unlogged.isEmpty, "seed \(seed): \(unlogged)")
            seed += 1
        } while monotonicSeconds() < end
        #expect(try account.succeed(["audit", "verify"]).contains("all fit"))
    }

    private func hangUp(_ patrol: TerminalProgram) throws {
        patrol.hangUp()
        _ = try patrol.process.waitForEnd(within: Self.answerSeconds)
    }

    private func stop(_ patrol: TerminalProgram, by signal: Int32, _ story: String) throws {
        patrol.process.send(signal: signal)
        // It may be the shell's turn: only a program that goes on can end.
        patrol.process.send(signal: SIGCONT)
        let end = try patrol.waitForEnd(within: Self.answerSeconds)
        #expect(end == .exited(128 + Int(signal)) || end == .killed(signal: Int(signal)), "\(story): \(end)")
        patrol.expectRestored()
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func `a signal in the middle of it puts the terminal back`(_ signal: Int32) throws {
        let account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 400)
        var keyboard = FuzzedKeyboard(seed: UInt64(signal) + 40, neverConfirms: true)
        let patrol = try account.open()
        try patrol.waitForAccount()
        for _ in 0..<60 { patrol.send(keyboard.next()) }
        for _ in 0..<5 { patrol.process.send(signal: signal) }
        _ = try patrol.waitForEnd(within: Self.answerSeconds)
        patrol.expectRestored()
    }

    /// A key that sends a signal makes the kernel throw away what the terminal has not taken yet. From the moment on
    /// when the terminal has its own modes again, that is the way back from the screen.
    @Test(arguments: [TerminalKey.controlC, .controlZ])
    func `such a key while it leaves puts the terminal back`(_ key: TerminalKey) throws {
        let account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 400)
        let patrol = try account.open()
        try patrol.waitForAccount()
        patrol.waitForQuiet()
        // A slow line: from here on nobody reads.
        patrol.press(.controlL)
        usleep(300_000)
        patrol.press(.controlC, .controlC)
        let deadline = monotonicSeconds() + Self.answerSeconds
        while !patrol.isSane, monotonicSeconds() < deadline { usleep(100) }
        patrol.press(key)
        #expect(try patrol.waitForEnd(within: Self.answerSeconds) == .exited(0))
        patrol.expectRestored()
    }

    /// Neither pastes nor answers of the terminal, keys, sizes or signals do anything that was not confirmed.
    @Test func `without a key that confirms, nothing is changed`() throws {
        let account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 400)
        let before = try entries(account)
        let end = monotonicSeconds() + Self.seconds
        var seed = Self.seed
        repeat {
            var keyboard = FuzzedKeyboard(seed: seed, neverConfirms: true)
            unlink(account.home(".local/state/patrol/screen.json"))
            let patrol = try account.open()
            try patrol.waitForAccount()
            var isRunning = true
            for _ in 0..<25 where isRunning && monotonicSeconds() < end { isRunning = disturb(patrol, &keyboard) }
            try leave(patrol, "seed \(seed)")
            seed += 1
        } while monotonicSeconds() < end
        #expect(try entries(account) == before)
        #expect(try account.succeed(["audit", "verify"]).contains("all fit"))
    }
}
