/// The evidence of a review: what an auditor can check against the audit log, without trusting whoever made it.
package struct ReviewReport: Hashable, Sendable {
    package var head: Head
    /// In the order of their places.
    package var lines: [Line]

    package init(head: Head, lines: [Line]) {
        self.head = head
        self.lines = lines
    }

    package struct Head: Hashable, Sendable {
        package var account: AccountID
        package var accountName: String
        package var madeAt: Timestamp
        package var review: Review
        package var starterName: String
        /// The entries that began and ended it; nil: it is open.
        package var started: AuditSeal
        package var closed: AuditSeal?
        /// The newest entry when the report was made: nothing before it can be changed any more without being seen.
        package var log: AuditSeal

        package init(
            account: AccountID, accountName: String, madeAt: Timestamp, review: Review, starterName: String,
            started: AuditSeal, closed: AuditSeal?, log: AuditSeal
        ) {
            self.account = account
            self.accountName = accountName
            self.madeAt = madeAt
            self.review = review
            self.starterName = starterName
            self.started = started
            self.closed = closed
            self.log = log
        }
    }

    package struct Line: Hashable, Sendable {
        package var item: ReviewItem
        package var deciderName: String?
        package var outcome: ReviewOutcome
        /// Whether its token was deleted when the report was made.
        package var isGone: Bool
        /// Of the entry of its decision; nil: there is none.
        package var seal: AuditSeal?

        package init(item: ReviewItem, deciderName: String?, outcome: ReviewOutcome, isGone: Bool, seal: AuditSeal?) {
            self.item = item
            self.deciderName = deciderName
            self.outcome = outcome
            self.isGone = isGone
            self.seal = seal
        }
    }
}

/// How a review went, in numbers: what tells a look from a rubber stamp.
package struct ReviewFigures: Hashable, Sendable {
    package private(set) var answers: [String: Int] = [:]
    package private(set) var outcomes: [ReviewOutcome: Int] = [:]
    /// Decided by people.
    package private(set) var decided = 0
    /// Of those, by whoever they were decided by.
    package private(set) var byPerson: [String: Int] = [:]
    /// Decisions of batches of more than one, and the largest batch.
    package private(set) var inBatches = 0
    package private(set) var largestBatch = 0
    private var times: [Int64] = []

    package init() {}

    package mutating func count(_ line: ReviewReport.Line) {
        outcomes[line.outcome, default: 0] += 1
        guard let decision = line.item.decision else { return }
        answers[decision.word, default: 0] += 1
        guard decision.answer != nil else { return }
        decided += 1
        byPerson[line.deciderName ?? decision.decidedBy.text, default: 0] += 1
        if decision.batch > 1 { inBatches += 1 }
        largestBatch = max(largestBatch, decision.batch)
        if let took = decision.took { times.append(took.milliseconds) }
    }

    /// Decisions whose time was measured.
    package var measured: Int { times.count }

    /// The lower middle of the times that decisions took; nil: none was measured.
    package var medianTime: TimeSpan? {
        guard !times.isEmpty else { return nil }
        return TimeSpan(milliseconds: times.sorted()[(times.count - 1) / 2])
    }

    /// Decisions that took less than a person needs to read.
    package var hasty: Int { times.count { $0 < Self.hastyTime.milliseconds } }

    /// Nobody has read an item in less.
    package static let hastyTime = TimeSpan(milliseconds: 2_000)
}

/// What a report says that the audit log does not.
package struct ReviewCheck: Hashable, Sendable {
    /// Decisions of the report that were held against the log.
    package var decisions: Int
    /// Entries of the whole log that were looked at.
    package var entries: Int64
    /// Decisions that the log has from after the report was made.
    package var later: Int
    /// At most `maximumFaults`.
    package var faults: [Fault]

    package static let maximumFaults = 100

    package var isGood: Bool { faults.isEmpty }

    package init(decisions: Int = 0, entries: Int64 = 0, later: Int = 0, faults: [Fault] = []) {
        self.decisions = decisions
        self.entries = entries
        self.later = later
        self.faults = faults
    }

    package enum Fault: Hashable, Sendable {
        /// It is about another account, whose id it gives.
        case otherAccount(String)
        /// The log does not fit together at this entry; what does not, in a word (see `AuditVerdict.Kind`).
        case brokenLog(Int64, String)
        /// The log has no entry of this number.
        case noEntry(Int64)
        /// The entry's hash is not that of the report.
        case otherEntry(Int64)
        /// The log was another one up to this entry when the report was made.
        case otherLog(Int64)
        /// The entry is not about what the report says: of another kind, or of another review.
        case otherMatter(Int64)
        /// A field of the review differs.
        case review(field: String, report: String, log: String)
        /// What the report says of its tokens is not what the log was told when the review began.
        case list(field: String, report: String, log: String)
        /// A field of the item at a place differs.
        case item(place: Int, field: String, report: String, log: String)
    }
}
