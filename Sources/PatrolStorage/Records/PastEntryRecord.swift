internal import PatrolDomain

/// Table `past_entry`.
enum PastEntryRecord {
    static let columns = """
        past_entry.id, past_entry.at, past_entry.actor_id, past_entry.actor_name, \
        past_entry.token_id, past_entry.action, past_entry.resource, past_entry.kind, \
        past_entry.target_id, past_entry.target_name, past_entry.title, past_entry.text, \
        past_entry.comment
        """

    /// The entry whose columns begin the row.
    static func entry(_ row: Row) throws(StorageError) -> PastEntry {
        PastEntry(
            id: try row.text(0), at: Timestamp(milliseconds: try row.integer(1)),
            actorID: try row.text(2), actorName: try row.text(3), tokenID: try row.optionalText(4),
            action: try row.text(5), resource: try row.text(6), kind: try row.text(7),
            targetID: try row.text(8), targetName: try row.text(9), title: try row.text(10),
            text: try row.text(11), comment: try row.text(12))
    }

    static func load(_ number: Int64, _ connection: Connection) throws(StorageError) -> PastEntry? {
        try connection.first(
            "SELECT \(columns) FROM past_entry WHERE number = ?", [.integer(number)], entry)
    }

    /// Adds the entry, or writes it over the one with its id.
    static func upsert(
        _ entry: PastEntry, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try WordIndex.pastEntries.keep(entry.id, connection) { () throws(StorageError) in
            try write(entry, event: event, connection)
        }
    }

    private static func write(
        _ entry: PastEntry, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO past_entry (
                id, at, actor_id, actor_name, token_id, action, resource, kind, target_id,
                target_name, title, text, comment, event)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            ON CONFLICT (id) DO UPDATE SET
                at = ?2, actor_id = ?3, actor_name = ?4, token_id = ?5, action = ?6,
                resource = ?7, kind = ?8, target_id = ?9, target_name = ?10, title = ?11,
                text = ?12, comment = ?13, event = ?14
            """,
            [
                .text(entry.id), .integer(entry.at.milliseconds), .text(entry.actorID),
                .text(entry.actorName), .optional(entry.tokenID), .text(entry.action),
                .text(entry.resource), .text(entry.kind), .text(entry.targetID),
                .text(entry.targetName), .text(entry.title), .text(entry.text),
                .text(entry.comment), .integer(event),
            ])
    }
}
