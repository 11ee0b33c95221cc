import Glibc
import PatrolTestSupport
import Testing

/// An account in a home of its own, and the built program to use it with.
final class TestAccount {
    let home: TemporaryFolder
    var environment: [String: String]

    var database: String { home("data/patrol.db") }

    /// Nothing is made yet.
    init() throws {
        home = try TemporaryFolder()
        environment = BuiltProgram.environment(home: home)
        environment["PATROL_DATABASE"] = home("data/patrol.db")
    }

    /// The account of the guide: Acme, owned by Ada.
    static func acme() throws -> TestAccount {
        let account = try TestAccount()
        try account.succeed(["init", "--account", "Acme", "--owner", "ada@example.org", "--name", "Ada Berg"])
        return account
    }

    /// A made-up account of the usual size, with nothing at work in it.
    static func madeUp(members: Int = 60, tokens: Int = 300, entries: Int = 2_400) throws -> TestAccount {
        let account = try TestAccount()
        try account.succeed([
            "demo", "--members", "\(members)", "--tokens", "\(tokens)", "--entries", "\(entries)", "--write",
            account.database,
        ])
        return account
    }

    /// Runs `patrol` to its end, without a terminal.
    func run(_ words: [String], input: String = "") throws -> PipedProgram.Result {
        try PipedProgram.run(
            BuiltProgram.patrol, words, environment: environment, folder: home.path, input: input.utf8)
    }

    /// Runs `patrol`, which has to succeed; what it put out.
    @discardableResult
    func succeed(_ words: [String], input: String = "") throws -> String {
        let result = try run(words, input: input)
        guard result.exitCode == 0 else {
            throw ProgramFailure("`patrol \(words.joined(separator: " "))`: \(result.end)\n\(result.output)\n\(result.errors)")
        }
        return result.output
    }

    /// Opens the screen.
    func open(
        _ words: [String] = [], size: TerminalSize = .middle, settings: [String: String?] = [:], answers: Bool = true
    ) throws -> TerminalProgram {
        var environment = environment
        for (name, value) in settings { environment[name] = value }
        return try TerminalProgram(
            BuiltProgram.patrol, words, environment: environment, folder: home.path, size: size, answers: answers)
    }

    /// Makes the folders of a file in the home; the file's path.
    func makeFolders(of name: String) -> String {
        var folder = home.path
        for part in name.split(separator: "/").dropLast() {
            folder += "/\(part)"
            mkdir(folder, 0o700)
        }
        return home(name)
    }

    /// Makes a token; its id.
    func makeToken(_ name: String, _ words: [String] = ["--role", "reader", "--expires", "30d"]) throws -> String {
        try succeed(["tokens", "create", "--name", name, "--purpose", "for a test"] + words)
        return try tokenID(named: name)
    }

    /// The id of the token of that name.
    func tokenID(named name: String) throws -> String {
        let listed = try succeed(["tokens", "list", "--json"])
        let row = listed.split(separator: "{").first { $0.contains("\"\(name)\"") }
        guard let row, let id = Self.field("id", in: row) ?? Self.field("_id", in: row) else {
            throw ProgramFailure("no token `\(name)` in\n\(listed)")
        }
        return id
    }

    /// The text of a member in a piece of JSON, well enough for a test.
    static func field(_ name: String, in text: some StringProtocol) -> String? {
        for opening in ["\"\(name)\": \"", "\"\(name)\":\""] {
            let parts = text.split(separator: opening, maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { return String(parts[1].prefix { $0 != "\"" }) }
        }
        return nil
    }
}
