internal import PatrolDomain

/// Table `review_item`.
enum ReviewItemRecord {
    static let columns = """
        review_item.review, review_item.place, review_item.token, review_item.facts, review_item.decision, \
        review_item.reason, review_item.decided_by, review_item.decided_at, review_item.took_milliseconds, \
        review_item.batch, review_item.event
        """

    static func item(_ row: Row) throws(StorageError) -> ReviewItem {
        ReviewItem(
            review: try row.value(0, ReviewID.init), place: try row.number(1), token: try row.value(2, TokenID.init),
            facts: try ReviewDigest.facts(try row.text(3)), decision: try decision(row), entry: try row.integer(10))
    }

    private static func decision(_ row: Row) throws(StorageError) -> ReviewDecision? {
        guard let word = try row.optionalText(4) else { return nil }
        let answer = ReviewAnswer(rawValue: word)
        guard answer != nil || word == ReviewDecision.noAnswerWord else {
            throw .damaged(detail: "a decision is unknown")
        }
        return ReviewDecision(
            answer: answer, why: try row.optionalText(5) ?? "", decidedBy: try row.value(6, MemberID.init),
            decidedAt: Timestamp(milliseconds: try row.integer(7)),
            took: try row.optionalInteger(8).map(TimeSpan.init), batch: try row.number(9))
    }

    static func load(
        of token: TokenID, in review: ReviewID, _ connection: Connection
    ) throws(StorageError) -> ReviewItem? {
        try connection.first(
            "SELECT \(columns) FROM review_item INDEXED BY review_item_token WHERE token = ? AND review = ?",
            [.text(token.text), .text(review.text)], item)
    }

    static func insert(
        _ token: TokenID, place: Int, facts: String, in review: ReviewID, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            "INSERT INTO review_item (review, place, token, facts, event) VALUES (?, ?, ?, ?, ?)",
            [.text(review.text), .integer(place), .text(token.text), .text(facts), .integer(event)])
    }

    /// Writes the decision over what the item was before.
    static func decide(
        _ item: ReviewItem, _ decision: ReviewDecision, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            UPDATE review_item SET
                decision = ?, reason = ?, decided_by = ?, decided_at = ?, took_milliseconds = ?, batch = ?, event = ?
            WHERE review = ? AND place = ? AND event = ?
            """,
            values(of: decision) + [
                .integer(event), .text(item.review.text), .integer(item.place), .integer(item.entry),
            ])
        try connection.requireOneRow("item \(item.place) of review \(item.review)")
        if item.decision == nil { try ReviewRecord.countDecision(in: item.review, event: event, connection) }
    }

    /// Everything undecided gets the decision.
    static func close(
        _ review: Review, _ decision: ReviewDecision, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            """
            UPDATE review_item SET
                decision = ?, reason = ?, decided_by = ?, decided_at = ?, took_milliseconds = ?, batch = ?, event = ?
            WHERE review = ? AND decision IS NULL
            """,
            values(of: decision) + [.integer(event), .text(review.id.text)])
    }

    private static func values(of decision: ReviewDecision) -> [Value] {
        [
            .text(decision.word), .text(decision.why), .text(decision.decidedBy.text),
            .integer(decision.decidedAt.milliseconds), .optional(decision.took?.milliseconds),
            .integer(decision.batch),
        ]
    }
}
