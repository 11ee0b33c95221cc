import CPseudoTerminal
import Glibc
import PatrolDomain
import PatrolOperations

/// One of the processes that change an account while it is asked about.
struct MixedWriter {
    enum Work: String, CaseIterable {
        /// Creates tokens, and deletes them again.
        case tokens
        /// Edits roles, and puts tokens in quarantine and takes them out.
        case roles
        /// Gives members other roles.
        case members
    }

    private let work: Work
    private let patrol: Patrol
    private let owner: Session
    private var round = 0
    private var made: [TokenID] = []
    private var fixed: [TokenID] = []
    private var refusals = 0
    private var random = SystemRandomNumberGenerator()

    /// Tokens of its own at once.
    private static let mostTokens = 64
    /// Between two commands.
    private static let pause: UInt32 = 12_000

    /// Works until the time is over, or who started it is gone. The exit code.
    static func run(_ name: String, location: Location, seconds: Int) -> Int32 {
        guard let work = Work(rawValue: name) else { return 64 }
        do {
            var writer = try MixedWriter(work, location)
            let end = monotonic_nanoseconds() + Int64(seconds) * 1_000_000_000
            let parent = getppid()
            while monotonic_nanoseconds() < end && getppid() == parent {
                try writer.step()
                writer.round += 1
                usleep(pause)
            }
            say("\(work.rawValue): \(writer.round) commands, \(writer.refusals) of them refused\n", to: 2)
            return 0
        } catch {
            say("\(work.rawValue): \(error)\n", to: 2)
            return 1
        }
    }

    private init(_ work: Work, _ location: Location) throws {
        self.work = work
        patrol = try Patrol(opening: location)
        owner = try patrol.signIn()
        fixed = ProcessFacts.text(of: MixedAccount.list(of: location.database)).split(separator: "\n")
            .compactMap { TokenID(String($0)) }
    }

    private mutating func step() throws {
        switch work {
        case .tokens: try changeTokens()
        case .roles: try round % 2 == 0 ? editRole() : hold()
        case .members: try changeMember()
        }
    }

    private mutating func perform(_ command: Command) throws -> Outcome {
        let outcome = try patrol.perform(command, as: owner)
        if outcome.refusal != nil { refusals += 1 }
        return outcome
    }

    private mutating func changeTokens() throws {
        if made.count >= Self.mostTokens || (made.count > 8 && Bool.random(using: &random)) {
            let id = made.remove(at: Int.random(in: made.indices, using: &random))
            guard let token = try patrol.token(id) else { return }
            _ = try perform(.deleteToken(id, version: token.version))
            return
        }
        guard let key = Key(MixedAccount.role(round % MixedAccount.roles)), let role = try patrol.role(key: key) else { return }
        let scopes: [Scope] = [.base(.writer), .customRoles([role.id]), .inline(try MixedAccount.policy(isOpen: round % 4 < 2))]
        guard let token = MixedToken(try perform(MixedAccount.creation(of: scopes[round % scopes.count]))) else { return }
        made.append(token.id)
        Self.say(token.line, to: 1)
    }

    /// At once, in one piece.
    private static func say(_ line: String, to descriptor: Int32) {
        let bytes = Array(line.utf8)
        _ = write(descriptor, bytes, bytes.count)
    }

    private mutating func editRole() throws {
        guard let key = Key(MixedAccount.role(Int.random(in: 0..<MixedAccount.roles, using: &random))),
            let role = try patrol.role(key: key)
        else { return }
        let policy = try MixedAccount.policy(isOpen: role.policy.statements.count > 1)
        _ = try perform(
            .editRole(
                EditRole(
                    role: role.id, version: role.version, name: role.name, description: "",
                    basePermissions: round % 3 == 0 ? .noAccess : .reader, policy: policy)))
    }

    private mutating func hold() throws {
        guard let id = fixed.randomElement(using: &random), let token = try patrol.token(id) else { return }
        let command: Command =
            token.quarantine == nil
            ? .quarantineToken(QuarantineToken(token: id, version: token.version, reason: "mixed load", deletesAt: nil))
            : .thawToken(id, version: token.version)
        _ = try perform(command)
    }

    private mutating func changeMember() throws {
        let email = MixedAccount.person(Int.random(in: 0..<MixedAccount.people, using: &random))
        guard let member = try patrol.member(email: email) else { return }
        let other = [BaseRole.admin, .writer, .reader].filter { $0 != member.baseRole }
        _ = try perform(
            .changeMemberRoles(
                ChangeMemberRoles(
                    member: member.id, version: member.version, baseRole: other.randomElement(using: &random) ?? .reader,
                    customRoles: [], roleAttributes: [:])))
    }
}

/// A writer as a process, and what it says.
final class MixedWriterProcess {
    private let process: Int32
    private let output: Int32
    private let errors: Int32
    private var waiting: [UInt8] = []

    init(_ work: MixedWriter.Work, account: Location, programs: String, seconds: Int) throws {
        var process: Int32 = -1
        var ends: (Int32, Int32, Int32) = (-1, -1, -1)
        let words = [
            "\(programs)/patrol-benchmarks", "--gateway-writer", work.rawValue, "--gateway-mixed", String(seconds), "--database",
            account.database, "--keys-of-account", account.keyFolder,
        ]
        let error = withWords(words, ["HOME": "/nonexistent", "SWIFT_BACKTRACE": "enable=no"]) { words, settings in
            piped_program_start(words[0], words, settings, nil, &process, &ends.0, &ends.1, &ends.2)
        }
        guard error == 0 else { throw BenchmarkFault.server("`\(words[0])` can't be started") }
        program_close(ends.0)
        (self.process, output, errors) = (process, ends.1, ends.2)
    }

    deinit {
        program_close(output)
        program_close(errors)
    }

    /// The tokens that it made since the last time.
    func made() -> [MixedToken] {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = program_read(output, &chunk, chunk.count)
            guard count > 0 else { break }
            waiting += chunk.prefix(count)
        }
        guard let end = waiting.lastIndex(of: 10) else { return [] }
        let lines = String(decoding: waiting[...end], as: UTF8.self)
        waiting.removeFirst(end + 1)
        return lines.split(separator: "\n").compactMap { MixedToken($0) }
    }

    /// Waits for its end: its last words, and whether all went well.
    func finish() -> (words: String, isGood: Bool) {
        var (code, signal): (Int32, Int32) = (-1, 0)
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while program_wait(process, 50, &code, &signal) != 0 { _ = made() }
        let count = program_read(errors, &chunk, chunk.count)
        return (String(decoding: chunk.prefix(max(0, count)), as: UTF8.self), code == 0)
    }
}
