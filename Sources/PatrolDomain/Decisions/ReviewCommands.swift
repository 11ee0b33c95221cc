/// Freezes the tokens that the filter lets through into a list, for each of which somebody is to decide.
package struct StartReview: Hashable, Sendable {
    package var name: String
    package var filter: Filter
    package var dueAt: Timestamp
    package var noAnswer: Review.NoAnswer

    package init(name: String, filter: Filter, dueAt: Timestamp, noAnswer: Review.NoAnswer) {
        self.name = name
        self.filter = filter
        self.dueAt = dueAt
        self.noAnswer = noAnswer
    }
}

/// Records what is to become of one token of a review. It changes nothing of the token.
package struct DecideReviewItem: Hashable, Sendable {
    package var review: ReviewID
    package var token: TokenID
    /// `ReviewItem.entry` of what the person was shown.
    package var shown: Int64
    package var answer: ReviewAnswer
    package var why: String
    /// From when the item was shown; nil: not measured.
    package var took: TimeSpan?
    /// How many are decided together with it.
    package var batch: Int

    package init(
        review: ReviewID, token: TokenID, shown: Int64, answer: ReviewAnswer, why: String, took: TimeSpan?,
        batch: Int = 1
    ) {
        self.review = review
        self.token = token
        self.shown = shown
        self.answer = answer
        self.why = why
        self.took = took
        self.batch = batch
    }
}
