internal import CSQLite
internal import CSystem
internal import PatrolCrypto
internal import PatrolDomain

/// The connection that writes, and the order of things around each of its transactions.
final class Writing {
    /// Pages of 4 KiB in the log from which on it is copied back: 4 MiB.
    static let longLog = 1_024
    private static let attempts = 5

    private let opening: Opening
    private let connection: Connection
    /// Checkpoints run on it, while `connection` holds the write lock.
    private let reader: Connection
    private let queue: WriterQueue
    private let doorbell: Doorbell?
    private var salts = RandomSupply()
    private var words = UseWords()
    private var checkpointDue = Writing.longLog

    init(_ opening: Opening, reader: Connection, doorbell: Doorbell?) throws(StorageError) {
        self.opening = opening
        self.reader = reader
        self.doorbell = doorbell
        queue = try WriterQueue(beside: opening.path)
        connection = try opening.connect(mayWrite: true)
    }

    func run<Result>(
        deadline: TimeSpan, _ body: (WriteTransaction) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        try inTurn(deadline: deadline) { () throws(StorageError) in
            let result = try attempt(deadline: deadline, body)
            if connection.logPages >= checkpointDue { try? copyLog() }
            return result
        }
    }

    /// Copies the log where nobody else is writing right now.
    func checkpoint() throws(StorageError) {
        try inTurn(deadline: TimeSpan(milliseconds: 0)) { () throws(StorageError) in try copyLog() }
    }

    /// Runs `body` while this process has its turn. Signals that would stop it in the middle wait.
    private func inTurn<Result>(
        deadline: TimeSpan, _ body: () throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        var before = [UInt64](repeating: 0, count: 16)
        var waiting = before
        // Whoever waits can be ended, but is not stopped: he might get his turn in that moment.
        csystem_hold_stops(&before)
        defer { csystem_release_signals(before) }
        try queue.enter(deadline: deadline)
        csystem_hold_ends(&waiting)
        defer { queue.leave() }
        return try body()
    }

    /// Runs the transaction, again as a whole where its view of the database went stale.
    private func attempt<Result>(
        deadline: TimeSpan, _ body: (WriteTransaction) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        var left = Self.attempts
        while true {
            do throws(StorageError) {
                return try transaction(deadline: deadline, body)
            } catch .sql(csqlite_busy_snapshot, _) where left > 1 {
                left -= 1
            }
        }
    }

    private func transaction<Result>(
        deadline: TimeSpan, _ body: (WriteTransaction) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        try requireInPlace()
        connection.setBusyTimeout(milliseconds: deadline.milliseconds)
        try connection.run("BEGIN IMMEDIATE")
        let transaction = WriteTransaction(connection, salts: salts, words: words)
        let result: Result
        do throws(StorageError) {
            result = try body(transaction)
            try requireInPlace()
        } catch {
            transaction.end()
            if connection.isInTransaction { try? connection.run("ROLLBACK") }
            throw error
        }
        transaction.end()
        salts = transaction.salts
        try commit()
        words = transaction.settledWords()
        if transaction.hasRecorded { doorbell?.ring() }
        return result
    }

    /// After a COMMIT that failed, or one into a file that is not ours any more, nobody knows.
    private func commit() throws(StorageError) {
        do throws(StorageError) {
            try connection.run("COMMIT")
        } catch {
            if connection.isInTransaction { try? connection.run("ROLLBACK") }
            throw .unknownOutcome(error.at(opening.path.file))
        }
        do throws(StorageError) {
            try requireInPlace()
        } catch {
            throw .unknownOutcome(error)
        }
    }

    private func requireInPlace() throws(StorageError) {
        if connection.hasMoved { throw .moved(path: opening.path.file) }
        try opening.requireSameFile()
    }

    /// SQLite loses commits where a checkpoint meets a writer, so nobody may write meanwhile: this
    /// connection holds the write lock, the other copies.
    private func copyLog() throws(StorageError) {
        guard !reader.isInTransaction else { return }
        try requireInPlace()
        connection.setBusyTimeout(milliseconds: 0)
        try connection.run("BEGIN IMMEDIATE")
        defer { try? connection.run("ROLLBACK") }
        let isWhole = try reader.checkpoint()
        // A long reading keeps pages back: the next attempt waits for as much again.
        checkpointDue = isWhole ? Self.longLog : connection.logPages + Self.longLog
    }
}
