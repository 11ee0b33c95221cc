/// One step from a version of the schema to the next. Its text is frozen once it was released.
struct Migration: Sendable {
    /// The version that the database has afterwards.
    let version: Int
    let sql: String
    /// What SQL alone can't do, afterwards, in the same transaction.
    let fill: (@Sendable (Connection) throws(StorageError) -> Void)?

    init(version: Int, sql: String, fill: (@Sendable (Connection) throws(StorageError) -> Void)? = nil) {
        self.version = version
        self.sql = sql
        self.fill = fill
    }

    /// In the open transaction of `connection`.
    func run(_ connection: Connection) throws(StorageError) {
        try connection.execute(sql)
        try fill?(connection)
        try connection.execute("PRAGMA user_version = \(version)")
    }

    /// All of them, in order, without gaps.
    static let all: [Migration] = [first, second, third, fourth]
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
            try migration.run(connection)
        }
    }
}
