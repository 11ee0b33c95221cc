import Glibc
import PatrolDomain
import PatrolOperations
import PatrolTestSupport

/// An account in a temporary folder, and `patrol serve` as the processes that are started for it.
final class ProgramAccount: TestedAccount {
    let folder: TemporaryFolder
    let location: Location
    let patrol: Patrol
    let ada: Session

    init() throws {
        folder = try TemporaryFolder()
        location = Location(database: folder("data/patrol.db"), keyFolder: folder("keys"))
        patrol = try Patrol.found(.acme, at: location).patrol
        ada = try patrol.signIn()
    }

    /// What `patrol` has to know to find the account.
    var environment: [String: String] {
        BuiltProgram.environment(
            home: folder, ["PATROL_DATABASE": location.database, "PATROL_KEYS": location.keyFolder])
    }

    /// Starts `patrol serve`, which listens when this returns.
    ///
    /// - Parameter listen: A free port otherwise.
    func serve(_ words: [String] = [], on listen: String = "127.0.0.1:0", settings: [String: String] = [:]) throws -> ServedProgram {
        let program = try start(["serve", "--listen", listen] + words, settings: settings)
        return try ServedProgram(program, waiting: "listening on ")
    }

    func start(_ words: [String], settings: [String: String] = [:]) throws -> PipedProgram {
        try PipedProgram(
            BuiltProgram.patrol, words, environment: environment.merging(settings) { $1 }, folder: folder.path)
    }

    /// Runs `patrol` to its end.
    func run(_ words: [String]) throws -> PipedProgram.Result { try start(words).finish() }

    /// How often a token was allowed something, as far as it is written.
    func allowedCalls(of token: TokenID) throws -> Int {
        try patrol.useSummary(of: token, since: Machine.now - .hours(2)).allowed
    }

    /// Asks until the answer is of that status; the last one.
    @discardableResult
    func ask(
        until status: Int, _ served: ServedProgram, _ secret: String, style: String = "forward", within seconds: Double = 20
    ) throws -> RawAnswer {
        let deadline = monotonicSeconds() + seconds
        while true {
            let answer = try ask(try served.client(), secret, style: style)
            if answer.status == status { return answer }
            guard monotonicSeconds() < deadline else {
                throw ProgramFailure("status \(answer.status) for \(seconds) s and no \(status)\n\(answer.text)\n\(served.said)")
            }
            usleep(50_000)
        }
    }
}

/// A gateway at work.
final class ServedProgram {
    let program: PipedProgram
    /// 0 where it listens on a Unix socket.
    let port: UInt16

    init(_ program: PipedProgram, waiting line: String) throws {
        self.program = program
        let said = try program.waitForErrors(line)
        let words = said.split(separator: " ").flatMap { $0.split(separator: "\n") }.flatMap { $0.split(separator: ",") }
        port = words.first { $0.hasPrefix("127.0.0.1:") }.flatMap { UInt16($0.dropFirst(10)) } ?? 0
    }

    func client() throws -> RawClient { try RawClient(port: port) }

    /// All that it said so far.
    var said: String { (try? program.waitForErrors("", within: 1)) ?? "" }

    /// Tells it to end, and waits until it has.
    @discardableResult
    func end(within seconds: Double = 20) throws -> PipedProgram.Result {
        program.process.send(signal: SIGTERM)
        return try program.finish(within: seconds)
    }
}
