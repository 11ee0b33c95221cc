package import PatrolDomain

extension ReadTransaction {
    /// By what the account's tokens are measured.
    package func settings() throws(StorageError) -> AccountSettings { try SettingsRecord.load(live()) }

    package func suppressions(of token: TokenID) throws(StorageError) -> [Suppression] {
        try SuppressionRecord.load(of: token, live())
    }

    /// For which times use is on record, 400 days back.
    package func telemetry(at now: Timestamp, settings: HygieneSettings) throws(StorageError) -> Telemetry {
        let connection = try live()
        return Telemetry(
            windows: try useWindows(from: now - HourOfUse.keptFor, to: now),
            days: try HygieneRecord.recordedDays(since: now - HourOfUse.keptFor, connection), at: now, settings: settings)
    }

    /// Which of what the rules look at there is at all, so that nobody asks for each token.
    package func hygieneContents() throws(StorageError) -> HygieneContents {
        let connection = try live()
        return HygieneContents(
            hasHours: try HygieneRecord.isAny(.hours, connection), hasSignals: try HygieneRecord.isAny(.signals, connection),
            hasSuppressions: try HygieneRecord.isAny(.suppressions, connection),
            hasReviews: try HygieneRecord.isAny(.reviews, connection))
    }

    package func useTexts() throws(StorageError) -> UseTexts { UseTexts(try live()) }

    /// What the rules know of a token's use; nil where nothing is recorded by the hour.
    /// - Parameter texts: Of this transaction.
    package func useFacts(
        of token: TokenID, at now: Timestamp, settings: HygieneSettings, texts: inout UseTexts
    ) throws(StorageError) -> UseFacts? {
        let start = UseFacts.start(at: now, settings: settings)
        let read = try HygieneRecord.hours(of: token, since: start, &texts, live())
        if read.hours.isEmpty && read.earlier == nil { return nil }
        return UseFacts(read.hours, earlier: read.earlier, at: now, settings: settings)
    }

    /// The last decision of a review about a token.
    package func lastReview(of token: TokenID) throws(StorageError) -> Timestamp? {
        try HygieneRecord.lastReview(of: token, live())
    }

    /// How many tokens in force a member has.
    package func ownedTokens(of member: MemberID) throws(StorageError) -> Int {
        try live().first("SELECT token_count FROM member WHERE id = ?", [.text(member.text)]) {
            row throws(StorageError) in try row.number(0)
        } ?? 0
    }

    /// Places that any token was seen to call (see `Places`).
    package func places(ofTypes types: [String], limit: Int) throws(StorageError) -> [String] {
        try HygieneRecord.places(ofTypes: types, limit: limit, live())
    }

    /// Other tokens in force of the same owner and scope that were used since `start`, at most 20, the oldest first.
    package func siblings(of token: AccessToken, usedSince start: Timestamp) throws(StorageError) -> [TokenID] {
        guard let owner = token.owner else { return [] }
        let connection = try live()
        let found = try connection.rows(
            """
            SELECT other.id FROM token CROSS JOIN token AS other INDEXED BY token_owner ON other.owner = token.owner
                AND other.is_deleted = 0 AND other.scope = token.scope AND other.base_role IS token.base_role
                AND other.policy IS token.policy AND other.kind = token.kind AND other.last_used_at >= ?
            WHERE token.id = ? AND token.owner = ? AND other.id <> token.id ORDER BY other.number LIMIT 20
            """, [.integer(start.milliseconds), .text(token.id.text), .text(owner.text)]
        ) { row throws(StorageError) in try row.value(0, TokenID.init) }
        guard case .customRoles(let roles) = token.scope else { return found }
        var same: [TokenID] = []
        for id in found where try TokenRecord.customRoles(of: id, connection) == roles { same.append(id) }
        return same
    }
}

/// Which tables that the rules look at are not empty.
package struct HygieneContents: Hashable, Sendable {
    package let hasHours: Bool
    package let hasSignals: Bool
    package let hasSuppressions: Bool
    package let hasReviews: Bool
}
