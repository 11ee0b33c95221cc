import PatrolDomain
@testable import PatrolScreen

extension Desk {
    /// With a review of all of its tokens.
    mutating func startReview(noAnswer: Review.NoAnswer = .flag) {
        guard let id = ReviewID("65f0c0ffee0000000000d001") else { return }
        reviews = [
            Review(
                id: id, name: "2026 Q4", filter: "", startedBy: me.id, startedAt: Sample.ago(.days(8)),
                dueAt: Sample.now + .days(6), noAnswer: noAnswer, itemCount: tokens.count)
        ]
        reviewItems = tokens.enumerated().map { place, row in
            ReviewItem(
                review: id, place: place + 1, token: row.token.id, facts: FrozenToken(row), decision: nil, entry: 7)
        }
    }

    /// Tokens that are gone stay on the list, as they were.
    var reviewRows: [ReviewItemRow] {
        reviewItems.map { item in
            let there = tokens.first { $0.token.id == item.token }
            var gone = AccessToken(
                id: item.token, kind: item.facts.kind, origin: .created, name: item.facts.name, owner: nil,
                scope: .base(.reader), createdAt: Sample.now)
            gone.deletedAt = Sample.now
            let row = there ?? TokenRow(token: gone, ownerName: nil, ownerStanding: nil, risk: .clean)
            return ReviewItemRow(item: item, row: row, secretMadeAt: nil, deciderName: item.decision.map { _ in "Ada Berg" })
        }
    }

    mutating func carryOutInReview(_ command: Command, _ sequence: Int64) {
        switch command {
        case .decideReviewItem(let decision):
            guard let place = reviewItems.firstIndex(where: { $0.token == decision.token }) else { return }
            if reviewItems[place].decision == nil { reviews[0].decidedCount += 1 }
            reviewItems[place].entry = sequence
            reviewItems[place].decision = ReviewDecision(
                answer: decision.answer, why: decision.why, decidedBy: me.id, decidedAt: Sample.now, took: decision.took,
                batch: decision.batch)
        case .closeReview:
            reviews[0].closedAt = Sample.now
            reviews[0].version += 1
            for place in reviewItems.indices where reviewItems[place].decision == nil {
                reviewItems[place].decision = ReviewDecision(
                    answer: nil, why: "", decidedBy: me.id, decidedAt: Sample.now, took: nil, batch: 1)
            }
        default: break
        }
    }
}
