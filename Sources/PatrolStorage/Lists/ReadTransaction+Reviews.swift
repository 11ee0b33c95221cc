package import PatrolDomain

extension ReadTransaction {
    package func review(_ id: ReviewID) throws(StorageError) -> Review? { try ReviewRecord.load(id, live()) }

    package func review(name: String) throws(StorageError) -> Review? { try ReviewRecord.load(name: name, live()) }

    /// The newest first.
    package func reviews(limit: Int) throws(StorageError) -> [Review] {
        try ReviewRecord.newest(limit: limit, live())
    }

    package func reviewItem(of token: TokenID, in review: ReviewID) throws(StorageError) -> ReviewItem? {
        try ReviewItemRecord.load(of: token, in: review, live())
    }

    /// Items in the order of their places, from `place` on, each with its token as it is now; at most `limit`, and at
    /// most a page's.
    /// - Parameter undecidedOnly: only those about which nobody decided.
    package func reviewItems(
        of review: ReviewID, from place: Int, limit: Int, undecidedOnly: Bool = false, at now: Timestamp
    ) throws(StorageError) -> [ReviewItemRow] {
        let connection = try live()
        let places = try connection.rows(
            """
            SELECT place, token FROM review_item
            WHERE review = ? AND place >= ?\(undecidedOnly ? " AND decision IS NULL" : "") ORDER BY place LIMIT ?
            """,
            [.text(review.text), .integer(place), .integer(min(max(limit, 0), PageRequest.maximumLimit))]
        ) { row throws(StorageError) in try row.value(1, TokenID.init) }
        var rows: [ReviewItemRow] = []
        for token in places {
            guard let item = try reviewItem(of: token, in: review), let row = try tokenRow(token, at: now) else {
                throw .damaged(detail: "an item of a review has no token")
            }
            let decider = try item.decision.flatMap { decision throws(StorageError) in try member(decision.decidedBy) }
            rows.append(
                ReviewItemRow(
                    item: item, row: row, secretMadeAt: try newestSecret(of: token), deciderName: decider?.displayName))
        }
        return rows
    }

    private func newestSecret(of token: TokenID) throws(StorageError) -> Timestamp? {
        try live().first(
            "SELECT max(created_at) FROM secret INDEXED BY secret_token WHERE token = ?", [.text(token.text)]
        ) { row throws(StorageError) in try row.optionalInteger(0).map(Timestamp.init) } ?? nil
    }

    /// The tokens that a review of this filter would have, counted and hashed: one more than its limit at most.
    package func reviewPopulation(of filter: Filter, at now: Timestamp) throws(StorageError) -> ReviewPopulation {
        var digest = ReviewDigest()
        try eachForReview(filter, at: now) { token, facts throws(StorageError) in digest.add(token, text: facts) }
        return digest.population
    }

    /// Those of a review about which nobody decided, counted and hashed.
    package func undecidedPopulation(of review: ReviewID) throws(StorageError) -> ReviewPopulation {
        var digest = ReviewDigest()
        try live().walk(
            """
            SELECT token FROM review_item INDEXED BY review_item_undecided
            WHERE review = ? AND decision IS NULL ORDER BY place
            """, [.text(review.text)]
        ) { row throws(StorageError) in
            digest.add(try row.value(0, TokenID.init))
            return true
        }
        return digest.population
    }

    /// Shows `visit` each token in force that the filter lets through, the riskiest first, a page at a time, with what a
    /// review keeps of it; no more than one above a review's limit.
    func eachForReview(
        _ filter: Filter, at now: Timestamp, _ visit: (TokenID, String) throws(StorageError) -> Void
    ) throws(StorageError) {
        var start = PageRequest.Start.first
        var left = Review.maximumItems + 1
        while left > 0 {
            // The list is read to its end anyway: no search by words.
            let request = PageRequest(
                start, limit: min(left, PageRequest.maximumLimit), scanLimit: 100_000, lookLimit: .max)
            let page = try tokenPage(request, sort: .risk, filter: filter, at: now)
            for item in page.items where item.row.token.deletedAt == nil {
                try visit(item.row.token.id, ReviewDigest.text(of: FrozenToken(item.row)))
                left -= 1
            }
            try StorageError.stopWhereAsked()
            if let resume = page.resume {
                start = .after(resume)
            } else if page.hasAfter, let last = page.items.last {
                start = .after(last.cursor)
            } else {
                return
            }
        }
    }
}

extension WriteTransaction {
    /// Freezes the list of a new review.
    func insertItems(
        of review: Review, _ filter: Filter, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        var place = 0
        try eachForReview(filter, at: review.startedAt) { token, facts throws(StorageError) in
            place += 1
            try ReviewItemRecord.insert(
                token, place: place, facts: facts, in: review.id, event: event, connection)
        }
        guard place == review.itemCount else { throw .conflict(detail: "the tokens of the review") }
    }
}
