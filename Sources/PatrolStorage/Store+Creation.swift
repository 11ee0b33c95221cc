internal import PatrolCrypto

extension Store {
    /// Makes a database at `path`. What `found` records, the founding of the account, is
    /// in it before it appears there: nobody ever meets half a database, or one without an account.
    ///
    /// The file is 0600, its folder, made where it is missing, 0700.
    ///
    /// - Throws: `alreadyExists` where something is at the path; what `found` throws; nothing is left then. As an
    ///   exception, `unknownOutcome`: it is there, but a crash of the machine might take it.
    package static func make<Result>(
        at path: String, _ found: (WriteTransaction) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        try make(at: path, schema: .current, found)
    }

    /// The same, opened.
    static func create<Result>(
        at path: String, schema: Schema = .current,
        _ found: (WriteTransaction) throws(StorageError) -> Result
    ) throws(StorageError) -> (store: Store, result: Result) {
        let result = try make(at: path, schema: schema, found)
        return (try Store(opening: path, mode: .readWrite, schema: schema), result)
    }

    private static func make<Result>(
        at path: String, schema: Schema,
        _ found: (WriteTransaction) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        try Making(path, schema: schema).make { connection throws(StorageError) in
            try BulkLoad(connection).write(found)
        }
    }

    /// The same for an account of millions of things: they are written without waiting for the disk, and
    /// the indexes of the lists of tokens and of the log are made at the end. Until then those lists, and
    /// histories, can't be asked for; things by id, and `dueRisks`, can.
    ///
    /// - Parameter fill: founds the account and fills it, in as many transactions as it likes.
    package static func makeInBulk<Result>(
        at path: String, _ fill: (BulkLoad) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        let making = try Making(path, schema: .current)
        return try making.make(cachePages: 65_536) { connection throws(StorageError) in
            let load = BulkLoad(connection)
            let indexes = try load.dropIndexes()
            let result = try fill(load)
            try load.make(indexes)
            return result
        }
    }
}

/// Writes to a database that is being made and that nobody else knows yet.
package final class BulkLoad {
    private let connection: Connection
    private var salts = RandomSupply()
    /// The end of the log, kept from one transaction to the next: nobody else writes.
    private var tail: AuditTail?
    private var words = UseWords()

    init(_ connection: Connection) { self.connection = connection }

    /// One transaction. Tens of thousands of rulings in one are well.
    package func write<Result>(
        _ body: (WriteTransaction) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        try StorageError.stopWhereAsked()
        try connection.run("BEGIN IMMEDIATE")
        let transaction = WriteTransaction(connection, salts: salts, words: words, tail: tail)
        do throws(StorageError) {
            let result = try body(transaction)
            try connection.run("COMMIT")
            transaction.end()
            salts = transaction.salts
            tail = transaction.tail
            words = transaction.settledWords()
            return result
        } catch {
            transaction.end()
            if connection.isInTransaction { try? connection.run("ROLLBACK") }
            throw error
        }
    }

    /// Takes away the indexes that lists of the large tables need, and answers their text. Tokens that must be
    /// judged, the secrets of a token and the tokens of a member are found all the same.
    func dropIndexes() throws(StorageError) -> [String] {
        let indexes = try connection.rows(
            """
            SELECT name, sql FROM sqlite_schema
            WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'
                AND tbl_name IN ('audit', 'past_entry', 'token', 'secret')
                AND name NOT IN ('token_risk_due', 'secret_token', 'token_owner')
            ORDER BY name
            """
        ) { row throws(StorageError) in (name: try row.text(0), sql: try row.text(1)) }
        for index in indexes { try connection.execute("DROP INDEX \(index.name)") }
        return indexes.map(\.sql)
    }

    func make(_ indexes: [String]) throws(StorageError) {
        for index in indexes { try connection.execute(index) }
    }
}
