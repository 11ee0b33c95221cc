import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

@Suite struct `Use appears on the screen as it happens` {
    /// What a person waits for at most before he presses a key to see whether anything happened.
    private static let soon = 4.0

    @Test func `the first call, the next ones and a denied one move what is shown`() throws {
        let account = try ProgramAccount()
        let served = try account.serve()
        let (_, secret) = try account.createToken()
        let patrol = try TerminalProgram(
            BuiltProgram.patrol, [], environment: account.environment, folder: account.folder.path, size: .large)
        try patrol.waitFor(text: "ci toggle")
        patrol.type("3")
        func row(_ screen: TerminalScreen) -> String { screen.rows.first { $0.contains("ci toggle") && $0.contains("Ada Berg") } ?? "" }
        try patrol.waitFor("a token that was never used") { row($0).contains("never") }
        let client = try served.client()
        #expect(try account.ask(client, secret).status == 200)
        let shown = try patrol.waitFor("the first use", within: Self.soon) { row($0).contains("now") || row($0).contains(" s ") }
        #expect(!row(shown).contains("never"))
        patrol.press(.enter)
        try patrol.waitFor("the use so far") { $0.contains("updateOn") || $0.contains("1 call") }
        try served.end()
    }
}
