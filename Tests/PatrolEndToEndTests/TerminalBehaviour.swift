import Glibc
import PatrolTestSupport
import Testing

/// How the screen program behaves towards the terminal, the shell and the kernel.
@Suite struct `Behaviour in a terminal` {
    let account: TestAccount

    init() throws { account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 400) }

    @Test func `leaving with q puts everything back`() throws {
        let patrol = try account.open()
        let screen = try patrol.waitForAccount()
        #expect(screen.isAlternate)
        try patrol.quit()
        patrol.expectRestored()
    }

    @Test func `an idle screen sends nothing`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        patrol.waitForQuiet(of: 0.5)
        let before = patrol.byteCount
        #expect(throws: ProgramFailure.self) { try patrol.waitFor("anything", within: 1.5) { _ in false } }
        #expect(patrol.byteCount == before)
    }

    @Test func `a storm of sizes ends in a whole screen`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        let sizes = [
            (24, 80), (1, 1), (50, 160), (10, 40), (100, 300), (2, 10), (30, 110), (24, 20), (5, 200), (60, 30), (40, 120),
        ]
        for round in 0..<5 {
            for (rows, columns) in sizes {
                patrol.resize(to: TerminalSize(rows: rows, columns: columns))
                if round % 2 == 0 { patrol.press(.down) }
                _ = patrol.screen
            }
        }
        patrol.waitForQuiet()
        try patrol.waitForAccount()
        try patrol.quit()
    }

    @Test func `two hundred sizes in a second end in the screen of the last`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        let sizes = [(200, 400), (1, 1), (24, 80), (50, 160), (3, 400), (200, 3)]
        for turn in 0..<200 {
            let (rows, columns) = sizes[turn % sizes.count]
            patrol.resize(to: TerminalSize(rows: rows, columns: columns))
            usleep(5_000)
        }
        for size in [TerminalSize(rows: 200, columns: 400), TerminalSize(rows: 1, columns: 1), .middle] {
            patrol.resize(to: size)
            _ = patrol.screen
            usleep(5_000)
        }
        try patrol.waitForAccount()
        // Long enough for a machine that is busy with other tests.
        let left = patrol.waitForQuiet(of: 0.8)
        patrol.press(.controlL)
        #expect(patrol.waitForQuiet(of: 0.8).cells == left.cells, "drawn anew it is the same")
        patrol.resize(to: TerminalSize(rows: 200, columns: 400))
        try patrol.waitForAccount()
        try patrol.waitFor("all of it used") { $0.row(199).contains("? help") && $0.rows[0].count > 390 }
        try patrol.quit()
    }

    @Test func `Esc is answered before a person notices`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        var fastest = 1.0
        for _ in 0..<8 {
            patrol.type("/")
            try patrol.waitFor("the filter") { $0.isCursorVisible }
            patrol.waitForQuiet(of: 0.05)
            let began = monotonicSeconds()
            patrol.press(.escape)
            try patrol.waitFor("the list") { !$0.isCursorVisible }
            fastest = min(fastest, monotonicSeconds() - began)
        }
        // 25 ms of them are the wait for the rest of a sequence.
        #expect(fastest < 0.045, "it took \(fastest) s")
        try patrol.quit()
    }

    @Test func `a window that is too small says what it needs, and recovers`() throws {
        let patrol = try account.open(size: TerminalSize(rows: 8, columns: 30))
        try patrol.waitFor("what is needed") { $0.contains("needs") }
        patrol.resize(to: .small)
        try patrol.waitFor(text: "Tokens")
        patrol.resize(to: TerminalSize(rows: 1, columns: 1))
        patrol.waitForQuiet()
        patrol.resize(to: .middle)
        try patrol.waitForAccount()
        try patrol.quit()
    }

    @Test func `Ctrl-Z gives the shell its terminal, and fg the screen`() throws {
        let shell = try TerminalProgram(
            "/bin/bash", ["--norc", "--noprofile", "-i"],
            environment: account.environment.merging(["PS1": "shell> "]) { $1 }, folder: account.home.path,
            size: .middle)
        try shell.waitFor(text: "shell>")
        shell.type("'\(BuiltProgram.patrol)'\r")
        try shell.waitForAccount()
        shell.press(.controlZ)
        try shell.waitFor("the shell again") { !$0.isAlternate && $0.contains("Stopped") }
        shell.type("echo still $((6 * 7)) here\r")
        try shell.waitFor(text: "still 42 here")
        shell.resize(to: .large)
        shell.type("fg\r")
        let back = try shell.waitForAccount()
        #expect(back.isAlternate)
        try shell.waitFor("the new size") { screen in screen.rows.contains { $0.count > 130 } }
        shell.type("q")
        try shell.waitFor("the shell once more") { !$0.isAlternate }
        shell.type("exit 5\r")
        #expect(try shell.waitForEnd() == .exited(5))
    }

    @Test(arguments: [SIGKILL, SIGILL, SIGSEGV, SIGABRT])
    func `the terminal is put back when the screen's process dies`(_ signal: Int32) throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        let child = try #require(ProcessFamily.children(of: patrol.process.identifier).first)
        kill(pid_t(child), signal)
        let end = try patrol.waitForEnd()
        #expect(end != .exited(0))
        patrol.expectRestored()
        #expect(patrol.screen.rows.contains { $0.contains("patrol") }, "a line says what happened")
    }

    @Test func `SIGTERM puts the terminal back and ends with 143`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        patrol.process.send(signal: SIGTERM)
        let end = try patrol.waitForEnd()
        #expect(end == .exited(143) || end == .killed(signal: Int(SIGTERM)))
        patrol.expectRestored()
    }

    @Test func `a lost connection ends all of it at once`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        let child = ProcessFamily.children(of: patrol.process.identifier)
        patrol.hangUp()
        try patrol.process.waitForEnd(within: 5)
        #expect(child.filter(ProcessFamily.isRunning).isEmpty)
    }

    /// As under nohup: no signal tells of it, only reads and writes that fail.
    @Test func `a lost connection ends it too where SIGHUP is ignored`() throws {
        let patrol = try TerminalProgram(
            "/bin/sh", ["-c", "trap '' HUP; exec '\(BuiltProgram.patrol)'"], environment: account.environment,
            folder: account.home.path, size: .middle)
        try patrol.waitForAccount()
        let child = ProcessFamily.children(of: patrol.process.identifier)
        #expect(child.count == 1)
        let began = monotonicSeconds()
        patrol.hangUp()
        try patrol.process.waitForEnd(within: 5)
        let took = monotonicSeconds() - began
        #expect(took < 0.5, "it took \(took) s")
        #expect(child.filter(ProcessFamily.isRunning).isEmpty)
    }

    @Test func `NO_COLOR takes the colours and leaves weight and reverse`() throws {
        let coloured = try account.open()
        #expect(try coloured.waitForAccount().colouredCellCount > 0)
        let plain = try account.open(settings: ["NO_COLOR": "1"])
        let screen = try plain.waitForAccount()
        #expect(screen.colouredCellCount == 0)
        #expect(screen.cells.joined().contains { $0.isReversed || $0.isBold })
    }

    @Test func `sixteen colours are enough`() throws {
        let patrol = try account.open(settings: ["TERM": "linux"])
        let screen = try patrol.waitForAccount()
        let colours = Set(screen.cells.joined().flatMap { [$0.foreground, $0.background] })
        let few = colours.filter { if case .palette(let number) = $0 { number < 16 } else { $0 == .own } }
        #expect(colours.subtracting(few).isEmpty)
    }

    @Test(arguments: ["xterm-ghostty", "", "no-such-terminal"])
    func `an unknown terminal is taken for a common one`(_ name: String) throws {
        let patrol = try account.open(settings: ["TERM": name])
        try patrol.waitForAccount()
        try patrol.quit()
    }

    @Test func `a dumb terminal is told so in one plain line`() throws {
        let patrol = try account.open(settings: ["TERM": "dumb"])
        let end = try patrol.waitForEnd()
        #expect(end != .exited(0))
        #expect(patrol.screen.rows.filter { !$0.isEmpty }.count <= 2)
        #expect(!patrol.transcript.contains(0x1B))
        #expect(patrol.isSane)
    }

    @Test func `another locale is no reason not to start`() throws {
        for locale in ["C", "POSIX", "no_SUCH.locale"] {
            let patrol = try account.open(settings: ["LANG": locale])
            try patrol.waitForAccount()
            try patrol.quit()
        }
    }

    @Test func `on a terminal that answers nothing a bracket after Esc swallows no key`() throws {
        let patrol = try account.open(answers: false)
        try patrol.waitForAccount()
        patrol.waitForQuiet(of: 1.6)
        patrol.press(.escape)
        patrol.waitForQuiet(of: 0.1)
        patrol.type("[q")
        #expect(try patrol.waitForEnd(within: 5) == .exited(0))
    }

    @Test func `what is pasted over a list does nothing`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        let before = try account.succeed(["tokens", "list", "--json"])
        patrol.paste("dq\ryes\rfd\n\n3dq")
        let screen = patrol.waitForQuiet()
        #expect(screen.isAlternate && screen.hasFourPanes)
        #expect(try account.succeed(["tokens", "list", "--json"]) == before)
        try patrol.quit()
    }

    // Back from Ctrl-Z the program takes the other screen with its cursor hidden already. A terminal that keeps that with
    // the screen it left (libvterm: Neovim's, Emacs') brought a hidden cursor back to the shell. Found by `FuzzedProgram`.
    @Test func `the cursor is seen again after a stop, a return and the end`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        patrol.type("/")
        patrol.waitForQuiet(of: 0.1)
        for _ in 0..<3 {
            patrol.process.send(signal: SIGTSTP)
            patrol.process.send(signal: SIGCONT)
            patrol.waitForQuiet(of: 0.3)
            patrol.press(.escape)
            patrol.waitForQuiet(of: 0.1)
            patrol.type("/")
        }
        patrol.press(.escape)
        patrol.waitForQuiet(of: 0.1)
        try patrol.quit()
        patrol.expectRestored()
    }
}
