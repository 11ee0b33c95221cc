internal import CSystem
internal import PatrolCrypto

/// A whole copy of the database, as it is at one moment, in a new private file.
struct BackUp {
    private let connection: Connection
    private let opening: Opening
    private let path: String

    init(of connection: Connection, _ opening: Opening, to path: String) {
        self.connection = connection
        self.opening = opening
        self.path = path
    }

    /// The copy appears at its path when it is whole.
    func run() throws(StorageError) {
        csystem_keep_files_private()
        let target = try DatabasePath(path)
        if try FileLook(at: target.file) != nil { throw .alreadyExists(path: target.file) }
        let temporary = "\(target.file)-new-\(String(RandomBytes.number(), radix: 36))"
        do throws(StorageError) {
            // Reading only, else; copying needs one more file.
            try connection.execute("PRAGMA query_only = OFF")
            defer { try? connection.execute("PRAGMA query_only = ON") }
            try requireInPlace()
            try connection.run("VACUUM INTO ?", [.text(temporary)])
            // A copy of a database that others replaced meanwhile is not a copy of theirs.
            try requireInPlace()
            try makeLogged(temporary)
            try check(csystem_sync(temporary), "fsync", temporary)
            try check(csystem_put_in_place(temporary, target.file), "link", target.file)
            try check(csystem_sync(target.folder), "fsync", target.folder)
        } catch {
            _ = csystem_remove(temporary)
            throw error.at(target.file)
        }
    }

    private func requireInPlace() throws(StorageError) {
        if connection.hasMoved { throw .moved(path: opening.path.file) }
        try opening.requireSameFile()
    }

    /// A copy is written without a log; as a database of its own it has one.
    private func makeLogged(_ path: String) throws(StorageError) {
        let copy = try Connection(opening: path, mayWrite: true)
        try copy.configure(keepsLog: false)
        try copy.execute("PRAGMA journal_mode = WAL")
    }

    private func check(_ code: Int32, _ call: String, _ path: String) throws(StorageError) {
        switch code {
        case 0: return
        case -csystem_eexist: throw .alreadyExists(path: path)
        case -csystem_enospc, -csystem_edquot: throw .full
        default: throw .system(call, path, code)
        }
    }
}
