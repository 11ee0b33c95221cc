import PatrolTestSupport
import Testing

@Suite struct `Review stories` {
    @Test(arguments: [TerminalSize.small, .large])
    func `a campaign from its start to a report that an auditor can check`(_ size: TerminalSize) throws {
        let account = try TestAccount.madeUp(members: 10, tokens: 12, entries: 100)
        let patrol = try account.open(size: size)
        try patrol.waitForAccount()
        patrol.type(":review")
        patrol.press(.enter)
        try patrol.waitFor(text: "There is no review yet.")
        patrol.type("a")
        try patrol.waitFor(text: "Start a review")
        patrol.type("2026 Q4")
        patrol.press(.controlS)
        try patrol.waitFor(text: "days left")
        patrol.press(.enter)
        try patrol.waitFor(text: "d delete")
        try patrol.waitFor(text: "kind  ")
        patrol.type("d")
        try patrol.waitFor(text: "Why delete?")
        patrol.type("nobody knows it")
        patrol.press(.enter)
        try patrol.waitFor(text: "decided to delete 1 token")
        patrol.type("C")
        try patrol.waitFor(text: "Write close:")
        patrol.type("close")
        patrol.press(.enter)
        try patrol.waitFor(text: "closed 20")
        try patrol.waitFor("the rest to be flagged") { _ in
            (try? account.run(["review", "report", "2026 Q4"]).output.contains("1 of the decisions is still to be carried out")) == true
        }
        patrol.press(.escape)
        try patrol.waitFor(text: "a start")
        patrol.press(.escape)
        try patrol.waitForAccount()
        try patrol.quit()
        let report = account.home("q4.json")
        #expect(try account.run(["review", "report", "2026 Q4", "--format", "json", "--output", report]).exitCode == 0)
        let verdict = try account.run(["review", "verify", report])
        #expect(verdict.exitCode == 0 && verdict.output.contains("1 decision held against"), "\(verdict.output)")
    }
}
