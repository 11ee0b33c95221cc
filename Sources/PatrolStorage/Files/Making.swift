internal import CSystem
internal import PatrolCrypto

/// Makes a database under a name that nobody looks at, and gives it its own name when it is whole.
struct Making: Sendable {
    let path: DatabasePath
    let schema: Schema
    private let temporary: String

    /// The folder of `path` is made if it is missing; nothing may be at `path` yet, nor anything that
    /// SQLite would take for a part of it.
    init(_ path: String, schema: Schema) throws(StorageError) {
        csystem_keep_files_private()
        try DatabasePath.makeFolder(of: path)
        self.path = try DatabasePath(path)
        self.schema = schema
        try self.path.requirePrivateFolder(mayWrite: true)
        for taken in [self.path.file] + self.path.leftovers where try FileLook(at: taken) != nil {
            throw .alreadyExists(path: taken)
        }
        let suffix = String(RandomBytes.number(), radix: 36)
        temporary = "\(self.path.file)-new-\(suffix)"
    }

    /// Makes the database, lets `fill` write to it, and puts it in place.
    func make<Result>(
        cachePages: Int = 2_000,
        _ fill: (Connection) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        do throws(StorageError) {
            let result = try write(cachePages: cachePages, fill)
            try sync(temporary)
            try putInPlace()
            // From here on the database is there, whatever the disk says.
            do throws(StorageError) { try sync(path.folder) } catch { throw .unknownOutcome(error) }
            return result
        } catch {
            for name in [temporary, temporary + "-journal", temporary + "-wal", temporary + "-shm"] {
                _ = csystem_remove(name)
            }
            throw error.at(path.file)
        }
    }

    private func write<Result>(
        cachePages: Int, _ fill: (Connection) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        let connection = try Connection(making: temporary)
        try connection.configure(keepsLog: false)
        // Nobody else knows the file, and it is thrown away where anything fails: no waiting for the disk.
        try connection.execute(
            """
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA journal_mode = MEMORY;
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = \(cachePages);
            PRAGMA application_id = \(Schema.applicationID);
            BEGIN;
            """)
        try schema.migrate(connection, from: 0)
        try connection.execute("COMMIT")
        let result = try fill(connection)
        // From here on the header says: write-ahead log. It stands in the file itself.
        try connection.execute("PRAGMA locking_mode = NORMAL")
        _ = try connection.integer("SELECT count(*) FROM tally")
        try connection.execute("PRAGMA journal_mode = WAL")
        return result
    }

    private func sync(_ name: String) throws(StorageError) {
        let code = csystem_sync(name)
        guard code == 0 else { throw .system("fsync", name, code) }
    }

    private func putInPlace() throws(StorageError) {
        switch csystem_put_in_place(temporary, path.file) {
        case 0: return
        case -csystem_eexist: throw .alreadyExists(path: path.file)
        case -csystem_enospc, -csystem_edquot: throw .full
        case let code: throw .system("link", path.file, code)
        }
    }
}
