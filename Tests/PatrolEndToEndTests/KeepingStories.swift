import PatrolTestSupport
import Testing

/// Quarantine from the keys of one session to what another, and a timer, see of it.
@Suite struct `Quarantine stories` {
    private static let library = BuiltProgram.folder + "/libCFixedClock.so"
    /// 1 and 3 January 2027, noon UTC.
    private static let (firstOfJanuary, thirdOfJanuary) = ("1798804800", "1798977600")

    @Test func `a token is quarantined here, its attempts are seen live there, and it is thawed`() throws {
        let account = try TestAccount.acme()
        let secret = try account.succeed(["tokens", "create", "--name", "old script", "--purpose", "a test", "--role", "reader"])
        let here = try account.open()
        let there = try account.open()
        try here.waitFor(text: "old script")
        try there.waitFor(text: "old script")
        here.type("3b")
        try here.waitFor(text: "Quarantine old script")
        here.press(.controlU)
        here.type("nobody knows it")
        here.press(.controlS)
        try here.waitFor(text: "is refused from then on")
        here.answer(.tab, .enter)
        try here.waitFor(text: "quarantined `old script`")
        there.type("3")
        try there.waitFor("the quarantine in the list and in the feed") {
            $0.contains("⊘") && $0.contains("Ada Berg quarantined the token old script")
        }
        there.press(.enter)
        try there.waitFor(text: "nobody has tried it since")
        for _ in 0..<3 {
            let check = try account.run(["check", "viewProject", "proj/web"], input: secret)
            #expect(check.exitCode == 1 && check.output == "deny: the token is in quarantine\n")
        }
        try there.waitFor(text: "refused 3 times, last just now")
        #expect(try account.succeed(["tokens", "show", account.tokenID(named: "old script")]).contains("refused 3 times"))
        there.type("B")
        try there.waitFor(text: "thawed `old script`")
        try here.waitFor(text: "Ada Berg thawed the token old script")
        #expect(try account.run(["check", "viewProject", "proj/web"], input: secret).exitCode == 0)
        try there.quit()
        try here.quit()
    }

    @Test func `a timer deletes on the day and not before, and a dry run only tells`() throws {
        let account = try TestAccount()
        account.environment["LD_PRELOAD"] = Self.library
        account.environment["FIXED_CLOCK"] = Self.firstOfJanuary
        try account.succeed(["init", "--account", "Acme", "--owner", "ada@example.org", "--name", "Ada Berg"])
        let gone = try account.makeToken("old script")
        let planned = try account.makeToken("release", ["--role", "writer"])
        try account.succeed(["tokens", "quarantine", gone, "--reason", "nobody knows it", "--until", "2027-01-02", "--yes"])
        try account.succeed(["tokens", "plan", planned, "--role", "reader", "--at", "2027-01-02", "--reason", "it only reads"])
        #expect(try account.succeed(["tidy"]) == "nothing is due\n")
        account.environment["FIXED_CLOCK"] = Self.thirdOfJanuary
        let trial = try account.succeed(["tidy", "--dry-run"])
        #expect(
            trial == """
                to delete since 2027-01-02: the token `old script` (\(gone))
                to narrow since 2027-01-02: the token `release` (\(planned))
                1 token to delete, 1 plan to apply

                """)
        #expect(try account.succeed(["tokens", "list", "--json"]).contains(gone))
        let done = try account.succeed(["tidy"])
        #expect(done.contains("Ada Berg deleted the token old script (audit entry "))
        #expect(done.contains("Ada Berg applied the planned scope to the token release (audit entry "))
        #expect(done.hasSuffix("1 token deleted, 1 plan applied\n"))
        #expect(!(try account.succeed(["tokens", "list", "--json"])).contains(gone))
        #expect(try account.succeed(["tokens", "show", planned]).contains("before      the base role writer until 2027-01-03"))
        let log = try account.succeed(["audit", "list", "--limit", "2"])
        #expect(log.contains("its quarantine has ended") && log.contains("the time of the plan has come"))
        #expect(try account.succeed(["tidy"]) == "nothing is due\n")
        #expect(try account.succeed(["audit", "verify"]).contains("all fit"))
    }

    @Test func `the terminal program tidies when it starts, and says so in the feed`() throws {
        let account = try TestAccount()
        account.environment["LD_PRELOAD"] = Self.library
        account.environment["FIXED_CLOCK"] = Self.firstOfJanuary
        try account.succeed(["init", "--account", "Acme", "--owner", "ada@example.org", "--name", "Ada Berg"])
        let gone = try account.makeToken("old script")
        try account.succeed(["tokens", "quarantine", gone, "--reason", "nobody knows it", "--until", "2027-01-02", "--yes"])
        account.environment["FIXED_CLOCK"] = Self.thirdOfJanuary
        let patrol = try account.open()
        try patrol.waitFor(text: "Ada Berg deleted the token old script")
        try patrol.quit()
        #expect(!(try account.succeed(["tokens", "list", "--json"])).contains(gone))
    }
}
