import Glibc
import PatrolTestSupport
import Testing

/// The program in a real GNU screen, whose display is a terminal of ours: what it shows there, what reaches the clipboard, and
/// what is left behind.
@Suite(.enabled(if: SystemProgram.isWanted("screen"), "GNU screen is not installed")) struct `In GNU screen` {
    /// screen with its sockets in a folder of its own, and the terminal that shows it.
    private final class Session {
        let account: TestAccount
        let terminal: TerminalProgram
        private let program: String
        private let environment: [String: String]

        /// `settings` are lines of a screenrc.
        init(_ settings: String, size: TerminalSize = .middle) throws {
            account = try TestAccount.acme()
            _ = try account.makeToken("old script")
            program = try #require(SystemProgram.path(of: "screen"))
            let sockets = account.home("sockets")
            mkdir(sockets, 0o700)
            environment = account.environment.merging(["SHELL": "/bin/sh", "SCREENDIR": sockets]) { $1 }
            let file = account.home("screenrc")
            try TextFile.write("startup_message off\nvbell off\ndefscrollback 500\n\(settings)\n", to: file)
            // A shell stays behind: what the screen left on it can be read.
            terminal = try TerminalProgram(
                program, ["-S", "patrol", "-c", file, "/bin/sh", "-c", "'\(BuiltProgram.patrol)'; echo ended; exec sleep 60"],
                environment: environment, folder: account.home.path, size: size)
        }

        deinit { _ = try? tell("quit") }

        private func tell(_ words: String...) throws -> String {
            try PipedProgram.run(program, ["-S", "patrol", "-p", "0", "-X"] + words, environment: environment).output
        }

        /// All that screen still has of the window: its history and what it shows.
        func remains() throws -> String {
            let file = account.home("hardcopy")
            unlink(file)
            _ = try tell("hardcopy", "-h", file)
            let deadline = monotonicSeconds() + TerminalProgram.patience
            // screen does it after the command has ended.
            while monotonicSeconds() < deadline {
                if let text = TextFile.text(of: file), text.hasSuffix("\n") { return text }
                usleep(10_000)
            }
            throw ProgramFailure("screen wrote no `hardcopy`")
        }

        func rotate() throws -> String { try terminal.rotate("old script") }

        /// Leaves, and expects nothing of the account on the shell's screen: by default this screen has no other one.
        func quit() throws {
            terminal.type("q")
            let left = try terminal.waitFor(text: "ended")
            #expect(left.rows.filter { !$0.isEmpty } == ["ended"])
        }
    }

    private static let settings = ["", "altscreen on", "term screen-256color", "altscreen on\nterm screen-256color"]

    @Test(arguments: settings)
    func `the account is shown, and nothing strange with it`(settings: String) throws {
        let session = try Session(settings)
        let screen = try session.terminal.waitForAccount()
        #expect(screen.colouredCellCount > 0)
        #expect(screen.contains("─ 3 Tokens") || screen.contains("━ 3 Tokens"), "\(screen)")
        #expect(!screen.rows.contains { $0.contains("[?") || $0.contains("]11;") || $0.contains("$p") || $0.contains("tmux;") })
        session.terminal.resize(to: .small)
        try session.terminal.waitForAccount()
        session.terminal.resize(to: .large)
        try session.terminal.waitFor("the new size") { $0.hasFourPanes && $0.rows.contains { $0.count > 130 } }
        try session.quit()
    }

    @Test(arguments: settings)
    func `a secret reaches the terminal's clipboard, and nothing of it stays`(settings: String) throws {
        let session = try Session(settings)
        let secret = try session.rotate()
        #expect(try session.remains().contains(secret), "it is there to be found")
        session.terminal.type("c")
        try session.terminal.waitFor("what copying did") {
            $0.contains("by OSC 52 through screen") && !session.terminal.clipboard.isEmpty
        }
        #expect(session.terminal.clipboard == Base64.text(of: secret.utf8))
        session.terminal.type("x")
        try session.terminal.waitFor("what clearing did") {
            $0.contains("the clipboard was emptied") && session.terminal.clipboard.isEmpty
        }
        session.terminal.press(.escape)
        try session.terminal.waitFor(text: "gone for good")
        session.terminal.type("y")
        try session.terminal.waitForAccount()
        #expect(!(try session.remains()).contains(secret))
        try session.quit()
        #expect(!(try session.remains()).contains(secret))
    }

    @Test(arguments: settings)
    func `who leaves from the secret's screen leaves nothing of it`(settings: String) throws {
        let session = try Session(settings)
        let secret = try session.rotate()
        session.terminal.press(.controlC, .controlC)
        try session.terminal.waitFor(text: "ended")
        let remains = try session.remains()
        #expect(!remains.contains(secret) && !remains.contains(secret.prefix(12)), "\(remains)")
    }
}
