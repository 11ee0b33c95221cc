import PatrolTestSupport
import Testing

/// Keys that arrive faster than they are worked off.
@Suite struct `Bursts of keys` {
    // Keys were read in one go, and worked off for 30 ms before a frame was drawn. What was typed until then took the place of
    // those that still waited: of a held key, and of what was typed ahead, some were lost.
    @Test func `no key is lost when more come while others wait`() throws {
        let account = try TestAccount.madeUp(members: 20, tokens: 1_500, entries: 400)
        let patrol = try account.open()
        try patrol.waitForAccount()
        patrol.type("3z")
        try patrol.waitFor("the tokens alone") { $0.contains("[3 Tokens]") }
        patrol.type("gjjjjj")
        let wanted = top(of: patrol.waitForQuiet(of: 0.5))
        patrol.type("g")
        #expect(top(of: patrol.waitForQuiet(of: 0.5)) != wanted, "the cursor is seen")
        // 1,200 down and 1,195 up, in pieces as they come over a line.
        for _ in 0..<60 { patrol.type(String(repeating: "j", count: 20)) }
        for _ in 0..<59 { patrol.type(String(repeating: "k", count: 20)) }
        patrol.type(String(repeating: "k", count: 15))
        try patrol.waitFor("the sixth row") { top(of: $0) == wanted }
        #expect(top(of: patrol.waitForQuiet(of: 0.5)) == wanted)
        try patrol.quit()
    }

    /// The first rows, with how they look, and without what changes with time.
    private func top(of screen: TerminalScreen) -> [[TerminalCell]] { screen.cells[2..<12].map { Array($0[..<40]) } }
}
