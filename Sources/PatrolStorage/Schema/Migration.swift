/// One step from a version of the schema to the next. Its text is frozen once it was released.
struct Migration: Sendable {
    /// The version that the database has afterwards.
    let version: Int
    let sql: String

    /// All of them, in order, without gaps.
    static let all: [Migration] = [first]
}

/// The versions that this program knows. Tests give shorter and longer lists.
struct Schema: Sendable {
    /// `PTRL`, at a fixed place in the file, says whose database it is.
    static let applicationID: UInt32 = 0x5054_524C

    let migrations: [Migration]

    static let current = Schema(migrations: Migration.all)

    var version: Int { migrations.last?.version ?? 0 }

    /// Brings the open transaction of `connection` from `version` to the newest.
    func migrate(_ connection: Connection, from version: Int) throws(StorageError) {
        for migration in migrations where migration.version > version {
            try connection.execute(migration.sql)
            try connection.execute("PRAGMA user_version = \(migration.version)")
        }
    }
}
