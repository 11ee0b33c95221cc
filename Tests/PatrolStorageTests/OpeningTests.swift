import CSystem
import Glibc
import PatrolCrypto
@testable import PatrolDomain
@testable import PatrolStorage
import Testing

@Suite struct `Opening a database` {
    let folder = TemporaryFolder()
    var path: String { folder["patrol.db"] }

    /// Opens what is at the path, and holds it to its bytes and to nothing new beside it.
    private func refusal(_ mode: Store.Mode = .readWrite, sourceLocation: SourceLocation = #_sourceLocation)
        -> StorageError?
    {
        let names = folder.names
        let bytes = SHA256.digest(of: File.read(path))
        defer {
            #expect(folder.names == names, sourceLocation: sourceLocation)
            #expect(SHA256.digest(of: File.read(path)) == bytes, sourceLocation: sourceLocation)
        }
        do throws(StorageError) {
            _ = try Store(opening: path, mode: mode)
            return nil
        } catch {
            return error
        }
    }

    @Test func `nothing, and no folder, are not found`() throws {
        #expect(refusal() == .notFound(path: path))
        #expect(throws: StorageError.notFound(path: folder["a/b/patrol.db"])) {
            try Store(opening: folder["a/b/patrol.db"])
        }
    }

    @Test(arguments: [
        [UInt8]([0x41]), Array("SQLite format 3".utf8), [UInt8](repeating: 0, count: 4_096),
        Array(String(repeating: "no database at all\n", count: 400).utf8),
    ])
    func `garbage is refused and stays as it is`(bytes: [UInt8]) {
        File.write(bytes, to: path)
        #expect(refusal() == .notPatrol(path: path, .notADatabase))
    }

    @Test func `an empty file, a folder, a pipe and a link are refused`() throws {
        File.write([], to: path)
        #expect(refusal() == .notPatrol(path: path, .empty))
        unlink(path)
        mkdir(path, 0o700)
        #expect(refusal() == .notPatrol(path: path, .folder))
        rmdir(path)
        mkfifo(path, 0o600)
        #expect(throws: StorageError.notPatrol(path: path, .special)) { try Store(opening: path) }
        unlink(path)
        _ = try Store.founded(at: folder["real.db"])
        symlink(folder["real.db"], path)
        #expect(refusal() == .notPatrol(path: path, .symbolicLink))
    }

    @Test func `another program's database is refused and stays as it is`() throws {
        var connection: Connection? = try Connection(making: path)
        try connection?.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a); PRAGMA application_id = 7")
        connection = nil
        chmod(path, 0o600)
        #expect(refusal() == .notPatrol(path: path, .foreign(applicationID: 7)))
    }

    @Test func `a newer database is refused and stays as it is`() throws {
        do {
            let store = try Store.founded(at: path)
            let connection = try store.opening.connect(mayWrite: true)
            try connection.execute("PRAGMA user_version = 999")
            // First while the number stands in the log only.
            #expect(throws: StorageError.newer(found: 999, known: Schema.current.version)) { try Store(opening: path) }
            store.settle()
        }
        #expect(refusal() == .newer(found: 999, known: Schema.current.version))
    }

    @Test func `files and folders that others can reach are refused`() throws {
        _ = try Store.founded(at: path)
        for mode in [0o640, 0o604, 0o666, 0o620] as [mode_t] {
            chmod(path, mode)
            #expect(refusal() == .permission(path: path, .mode(mode)))
        }
        chmod(path, 0o600)
        chmod(folder.path, 0o750)
        #expect(refusal() == .permission(path: folder.path, .mode(0o750)))
        chmod(folder.path, 0o700)
        #expect(refusal() == nil)
    }

    @Test(.enabled(if: getuid() == 0)) func `a file of another user is refused`() throws {
        _ = try Store.founded(at: path)
        chown(path, 12_345, 12_345)
        #expect(refusal() == .permission(path: path, .owner(12_345)))
    }

    @Test func `a damaged database is an error, never a crash`() throws {
        do {
            let store = try Store.founded(at: path)
            for number in 0..<40 { try store.apply(.insertMember(Made.member(number))) }
            store.settle()
        }
        let whole = File.read(path)
        for name in folder.names where name.hasSuffix("-wal") || name.hasSuffix("-shm") {
            unlink(folder[name])
        }
        var random = SplitMix(seed: 7)
        for _ in 0..<60 {
            var spoiled = whole
            for _ in 0..<200 {
                let place = 100 + Int(random.next() % UInt64(whole.count - 100))
                spoiled[place] = UInt8(truncatingIfNeeded: random.next())
            }
            File.write(spoiled, to: path)
            for name in folder.names where name != "patrol.db" { unlink(folder[name]) }
            do throws(StorageError) {
                let store = try Store(opening: path)
                _ = try store.read { reading throws(StorageError) in
                    try reading.memberPage(PageRequest(limit: 50), sort: .name, at: Made.start)
                }
                _ = try store.verifyAudit()
                try store.apply(.insertMember(Made.member(1_000)))
            } catch {
                continue
            }
        }
    }

    @Test func `a truncated database is damaged`() throws {
        do { _ = try Store.founded(at: path) }
        File.write(Array(File.read(path).prefix(4_096)), to: path)
        for name in folder.names where name.hasSuffix("-wal") || name.hasSuffix("-shm") {
            unlink(folder[name])
        }
        let error = #expect(throws: StorageError.self) {
            let store = try Store(opening: path)
            _ = try store.read { r throws(StorageError) in
                try r.memberPage(PageRequest(limit: 50), sort: .name, at: Made.start)
            }
        }
        guard case .damaged = error else {
            Issue.record("not called damaged")
            return
        }
    }

    @Test func `all files are private, whatever the mask`() throws {
        let before = umask(0)
        defer { umask(before) }
        let inner = folder["a/b/patrol.db"]
        let store = try Store.founded(at: inner)
        try store.apply(.insertMember(Made.member(1)))
        _ = store.changeDescriptor
        try store.backUp(to: folder["a/b/copy.db"])
        let names = TemporaryFolder.names(in: folder["a/b"])
        #expect(
            names == [
                "copy.db", "patrol.db", "patrol.db-bell", "patrol.db-lock", "patrol.db-shm",
                "patrol.db-wal",
            ])
        for name in names { #expect(File.mode(folder["a/b/\(name)"]) == 0o600) }
        #expect(File.mode(folder["a"]) == 0o700 && File.mode(folder["a/b"]) == 0o700)
    }

    @Test func `nothing is ever made over something`() throws {
        _ = try Store.founded(at: path)
        let bytes = File.read(path)
        #expect(throws: StorageError.alreadyExists(path: path)) { try Store.founded(at: path) }
        #expect(File.read(path) == bytes)
        unlink(path)
        // What an old database left behind would be taken for a part of the new one.
        #expect(folder.names.contains("patrol.db-wal"))
        #expect(throws: StorageError.alreadyExists(path: path + "-wal")) {
            try Store.founded(at: path)
        }
    }

    @Test func `a founding that fails leaves nothing`() throws {
        #expect(throws: StorageError.full) {
            try Store.create(at: path) { _ throws(StorageError) in throw .full }
        }
        #expect(folder.names == [])
    }

    @Test func `a backup is a whole database`() throws {
        let store = try Store.founded(at: path)
        for number in 0..<20 { try store.apply(.insertMember(Made.member(number))) }
        try store.backUp(to: folder["copy.db"])
        #expect(throws: StorageError.alreadyExists(path: folder["copy.db"])) {
            try store.backUp(to: folder["copy.db"])
        }
        let copy = try Store(opening: folder["copy.db"])
        #expect(try copy.verifyAudit() == AuditVerdict(entries: 21, faults: []))
        #expect(try copy.stateDigest() == store.stateDigest())
        try copy.apply(.insertMember(Made.member(99)))
        #expect(folder.names.contains("copy.db-wal"))
        try store.apply(.insertMember(Made.member(98)))
    }

    @Test func `a log that another program turned off is turned on again`() throws {
        do { _ = try Store.founded(at: path) }
        do {
            let foreign = try Connection(opening: path, mayWrite: true)
            try foreign.execute("PRAGMA journal_mode = DELETE")
        }
        let store = try Store(opening: path)
        try store.apply(.insertMember(Made.member(1)))
        #expect(try store.reader.header()[18] == 2)
        #expect(folder.names.contains("patrol.db-wal"))
    }

    @Test func `connections have the settings that keep commits`() throws {
        let store = try Store.founded(at: path)
        let expected: [(String, Int64)] = [
            ("wal_autocheckpoint", 0), ("synchronous", 2), ("mmap_size", 0), ("foreign_keys", 1),
            ("recursive_triggers", 1), ("cell_size_check", 1), ("trusted_schema", 0),
            ("application_id", Int64(Schema.applicationID)), ("user_version", Int64(Schema.current.version)),
        ]
        for connection in [store.reader, try store.opening.connect(mayWrite: true)] {
            for (name, value) in expected {
                #expect(try connection.integer("PRAGMA \(name)") == value, "\(name)")
            }
            #expect(throws: StorageError.self) { try connection.execute("SELECT \"text\"") }
            #expect(throws: StorageError.self) {
                try connection.execute("UPDATE sqlite_schema SET sql = ''")
            }
        }
        #expect(throws: StorageError.self) {
            try store.reader.execute("UPDATE tally SET members = 3")
        }
    }

    @Test func `opened for reading, nothing can be written`() throws {
        let keeper = try Store.founded(at: path)
        let store = try Store(opening: path, mode: .readOnly)
        #expect(try store.read { r throws(StorageError) in try r.tally().members } == 1)
        #expect(throws: StorageError.readOnly(path: path)) {
            try store.apply(.insertMember(Made.member(1)))
        }
        #expect(keeper.path == path)
    }
}

/// Random numbers that are the same in each run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
