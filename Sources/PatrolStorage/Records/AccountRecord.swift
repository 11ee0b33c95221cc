internal import PatrolDomain

/// Table `account`: one row.
enum AccountRecord {
    static func load(_ connection: Connection) throws(StorageError) -> Account? {
        try connection.first("SELECT id, name, created_at FROM account") { row throws(StorageError) in
            Account(
                id: try row.value(0, AccountID.init), name: try row.text(1),
                createdAt: Timestamp(milliseconds: try row.integer(2)))
        }
    }

    static func insert(
        _ account: Account, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            "INSERT INTO account (only, id, name, created_at, event) VALUES (1, ?, ?, ?, ?)",
            [
                .text(account.id.text), .text(account.name),
                .integer(account.createdAt.milliseconds), .integer(event),
            ])
    }
}

/// Table `tally`, and the length of the log.
enum TallyRecord {
    static func load(_ connection: Connection) throws(StorageError) -> Tally {
        let tally = try connection.first(
            """
            SELECT members, roles, tokens, flagged_tokens,
                past_entries + (SELECT coalesce(max(seq), 0) FROM audit)
            FROM tally
            """
        ) { row throws(StorageError) in
            Tally(
                members: try row.number(0), roles: try row.number(1) + BaseRole.allCases.count,
                tokens: try row.number(2), flaggedTokens: try row.number(3),
                auditEntries: try row.number(4))
        }
        guard let tally else { throw .damaged(detail: "the tally is missing") }
        return tally
    }
}
