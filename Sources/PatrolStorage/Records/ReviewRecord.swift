internal import PatrolDomain

/// Table `review`.
enum ReviewRecord {
    private static let columns = """
        id, name, filter, started_by, started_at, due_at, no_answer, closed_at, item_count, decided_count, version
        """

    private static func review(_ row: Row) throws(StorageError) -> Review {
        Review(
            id: try row.value(0, ReviewID.init), name: try row.text(1), filter: try row.text(2),
            startedBy: try row.value(3, MemberID.init), startedAt: Timestamp(milliseconds: try row.integer(4)),
            dueAt: Timestamp(milliseconds: try row.integer(5)), noAnswer: try row.value(6, Review.NoAnswer.init),
            closedAt: try row.optionalInteger(7).map(Timestamp.init), itemCount: try row.number(8),
            decidedCount: try row.number(9), version: try row.number(10))
    }

    static func load(_ id: ReviewID, _ connection: Connection) throws(StorageError) -> Review? {
        try connection.first("SELECT \(columns) FROM review WHERE id = ?", [.text(id.text)], review)
    }

    static func load(name: String, _ connection: Connection) throws(StorageError) -> Review? {
        try connection.first("SELECT \(columns) FROM review WHERE name = ?", [.text(name)], review)
    }

    /// The newest first.
    static func newest(limit: Int, _ connection: Connection) throws(StorageError) -> [Review] {
        try connection.rows(
            "SELECT \(columns) FROM review INDEXED BY review_by_start ORDER BY started_at DESC, id DESC LIMIT ?",
            [.integer(limit)], review)
    }

    static func insert(_ review: Review, event: Int64, _ connection: Connection) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO review (
                id, name, filter, started_by, started_at, due_at, no_answer, item_count, version, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(review.id.text), .text(review.name), .text(review.filter), .text(review.startedBy.text),
                .integer(review.startedAt.milliseconds), .integer(review.dueAt.milliseconds),
                .text(review.noAnswer.rawValue), .integer(review.itemCount), .integer(review.version),
                .integer(event),
            ])
    }

    /// One item more is decided.
    static func countDecision(in id: ReviewID, event: Int64, _ connection: Connection) throws(StorageError) {
        try connection.run(
            "UPDATE review SET decided_count = decided_count + 1, event = ? WHERE id = ? AND closed_at IS NULL",
            [.integer(event), .text(id.text)])
        try connection.requireOneRow("review \(id)")
    }

    static func close(_ review: Review, event: Int64, _ connection: Connection) throws(StorageError) {
        try connection.run(
            "UPDATE review SET closed_at = ?, version = ?, event = ? WHERE id = ? AND version = ? AND closed_at IS NULL",
            [
                .optional(review.closedAt?.milliseconds), .integer(review.version), .integer(event),
                .text(review.id.text), .integer(review.version - 1),
            ])
        try connection.requireOneRow("review \(review.id) at version \(review.version - 1)")
    }
}
