import Glibc
import PatrolTestSupport
import Testing

/// Long commands on a terminal: how far they are, and that a stop between two steps leaves nothing half done.
@Suite struct `Long work` {
    private static let size = ["--members", "40", "--tokens", "1000", "--entries", "15000"]

    @Test func `is told on one line and stopped by Ctrl-C with nothing half done`() throws {
        let account = try TestAccount()
        let making = ["demo", "--write", account.database] + Self.size
        try stop(account, making, at: "audit entries: ")
        #expect(leftovers(account.home("data")).isEmpty && leftovers(account.home(".config/patrol/keys")).isEmpty)
        try account.succeed(making)

        try stop(account, ["audit", "verify"], at: "audit entries: ")
        let folder = account.home("export")
        try stop(account, ["export", "launchdarkly", folder], at: "auditlog: ")
        #expect(access(folder, F_OK) != 0)
        mkdir(folder, 0o700)
        try stop(account, ["export", "launchdarkly", folder], at: "auditlog: ")
        #expect(leftovers(folder).isEmpty && access(folder, F_OK) == 0)
        try account.succeed(["export", "launchdarkly", folder])

        let other = try TestAccount.acme()
        let before = try other.succeed(["audit", "list", "--json"])
        try stop(other, ["import", "launchdarkly", folder], at: "files: ")
        try stop(other, ["import", "launchdarkly", folder], at: "changes: ")
        #expect(try other.succeed(["audit", "list", "--json"]) == before)
        #expect(try other.succeed(["tokens", "list", "--json"]) == "[]\n")
        #expect(try other.succeed(["audit", "verify"]).contains("all fit"))
    }

    @Test func `SIGTERM stops a copy, and takes its file away`() throws {
        let account = try TestAccount()
        try account.succeed(["demo", "--write", account.database] + Self.size)
        mkdir(account.home("copies"), 0o700)
        var stopped = 0
        for number in 0..<8 {
            let copy = account.home("copies/\(number).db")
            let running = try PipedProgram(
                BuiltProgram.patrol, ["backup", copy], environment: account.environment, folder: account.home.path)
            // When it has begun; a moment later each time.
            let deadline = monotonicSeconds() + 10
            while leftovers(account.home("copies")).isEmpty, monotonicSeconds() < deadline { usleep(500) }
            usleep(UInt32(number) * 2_000)
            running.process.send(signal: SIGTERM)
            let result = try running.finish()
            let isThere = access(copy, F_OK) == 0
            #expect(isThere ? result.exitCode == 0 : result.exitCode == 130, "\(result)")
            #expect(isThere || result.errors == "patrol: stopped; nothing was changed\n")
            if isThere { unlink(copy) } else { stopped += 1 }
            #expect(leftovers(account.home("copies")).isEmpty)
        }
        #expect(stopped > 0)
    }

    @Test func `is not told where nobody sees it`() throws {
        let account = try TestAccount()
        try account.succeed(["demo", "--write", account.database] + Self.size)
        for words in [["--quiet"], ["--json"], ["--plain"]] {
            let verifying = try account.open(["audit", "verify"] + words)
            #expect(try verifying.waitForEnd() == .exited(0))
            #expect(!String(decoding: verifying.transcript, as: UTF8.self).contains("audit entries: "))
        }
        #expect(try account.run(["audit", "verify"]).errors.isEmpty)
    }

    /// Runs it on a terminal, waits until it is that far, and presses Ctrl-C.
    private func stop(
        _ account: TestAccount, _ words: [String], at text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let patrol = try account.open(words, size: .small)
        try patrol.waitFor(text: text)
        patrol.press(.controlC)
        #expect(try patrol.waitForEnd(within: 60) == .exited(130), sourceLocation: sourceLocation)
        let said = patrol.screen.rows.filter { $0.contains("patrol: ") }
        #expect(said.count == 1 && said[0].contains("patrol: stopped; nothing was "), "\(patrol.screen)", sourceLocation: sourceLocation)
        #expect(!patrol.screen.contains(text), "the line is gone", sourceLocation: sourceLocation)
    }

    /// Files in a folder, but those that belong to the database itself.
    private func leftovers(_ folder: String) -> [String] {
        TextFile.files(below: folder, endingIn: "").filter { !$0.hasSuffix("-lock") && !$0.hasSuffix("-bell") }
    }
}
