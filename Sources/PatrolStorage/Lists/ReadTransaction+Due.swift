package import PatrolDomain

/// A token whose time has come, and its place among those of its kind.
package struct DueToken: Hashable, Sendable {
    package var token: AccessToken
    package var dueAt: Timestamp
    /// Storage's own, for going on after it.
    package var number: Int64
}

extension ReadTransaction {
    /// Tokens in force that are to be deleted, or to get their planned scope, by `now`: those whose time came first
    /// come first. A token that is to be deleted gets no scope any more.
    package func due(
        _ deed: DueDeed, by now: Timestamp, after place: (dueAt: Timestamp, number: Int64)? = nil, limit: Int
    ) throws(StorageError) -> [DueToken] {
        let connection = try live()
        let (column, index) =
            switch deed {
            case .deletion: ("quarantine_ends_at", "token_quarantine_ends")
            case .narrowing: ("planned_at", "token_planned")
            }
        let isLeft = deed == .narrowing ? "AND coalesce(quarantine_ends_at, ?1 + 1) > ?1" : ""
        return try connection.rows(
            """
            SELECT \(TokenRecord.columns), \(column), number FROM token INDEXED BY \(index)
            WHERE \(column) IS NOT NULL AND deleted_at IS NULL AND \(column) <= ?1 AND \(column) >= ?2
                AND (\(column), number) > (?2, ?3) \(isLeft)
            ORDER BY \(column), number LIMIT ?4
            """,
            [
                .integer(now.milliseconds), .integer(place?.dueAt.milliseconds ?? .min),
                .integer(place?.number ?? .min), .integer(limit),
            ]
        ) { row throws(StorageError) in
            DueToken(
                token: try TokenRecord.token(row, connection),
                dueAt: Timestamp(milliseconds: try row.integer(TokenRecord.columnCount)),
                number: try row.integer(TokenRecord.columnCount + 1))
        }
    }
}
