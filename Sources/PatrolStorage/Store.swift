internal import CSystem
package import PatrolDomain

/// An account's database, for one thread: a connection that reads, and one that writes as soon as
/// something is to be written.
package final class Store {
    package enum Mode: Hashable, Sendable { case readWrite, readOnly }

    /// The database's path, absolute and without links.
    package var path: String { opening.path.file }

    let opening: Opening
    package let mode: Mode
    let reader: Connection
    let doorbell: Doorbell?
    private var writing: Writing?
    private var seenDataVersion: Int64 = -1

    /// Opens the database at `path`. One of an older version is brought up to date first.
    ///
    /// What is not a whole, private database of Patrol's of a known version is refused before anything is
    /// written, beside it too.
    ///
    /// - Parameter updating: called before one of an older version is brought up to date, which may take long.
    /// - Throws: `notFound`, `notPatrol`, `permission`, `newer`, `damaged`, `readOnly`, `busy`; `stopped` where
    ///   that was asked for while it was brought up to date.
    package convenience init(
        opening path: String, mode: Mode = .readWrite, updating: () -> Void = {}
    ) throws(StorageError) {
        try self.init(opening: path, mode: mode, schema: .current, updating: updating)
    }

    /// The same with another list of migrations.
    init(
        opening path: String, mode: Mode, schema: Schema, updating: () -> Void = {}
    ) throws(StorageError) {
        let path = try DatabasePath(path)
        let mayWrite = mode == .readWrite
        do throws(StorageError) {
            opening = try Opening(path, schema: schema, mayWrite: mayWrite)
            reader = try opening.connect(mayWrite: mayWrite)
            let version = try opening.version(reader)
            if version < schema.version {
                guard mayWrite else { throw .readOnly(path: path.file) }
                updating()
                try Migrating(opening).run()
            }
            if mayWrite { try opening.requireLog(reader) }
            try reader.execute("PRAGMA query_only = ON")
            doorbell = mayWrite ? try Doorbell(beside: path) : nil
            self.mode = mode
        } catch {
            // A database with a log can't even be read where nothing may be written beside it.
            if case .sql = error { try DatabasePath.requireWritable(path.folder) }
            throw error.at(path.file)
        }
    }

    /// Looks at the database as it is at one moment. Nothing else may go on inside: while somebody
    /// reads, the log can't be shortened.
    package func read<Result>(
        _ body: (ReadTransaction) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        precondition(!reader.isInTransaction, "a reading inside a reading")
        do throws(StorageError) {
            if reader.hasMoved { throw .moved(path: path) }
            try reader.run("BEGIN")
            let transaction = ReadTransaction(reader)
            let result: Result
            do throws(StorageError) {
                result = try body(transaction)
            } catch {
                transaction.end()
                try? reader.run("ROLLBACK")
                throw error
            }
            transaction.end()
            try reader.run("COMMIT")
            return result
        } catch {
            throw error.at(path)
        }
    }

    /// Changes the database, in turn with everybody else who writes: all of what `body` does, or nothing.
    ///
    /// `body` runs once more from its beginning where it has to. Nothing but the database may be waited for
    /// inside. When this returns, the change is on the disk.
    ///
    /// - Parameter deadline: how long to wait for the others at most.
    /// - Throws: what `body` throws, after which nothing has changed; `busy`, `moved`, `full`, `readOnly`;
    ///   `unknownOutcome` where the database does not say whether the change is there.
    package func write<Result>(
        deadline: TimeSpan = TimeSpan(milliseconds: 10_000),
        _ body: (WriteTransaction) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        precondition(!reader.isInTransaction, "a writing inside a reading")
        guard mode == .readWrite else { throw .readOnly(path: path) }
        do throws(StorageError) {
            return try writer().run(deadline: deadline, body)
        } catch {
            throw error.at(path)
        }
    }

    /// Becomes readable, for `poll`, when a process recorded something; -1 where the system can't tell. Call
    /// `drainChanges` then, and now and then without it: use and risks are written without a ring.
    package var changeDescriptor: Int32 { doorbell?.descriptor ?? -1 }

    /// Takes what `changeDescriptor` has, and answers whether somebody committed a change since the
    /// last call; also one who does not ring.
    package func drainChanges() throws(StorageError) -> Bool {
        doorbell?.drain()
        let version = try reader.integer("PRAGMA data_version")
        defer { seenDataVersion = version }
        return version != seenDataVersion
    }

    /// Wakes whoever watches `changeDescriptor`, this process too: for what is worth a look and was not recorded.
    package func ring() { doorbell?.ring() }

    /// Copies the log into the database file, if that needs no waiting, so that the next to open it finds
    /// a short log. For a clean end.
    package func settle() {
        guard mode == .readWrite else { return }
        try? writer().checkpoint()
    }

    /// Writes a whole copy to a new file at `path`, which must be free.
    package func backUp(to path: String) throws(StorageError) {
        precondition(!reader.isInTransaction, "a copy inside a reading")
        try BackUp(of: reader, opening, to: path).run()
    }

    private func writer() throws(StorageError) -> Writing {
        if let writing { return writing }
        let made = try Writing(opening, reader: reader, doorbell: doorbell)
        writing = made
        return made
    }
}
