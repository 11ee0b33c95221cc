extension Rules {
    static func startReview(_ start: StartReview, _ facts: Facts) throws(Refusal) -> Consequence {
        try check(start.name, .name, field: "name")
        if facts.isNameInUse { throw .reviewNameInUse(start.name) }
        if !Timestamp.accepted.contains(start.dueAt) { throw .expiryOutOfRange }
        if start.dueAt <= facts.now { throw .dayInThePast }
        let population = facts.population
        if population.count == 0 { throw .emptyReview }
        if population.count > Review.maximumItems { throw .reviewTooLarge(limit: Review.maximumItems) }
        let filter = start.filter.description
        let review = Review(
            id: facts.newReviewID, name: start.name, filter: filter, startedBy: facts.actor.id, startedAt: facts.now,
            dueAt: start.dueAt, noAnswer: start.noAnswer, itemCount: population.count)
        return Consequence(
            target: target(review), versionAfter: 1,
            fields: [
                FieldChange("name", before: nil, after: start.name),
                FieldChange("filter", before: nil, after: filter.isEmpty ? "every token" : filter),
                FieldChange("due", before: nil, after: start.dueAt.iso8601),
                FieldChange("no answer", before: nil, after: start.noAnswer.rawValue),
                FieldChange(ReviewField.items, before: nil, after: String(population.count)),
                FieldChange(ReviewField.digest, before: nil, after: population.digest),
            ],
            changes: [.insertReview(review, of: start.filter)])
    }

    /// A decision is a record. What the token's kind rules out is refused here, so that nobody decides what can't be done.
    static func decideReviewItem(_ command: DecideReviewItem, _ facts: Facts) throws(Refusal) -> Consequence {
        if facts.actor.standing == .pending { throw .actorNotInForce(.memberPending) }
        let review = try openReview(command.review, facts)
        guard let item = facts.reviewItem, let token = facts.token else { throw .notInReview(command.token.text) }
        if item.entry != command.shown { throw .decidedMeanwhile(item.facts.name) }
        if item.needsWhy(for: command.answer) || !command.why.isEmpty {
            try check(command.why, .reason, field: "why")
        }
        try require(command.answer, possibleFor: token)
        if let before = item.decision, before.answer == command.answer, before.why == command.why {
            throw .nothingToChange
        }
        let took = command.took.map { min(max($0, TimeSpan(milliseconds: 0)), ReviewDecision.longestTook) }
        let decision = ReviewDecision(
            answer: command.answer, why: command.why, decidedBy: facts.actor.id, decidedAt: facts.now, took: took,
            batch: max(1, command.batch))
        return Consequence(
            target: target(review), versionAfter: review.version,
            fields: ReviewField.changes(of: item, to: decision),
            changes: [.decideReviewItem(item, decision), .staleRisk(.token(item.token))])
    }

    /// Whatever is undecided is recorded as not answered. What the rule for those asks for is then done to each token by
    /// a command of its own.
    static func closeReview(version: Int, id: ReviewID, _ facts: Facts) throws(Refusal) -> Consequence {
        var review = try openReview(id, facts)
        try requireUnchanged(target(review), shown: version, now: review.version)
        let undecided = facts.population
        review.closedAt = facts.now
        review.version += 1
        var fields = [
            FieldChange("standing", before: "open", after: "closed"),
            FieldChange("decided", before: nil, after: "\(review.decidedCount) of \(review.itemCount)"),
            FieldChange("no answer", before: nil, after: review.noAnswer.rawValue),
            FieldChange(ReviewField.items, before: nil, after: String(undecided.count)),
        ]
        if undecided.count > 0 { fields.append(FieldChange(ReviewField.digest, before: nil, after: undecided.digest)) }
        let decision = ReviewDecision(
            answer: nil, why: "", decidedBy: facts.actor.id, decidedAt: facts.now, took: nil, batch: 1)
        return Consequence(
            target: target(review), versionAfter: review.version, fields: fields,
            changes: [.closeReview(review, undecided: decision)])
    }

    private static func openReview(_ id: ReviewID, _ facts: Facts) throws(Refusal) -> Review {
        guard let review = facts.review else { throw .notFound(.review, id: id.text) }
        if review.isClosed { throw .reviewClosed(review.name) }
        return review
    }

    private static func require(_ answer: ReviewAnswer, possibleFor token: AccessToken) throws(Refusal) {
        if let obstacle = answer.obstacle(for: token) { throw obstacle }
    }

    private static func target(_ review: Review) -> AuditTarget {
        AuditTarget(.review, id: review.id.text, name: review.name)
    }
}

extension ReviewAnswer {
    /// Why it makes no sense for the token as it is now; nil: it does.
    package func obstacle(for token: AccessToken) -> Refusal? {
        // Of a token that is gone only that can be recorded.
        if token.deletedAt != nil { return self == .delete ? nil : .notFound(.token, id: token.id.text) }
        switch self {
        case .narrow where token.kind != .personal: return .scopeIsFixed(token.kind)
        case .rotate where token.origin == .imported: return .secretNotHere
        default: return nil
        }
    }
}

/// The names of fields in the audit entries of reviews: what a report is checked against.
package enum ReviewField {
    package static let items = "items"
    package static let digest = "digest"
    package static let token = "token"
    package static let tokenName = "token name"
    package static let answer = "decision"
    package static let why = "why"
    package static let took = "took milliseconds"
    package static let batch = "decided together"

    /// What the entry of a decision says.
    package static func changes(of item: ReviewItem, to decision: ReviewDecision) -> [FieldChange] {
        var changes = [
            FieldChange(token, before: nil, after: item.token.text),
            FieldChange(tokenName, before: nil, after: item.facts.name),
            FieldChange(answer, before: item.decision?.word, after: decision.word),
        ]
        if !decision.why.isEmpty { changes.append(FieldChange(why, before: nil, after: decision.why)) }
        if let took = decision.took { changes.append(FieldChange(self.took, before: nil, after: String(took.milliseconds))) }
        changes.append(FieldChange(batch, before: nil, after: String(decision.batch)))
        return changes
    }
}

extension Facts {
    fileprivate var newReviewID: ReviewID {
        guard let id = fresh.reviewID else { preconditionFailure("a review comes with an id") }
        return id
    }
}
