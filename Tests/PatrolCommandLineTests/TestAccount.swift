import PatrolCommandLine
import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolTestSupport
import Testing

/// What a line printed, and how it ended.
struct LineResult {
    var code: Int32
    var output: String
    var errors: String

    var json: JSON {
        get throws { try JSON(parsing: output, limits: .page) }
    }
}

/// An account in a folder of its own, used by lines of the command line in this process.
final class TestAccount {
    let folder: TemporaryFolder
    let database: String

    init() throws {
        folder = try TemporaryFolder()
        database = folder("data/patrol.db")
    }

    /// Acme, owned by Ada, with Kim, who writes and has accepted.
    static func acme() throws -> TestAccount {
        let account = try TestAccount()
        try account.succeed("init", "--account", "Acme", "--owner", "ada@example.org", "--name", "Ada Berg")
        try account.succeed("members", "invite", "kim@example.org", "--role", "writer", "--name", "Kim Roe")
        try account.succeed("members", "accept", "--as", "kim@example.org")
        return account
    }

    /// Runs one line.
    /// - Parameters:
    ///   - typed: What the person types, if standard input is a terminal.
    ///   - lost: The `errno` that every write to standard output ends in.
    ///   - isStopAsked: Whether somebody pressed Ctrl-C meanwhile.
    func run(
        _ words: [String], input: String = "", typed: String? = nil, lost: Int32 = 0, hasHome: Bool = true,
        settings: [String: String] = [:], hasTerminal: Bool = false, wait: @escaping () -> Bool = { false },
        isStopAsked: @escaping () -> Bool = { false }
    ) -> LineResult {
        var rest = Array((typed ?? input).utf8)
        var output: [UInt8] = []
        var errors: [UInt8] = []
        let database = database
        let keys = folder("keys")
        let now = Machine.now
        let console = Console(
            read: { count in
                let part = Array(rest.prefix(count))
                rest.removeFirst(part.count)
                return part
            },
            write: {
                if lost == 0 { output += $0 }
                return lost
            },
            complain: { errors += $0 }, isInputTerminal: typed != nil,
            environment: { settings[$0] ?? (!hasHome ? nil : ["PATROL_DATABASE": database, "PATROL_KEYS": keys][$0]) }, now: { now },
            readHidden: { Array((typed ?? "").utf8) }, wait: { _, _ in wait() },
            isStopAsked: isStopAsked)
        guard case .code(let code) = CommandLineProgram.run(words, on: console, hasTerminal: hasTerminal) else {
            return LineResult(code: -1, output: "", errors: String(decoding: errors, as: UTF8.self))
        }
        return LineResult(
            code: code, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }

    /// Runs a line that has to succeed; what it printed.
    @discardableResult
    func succeed(
        _ words: String..., input: String = "", sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let result = run(words, input: input)
        #expect(result.code == 0, "\(words): \(result.errors)", sourceLocation: sourceLocation)
        return result.output
    }

    /// Gives a token one name after the other: as many entries in the log.
    func rename(_ id: String, times: Int) throws {
        let patrol = try Patrol(opening: Location(database: database, keyFolder: folder("keys")))
        let session = try patrol.signIn()
        for number in 0..<times {
            let token = try #require(try TokenID(id).flatMap { try patrol.token($0) })
            let edit = EditToken(
                token: token.id, version: token.version, name: number % 2 == 0 ? "even" : "odd",
                purpose: token.purpose, scope: token.scope, expiresAt: token.expiresAt)
            let outcome = try patrol.perform(.editToken(edit), as: session, comment: "")
            #expect(outcome.refusal == nil)
        }
    }

    /// Makes a token; its id.
    func token(_ name: String, _ words: String...) throws -> String {
        let words = words.isEmpty ? ["--role", "reader"] : words
        let result = run(["tokens", "create", "--name", name, "--json"] + words)
        return try #require(try result.json["id"]?.string, "\(result.errors)")
    }
}
