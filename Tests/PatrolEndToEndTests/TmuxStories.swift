import Glibc
import PatrolTestSupport
import Testing

/// The program in a real tmux, whose client is a terminal of ours: what reaches the clipboard, and what is left behind.
@Suite(.enabled(if: SystemProgram.isWanted("tmux"))) struct `In tmux` {
    /// tmux on a socket of its own with the screen in it, and the terminal that shows both.
    private final class Tmux {
        let account: TestAccount
        let terminal: TerminalProgram
        private let program: String
        private let socket: String

        /// `settings` are lines of a tmux.conf.
        init(_ settings: String) throws {
            account = try TestAccount.acme()
            _ = try account.makeToken("old script")
            program = try #require(SystemProgram.path(of: "tmux"))
            socket = account.home("socket")
            let file = account.home("tmux.conf")
            try TextFile.write(settings + "\nset -s escape-time 0\nset -g status off\n", to: file)
            // A shell stays behind: what the screen left on it can be read.
            terminal = try TerminalProgram(
                program, ["-S", socket, "-f", file, "new-session", "'\(BuiltProgram.patrol)'; echo ended; exec sleep 60"],
                environment: account.environment.merging(["SHELL": "/bin/sh"]) { $1 }, folder: account.home.path, size: .middle)
        }

        deinit { _ = try? tell("kill-server") }

        /// What tmux answers to a command.
        func tell(_ words: String...) throws -> String {
            try PipedProgram.run(program, ["-S", socket] + words, environment: account.environment).output
        }

        /// Everything that tmux still has of the pane: its history, its screen, and the screen beneath an alternate one.
        func remains() throws -> String {
            try tell("capture-pane", "-p", "-J", "-S", "-") + tell("capture-pane", "-p", "-J", "-a", "-q")
        }

        func rotate() throws -> String { try terminal.rotate("old script") }

        /// Ends the program with `q`.
        func quit() throws {
            terminal.type("q")
            try terminal.waitFor(text: "ended")
        }
    }

    @Test(arguments: ["", "set -s set-clipboard on", "set -g allow-passthrough on", "set -s set-clipboard on\nset -g allow-passthrough on"])
    func `a secret reaches the terminal's clipboard, stays in no buffer, and goes again`(settings: String) throws {
        let tmux = try Tmux(settings)
        let secret = try tmux.rotate()
        tmux.terminal.type("c")
        try tmux.terminal.waitFor("what copying did") { $0.contains("copied by tmux") && !tmux.terminal.clipboard.isEmpty }
        #expect(tmux.terminal.clipboard == Base64.text(of: secret.utf8))
        #expect(try tmux.tell("list-buffers").isEmpty)
        tmux.terminal.type("x")
        try tmux.terminal.waitFor("what clearing did") {
            $0.contains("the clipboard was emptied") && tmux.terminal.clipboard == Base64.text(of: " ".utf8)
        }
        #expect(try tmux.tell("list-buffers").isEmpty)
        tmux.terminal.press(.escape)
        try tmux.terminal.waitFor(text: "gone for good")
        tmux.terminal.type("y")
        try tmux.terminal.waitForAccount()
        tmux.terminal.type("y")
        try tmux.terminal.waitFor(text: "copied by tmux")
        #expect(try tmux.tell("show-buffer") == tmux.account.tokenID(named: "old script"), "an id stays, to be pasted by tmux")
        try tmux.quit()
    }

    @Test(arguments: ["", "set -g alternate-screen off"])
    func `nothing of a secret is left in tmux's history or on the shell's screen`(settings: String) throws {
        let tmux = try Tmux(settings)
        let secret = try tmux.rotate()
        #expect(try tmux.tell("capture-pane", "-p", "-J").contains(secret), "it is there to be found")
        tmux.terminal.type("c")
        try tmux.terminal.waitFor(text: "copied by tmux")
        tmux.terminal.press(.escape)
        try tmux.terminal.waitForAccount()
        #expect(!(try tmux.remains()).contains(secret))
        try tmux.quit()
        #expect(!(try tmux.remains()).contains(secret))
    }

    @Test(arguments: ["", "set -g alternate-screen off"])
    func `who leaves from the secret's screen leaves nothing of it`(settings: String) throws {
        let tmux = try Tmux(settings)
        let secret = try tmux.rotate()
        tmux.terminal.press(.controlC, .controlC)
        try tmux.terminal.waitFor(text: "ended")
        #expect(!(try tmux.remains()).contains(secret))
    }
}
