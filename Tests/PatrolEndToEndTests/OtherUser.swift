import Glibc
import PatrolTestSupport
import Testing

/// A user of the system without any rights, in whose name the program is run: only the administrator can do that.
enum OtherUser {
    /// `nobody`, on every Linux.
    static let number: UInt32 = 65_534

    private static var starter: [String] {
        ["/usr/bin/setpriv", "--reuid=\(number)", "--regid=\(number)", "--clear-groups", "--"]
    }

    /// Whether programs can be run so, and that user may run the built one.
    static let isPossible: Bool = {
        guard geteuid() == 0, SystemProgram.path(of: "setpriv") != nil else { return false }
        let words = Array(starter.dropFirst()) + ["/usr/bin/test", "-x", BuiltProgram.patrol]
        let result = try? PipedProgram.run(starter[0], words, environment: [:])
        return result?.exitCode == 0
    }()

    /// A home of that user, with everything in it.
    static func own(_ account: TestAccount) {
        _ = try? PipedProgram.run("/bin/chown", ["-R", "\(number):\(number)", account.home.path], environment: [:])
    }

    static func run(_ words: [String], in account: TestAccount) throws -> PipedProgram.Result {
        try PipedProgram.run(
            starter[0], starter.dropFirst() + [BuiltProgram.patrol] + words, environment: account.environment,
            folder: account.home.path)
    }

    static func open(in account: TestAccount, settings: [String: String] = [:]) throws -> TerminalProgram {
        try TerminalProgram(
            starter[0], starter.dropFirst() + [BuiltProgram.patrol],
            environment: account.environment.merging(settings) { $1 }, folder: account.home.path, size: .middle)
    }
}

/// Permissions don't bind the administrator, whom tests often run as: here they do.
@Suite(.enabled(if: OtherUser.isPossible, "needs root, setpriv, and a build that every user may run"))
struct `As a user without rights` {
    @Test func `the program makes an account of its own, and works on it`() throws {
        let account = try TestAccount()
        OtherUser.own(account)
        let made = try OtherUser.run(["init", "--account", "Acme", "--owner", "ada@example.org", "--name", "Ada Berg"], in: account)
        #expect(made.exitCode == 0, "\(made.errors)")
        let created = try OtherUser.run(
            ["tokens", "create", "--name", "mine", "--purpose", "a test", "--role", "reader", "--expires", "30d"], in: account)
        #expect(created.exitCode == 0, "\(created.errors)")
        var about = stat()
        #expect(stat(account.database, &about) == 0 && about.st_uid == OtherUser.number && about.st_mode & 0o777 == 0o600)
        let patrol = try OtherUser.open(in: account)
        try patrol.waitForAccount()
        try patrol.waitFor(text: "mine")
        try patrol.quit()
        patrol.expectRestored()
        #expect(TextFile.mode(of: account.home(".local/state/patrol/screen.json")) == 0o600)
    }

    @Test(arguments: `Configuration that is broken`.names)
    func `a file that may not be read is told, and the usual takes its place`(name: String) throws {
        let account = try TestAccount.acme()
        let path = account.makeFolders(of: name)
        try TextFile.write("{}", to: path)
        OtherUser.own(account)
        chmod(path, 0o000)
        let file = name.split(separator: "/").last.map(String.init) ?? name
        let patrol = try OtherUser.open(in: account, settings: name.contains("themes") ? ["PATROL_THEME": "broken"] : [:])
        try patrol.waitForAccount()
        try patrol.waitFor(text: "`\(file)` can't be read: Permission denied")
        patrol.type("3")
        #expect(patrol.waitForQuiet(of: 0.1).hasFourPanes)
        try patrol.quit()
        patrol.expectRestored()
        #expect(TextFile.text(of: path) == "{}" && TextFile.mode(of: path) == 0, "it is as it was")
    }

    @Test func `another user's database is refused in one line`() throws {
        let account = try TestAccount.acme()
        let before = TextFile.bytes(of: account.database)
        for mode: (folder: UInt32, file: UInt32) in [(0o700, 0o600), (0o755, 0o600), (0o755, 0o644), (0o777, 0o666)] {
            chmod(account.home.path, mode.folder)
            chmod(account.home("data"), mode.folder)
            chmod(account.database, mode.file)
            let home = try TestAccount()
            OtherUser.own(home)
            home.environment["PATROL_DATABASE"] = account.database
            let listed = try OtherUser.run(["tokens", "list"], in: home)
            #expect(listed.exitCode != 0 && listed.output.isEmpty)
            #expect(listed.lines.isEmpty && listed.errors.split(separator: "\n").count == 1, "\(listed.errors)")
            let words = mode.folder == 0o700 ? "/data` can't be " : "/data` belongs to another user (0); it was not touched"
            #expect(listed.errors.contains(words), "\(listed.errors)")
            let patrol = try OtherUser.open(in: home)
            #expect(try patrol.waitForEnd() != .exited(0))
            #expect(patrol.screen.rows.filter { !$0.isEmpty }.joined().contains(words), "\(patrol.screen)")
            #expect(!patrol.transcript.contains(0x1B))
        }
        #expect(TextFile.bytes(of: account.database) == before)
    }

    @Test func `another user's database in a folder of one's own is refused, too`() throws {
        let account = try TestAccount.acme()
        OtherUser.own(account)
        chown(account.database, 0, 0)
        let listed = try OtherUser.run(["tokens", "list"], in: account)
        #expect(listed.exitCode != 0 && listed.output.isEmpty && listed.errors.split(separator: "\n").count == 1)
        #expect(listed.errors.contains("patrol.db` belongs to another user (0); it was not touched"), "\(listed.errors)")
    }
}
