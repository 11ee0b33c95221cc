internal import CSystem

/// Opens connections to a database of ours, and refuses everything else before it is touched.
struct Opening: Sendable {
    let path: DatabasePath
    let schema: Schema
    /// The file that was looked at.
    let identity: FileIdentity

    /// The two numbers at fixed places of a database's first page, as they are on the disk.
    struct Header: Hashable, Sendable {
        var applicationID: UInt32
        var version: Int

        /// Nil where the bytes do not begin a database of SQLite's.
        init?(_ bytes: [UInt8]) {
            guard bytes.count == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else {
                return nil
            }
            func number(at place: Int) -> UInt32 {
                bytes[place..<place + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            }
            applicationID = number(at: 68)
            version = Int(Int32(bitPattern: number(at: 60)))
        }
    }

    /// Looks at what is at `path`: that it is a private file of ours in a private folder.
    init(_ path: DatabasePath, schema: Schema, mayWrite: Bool) throws(StorageError) {
        guard let look = try FileLook(at: path.file) else { throw .notFound(path: path.file) }
        switch look.kind {
        case .regular: break
        case .folder: throw .notPatrol(path: path.file, .folder)
        case .link: throw .notPatrol(path: path.file, .symbolicLink)
        case .other: throw .notPatrol(path: path.file, .special)
        }
        try path.requirePrivateFolder(mayWrite: mayWrite)
        try look.requirePrivate(path.file)
        guard look.size > 0 else { throw .notPatrol(path: path.file, .empty) }
        guard look.size >= 512 else { throw .notPatrol(path: path.file, .notADatabase) }
        if mayWrite { try DatabasePath.requireWritable(path.file) }
        self.path = path
        self.schema = schema
        self.identity = look.identity
    }

    /// A connection whose file's header was checked before SQLite reads anything else.
    func connect(mayWrite: Bool) throws(StorageError) -> Connection {
        let connection: Connection
        do {
            connection = try Connection(opening: path.file, mayWrite: mayWrite)
        } catch {
            throw try FileLook(at: path.file) == nil ? .notFound(path: path.file) : error
        }
        try requireSameFile()
        try check(try connection.header())
        try connection.configure(keepsLog: true)
        return connection
    }

    private func check(_ bytes: [UInt8]) throws(StorageError) {
        guard let header = Header(bytes) else { throw .notPatrol(path: path.file, .notADatabase) }
        guard header.applicationID == Schema.applicationID else {
            throw .notPatrol(path: path.file, .foreign(applicationID: header.applicationID))
        }
        if header.version > schema.version {
            throw .newer(found: header.version, known: schema.version)
        }
    }

    /// The version as the last commit left it, which may still stand in the log only.
    func version(_ connection: Connection) throws(StorageError) -> Int {
        let applicationID = try connection.integer("PRAGMA application_id")
        guard UInt32(truncatingIfNeeded: applicationID) == Schema.applicationID else {
            throw .notPatrol(
                path: path.file, .foreign(applicationID: UInt32(truncatingIfNeeded: applicationID)))
        }
        let version = Int(try connection.integer("PRAGMA user_version"))
        if version > schema.version { throw .newer(found: version, known: schema.version) }
        guard version >= 1 else { throw .damaged(detail: "the database has no schema") }
        return version
    }

    /// Another program may have turned the log off, on which all else rests.
    func requireLog(_ connection: Connection) throws(StorageError) {
        if try connection.header()[18] == 2 { return }
        try connection.execute("PRAGMA journal_mode = WAL")
        guard try connection.header()[18] == 2 else { throw .busy(holder: nil) }
    }

    /// Refuses where the path leads to another file by now, or to none.
    func requireSameFile() throws(StorageError) {
        guard let look = try FileLook(at: path.file), look.identity == identity else {
            throw .moved(path: path.file)
        }
    }
}

extension StorageError {
    /// Errors of SQLite do not know their file.
    func at(_ path: String) -> StorageError {
        switch self {
        case .moved(path: ""): .moved(path: path)
        case .readOnly(path: ""): .readOnly(path: path)
        default: self
        }
    }
}
