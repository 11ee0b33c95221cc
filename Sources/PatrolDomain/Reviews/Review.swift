package typealias ReviewID = Identifier<Review>

/// A campaign: somebody looks at each token of a list that was frozen when it began, and says what becomes of it.
/// Tokens that come later are not in it, and those that go meanwhile stay on the list.
package struct Review: Hashable, Sendable {
    /// What becomes of tokens about which nobody said anything until it was closed.
    package enum NoAnswer: String, CaseIterable, Hashable, Sendable { case keep, flag, quarantine }

    /// More tokens make no review: its beginning is one transaction, for which all others who write have to wait.
    package static let maximumItems = 250_000

    package let id: ReviewID
    /// No two of an account are the same.
    package let name: String
    /// What the list was narrowed to, as it is typed; empty: all tokens.
    package let filter: String
    package let startedBy: MemberID
    package let startedAt: Timestamp
    /// Until when everything is to be decided. Nothing happens by itself then: somebody closes it.
    package let dueAt: Timestamp
    package let noAnswer: NoAnswer
    package var closedAt: Timestamp?
    package let itemCount: Int
    /// Those about which a person decided.
    package var decidedCount: Int
    /// Grows by one with each change but a decision.
    package var version: Int

    package init(
        id: ReviewID, name: String, filter: String, startedBy: MemberID, startedAt: Timestamp, dueAt: Timestamp,
        noAnswer: NoAnswer, closedAt: Timestamp? = nil, itemCount: Int, decidedCount: Int = 0, version: Int = 1
    ) {
        self.id = id
        self.name = name
        self.filter = filter
        self.startedBy = startedBy
        self.startedAt = startedAt
        self.dueAt = dueAt
        self.noAnswer = noAnswer
        self.closedAt = closedAt
        self.itemCount = itemCount
        self.decidedCount = decidedCount
        self.version = version
    }

    package var undecidedCount: Int { itemCount - decidedCount }
    package var isClosed: Bool { closedAt != nil }
}

/// What a person can decide about a token. It is a record: carrying it out is a command of the token's own.
package enum ReviewAnswer: String, CaseIterable, Hashable, Sendable { case keep, narrow, rotate, quarantine, delete }

/// What was decided about one item, by whom, when, why, and with how much care.
package struct ReviewDecision: Hashable, Sendable {
    /// Nil: nobody answered until the review was closed.
    package var answer: ReviewAnswer?
    package var why: String
    /// For an item without an answer, whoever closed the review.
    package var decidedBy: MemberID
    package var decidedAt: Timestamp
    /// From when the item was shown until it was decided. Nil: it was not measured.
    package var took: TimeSpan?
    /// How many items were decided together, this one among them.
    package var batch: Int

    package init(
        answer: ReviewAnswer?, why: String, decidedBy: MemberID, decidedAt: Timestamp, took: TimeSpan?, batch: Int
    ) {
        self.answer = answer
        self.why = why
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.took = took
        self.batch = batch
    }

    /// `noAnswer` where nobody answered: the word in the records, in reports and in the log.
    package var word: String { answer?.rawValue ?? Self.noAnswerWord }

    package static let noAnswerWord = "noAnswer"
    /// Longer than this nobody looks at one item: he went away.
    package static let longestTook = TimeSpan.days(1)
}

/// A number of tokens, and a digest of what is on record about them, in their order.
package struct ReviewPopulation: Hashable, Sendable {
    package var count: Int
    /// 64 hexadecimal digits (see `ReviewDigest`).
    package var digest: String

    package init(count: Int, digest: String) {
        self.count = count
        self.digest = digest
    }
}

/// What proves an entry of the audit log: its number and hashes.
package struct AuditSeal: Hashable, Sendable {
    package var sequence: Int64
    /// The hash of the entry, 32 bytes.
    package var leaf: [UInt8]
    /// The hash of everything up to it, 32 bytes.
    package var chain: [UInt8]

    package init(sequence: Int64, leaf: [UInt8], chain: [UInt8]) {
        self.sequence = sequence
        self.leaf = leaf
        self.chain = chain
    }
}
