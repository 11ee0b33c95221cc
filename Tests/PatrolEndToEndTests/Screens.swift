import PatrolTestSupport
import Testing

extension TerminalScreen {
    static let paneTitles = ["Members", "Roles", "Tokens", "Audit"]

    var hasFourPanes: Bool { Self.paneTitles.allSatisfy(contains) }

    /// The rows of one pane, by its title, without the title and what stands beside it: on a large screen from the
    /// title's rule to the next one. Empty when it is not on the screen.
    func pane(_ title: String) -> [String] {
        let isRule = { (row: String) in row.hasPrefix("─") || row.hasPrefix("━") }
        guard let start = rows.firstIndex(where: { isRule($0) && $0.contains(" \(title) ") }) else { return [] }
        return rows[(start + 1)...].prefix { !isRule($0) && !$0.hasPrefix(" a ") }
            .map { String($0.prefix { $0 != "│" }) }
    }
}

extension TerminalProgram {
    /// Waits for the first screen with data, down to its last line.
    @discardableResult
    func waitForAccount() throws -> TerminalScreen {
        try waitFor("the panes with their rows") { screen in
            screen.hasFourPanes && screen.contains(" member") && screen.row(screen.rowCount - 1).contains("? help")
        }
    }

    /// Expects the terminal as the shell had it: its own screen, lines edited, no mode left on.
    func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) {
        let screen = screen
        #expect(!screen.isAlternate, sourceLocation: sourceLocation)
        #expect(screen.isCursorVisible, sourceLocation: sourceLocation)
        #expect(isSane, sourceLocation: sourceLocation)
        let on = [1, 1000, 1002, 1003, 1004, 1006, 2004, 2026].filter(isOn)
        let last = String(decoding: transcript.suffix(200), as: UTF8.self).debugDescription
        #expect(on.isEmpty, "left on: \(on); the last that came: \(last)", sourceLocation: sourceLocation)
    }

    /// Presses keys on a question that is on the screen, after reading it: in its first moment it confirms nothing.
    func answer(_ keys: TerminalKey...) {
        waitForQuiet(of: 0.3)
        for key in keys { press(key) }
    }

    /// Leaves the program with `q`, from wherever it is.
    func quit() throws {
        press(.escape)
        // Read together, the two would be Alt-q.
        waitForQuiet(of: 0.4)
        type("q")
        #expect(try waitForEnd() == .exited(0))
    }
}

extension TerminalProgram {
    /// Gives the token under the cursor a new secret, which is on the screen then.
    func rotate() throws {
        type("r")
        try waitFor(text: "the old one stops")
        press(.enter)
        try waitFor(text: "[ rotate ]")
        answer(.tab, .enter)
        try waitFor(text: "It is shown this once")
    }

    /// Opens the new secret of the only token, which has this name; that secret.
    func rotate(_ name: String) throws -> String {
        try waitFor(text: name)
        type("3")
        try rotate()
        return try #require(screen.rows.first { $0.hasPrefix("ptlp_") })
    }
}
