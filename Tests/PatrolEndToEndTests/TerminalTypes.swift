import Glibc
import PatrolTestSupport
import Testing

/// The program as each kind of terminal, known to this machine or not.
@Suite struct `Types of terminals` {
    let account: TestAccount

    init() throws { account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 400) }

    static let types = [
        "xterm", "xterm-256color", "xterm-color", "xterm-mono", "xterm-direct", "tmux", "tmux-256color", "screen",
        "screen-256color", "linux", "foot", "alacritty", "xterm-kitty", "xterm-ghostty", "rxvt-unicode-256color",
        "vt100", "vt220", "ansi", "no-such-terminal", "",
    ]

    @Test(arguments: types, ["C.UTF-8", "C"])
    func `the account is shown, and everything put back`(type: String, locale: String) throws {
        let patrol = try account.open(settings: ["TERM": type, "LC_ALL": locale])
        let screen = try patrol.waitForAccount()
        // No part of a sequence that the terminal does not know stands on the screen.
        #expect(!screen.rows.contains { $0.contains("[?") || $0.contains("]11;") || $0.contains("$p") })
        if locale == "C" { #expect(screen.rows.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }) }
        if ["xterm-mono", "vt100", "vt220"].contains(type) { #expect(screen.colouredCellCount == 0) }
        try patrol.quit()
        let end = patrol.screen
        #expect(!end.isAlternate && end.isCursorVisible && patrol.isSane)
        #expect([1000, 1006, 2004, 2026].filter(patrol.isOn).isEmpty)
    }

    /// An answer that comes before its question is none.
    private func waitForQuestions(_ patrol: TerminalProgram) throws {
        try patrol.waitFor("the questions") { _ in patrol.transcript.contains(Array("\u{1B}[?2026$p".utf8)) }
    }

    @Test func `a light background is met with the light theme, unless somebody chose`() throws {
        let patrol = try account.open()
        // The title: nothing in it changes with time.
        let before = try patrol.waitForAccount().cells.first
        try waitForQuestions(patrol)
        patrol.type("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\")
        try patrol.waitFor("other colours") { $0.cells.first != before && $0.hasFourPanes }
        try patrol.quit()

        let chosen = try account.open(settings: ["PATROL_THEME": "dark"])
        let kept = try chosen.waitForAccount().cells.first
        try waitForQuestions(chosen)
        chosen.type("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\")
        #expect(chosen.waitForQuiet().cells.first == kept)
        try chosen.quit()
    }

    @Test func `light and dark are followed where the terminal can tell, and no longer than the screen is up`() throws {
        let patrol = try account.open()
        let dark = try patrol.waitForAccount().cells.first
        try waitForQuestions(patrol)
        patrol.waitForQuiet(of: 0.2)
        #expect(!patrol.isOn(mode: 2031), "this terminal does not know it")
        patrol.type("\u{1B}[?2031;2$y")
        try patrol.waitFor("the mode") { _ in patrol.isOn(mode: 2031) }
        patrol.type("\u{1B}[?997;2n")
        let light = try patrol.waitFor("other colours") { $0.cells.first != dark && $0.hasFourPanes }.cells.first
        patrol.type("\u{1B}[?997;1n")
        try patrol.waitFor("the colours from before") { $0.cells.first == dark }
        // Back from a stop it is asked for what was missed. Nobody could continue a leader of a session: it comes back at once.
        let start = patrol.byteCount
        patrol.process.send(signal: SIGTSTP)
        try patrol.waitFor("the question") { _ in patrol.transcript[start...].contains(Array("\u{1B}[?2031h\u{1B}[?996n".utf8)) }
        #expect(patrol.transcript[start...].contains(Array("\u{1B}[?2031l".utf8)))
        patrol.type("\u{1B}[?997;2n")
        try patrol.waitFor("what was missed") { $0.cells.first == light }
        try patrol.quit()
        patrol.expectRestored()
        #expect(!patrol.isOn(mode: 2031))
    }

    @Test func `the guard switches it off, too`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        try waitForQuestions(patrol)
        patrol.type("\u{1B}[?2031;1$y")
        try patrol.waitFor("the mode") { _ in patrol.isOn(mode: 2031) }
        let child = try #require(ProcessFamily.children(of: patrol.process.identifier).first)
        kill(pid_t(child), SIGKILL)
        _ = try patrol.waitForEnd()
        #expect(!patrol.isOn(mode: 2031))
    }

    // Names that this machine's terminfo may not have, as over SSH to an older one: no reason for fewer colours.
    @Test(arguments: ["ghostty", "xterm-ghostty", "alacritty", "foot", "xterm-kitty", "wezterm", "contour", "no-such-terminal"])
    func `a terminal of today has its colours wherever it is unknown`(type: String) throws {
        let usual = try account.open().waitForAccount()
        let patrol = try account.open(settings: ["TERM": type, "TERMINFO": account.home.path])
        let screen = try patrol.waitForAccount()
        #expect(finestColours(of: screen) == finestColours(of: usual) && !finestColours(of: usual).isEmpty)
        try patrol.quit()
    }

    @Test(arguments: ["xterm", "screen", "tmux"])
    func `a terminal that says it has every colour gets more than its name promises`(type: String) throws {
        let few = try account.open(settings: ["TERM": type])
        #expect(finestColours(of: try few.waitForAccount()).isEmpty)
        let many = try account.open(settings: ["TERM": type, "COLORTERM": "truecolor"])
        #expect(!finestColours(of: try many.waitForAccount()).isEmpty)
        // Nothing of that name has more colours: it stays what it is.
        let old = try account.open(settings: ["TERM": "vt220", "COLORTERM": "truecolor"])
        #expect(try old.waitForAccount().colouredCellCount == 0)
        for patrol in [few, many, old] { try patrol.quit() }
    }

    /// Those beyond the sixteen that every terminal has.
    private func finestColours(of screen: TerminalScreen) -> Set<TerminalCell.Colour> {
        Set(screen.cells.joined().flatMap { [$0.foreground, $0.background] }.filter { if case .palette(let number) = $0 { number > 15 } else { false } })
    }

    @Test func `frames are marked once the terminal says that it knows the marks`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        try waitForQuestions(patrol)
        let marks = Array("\u{1B}[?2026h".utf8)
        #expect(!patrol.transcript.contains(marks))
        patrol.type("\u{1B}[?2026;2$y")
        patrol.waitForQuiet()
        let start = patrol.byteCount
        patrol.type("/")
        patrol.waitForQuiet()
        #expect(!patrol.transcript[start...].contains(marks), "the line of a filter is small")
        patrol.resize(to: .large)
        patrol.waitForQuiet()
        #expect(patrol.transcript[start...].contains(marks))
        try patrol.quit()
        patrol.expectRestored()
    }

    @Test func `what was chosen is there the next time, and a broken memory is told`() throws {
        let first = try account.open()
        try first.waitForAccount()
        first.type("1")
        first.waitForQuiet()
        try first.quit()
        let path = account.home.path + "/.local/state/patrol/screen.json"
        #expect(TextFile.text(of: path)?.contains("\"pane\": \"members\"") == true)

        let file = try #require(fopen(path, "w"))
        fputs("{ \"theme\": ", file)
        fclose(file)
        let second = try account.open()
        try second.waitFor(text: "nothing is remembered")
        try second.quit()
    }

    @Test func `Escape is answered at once`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        patrol.type("?")
        try patrol.waitFor("the help") { !$0.row($0.rowCount - 1).contains("? help") }
        patrol.press(.escape)
        try patrol.waitFor("the lists", within: 2) { $0.row($0.rowCount - 1).contains("? help") }
        try patrol.quit()
    }
}
