import Glibc
import PatrolTestSupport
import Testing

/// The pictures of the guide, taken from the real program's screen. `PATROL_RECORD=1 swift test --filter guide`
/// takes them anew. The account is always the same: made from one seed, on a clock that stands still.
@Suite struct `Pictures of the guide` {
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/docs/pictures"
    private static let library = BuiltProgram.folder + "/libCFixedClock.so"
    /// 24 November 2026, 08:10 UTC.
    private static let now = "1795507800"
    private static let largest = 60_000

    private let account: TestAccount

    init() throws {
        account = try TestAccount()
        account.environment["LD_PRELOAD"] = Self.library
        account.environment["FIXED_CLOCK"] = Self.now
        account.environment["COLORTERM"] = "truecolor"
        try account.succeed(["demo", "--seed", "1", "--write", account.database])
    }

    @Test func `four panes and the detail, dark`() throws {
        let patrol = try account.open(size: .middle)
        try patrol.waitForAccount()
        try picture("panes", "Members, roles, tokens and the audit log, with the detail of a token", patrol)
    }

    @Test func `the light theme`() throws {
        let patrol = try account.open(size: .middle, settings: ["PATROL_THEME": "light"])
        try patrol.waitForAccount()
        try picture("light", "The same in the light theme", patrol, palette: .light)
    }

    @Test func `a filter that is being written`() throws {
        let patrol = try account.open(size: TerminalSize(rows: 24, columns: 100))
        try patrol.waitForAccount()
        patrol.type("/!flagged owner:mat")
        try patrol.waitFor(text: "Tab")
        try picture("filter", "A filter that is being written, with what Tab would complete", patrol)
    }

    @Test func `views, in high contrast`() throws {
        let patrol = try account.open(size: TerminalSize(rows: 30, columns: 100), settings: ["PATROL_THEME": "high-contrast"])
        try patrol.waitForAccount()
        patrol.type("V")
        try patrol.waitFor(text: "expiring soon")
        try picture("views", "The menu of views, in the theme of high contrast", patrol)
    }

    @Test func `eighty columns`() throws {
        let patrol = try account.open(size: .small)
        try patrol.waitFor(text: "Tokens")
        try picture("small", "The tokens in a window of 80 by 24", patrol)
    }

    @Test func `a token's detail`() throws {
        let patrol = try account.open(size: .small)
        try patrol.waitFor(text: "Tokens")
        patrol.press(.down, .down, .enter)
        try patrol.waitFor(text: "owner")
        try picture("detail", "A token: what it is, and what is wrong with it", patrol)
    }

    @Test func `a new token`() throws {
        let patrol = try account.open(size: TerminalSize(rows: 30, columns: 100))
        try patrol.waitFor(text: "Tokens")
        patrol.type("3a")
        patrol.waitForQuiet()
        patrol.type("nightly export")
        patrol.press(.tab)
        patrol.type("copies flags to the warehouse")
        try patrol.waitFor(text: "copies flags to the warehouse")
        try picture("create", "Creating a token: what it is for", patrol)
    }

    @Test func `a deletion that is asked about`() throws {
        let patrol = try account.open(size: TerminalSize(rows: 30, columns: 100))
        try patrol.waitFor(text: "Tokens")
        patrol.type("3")
        patrol.press(.down, .down)
        patrol.type("d")
        try patrol.waitFor(text: "delete")
        try picture("delete", "Before a token is deleted: what is known of its use", patrol)
    }

    /// Compares the screen with the picture that is kept; the screen has the time it needs to come to rest.
    private func picture(
        _ name: String, _ title: String, _ patrol: TerminalProgram, palette: ScreenPicture.Palette = .dark
    ) throws {
        let path = "\(Self.folder)/\(name).svg"
        let svg = { (screen: TerminalScreen) in ScreenPicture(of: screen, palette: palette, title: title).svg }
        if getenv("PATROL_RECORD") != nil {
            try TextFile.write(svg(patrol.waitForQuiet(of: 1.5)), to: path, mode: 0o644)
        }
        let kept = try #require(TextFile.text(of: path), "PATROL_RECORD=1 swift test --filter guide takes it")
        #expect(kept.utf8.count < Self.largest)
        do {
            try patrol.waitFor("the picture", within: 15) { svg($0) == kept }
        } catch {
            Issue.record("\(name).svg is not what the screen is; PATROL_RECORD=1 swift test --filter guide:\n\(patrol.screen)")
        }
    }
}
