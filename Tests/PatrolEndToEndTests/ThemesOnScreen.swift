import Glibc
import PatrolTestSupport
import Testing

/// A theme of the person's own, edited while the program shows it.
@Suite struct `Themes while they are edited` {
    let account: TestAccount
    let path: String

    init() throws {
        account = try TestAccount.madeUp(members: 5, tokens: 10, entries: 40)
        let folder = account.home("config/patrol/themes")
        for place in ["config", "config/patrol", "config/patrol/themes"] { mkdir(account.home(place), 0o700) }
        account.environment["XDG_CONFIG_HOME"] = account.home("config")
        account.environment["PATROL_THEME"] = "mine"
        path = folder + "/mine.json"
    }

    /// Writes over the file that is there.
    private func save(ground: Int, to path: String) throws {
        try TextFile.write("{\n  \"meanings\": {\n    \"bar-strong\": \"15 \(ground)\"\n  }\n}\n", to: path)
    }

    /// The ground of the program's name in the top line.
    private func ground(_ screen: TerminalScreen) -> TerminalCell.Colour { screen.cells[0][1].background }

    @Test func `a save in place or by rename is seen at once, and a broken one is told`() throws {
        try save(ground: 17, to: path)
        let patrol = try account.open()
        try patrol.waitForAccount()
        try patrol.waitFor("the theme of one's own") { ground($0) == .palette(17) }

        try save(ground: 18, to: path)
        try patrol.waitFor("what was saved in place", within: 5) { ground($0) == .palette(18) }
        try patrol.waitFor(text: "the theme `mine`, as it was saved just now")

        // As vim does: the old file aside, the new one in its place, the old one gone.
        rename(path, path + "~")
        try save(ground: 19, to: path)
        unlink(path + "~")
        try patrol.waitFor("what was saved anew", within: 5) { ground($0) == .palette(19) }
        #expect(!patrol.waitForQuiet(of: 0.2).contains("there is no theme"))

        try save(ground: 20, to: path + ".part")
        rename(path + ".part", path)
        try patrol.waitFor("what was renamed into place", within: 5) { ground($0) == .palette(20) }

        try TextFile.write("{\n  \"meanings\": {\n    \"bar-strong\": \"blu\"\n  }\n}\n", to: path)
        try patrol.waitFor(text: "mine.json:3: there is no colour `blu`", within: 5)
        #expect(ground(patrol.screen) == .palette(20), "the last good one stays")

        try save(ground: 21, to: path)
        let mended = try patrol.waitFor("the mended one", within: 5) { ground($0) == .palette(21) }
        #expect(!mended.contains("there is no colour"))
        patrol.waitForQuiet()
        try patrol.quit()
    }

    @Test func `a theme that is broken at the start is told, and used once it is mended`() throws {
        try TextFile.write("{ \"meanings\": }", to: path)
        let patrol = try account.open()
        try patrol.waitFor(text: "mine.json:1:")
        try save(ground: 22, to: path)
        try patrol.waitFor("the mended one", within: 5) { ground($0) == .palette(22) }
        try patrol.quit()
    }

    @Test func `the theme that it inherits from counts too`() throws {
        try TextFile.write("{\"inherits\": \"base\"}", to: path)
        let base = account.home("config/patrol/themes/base.json")
        try save(ground: 23, to: base)
        let patrol = try account.open()
        try patrol.waitFor("the inherited ground") { ground($0) == .palette(23) }
        try save(ground: 24, to: base)
        try patrol.waitFor("the ground inherited now", within: 5) { ground($0) == .palette(24) }
        try patrol.quit()
    }
}
