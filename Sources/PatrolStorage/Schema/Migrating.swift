internal import PatrolDomain

/// Brings a database of an older version up to date, in its turn.
struct Migrating {
    private let opening: Opening

    init(_ opening: Opening) { self.opening = opening }

    /// Another process may have done it meanwhile. One transaction: whoever dies inside leaves the old one.
    func run() throws(StorageError) {
        let queue = try WriterQueue(beside: opening.path)
        try queue.enter(deadline: TimeSpan(milliseconds: 30_000))
        defer { queue.leave() }
        let connection = try opening.connect(mayWrite: true)
        connection.setBusyTimeout(milliseconds: 30_000)
        try connection.run("BEGIN IMMEDIATE")
        do throws(StorageError) {
            let version = try opening.version(connection)
            try opening.schema.migrate(connection, from: version)
            try opening.requireSameFile()
            try connection.run("COMMIT")
        } catch {
            if connection.isInTransaction { try? connection.run("ROLLBACK") }
            throw error
        }
        try settle(connection)
    }

    /// Brings the new version into the file itself, so that an older Patrol sees it there. Then one more
    /// commit begins the log anew: only that cuts the file of a log that grew with the whole database.
    private func settle(_ connection: Connection) throws(StorageError) {
        let isCopied = try copyLog(while: connection)
        if isCopied { try connection.run("PRAGMA user_version = \(opening.schema.version)") }
    }

    private func copyLog(while connection: Connection) throws(StorageError) -> Bool {
        let second = try opening.connect(mayWrite: true)
        try connection.run("BEGIN IMMEDIATE")
        defer { try? connection.run("ROLLBACK") }
        return try second.checkpoint()
    }
}
