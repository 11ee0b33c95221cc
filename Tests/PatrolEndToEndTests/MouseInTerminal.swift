import Glibc
import PatrolTestSupport
import Testing

/// The mouse from the terminal's bytes to what is seen, and that nobody is left with a terminal that reports it.
@Suite struct `The mouse in a terminal` {
    let account: TestAccount

    init() throws { account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 200) }

    private func isCaptured(_ terminal: TerminalProgram) -> Bool {
        terminal.isOn(mode: 1000) && terminal.isOn(mode: 1006)
    }

    private func isFree(_ terminal: TerminalProgram) -> Bool {
        [1000, 1002, 1003, 1006].allSatisfy { !terminal.isOn(mode: $0) }
    }

    /// Presses `%` and waits for what the terminal is told.
    private func capture(_ terminal: TerminalProgram) throws {
        terminal.type("%")
        try terminal.waitFor("the mouse") { $0.contains("the mouse works here") && isCaptured(terminal) }
    }

    /// What a terminal sends for a button in a cell, counted from 0.
    private func report(_ button: Int, row: Int, column: Int) -> String {
        "\u{1B}[<\(button);\(column + 1);\(row + 1)M" + (button == 0 ? "\u{1B}[<0;\(column + 1);\(row + 1)m" : "")
    }

    @Test func `a click selects the row it is on, and the wheel scrolls`() throws {
        let patrol = try account.open()
        try patrol.waitForAccount()
        #expect(isFree(patrol))
        patrol.type("3")
        try capture(patrol)
        let before = patrol.waitForQuiet()
        let first = try #require(before.place(of: "3 Tokens")).row + 2
        let ground = { (screen: TerminalScreen, row: Int) in screen.cells[row][20].background }
        let tokens = { (screen: TerminalScreen) in screen.pane("Tokens").dropFirst().map { $0.dropFirst(2) } }
        let selected = ground(before, first)
        #expect(selected != ground(before, first + 4))
        patrol.type(report(0, row: first + 4, column: 20))
        try patrol.waitFor("the clicked row selected") { ground($0, first + 4) == selected && ground($0, first) != selected }
        for _ in 0..<10 { patrol.type(report(65, row: first + 4, column: 20)) }
        try patrol.waitFor("other rows") { Set(tokens($0)).isDisjoint(with: tokens(before)) }
        for _ in 0..<20 { patrol.type(report(64, row: first + 4, column: 20)) }
        try patrol.waitFor("the first rows again") { tokens($0) == tokens(before) }
        patrol.type("%")
        try patrol.waitFor("the mouse given back") { _ in isFree(patrol) }
        try patrol.quit()
        patrol.expectRestored()
    }

    @Test func `it is the terminal's again after q, and the program's at the next start`() throws {
        let first = try account.open()
        try first.waitForAccount()
        try capture(first)
        try first.quit()
        first.expectRestored()
        let second = try account.open()
        try second.waitForAccount()
        try second.waitFor("the mouse captured from the start") { _ in isCaptured(second) }
        second.type("%")
        try second.quit()
        let third = try account.open()
        try third.waitForAccount()
        #expect(isFree(third))
        try third.quit()
    }

    @Test func `it is the shell's after Ctrl-Z, and after the process was killed`() throws {
        let shell = try TerminalProgram(
            "/bin/bash", ["--norc", "--noprofile", "-i"],
            environment: account.environment.merging(["PS1": "shell> "]) { $1 }, folder: account.home.path, size: .middle)
        try shell.waitFor(text: "shell>")
        shell.type("'\(BuiltProgram.patrol)'\r")
        try shell.waitForAccount()
        try capture(shell)
        shell.press(.controlZ)
        try shell.waitFor("the shell") { !$0.isAlternate && $0.contains("Stopped") }
        #expect(isFree(shell))
        shell.type("fg\r")
        try shell.waitForAccount()
        try shell.waitFor("the mouse captured again") { _ in isCaptured(shell) }
        let guardian = try #require(ProcessFamily.children(of: shell.process.identifier).first)
        let screen = try #require(ProcessFamily.children(of: guardian).first)
        kill(pid_t(screen), SIGKILL)
        try shell.waitFor("the shell and a line that says why") { !$0.isAlternate && $0.contains("was ended from outside") }
        #expect(isFree(shell))
        shell.type("exit\r")
        try shell.waitForEnd()
    }

    @Test func `a secret is selected with the terminal's own mouse`() throws {
        let account = try TestAccount.acme()
        _ = try account.makeToken("old script")
        let patrol = try account.open()
        try patrol.waitFor(text: "old script")
        patrol.type("3")
        try capture(patrol)
        try patrol.rotate()
        try patrol.waitFor("the secret, without the mouse") { $0.contains("It is shown this once") && isFree(patrol) }
        patrol.type("c")
        patrol.press(.escape)
        try patrol.waitForAccount()
        try patrol.waitFor("the mouse captured again") { _ in isCaptured(patrol) }
        patrol.type("Y")
        try patrol.waitFor("the id, without the mouse") { $0.contains("Esc goes back") && isFree(patrol) }
        patrol.press(.escape)
        try patrol.waitFor("the mouse captured once more") { _ in isCaptured(patrol) }
        try patrol.quit()
        patrol.expectRestored()
    }
}
