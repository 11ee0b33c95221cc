import PatrolTestSupport
import Testing

/// What a person finds again at the next start.
@Suite struct `What the screen remembers` {
    @Test func `list, order, filter, theme, zoom and times come back, for this account only`() throws {
        let account = try TestAccount.madeUp(members: 20, tokens: 60, entries: 200)
        account.environment["XDG_STATE_HOME"] = account.home("state")
        let first = try account.open()
        try first.waitForAccount()
        choose("light", in: first)
        first.type("1S/a")
        first.press(.enter)
        first.type("tz")
        try first.waitFor("the members alone") { $0.contains("[1 Members]") }
        let before = first.waitForQuiet()
        #expect(before.contains("Name ▼") && !before.contains("Freya") && !before.contains(" ago"))
        try leave(first)

        let second = try account.open()
        let after = try second.waitFor("the same members") { $0.rows.dropLast(2) == before.rows.dropLast(2) }
        #expect(after.cells.dropLast(2) == before.cells.dropLast(2), "in the same colours")
        second.type("z")
        try second.waitForAccount()
        try leave(second)

        let kept = try #require(TextFile.text(of: state(of: account)))
        let other = try TestAccount.madeUp(members: 5, tokens: 10, entries: 40)
        other.environment["XDG_STATE_HOME"] = account.home("state")
        let third = try other.open()
        let usual = try third.waitForAccount()
        #expect(usual.contains("Name ▲") && usual.contains("━ 3 Tokens"), "order and place are the other account's")
        #expect(usual.cells[0][1].background == before.cells[0][1].background, "the theme is the person's")
        try leave(third)
        let both = try #require(TextFile.text(of: state(of: account)))
        #expect(both != kept)

        let fourth = try account.open()
        try fourth.waitFor("the filtered list in front again") {
            $0.contains("Name ▼") && $0.contains("━ 1 Members") && $0.pane("Members").allSatisfy { !$0.contains("Freya") }
        }
        try leave(fourth)
    }

    @Test func `of the demo nothing but the theme is kept`() throws {
        let account = try TestAccount()
        account.environment["PATROL_DATABASE"] = nil
        account.environment["XDG_STATE_HOME"] = account.home("state")
        let demo = try account.open(["demo"])
        let usual = try demo.waitForAccount()
        choose("light", in: demo)
        demo.type("1S/a")
        demo.press(.enter)
        demo.type("tz%")
        demo.waitForQuiet(of: 0.3)
        try leave(demo)
        #expect(TextFile.text(of: state(of: account)) == "{\n  \"theme\": \"light\",\n  \"accounts\": {}\n}")
        #expect(TextFile.files(below: account.home("state"), endingIn: "").count == 2, "a folder and that file")
        let again = try account.open(["demo"])
        let screen = try again.waitForAccount()
        #expect(screen.cells[0][1].background != usual.cells[0][1].background)
        #expect(!again.isOn(mode: 1000) && screen.hasFourPanes)
        try leave(again)
    }

    // Each session wrote all the views that it knew: the other's were gone.
    @Test func `two sessions at once keep each other's views and places`() throws {
        let account = try TestAccount.acme()
        let (first, second) = (try account.open(), try account.open())
        for patrol in [first, second] { try patrol.waitForAccount() }
        try keepView("of the first", in: first)
        try keepView("of the second", in: second)
        second.type("V")
        try second.waitFor("both views") { $0.contains("of the first") && $0.contains("of the second") }
        second.press(.escape)
        try keepView("once more", in: first)
        let kept = try #require(TextFile.text(of: account.home(".config/patrol/views.json")))
        for name in ["of the first", "of the second", "once more"] { #expect(kept.contains("\"\(name)\""), "\(kept)") }

        let other = try TestAccount.acme()
        other.environment["XDG_STATE_HOME"] = account.home(".local/state")
        let third = try other.open()
        try third.waitForAccount()
        // All of them at once.
        for patrol in [first, second, third] { patrol.type("q") }
        for patrol in [first, second, third] { #expect(try patrol.waitForEnd() == .exited(0)) }
        let places = try #require(TextFile.text(of: account.home(".local/state/patrol/screen.json")))
        #expect(places.split(separator: "\"pane\"").count == 3, "one for each of the two accounts: \(places)")
    }

    private func keepView(_ name: String, in patrol: TerminalProgram) throws {
        patrol.type("Va")
        patrol.waitForQuiet(of: 0.2)
        patrol.type("\(name)\r")
        try patrol.waitFor(text: "kept as the view `\(name)`")
        patrol.waitForQuiet(of: 0.2)
    }

    private func state(of account: TestAccount) -> String { account.home("state/patrol/screen.json") }

    private func choose(_ theme: String, in patrol: TerminalProgram) {
        patrol.type(":theme \(theme)\r")
        patrol.waitForQuiet(of: 0.3)
    }

    /// Esc would drop the filter.
    private func leave(_ patrol: TerminalProgram) throws {
        patrol.type("q")
        #expect(try patrol.waitForEnd() == .exited(0))
    }
}
