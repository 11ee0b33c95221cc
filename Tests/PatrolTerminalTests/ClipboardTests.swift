import Glibc
@testable import PatrolTerminal
import PatrolTestSupport
import Testing

struct `The clipboard is the terminal's` {
    private func clipboard(_ type: String, _ variables: [String: String] = [:]) -> Clipboard {
        Clipboard(type: type) { variables[$0] }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{FF}é", "w7/DqQ=="),
    ])
    func `text goes in base64`(text: String, encoded: String) {
        let sent = clipboard("xterm-256color").sequence(for: Array(text.utf8))
        #expect(String(decoding: sent, as: UTF8.self) == "\u{1B}]52;c;\(encoded)\u{7}")
    }

    /// tmux by default drops the plain form from a program on another machine, or the wrapped one: both are sent.
    @Test func `tmux gets both forms`() {
        for inside in [clipboard("tmux-256color"), clipboard("xterm-256color", ["TMUX": "/tmp/x"])] {
            let sent = String(decoding: inside.sequence(for: Array("foo".utf8)), as: UTF8.self)
            #expect(
                sent == "\u{1B}]52;c;Zm9v\u{7}\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zm9v\u{7}\u{1B}\\")
        }
    }

    @Test func `screen on the other side of an SSH connection is known by its type`() {
        #expect(clipboard("screen.xterm-256color").wrapper == .screen)
        #expect(clipboard("screen-256color").wrapper == .tmuxOrScreen, "tmux calls itself so, too")
    }

    @Test func `screen gets pieces that it passes on`() {
        let text = [UInt8](repeating: 0x61, count: 900)
        let plain = clipboard("xterm").sequence(for: text)
        let sent = clipboard("screen", ["STY": "1.x"]).sequence(for: text)
        let pieces = String(decoding: sent, as: UTF8.self).split(separator: "\u{1B}\\")
        #expect(pieces.count == 5)
        // Two bytes of the string's beginning, and what the oldest screen of today takes.
        #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count <= 2 + 255 })
        #expect(pieces.map { $0.dropFirst(2) }.joined() == String(decoding: plain, as: UTF8.self))
    }
}

/// In a real GNU screen: its display is a terminal of ours.
@Suite(.enabled(if: SystemProgram.isWanted("screen"), "GNU screen is not installed"))
struct `The clipboard through GNU screen` {
    @Test(arguments: [1, 250, 251, 767, 768, 5_000, Clipboard.maximumBytes])
    func `a text of any length arrives whole, and nothing else`(length: Int) throws {
        try copy(length, Clipboard(type: "screen") { $0 == "STY" ? "1.test" : nil })
    }

    // Over SSH it was taken for tmux, and `tmux;` stood on the terminal.
    @Test func `it does so over SSH, where it may be tmux`() throws {
        try copy(300, Clipboard(type: "screen-256color") { _ in nil })
    }

    private func copy(_ length: Int, _ clipboard: Clipboard) throws {
        let text = (0..<length).map { UInt8(0x61 + $0 % 26) }
        let folder = try TemporaryFolder()
        mkdir(folder("sockets"), 0o700)
        try TextFile.write(String(decoding: clipboard.sequence(for: text), as: UTF8.self), to: folder("sequence"))
        let screen = try #require(SystemProgram.path(of: "screen"))
        let environment = [
            "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": folder.path, "SCREENDIR": folder("sockets"),
        ]
        let terminal = try TerminalProgram(
            screen, ["-S", "copy", "-c", "/dev/null", "/bin/sh", "-c", "echo before; read line; cat '\(folder("sequence"))'; echo after; exec sleep 60"],
            environment: environment, folder: folder.path)
        defer { _ = try? PipedProgram.run(screen, ["-S", "copy", "-X", "quit"], environment: environment) }
        // What is sent before somebody looks goes nowhere.
        try terminal.waitFor(text: "before")
        terminal.press(.enter)
        try terminal.waitFor(text: "after")
        let sent = Array("\u{1B}]52;c;\(Base64.text(of: text))\u{7}".utf8)
        try terminal.waitFor("the text") { _ in terminal.transcript.contains(sent) }
        #expect(terminal.screen.rows.filter { !$0.isEmpty } == ["before", "after"])
    }
}

/// In a real tmux, as over SSH: no variable tells of it.
@Suite(.enabled(if: SystemProgram.isWanted("tmux"), "tmux is not installed"))
struct `The clipboard through a tmux far away` {
    @Test(arguments: ["tmux-256color", "screen", "screen-256color"])
    func `a text arrives whole, and nothing else, if set-clipboard is on`(type: String) throws {
        let text = (0..<900).map { UInt8(0x61 + $0 % 26) }
        let folder = try TemporaryFolder()
        try TextFile.write(String(decoding: Clipboard(type: type) { _ in nil }.sequence(for: text), as: UTF8.self), to: folder("sequence"))
        try TextFile.write("set -s set-clipboard on\nset -g status off\n", to: folder("settings"))
        let tmux = try #require(SystemProgram.path(of: "tmux"))
        let environment = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": folder.path, "SHELL": "/bin/sh"]
        let terminal = try TerminalProgram(
            tmux,
            ["-S", folder("socket"), "-f", folder("settings"), "new-session", "echo before; read line; cat '\(folder("sequence"))'; echo after; exec sleep 60"],
            environment: environment, folder: folder.path)
        defer { _ = try? PipedProgram.run(tmux, ["-S", folder("socket"), "kill-server"], environment: environment) }
        // What is sent before somebody looks goes nowhere.
        try terminal.waitFor(text: "before")
        // Nor what is sent while tmux still learns what its own terminal can do.
        terminal.waitForQuiet(of: 0.5)
        terminal.press(.enter)
        try terminal.waitFor(text: "after")
        try terminal.waitFor("the text") { _ in terminal.clipboard == Base64.text(of: text) }
        #expect(terminal.screen.rows.filter { !$0.isEmpty } == ["before", "after"])
    }
}
