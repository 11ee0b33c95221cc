import Glibc
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
        // 1,400 down and 1,395 up, in pieces that come while the one before is worked off.
        for key in ["j", "k"] {
            for piece in 0..<7 {
                patrol.type(String(repeating: key, count: key == "k" && piece == 6 ? 195 : 200))
                usleep(8_000)
            }
        }
        try patrol.waitFor("the sixth row") { isOnSixth($0) }
        let end = patrol.waitForQuiet(of: 1)
        #expect(isOnSixth(end), "\(end)")
        try patrol.quit()
    }

    private func isOnSixth(_ screen: TerminalScreen) -> Bool { screen.contains("by risk · 6 of 1,50") }
}
