import Glibc
import PatrolTestSupport
import Testing

/// The picture of the screen in the README is taken from the real program:
/// `PATROL_REFRESH=1 swift test --filter picture` takes it anew.
@Suite struct `The picture in the README` {
    static let size = TerminalSize(rows: 30, columns: 110)
    static let readme = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/README.md"

    @Test func `is what the screen looks like`() throws {
        let account = try TestAccount.madeUp()
        let patrol = try account.open(size: Self.size)
        try patrol.waitForAccount()
        let screen = patrol.waitForQuiet().rows
        try patrol.quit()
        let text = try #require(TextFile.text(of: Self.readme))
        let parts = text.components(around: "```text\n", "\n```")
        let (before, picture, after) = try #require(parts)
        if getenv("PATROL_REFRESH") != nil {
            try TextFile.write(before + "```text\n" + screen.joined(separator: "\n") + "\n```" + after, to: Self.readme, mode: 0o644)
            return
        }
        let drawn = picture.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(drawn.count == screen.count)
        #expect(form(of: drawn) == form(of: screen), "take it anew with PATROL_REFRESH=1")
    }

    /// What does not depend on the day: the rows with the titles of panes and columns, and their numbers as 0, their shades alike.
    private func form(of rows: [String]) -> [String] {
        let titles = ["Members", "E-mail", "Roles", "Kind", "Tokens", "Risk", "Audit", "help"]
        return rows.filter { row in titles.contains(where: row.contains) && !row.contains("ago") }
            .map { String($0.map { $0.isNumber ? "0" : "·░▒▓█".contains($0) ? "░" : $0 }.prefix(64)) }
    }
}

extension String {
    /// The text before, between and after the first pair of marks.
    fileprivate func components(around opening: String, _ closing: String) -> (String, String, String)? {
        let halves = split(separator: opening, maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let rest = halves[1].split(separator: closing, maxSplits: 1, omittingEmptySubsequences: false)
        guard rest.count == 2 else { return nil }
        return (String(halves[0]), String(rest[0]), String(rest[1]))
    }
}
