import Glibc
import PatrolTestSupport
import Testing

/// The harness itself, with programs that every machine has.
@Suite struct `The test harness` {
    let home: TemporaryFolder
    let environment: [String: String]

    init() throws {
        home = try TemporaryFolder()
        environment = BuiltProgram.environment(home: home)
    }

    func shell(_ script: String, size: TerminalSize = .small) throws -> TerminalProgram {
        try TerminalProgram("/bin/sh", ["-c", script], environment: environment, size: size)
    }

    @Test func `what a program prints is on the screen, and its exit code is known`() throws {
        let program = try shell("printf 'one\\ntwo'; exit 7")
        let screen = try program.waitFor(text: "two")
        #expect(screen.rows.prefix(3) == ["one", "two", ""])
        #expect(try program.waitForEnd() == .exited(7))
    }

    @Test func `the terminal is the program's controlling terminal, of the size that was asked for`() throws {
        let program = try shell("stty size </dev/tty; tty", size: TerminalSize(rows: 33, columns: 111))
        #expect(try program.waitFor(text: "/dev/pts/").row(0) == "33 111")
    }

    @Test func `keys reach the program, and it hears of a new size`() throws {
        let program = try shell("trap 'stty size' WINCH; while :; do read line && echo \"[$line]\"; done")
        program.type("hello\r")
        try program.waitFor(text: "[hello]")
        program.resize(to: TerminalSize(rows: 30, columns: 90))
        program.type("x\r")
        try program.waitFor(text: "30 90")
    }

    @Test func `a lost connection ends the program`() throws {
        let program = try shell("echo ready; read line; echo never")
        try program.waitFor(text: "ready")
        program.hangUp()
        #expect(try program.process.waitForEnd(within: 30) == .killed(signal: Int(SIGHUP)))
    }

    @Test func `colour, weight and width of a cell are read back`() throws {
        let program = try shell("printf '\\033[1;31mred\\033[0;7minverse\\033[0m\\n漢e\\314\\201x\\n'; read line")
        let screen = try program.waitFor(text: "x")
        #expect(screen.cells[0][0].foreground == .palette(1))
        #expect(screen.cells[0][0].isBold)
        #expect(screen.cells[0][3].isReversed)
        #expect(screen.cells[1].prefix(4).map(\.text) == ["漢", "", "e\u{301}", "x"])
        #expect(screen.cells[1].prefix(4).map(\.width) == [2, 0, 1, 1])
        #expect(try #require(screen.place(of: "x")) == (1, 3))
    }

    @Test func `the alternate screen, modes, the title, bells and a repeated character are understood`() throws {
        let program = try shell(
            "printf '\\033[?1049h\\033[?2004h\\033]2;name\\007\\007\\033]52;c;aGk=\\007a\\033[4bz'; read line; printf '\\033[?1049l'; read line")
        let screen = try program.waitFor(text: "aaaaaz")
        #expect(screen.isAlternate)
        #expect(program.isOn(mode: 2004))
        #expect(program.title == "name")
        #expect(program.clipboard == "aGk=")
        #expect(program.bells == 1)
        program.type("\r")
        try program.waitFor("the first screen again") { !$0.isAlternate }
    }

    @Test func `the terminal answers what a program asks it`() throws {
        let program = try shell("stty -icanon -echo; printf '\\033[c'; head -c 4 | od -c | head -1; read line")
        try program.waitFor(text: "033   [")
    }

    @Test func `a wait that is in vain says what is on the screen instead`() throws {
        let program = try shell("echo something else; read line")
        try program.waitFor(text: "something")
        let failure = #expect(throws: ProgramFailure.self) {
            try program.waitFor(text: "what was wanted", within: 0.05)
        }
        #expect(failure?.description.contains("something else") == true)
    }

    @Test func `a program on pipes is given its input and gives its output, errors and exit code`() throws {
        let lines = (1...50_000).map { "line \($0)\n" }.joined()
        let result = try PipedProgram.run(
            "/bin/sh", ["-c", "cat; echo oops >&2; exit 3"], environment: environment, input: lines.utf8)
        #expect(result.output == lines)
        #expect(result.errors == "oops\n")
        #expect(result.exitCode == 3)
    }

    @Test func `a program that goes on is read while it runs`() throws {
        let program = try PipedProgram("/bin/cat", environment: environment)
        try program.send("first\n")
        try program.waitForOutput("first") { $0.contains("first\n") }
        #expect(try program.finish().lines == ["first"])
    }

    /// libvterm 0.1 ends the process, or never comes back, with these.
    @Test(arguments: [
        "名", "\u{1B}7\u{1B}[1;1H", "\u{1B}[?1049h\u{1B}[1;1H", "\u{1B}[2;18r", "\u{1B}[18;18H\u{1B}7", "\u{1B}[?69h\u{1B}[9;18s",
    ])
    func `the emulator stays whole when the screen becomes tiny`(start: String) {
        for size in [TerminalSize(rows: 1, columns: 1), TerminalSize(rows: 2, columns: 3)] {
            let emulator = TerminalEmulator(size: TerminalSize(rows: 20, columns: 20))
            emulator.write(Array((0..<20).map { "row \($0)" }.joined(separator: "\r\n").utf8))
            emulator.write(Array(start.utf8))
            emulator.resize(to: size)
            emulator.write(Array("名x\t\u{1B}[K\u{1B}8名\u{1B}[?1049l名\u{1B}M\u{1B}[5L\u{1B}[5T\r\nx".utf8))
            let screen = emulator.screen
            #expect((0..<size.rows).contains(screen.cursorRow) && (0..<size.columns).contains(screen.cursorColumn))
        }
    }

    @Test func `another escape ends a string that has no end`() {
        let emulator = TerminalEmulator(size: .small)
        emulator.write(Array("\u{1B}]2;a title\u{1B}[2;2Hhere\u{1B}]2;mine\u{07}\u{1B}[3\u{1B}[4;1Hthere".utf8))
        #expect(emulator.title == "mine")
        #expect(emulator.screen.row(1).hasPrefix(" here") && emulator.screen.row(3).hasPrefix("there"))
    }
}
