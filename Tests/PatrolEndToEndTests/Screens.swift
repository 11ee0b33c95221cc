import PatrolTestSupport
import Testing

extension TerminalScreen {
    static let paneTitles = ["Members", "Roles", "Tokens", "Audit"]

    var hasFourPanes: Bool { Self.paneTitles.allSatisfy(contains) }
}

extension TerminalProgram {
    /// Waits for the first screen with data: all panes, and rows in them.
    @discardableResult
    func waitForAccount() throws -> TerminalScreen {
        try waitFor("the panes with their rows") { screen in
            screen.hasFourPanes && screen.contains("@")
        }
    }

    /// Expects the terminal as the shell had it: its own screen, lines edited, no mode left on.
    func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) {
        let screen = screen
        #expect(!screen.isAlternate, sourceLocation: sourceLocation)
        #expect(screen.isCursorVisible, sourceLocation: sourceLocation)
        #expect(isSane, sourceLocation: sourceLocation)
        let on = [1, 1000, 1002, 1003, 1004, 1006, 2004, 2026].filter(isOn)
        #expect(on.isEmpty, "left on: \(on)", sourceLocation: sourceLocation)
    }

    /// Leaves the program with `q`, from wherever it is.
    func quit() throws {
        press(.escape)
        waitForQuiet(of: 0.1)
        type("q")
        #expect(try waitForEnd() == .exited(0))
    }
}
