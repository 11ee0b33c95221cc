import Glibc
import PatrolTestSupport
import Testing

/// `patrol` on a terminal where there is no account yet.
@Suite struct `The first run` {
    private let account: TestAccount

    init() throws { account = try TestAccount() }

    @Test func `leads to an account of one's own, asking again where an answer can't be taken`() throws {
        let patrol = try account.open(size: .small)
        try patrol.waitFor(text: "1, 2 or q:")
        #expect(patrol.screen.contains("There is no account"))
        patrol.type("7\r")
        try patrol.waitFor(text: "`7` is none of 1, 2 and q.")
        patrol.type("1\r")
        try patrol.waitFor(text: "What is the account called:")
        patrol.type("\r Acme \r")
        try patrol.waitFor(text: "The owner's e-mail address:")
        patrol.type("no address\r")
        try patrol.waitFor(text: "The owner's name (may stay empty):")
        patrol.type("\r")
        try patrol.waitFor(text: "Not made: ")
        #expect(!isMade)
        patrol.type("Acme\rada@example.org\rAda Berg\r")
        try patrol.waitFor(text: "Enter opens it:")
        #expect(patrol.screen.rows.joined().contains("keep a copy of it"))
        patrol.type("\r")
        let screen = try patrol.waitFor("the account") { $0.isAlternate && $0.contains("Acme") && $0.contains("Ada Berg") }
        #expect(screen.contains("Tokens"))
        try patrol.quit()
        #expect(try account.succeed(["members", "list"]).contains("ada@example.org"))
    }

    @Test func `leads to the made-up account, and leaves none behind`() throws {
        let patrol = try account.open()
        try patrol.waitFor(text: "1, 2 or q:")
        patrol.type("2\r")
        try patrol.waitForAccount()
        try patrol.quit()
        #expect(!isMade)
    }

    @Test(arguments: ["q\r", "\u{04}", "\u{03}", "1\r\u{04}", "1\rAcme\rada@example.org\r\u{03}"])
    func `is left with nothing made`(typed: String) throws {
        let patrol = try account.open()
        try patrol.waitFor(text: "1, 2 or q:")
        patrol.type(typed)
        let end = try patrol.waitForEnd()
        #expect(end == (typed.hasSuffix("\u{03}") ? .killed(signal: Int(SIGINT)) : .exited(0)))
        #expect(!isMade && !patrol.screen.isAlternate && patrol.isSane)
    }

    @Test func `is read aloud and works on a dumb terminal`() throws {
        let patrol = try account.open(["--plain"], settings: ["TERM": "dumb"])
        try patrol.waitFor(text: "1, 2 or q:")
        patrol.type("1\rAcme\rada@example.org\rAda Berg\r\r")
        try patrol.waitFor(text: "you are Ada Berg, owner")
        #expect(try patrol.waitForEnd() == .exited(0))
        #expect(!patrol.transcript.contains(0x1B))
    }

    @Test func `without a terminal it is one line, and the code of before`() throws {
        let result = try account.run([])
        #expect(result.exitCode == 4 && result.output.isEmpty)
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("`patrol init`") && result.errors.contains("`patrol demo`"))
    }

    private var isMade: Bool { access(account.database, F_OK) == 0 }
}
