import PatrolTestSupport
import Testing

/// What an admin does on the screen, from the keys to what he sees.
@Suite struct `Screen stories` {
    @Test(arguments: [TerminalSize.small, .middle, .large])
    func `the account is on the screen at every common size`(_ size: TerminalSize) throws {
        let account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 400)
        let patrol = try account.open(size: size)
        let screen = try patrol.waitForAccount()
        #expect(screen.rowCount == size.rows)
        #expect(screen.rows[size.rows - 1].contains("help"), "the bottom line names the help")
        #expect(screen.contains("critical") || screen.contains("high"), "tokens are sorted by risk at first")
        for key in ["1", "2", "4", "3"] {
            patrol.type(key)
            try patrol.waitFor("pane \(key) in front") { $0.contains("[\(key) ") || $0.contains("━ \(key) ") }
        }
        try patrol.quit()
    }

    @Test func `a token is created with the smallest role for its use, and its secret is seen once`() throws {
        let account = try TestAccount.acme()
        let patrol = try account.open()
        try patrol.waitForAccount()
        patrol.type("3a")
        try patrol.waitFor(text: "What is it for?")
        patrol.type("nightly export")
        patrol.press(.tab)
        patrol.type("copies flags to the warehouse")
        patrol.press(.controlS)
        try patrol.waitFor(text: "What must it be able to do?")
        patrol.press(.enter)
        try patrol.waitFor(text: "On what kind of thing?")
        patrol.type("proj/*")
        patrol.press(.enter)
        try patrol.waitFor(text: "On which of them?")
        patrol.press(.enter)
        try patrol.waitFor(text: "Space marks.")
        patrol.type("viewProject")
        patrol.type(" ")
        patrol.press(.enter)
        try patrol.waitFor(text: "that is all")
        patrol.press(.enter)
        try patrol.waitFor(text: "inline policy")
        patrol.press(.enter)
        try patrol.waitFor(text: "Until when should it work?")
        patrol.press(.enter)
        try patrol.waitFor(text: "This is what will be created.")
        patrol.press(.enter)
        let shown = try patrol.waitFor(text: "It is shown this once")
        let secret = try #require(shown.rows.first { $0.hasPrefix("ptlp_") })
        #expect(secret.utf8.count == 56, "alone on its line, to be selected")
        patrol.type("c")
        try patrol.waitFor("what copying did") { _ in !patrol.clipboard.isEmpty }
        patrol.press(.escape)
        let after = try patrol.waitForAccount()
        #expect(!after.contains(secret))
        try patrol.waitFor(text: "nightly export")
        #expect(try account.run(["check", "viewProject", "proj/web"], input: secret + "\n").exitCode == 0)
        #expect(try account.run(["check", "updateOn", "proj/web:env/e:flag/f"], input: secret + "\n").exitCode == 1)
        try patrol.quit()
        patrol.expectRestored()
        #expect(!patrol.screen.contains(secret))
    }

    @Test func `a token is flagged, unflagged and deleted, and the feed says so`() throws {
        let account = try TestAccount.acme()
        let id = try account.makeToken("old script")
        let patrol = try account.open()
        try patrol.waitFor(text: "old script")
        patrol.type("3f")
        try patrol.waitFor(text: "Flag old script for deletion")
        patrol.press(.controlU)
        patrol.type("nobody uses it")
        patrol.press(.controlS)
        try patrol.waitFor("the flag in the list and in the feed") { $0.contains("⚑") && $0.contains("flagged") }
        #expect(try account.succeed(["tokens", "list", "--filter", "flagged", "--json"]).contains(id))
        patrol.type("f")
        try patrol.waitFor(text: "Take the flag off old script?")
        patrol.answer(.tab, .enter)
        try patrol.waitFor(text: "took the flag off")
        #expect(!patrol.waitForQuiet().contains("⚑"))
        patrol.type("d")
        try patrol.waitFor(text: "Delete old script?")
        patrol.press(.enter)
        try patrol.waitFor(text: "write `old script` to go on")
        patrol.press(.escape)
        try patrol.waitFor("the question gone") { !$0.contains("Delete old script?") }
        #expect(try account.succeed(["tokens", "list", "--json"]).contains(id))
        patrol.type("d")
        try patrol.waitFor(text: "Delete old script?")
        patrol.type("old script")
        patrol.answer(.tab, .tab, .enter)
        try patrol.waitFor(text: "deleted")
        #expect(!(try account.succeed(["tokens", "list", "--json"])).contains(id))
        #expect(try account.succeed(["audit", "list", "--json"]).contains("token.deleted"))
        try patrol.quit()
    }

    @Test func `a list is narrowed as one types, and Esc brings it back`() throws {
        let account = try TestAccount.acme()
        for name in ["alpha exporter", "beta importer", "gamma exporter"] { _ = try account.makeToken(name) }
        let patrol = try account.open()
        try patrol.waitFor(text: "beta importer")
        patrol.type("3/export")
        try patrol.waitFor("two of the three") { tokens(in: $0) == ["gamma exporter", "alpha exporter"] }
        patrol.press(.enter)
        #expect(tokens(in: patrol.waitForQuiet()).count == 2)
        patrol.press(.escape)
        try patrol.waitFor("all three") { tokens(in: $0).count == 3 }
        patrol.type("/nobody:x")
        try patrol.waitFor("what is wrong with it") { $0.contains("nobody") }
        patrol.press(.escape)
        try patrol.quit()
    }

    /// Names in the pane of the tokens that end in `porter`.
    private func tokens(in screen: TerminalScreen) -> [String] {
        screen.pane("Tokens").compactMap { row in
            ["alpha exporter", "beta importer", "gamma exporter"].first(where: row.contains)
        }
    }

    @Test func `the help tells the keys of the place, and Esc leaves it`() throws {
        let account = try TestAccount.acme()
        _ = try account.makeToken("old script")
        let patrol = try account.open(size: .small)
        try patrol.waitFor(text: "old script")
        patrol.type("3?")
        try patrol.waitFor(text: "Keys that work here")
        patrol.type("flag")
        try patrol.waitFor(text: "flag for deletion")
        patrol.press(.escape)
        try patrol.waitFor("the search ended") { !$0.contains("/ flag") }
        patrol.press(.escape)
        try patrol.waitFor("the list again") { !$0.contains("Keys that work here") }
        patrol.type(":")
        try patrol.waitFor(text: "Commands")
        patrol.press(.escape)
        try patrol.quit()
    }

    @Test func `a member is invited and a role is written on the screen`() throws {
        let account = try TestAccount.acme()
        let patrol = try account.open()
        try patrol.waitForAccount()
        patrol.type("1a")
        patrol.waitForQuiet()
        patrol.type("kim@example.org")
        patrol.press(.controlS)
        try patrol.waitFor("kim in the list") { $0.contains("invited") && $0.contains("kim@example.org") }
        #expect(try account.succeed(["members", "list"]).contains("kim@example.org"))
        patrol.type("2a")
        let form = patrol.waitForQuiet()
        #expect(form.contains("Policy"), "\(form)")
        try patrol.quit()
    }
}

extension `Screen stories` {
    @Test func `another process's change is on the screen without a key`() throws {
        let account = try TestAccount.acme()
        let id = try account.makeToken("old script")
        let patrol = try account.open()
        try patrol.waitFor(text: "old script")
        try account.succeed(["tokens", "flag", id, "--reason", "from elsewhere"])
        try patrol.waitFor("the flag and its line in the feed") { $0.contains("⚑") && $0.contains("flagged") }
        try account.succeed(["members", "invite", "live@example.org", "--role", "reader"])
        try patrol.waitFor(text: "live@example.org")
        try patrol.quit()
    }

    @Test func `two admins see each other's changes`() throws {
        let account = try TestAccount.acme()
        try account.succeed(["members", "invite", "kim@example.org", "--role", "admin", "--name", "Kim Okafor"])
        try account.succeed(["members", "accept", "--as", "kim@example.org"])
        _ = try account.makeToken("shared script")
        let ada = try account.open()
        let kim = try account.open(["--as", "kim@example.org"], size: .small)
        try ada.waitFor(text: "shared script")
        try kim.waitFor(text: "shared script")
        kim.type("3f")
        try kim.waitFor(text: "Flag shared script for deletion")
        kim.type("nobody needs it")
        kim.press(.controlS)
        try ada.waitFor("the flag that Kim set") { $0.contains("⚑") && $0.contains("Kim") }
        ada.type("3f")
        try ada.waitFor(text: "Take the flag off shared script?")
        ada.answer(.tab, .enter)
        try kim.waitFor("the flag gone that Ada took off") { !$0.contains("⚑") }
        try ada.quit()
        try kim.quit()
    }

    @Test func `a confirmation that went stale is asked again`() throws {
        let account = try TestAccount.acme()
        let id = try account.makeToken("old script")
        let patrol = try account.open()
        try patrol.waitFor(text: "old script")
        patrol.type("3d")
        try patrol.waitFor(text: "Delete old script?")
        try account.succeed(["tokens", "edit", id, "--purpose", "needed after all"])
        patrol.type("old script")
        patrol.answer(.tab, .tab, .enter)
        patrol.waitForQuiet(of: 0.5)
        #expect(try account.succeed(["tokens", "list", "--json"]).contains(id), "nothing was deleted")
        try patrol.waitFor("that it changed") { $0.contains("changed") }
        patrol.press(.escape)
        try patrol.quit()
    }

    @Test func `the demo opens with one word, lives, and leaves nothing behind`() throws {
        let account = try TestAccount()
        account.environment["PATROL_DATABASE"] = nil
        let patrol = try account.open(["demo"])
        let first = try patrol.waitForAccount()
        try patrol.waitFor("a new line in the feed") { $0.rows.suffix(12) != first.rows.suffix(12) }
        try patrol.quit()
        patrol.expectRestored()
        #expect(TextFile.files(below: account.home.path, endingIn: ".db").isEmpty)
    }
}
