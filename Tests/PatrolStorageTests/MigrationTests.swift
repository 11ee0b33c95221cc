import CSystem
import Glibc
import PatrolCrypto
@testable import PatrolDomain
@testable import PatrolStorage
import Testing

@Suite(.serialized) struct `Migrations` {
    let folder = TemporaryFolder()
    var path: String { folder["patrol.db"] }

    /// Released text never changes: a database made by it is somewhere.
    @Test(arguments: zip(Migration.all, [
        "6adeeaa72b427c61efcb84d8223f20b2e033a644f76a9666da7201716dae66f7",
        "c24e485a355d40b88cbc50eba981e23ef5baf049d0d95940bd513055962f92f0",
        "0051db6ce81f373b835cf2e1ac45aab9ff13061e974144ed62a249af2f26c812",
        "bec65db71e09465e04bd78ef483a7029584ebbfbffb4ac5e9af86ca07c785147",
    ]))
    func `their text is frozen`(migration: Migration, digest: String) {
        #expect(Child.hexadecimal(SHA256.digest(of: Array(migration.sql.utf8))) == digest)
    }

    @Test func `they are numbered without a gap`() {
        #expect(Migration.all.map(\.version) == Array(1...Migration.all.count))
        #expect(Schema.current.version == Migration.all.count)
    }

    /// A second and third version, slow enough to be caught in the middle.
    static let later = Schema(
        migrations: Migration.all + [
            Migration(
                version: Schema.current.version + 1,
                sql: """
                    CREATE TABLE extra (a INTEGER) STRICT;
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60000)
                    INSERT INTO extra SELECT i FROM n;
                    CREATE INDEX extra_a ON extra (a);
                    """),
            Migration(
                version: Schema.current.version + 2,
                sql: "ALTER TABLE extra ADD COLUMN b INTEGER NOT NULL DEFAULT 7"),
        ])

    static let last = Int64(Schema.current.version + 2)

    private func state(_ path: String) throws -> (version: Int64, extra: Int64) {
        let connection = try Connection(opening: path, mayWrite: true)
        try connection.configure(keepsLog: true)
        let hasExtra = try connection.integer(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'")
        return (
            try connection.integer("PRAGMA user_version"),
            hasExtra == 0 ? -1 : try connection.integer("SELECT count(*) FROM extra")
        )
    }

    @Test func `an older database is brought up to date, with what is in it`() throws {
        let digest: [UInt8]
        do {
            let old = try Store.founded(at: path)
            try old.apply(.insertMember(Made.member(1)))
            digest = try old.stateDigest()
        }
        let store = try Store(opening: path, mode: .readWrite, schema: Self.later)
        #expect(try state(path) == (Self.last, 60_000))
        #expect(try store.stateDigest() == digest)
        // The version stands in the file itself, so that an older program refuses it.
        #expect(throws: StorageError.newer(found: Int(Self.last), known: Schema.current.version)) { try Store(opening: path) }
        #expect(try store.opening.connect(mayWrite: true).header()[63] == UInt8(Self.last))
    }

    /// A large account left a log of a gigabyte, which each start had to look through.
    @Test func `the log of a large one is short afterwards`() throws {
        do { _ = try Store.founded(at: path) }
        let wide = Migration(
            version: Schema.current.version + 1,
            sql: """
                CREATE TABLE wide (a BLOB) STRICT;
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 40)
                INSERT INTO wide SELECT zeroblob(500000) FROM n;
                """)
        _ = try Store(opening: path, mode: .readWrite, schema: Schema(migrations: Migration.all + [wide]))
        #expect(File.read(path).count > 20_000_000)
        #expect(File.read(path + "-wal").count <= 16_777_216)
    }

    /// The file was made by the first release: an account, three members who are invited, six tokens.
    @Test func `a database of the first version gets the orders and words of the second`() throws {
        let fixture = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Fixtures/version-1.db"
        File.write(File.read(fixture), to: path)
        chmod(path, 0o600)
        let store = try Store(opening: path, mode: .readWrite)
        #expect(try store.verifyAudit().isWhole)
        let words = ["kim", "nightly export 4", "created", "createAccessToken", "ada@example", "nobody"]
        for word in words {
            func page(_ look: Int) throws -> [AuditRow] {
                try store.read { r throws(StorageError) in
                    try r.auditPage(
                        PageRequest(limit: 50, lookLimit: look), filter: Filter(terms: [.init(.text(word))]),
                        at: Made.start + .days(900)).items.map(\.row)
                }
            }
            let (scanned, found) = (try page(2_000), try page(1))
            #expect(scanned == found, "\(word)")
            #expect(scanned.isEmpty == (word == "nobody"), "\(word)")
        }
        let tokens = try store.read { r throws(StorageError) in
            try r.tokenPage(
                PageRequest(limit: 50, lookLimit: 1), sort: .owner,
                filter: Filter(terms: [.init(.text("warehouse")), .init(.owner("ada"))]), at: Made.start + .days(900)
            ).items
        }
        #expect(tokens.count == 6)
    }

    /// The file was made by the second version: a role, five tokens, one of them flagged.
    @Test func `a database of the second version keeps its tokens in the third`() throws {
        let fixture = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Fixtures/version-2.db"
        File.write(File.read(fixture), to: path)
        chmod(path, 0o600)
        let store = try Store(opening: path, mode: .readWrite)
        #expect(try store.verifyAudit().isWhole)
        let tokens = try store.read { r throws(StorageError) in
            try r.tokenPage(
                PageRequest(limit: 50), sort: .name, filter: Filter(), at: Made.start + .days(900)
            ).items.map(\.row.token)
        }
        #expect(tokens.count == 5)
        #expect(tokens.filter { $0.flag != nil }.count == 1)
        #expect(tokens.allSatisfy { $0.quarantine == nil && $0.plan == nil && $0.formerScope == nil })
    }

    @Test func `tokens of before are limited to no networks, and judged anew`() throws {
        let fixture = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Fixtures/version-2.db"
        File.write(File.read(fixture), to: path)
        chmod(path, 0o600)
        let store = try Store(opening: path, mode: .readWrite)
        let due = try store.read { r throws(StorageError) in try r.dueTokens(limit: 50, at: Made.start) }
        #expect(due.count == 5 && due.allSatisfy { $0.token.networks == nil })
    }

    @Test func `opened for reading, an older database is not touched`() throws {
        _ = try Store.founded(at: path)
        #expect(throws: StorageError.readOnly(path: path)) {
            try Store(opening: path, mode: .readOnly, schema: Self.later)
        }
        #expect(try state(path) == (Int64(Schema.current.version), -1))
    }

    @Test func `a process killed in the middle leaves the old or the new`() async throws {
        do { _ = try Store.founded(at: folder["old.db"]) }
        let old = File.read(folder["old.db"])
        var random = SplitMix(seed: 3)
        var seen: Set<Int64> = []
        for _ in 0..<10 {
            for name in folder.names where name.hasPrefix("patrol.db") { unlink(folder[name]) }
            File.write(old, to: path)
            let life = 1 + Int(random.next() % 40)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, life = life as Int] in
                Child.dieAfter(milliseconds: life)
                while true {
                    _ = try? Store(opening: path, mode: .readWrite, schema: Migrations.later)
                }
            }
            let (version, extra) = try state(path)
            #expect(version == Self.last ? extra == 60_000 : version == Self.last - 2 && extra == -1)
            seen.insert(version)
            let store = try Store(opening: path, mode: .readWrite, schema: Self.later)
            #expect(try store.verifyAudit().isWhole)
        }
        #expect(!seen.isEmpty)
    }

    /// A function of its own, and no pattern after `catch`: the optimizing compiler ends on either inside of `#expect`.
    static func stopInTheMiddle(_ path: String) throws {
        do throws(StorageError) {
            _ = try Store(opening: path, mode: .readWrite, schema: later) {
                csystem_watch_stops()
                raise(SIGINT)
            }
        } catch {
            guard case .stopped = error else { throw error }
            csystem_forget_stops()
            exit(csystem_stop_asked() == 0 ? 7 : 8)
        }
    }

    @Test func `a stop in the middle leaves the old one, and is said`() async throws {
        do { _ = try Store.founded(at: path) }
        await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in try Migrations.stopInTheMiddle(path) }
        #expect(try state(path) == (Int64(Schema.current.version), -1))
        _ = try Store(opening: path, mode: .readWrite, schema: Self.later)
        #expect(try state(path) == (Self.last, 60_000))
    }

    @Test func `two processes bring it up to date once`() async throws {
        do { _ = try Store.founded(at: path) }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask { [path] in
                    await #expect(processExitsWith: .success) { [path = path as String] in
                        _ = try Store(opening: path, mode: .readWrite, schema: Migrations.later)
                        exit(0)
                    }
                }
            }
        }
        #expect(try state(path) == (Self.last, 60_000))
    }
}
