import Glibc
import PatrolTestSupport
import Testing

/// What is said when the file is not as it should be: one line, nothing touched, the terminal as it was.
@Suite struct `Messages about the database` {
    /// Runs on a terminal and without one; both have to end with one line that holds `words`.
    private func expectOneLine(
        _ account: TestAccount, holding words: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let plain = try account.run(["tokens", "list"])
        #expect(plain.exitCode != 0 && plain.exitCode != nil, sourceLocation: sourceLocation)
        #expect(plain.output.isEmpty, sourceLocation: sourceLocation)
        #expect(plain.errors.split(separator: "\n").count == 1, "\(plain.errors)", sourceLocation: sourceLocation)
        for word in words { #expect(plain.errors.contains(word), "\(plain.errors)", sourceLocation: sourceLocation) }
        let patrol = try account.open()
        #expect(try patrol.waitForEnd() != .exited(0), sourceLocation: sourceLocation)
        patrol.expectRestored(sourceLocation: sourceLocation)
        let text = patrol.screen.rows.joined()
        for word in words { #expect(text.contains(word), "\(text)", sourceLocation: sourceLocation) }
    }

    @Test func `it is something else`() throws {
        let account = try TestAccount.acme()
        try TextFile.write("this is a letter, not a database\n", to: account.database)
        try expectOneLine(account, holding: ["patrol.db"])
        #expect(TextFile.text(of: account.database) == "this is a letter, not a database\n")
    }

    @Test func `it was cut short`() throws {
        let account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 400)
        truncate(account.database, 8_192)
        try expectOneLine(account, holding: ["damaged"])
    }

    @Test func `others could read it`() throws {
        let account = try TestAccount.acme()
        chmod(account.database, 0o644)
        try expectOneLine(account, holding: ["patrol.db", "644"])
    }

    @Test func `it vanishes while it is open`() throws {
        let account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 400)
        let patrol = try account.open()
        try patrol.waitForAccount()
        rename(account.database, account.home("elsewhere.db"))
        patrol.type("3f")
        patrol.waitForQuiet()
        patrol.press(.controlS)
        let screen = patrol.waitForQuiet(of: 1)
        if screen.isAlternate {
            #expect(screen.rows.contains { $0.contains("moved") || $0.contains("no longer") }, "\(screen)")
            patrol.press(.escape, .escape)
            try patrol.quit()
        }
        patrol.expectRestored()
    }

    @Test(.enabled(if: SystemProgram.isWanted("sqlite3"), "sqlite3 is missing"))
    func `another holds it for too long`() throws {
        let account = try TestAccount.acme()
        let writer = try PipedProgram(
            "/usr/bin/sqlite3", [account.database], environment: account.environment)
        try writer.send("BEGIN IMMEDIATE; SELECT 'held';\n")
        try writer.waitForOutput("the lock") { $0.contains("held") }
        let result = try account.run(["members", "invite", "kim@example.org", "--role", "reader"])
        #expect(result.exitCode != 0)
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
        _ = try writer.finish(input: Array("ROLLBACK;\n".utf8))
        try account.succeed(["members", "invite", "kim@example.org", "--role", "reader"])
    }
}
