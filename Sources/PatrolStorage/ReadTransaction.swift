package import PatrolDomain

/// The database as it is at one moment: every question, by name, each with a bound on what it costs.
/// Lives as long as the closure it was handed to.
package class ReadTransaction {
    private var connection: Connection?

    init(_ connection: Connection) { self.connection = connection }

    /// The connection; the transaction must not be used after its end.
    func live() throws(StorageError) -> Connection {
        guard let connection else { preconditionFailure("a transaction used after its end") }
        return connection
    }

    func end() { connection = nil }

    /// The account; nil while it is being founded.
    package func account() throws(StorageError) -> Account? { try AccountRecord.load(live()) }

    /// How many there are of each: members and tokens in force, roles with the base roles, audit entries with
    /// the imported ones.
    package func tally() throws(StorageError) -> Tally { try TallyRecord.load(live()) }
}
