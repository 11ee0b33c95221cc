import Glibc
import PatrolTestSupport
import Testing

/// Completion as people meet it: a line is typed in the real shell, then Tab is pressed.
@Suite struct `Completion in the shells` {
    /// What is typed, and what the line is after Tab.
    private static let lines = [
        ("patrol tok", "patrol tokens"),
        ("patrol tokens unf", "patrol tokens unflag"),
        ("patrol --as ada@example.org tokens unf", "patrol --as ada@example.org tokens unflag"),
        ("patrol tokens list --rev", "patrol tokens list --reverse"),
        ("patrol members list --sort las", "patrol members list --sort lastSeen"),
        ("patrol members list --sort=las", "patrol members list --sort=lastSeen"),
        ("patrol audit ver", "patrol audit verify"),
        ("patrol tokens list --view acc", "patrol tokens list --view account-wide"),
        ("patrol tokens list --filter kind:pers", "patrol tokens list --filter kind:personal"),
        ("patrol tokens list --filter 'flagged own", "patrol tokens list --filter 'flagged owner:"),
        ("patrol tokens list --filter 'finding:acc", "patrol tokens list --filter 'finding:account-wide"),
        ("patrol audit list --filter ref", "patrol audit list --filter refused"),
        ("patrol completions zs", "patrol completions zsh"),
        ("patrol backup some-fi", "patrol backup some-file"),
        ("patrol tokens create --policy some-fi", "patrol tokens create --policy some-file"),
        ("patrol import launchdarkly some-fo", "patrol import launchdarkly some-folder/"),
    ]

    private let account: TestAccount

    init() throws {
        account = try TestAccount()
        try TextFile.write("", to: account.home("some-file"))
        mkdir(account.home("some-folder"), 0o700)
        for shell in ["bash", "zsh", "fish"] {
            try TextFile.write(try account.succeed(["completions", shell]), to: account.home("completion.\(shell)"))
        }
    }

    @Test(.enabled(if: SystemProgram.isWanted("bash"), "bash is missing")) func `bash completes`() throws {
        let shell = try shell("bash", ["--norc", "--noprofile", "-i"], begin: "PS1='ready> '; source ./completion.bash; clear")
        for (typed, wanted) in Self.lines {
            try expect(shell, typed, wanted)
        }
    }

    @Test(.enabled(if: SystemProgram.isWanted("zsh"), "zsh is missing")) func `zsh completes`() throws {
        let begin = "PS1='ready> '; unsetopt zle_bracketed_paste; autoload -U compinit; compinit -u -d ./dump; source ./completion.zsh; clear"
        let shell = try shell("zsh", ["-f", "-i"], begin: begin)
        for (typed, wanted) in Self.lines {
            try expect(shell, typed, wanted)
        }
    }

    @Test(.enabled(if: SystemProgram.isWanted("fish"), "fish is missing")) func `fish completes`() throws {
        let fish = try #require(SystemProgram.path(of: "fish"))
        for (typed, wanted) in Self.lines {
            // Fish answers with the word that takes the place of the last one.
            let quoted = typed.replacing("'", with: "\\'")
            let result = try PipedProgram.run(
                fish, ["--no-config", "-c", "source ./completion.fish; complete -C '\(quoted)'"],
                environment: account.environment, folder: account.home.path)
            let words = result.lines.map { $0.prefix { $0 != "\t" } }
            let last = wanted.split(separator: " --filter ").last.flatMap { wanted.contains(" --filter ") ? $0 : nil }
                ?? wanted.split(separator: " ").last
            let word = last.map { $0.drop { $0 == "'" } } ?? ""
            #expect(words.contains(word), "\(typed): \(result.output)\(result.errors)")
        }
    }

    private func shell(_ name: String, _ words: [String], begin: String) throws -> TerminalProgram {
        let path = try #require(SystemProgram.path(of: name))
        let shell = try TerminalProgram(
            path, words, environment: account.environment, folder: account.home.path, size: .middle)
        shell.type(begin + "\r")
        try shell.waitFor("the prompt") { $0.row(0) == "ready>" }
        return shell
    }

    /// Types a line and Tab, waits for what it becomes, and takes the line back.
    private func expect(_ shell: TerminalProgram, _ typed: String, _ wanted: String) throws {
        shell.type(typed)
        try shell.waitFor("the echo of `\(typed)`") { $0.row($0.cursorRow) == "ready> \(typed)" }
        shell.press(.tab)
        do {
            try shell.waitFor("`\(wanted)`", within: 5) { screen in
                // A quote that is open may be closed behind the word.
                let row = screen.row(screen.cursorRow)
                return row == "ready> \(wanted)" || row == "ready> \(wanted)'"
            }
        } catch {
            Issue.record("`\(typed)` became:\n\(shell.screen)")
        }
        shell.press(.controlU)
        try shell.waitFor("the empty line") { $0.row($0.cursorRow) == "ready>" }
    }
}
