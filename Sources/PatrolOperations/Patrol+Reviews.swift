package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// The newest first.
    package func reviews(limit: Int = 500) throws(PatrolError) -> [Review] {
        try read { transaction throws(StorageError) in try transaction.reviews(limit: limit) }
    }

    package func review(name: String) throws(PatrolError) -> Review? {
        try read { transaction throws(StorageError) in try transaction.review(name: name) }
    }

    package func review(_ id: ReviewID) throws(PatrolError) -> Review? {
        try read { transaction throws(StorageError) in try transaction.review(id) }
    }

    /// Items from a place on, at most a page.
    package func reviewItems(
        of review: ReviewID, from place: Int, limit: Int, undecidedOnly: Bool = false
    ) throws(PatrolError) -> [ReviewItemRow] {
        try look { (transaction, now) throws(StorageError) in
            try transaction.reviewItems(
                of: review, from: place, limit: limit, undecidedOnly: undecidedOnly, at: now)
        }
    }

    package func reviewItem(of token: TokenID, in review: ReviewID) throws(PatrolError) -> ReviewItem? {
        try read { transaction throws(StorageError) in try transaction.reviewItem(of: token, in: review) }
    }

    /// What a report of the review begins with.
    package func reviewReportHead(of id: ReviewID) throws(PatrolError) -> ReviewReport.Head? {
        try look { (transaction, now) throws(StorageError) -> ReviewReport.Head? in
            guard let review = try transaction.review(id) else { return nil }
            let account = try transaction.theAccount()
            guard let (started, closed) = try transaction.sealsOfReview(id),
                let log = try transaction.seal(of: try transaction.lastSequence()),
                let entry = try transaction.audit(after: started.sequence - 1, limit: 1).first
            else { throw .damaged(detail: "the review is not in the log") }
            return ReviewReport.Head(
                account: account.id, accountName: account.name, madeAt: now, review: review,
                starterName: entry.actorName, started: started, closed: closed, log: log)
        }
    }

    /// Items of a report from a place on, at most a page.
    package func reviewReportLines(
        of review: Review, from place: Int, limit: Int
    ) throws(PatrolError) -> [ReviewReport.Line] {
        try look { (transaction, now) throws(StorageError) in
            let rows = try transaction.reviewItems(of: review.id, from: place, limit: limit, at: now)
            var lines: [ReviewReport.Line] = []
            for row in rows {
                var line = ReviewReport.Line(
                    item: row.item, deciderName: nil, outcome: row.outcome(noAnswer: review.noAnswer),
                    isGone: row.isGone, seal: nil)
                if row.item.decision != nil {
                    line.seal = try transaction.seal(of: row.item.entry)
                    // As the log has it: he may have another name by now.
                    line.deciderName = try transaction.audit(after: row.item.entry - 1, limit: 1).first?.actorName
                }
                lines.append(line)
            }
            return lines
        }
    }

    /// Whether something was recorded about the review after this entry.
    package func isReview(_ id: ReviewID, changedAfter sequence: Int64) throws(PatrolError) -> Bool {
        try read { transaction throws(StorageError) in
            try transaction.entries(of: .review, id.text, after: sequence, limit: 500).contains(where: \.isAllowed)
        }
    }

    /// Holds a report against the audit log: the log as a whole, the list of tokens, and each decision.
    ///
    /// - Parameter progress: told now and then how many entries of how many were looked at.
    package func verify(
        _ report: ReviewReport, progress: Progress = { _, _ in }
    ) throws(PatrolError) -> ReviewCheck {
        let log = try verifyAudit(progress: progress)
        return try read { transaction throws(StorageError) in
            var check = ReviewVerification(report, entries: log.entries)
            for fault in log.faults { check.note(.brokenLog(fault.sequence, fault.what)) }
            try check.run(in: transaction)
            return check.check
        }
    }
}
