import CSystem
import Glibc
import PatrolCrypto
@testable import PatrolDomain
@testable import PatrolStorage
import Testing

@Suite(.serialized) struct `The world fails` {
    let folder = TemporaryFolder()
    var path: String { folder["patrol.db"] }

    private func requireRefused(_ store: Store, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(throws: StorageError.moved(path: path), sourceLocation: sourceLocation) {
            try store.apply(.insertMember(Made.member(1)))
        }
        #expect(throws: StorageError.moved(path: path), sourceLocation: sourceLocation) {
            try store.read { r throws(StorageError) in try r.tally() }
        }
    }

    @Test func `a database that was deleted takes no more changes`() throws {
        let store = try Store.founded(at: path)
        try store.apply(.insertMember(Made.member(0)))
        unlink(path)
        requireRefused(store)
    }

    @Test func `a database that was replaced takes no more changes, nor does the new one get them`() throws {
        let store = try Store.founded(at: path)
        try store.apply(.insertMember(Made.member(0)))
        try store.backUp(to: folder["copy.db"])
        rename(folder["copy.db"], path)
        let bytes = SHA256.digest(of: File.read(path))
        requireRefused(store)
        #expect(SHA256.digest(of: File.read(path)) == bytes)
    }

    @Test func `a backup is not made of a database that was replaced`() throws {
        let store = try Store.founded(at: path)
        let copy = folder["copy.db"]
        rename(path, folder["elsewhere.db"])
        #expect(throws: StorageError.moved(path: path)) { try store.backUp(to: copy) }
        _ = try Store.founded(at: folder["other.db"])
        rename(folder["other.db"], path)
        #expect(throws: StorageError.moved(path: path)) { try store.backUp(to: copy) }
        #expect(!folder.names.contains { $0.hasPrefix("copy.db") })
    }

    /// The file goes between the change and its COMMIT.
    @Test func `a database that goes in the middle of a change does not get it`() throws {
        let store = try Store.founded(at: path)
        try store.apply(.insertMember(Made.member(0)))
        let path = path
        #expect(throws: StorageError.moved(path: path)) {
            try store.write { writing throws(StorageError) in
                try writing.record(Made.ruling())
                rename(path, path + ".away")
            }
        }
        rename(path + ".away", path)
        #expect(try store.read { r throws(StorageError) in try r.lastSequence() } == 2)
        try store.apply(.insertMember(Made.member(1)))
    }

    @Test func `a change that throws leaves nothing`() throws {
        let store = try Store.founded(at: path)
        let before = try store.stateDigest()
        #expect(throws: StorageError.full) {
            try store.write { writing throws(StorageError) in
                try writing.record(Made.ruling(Made.event(), [.insertMember(Made.member(1))]))
                throw StorageError.full
            }
        }
        #expect(try store.stateDigest() == before)
        #expect(try store.verifyAudit().entries == 1)
        try store.apply(.insertMember(Made.member(1)))
    }

    @Test(.enabled(if: Mount.isPossible)) func `a full disk loses nothing that was acknowledged`() throws {
        let mount = try Mount(at: folder["small"], kilobytes: 1_500)
        let inner = mount.path + "/patrol.db"
        chmod(mount.path, 0o700)
        let store = try Store.founded(at: inner)
        let comment = String(repeating: "x", count: 1_000)
        var acknowledged: Int64 = 1
        var failure: StorageError?
        while failure == nil, acknowledged < 10_000 {
            do throws(StorageError) {
                _ = try store.write { w throws(StorageError) in
                    try w.record(Made.ruling(Made.event(comment: comment)))
                }
                acknowledged += 1
            } catch {
                failure = error
            }
        }
        switch failure {
        case .full, .unknownOutcome(.full): break
        default: Issue.record("not called full")
        }
        for _ in 0..<3 {
            #expect(throws: StorageError.self) {
                try store.apply(.insertMember(Made.member(1)))
            }
        }
        let verdict = try store.verifyAudit()
        #expect(verdict == AuditVerdict(entries: acknowledged, faults: []))
        let other = try Store(opening: inner)
        #expect(try other.verifyAudit() == verdict)
        // Room again: it goes on.
        try mount.resize(kilobytes: 6_000)
        try store.apply(.insertMember(Made.member(1)))
        #expect(try other.verifyAudit() == AuditVerdict(entries: acknowledged + 1, faults: []))
    }

    @Test(.enabled(if: Mount.isPossible)) func `a disk that can only be read is named`() throws {
        let mount = try Mount(at: folder["small"], kilobytes: 4_000)
        let inner = mount.path + "/patrol.db"
        chmod(mount.path, 0o700)
        do { _ = try Store.founded(at: inner) }
        try mount.makeReadOnly()
        let error = #expect(throws: StorageError.self) { try Store(opening: inner) }
        guard case .readOnly = error else {
            Issue.record("not called read-only")
            return
        }
        // What lies beside it is enough for those who only read.
        let reader = try Store(opening: inner, mode: .readOnly)
        #expect(try reader.read { r throws(StorageError) in try r.tally().members } == 1)
        let creation = #expect(throws: StorageError.self) {
            try Store.founded(at: mount.path + "/a/new.db")
        }
        guard case .readOnly = creation else {
            Issue.record("not called read-only")
            return
        }
    }
}

/// A small file system of its own, for the time of a test; for the superuser only.
final class Mount {
    let path: String

    static let isPossible: Bool = {
        guard getuid() == 0 else { return false }
        let folder = TemporaryFolder()
        guard mount("none", folder.path, "tmpfs", 0, "size=64k") == 0 else { return false }
        umount2(folder.path, 2)
        return true
    }()

    init(at path: String, kilobytes: Int) throws {
        self.path = path
        mkdir(path, 0o700)
        try #require(mount("none", path, "tmpfs", 0, "size=\(kilobytes)k,mode=0700") == 0)
    }

    deinit { umount2(path, 2) }

    func resize(kilobytes: Int) throws {
        try #require(mount("none", path, "tmpfs", UInt(MS_REMOUNT), "size=\(kilobytes)k") == 0)
    }

    func makeReadOnly() throws {
        try #require(
            mount("none", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
    }
}
