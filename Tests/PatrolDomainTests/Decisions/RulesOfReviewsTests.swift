import PatrolDomain
import Testing

@Suite struct RulesOfReviewsTests {
    static let open = review()
    static let wandas = Roster.token(of: Roster.wanda)
    static let ritas = Roster.token(of: Roster.rita, scope: .base(.reader))
    static let brunos = Roster.token(of: Roster.bruno, scope: .base(.reader))
    static let service = Roster.token(of: Roster.wanda, kind: .service)
    static let imported = Roster.token(of: Roster.wanda, origin: .imported)
    static let accountWide = Roster.token(of: nil, kind: .accountWide, origin: .adopted, scope: .account)

    static func review(closedAt: Timestamp? = nil) -> Review {
        Review(
            id: ReviewID("review-id")!, name: "Q4", filter: "", startedBy: Roster.ada.id,
            startedAt: Roster.now - .days(3), dueAt: Roster.now + .days(4), noAnswer: .flag, closedAt: closedAt,
            itemCount: 3, decidedCount: 1)
    }

    static func item(_ token: AccessToken, findings: Bool = true, decision: ReviewDecision? = nil) -> ReviewItem {
        let risk = TokenRisk(rules: findings ? 1 << UInt64(HygieneRule.unused.rawValue) : 0, score: 0, worst: findings ? .high : nil)
        let row = TokenRow(token: token, ownerName: "W", ownerStanding: .active, risk: risk)
        return ReviewItem(
            review: open.id, place: 1, token: token.id, facts: FrozenToken(row), decision: decision, entry: 7)
    }

    struct Case: Sendable {
        var story: String
        var actor: Member
        var answer: ReviewAnswer
        var token: AccessToken
        var why = "nobody knows it"
        var isClosed = false
        var isListed = true
        var hasFindings = true
        var shown: Int64 = 7
        var refusal: String?

        init(_ story: String, _ actor: Member, _ answer: ReviewAnswer, _ token: AccessToken, refusal: String? = nil) {
            self.story = story
            self.actor = actor
            self.answer = answer
            self.token = token
            self.refusal = refusal
        }

        func with(_ change: (inout Case) -> Void) -> Case {
            var changed = self
            change(&changed)
            return changed
        }
    }

    static let cases: [Case] = [
        Case("an admin decides about the tokens of others", Roster.max, .delete, wandas),
        Case("a reader about none of others", Roster.rita, .delete, wandas, refusal: "notPermitted"),
        Case("not even that they are kept", Roster.rita, .keep, wandas, refusal: "notPermitted"),
        Case("but he keeps his own", Roster.rita, .keep, ritas),
        Case("and deletes his own, as his roles let him", Roster.rita, .delete, ritas),
        Case("who may do nothing with the tokens of others keeps his own", Roster.bruno, .keep, brunos),
        Case("and decides about none of theirs", Roster.bruno, .delete, wandas, refusal: "notPermitted"),
        Case("a writer may delete his own", Roster.wanda, .delete, wandas),
        Case("who has not accepted keeps nothing", Roster.pia, .keep, Roster.token(of: Roster.pia), refusal: "actorNotInForce"),
        Case("a role for personal tokens does", Roster.cesar, .rotate, wandas),
        Case("but not for the account's", Roster.cesar, .delete, accountWide, refusal: "notPermitted"),
        Case("account-wide ones are on the list too", Roster.max, .delete, accountWide),
        Case("nobody owns those", Roster.rita, .keep, accountWide, refusal: "notPermitted"),
        Case("a service token's scope is fixed", Roster.max, .narrow, service, refusal: "scopeIsFixed"),
        Case("what is imported has no secret here", Roster.max, .rotate, imported, refusal: "secretNotHere"),
        Case("a reason is needed", Roster.max, .delete, wandas, refusal: "badText").with { $0.why = " " },
        Case("also for keeping what a rule complains about", Roster.max, .keep, wandas, refusal: "badText").with { $0.why = "" },
        Case("not for keeping a clean one", Roster.max, .keep, wandas).with { ($0.why, $0.hasFindings) = ("", false) },
        Case("no secret goes on record", Roster.max, .keep, wandas, refusal: "badText")
            .with { $0.why = "ptlp_4fK9aZ0Qw2Lm_7HqabcdefghijklmnopqrstuvwxyzABCc3A1xZ" },
        Case("a closed one stays as it is", Roster.max, .keep, wandas, refusal: "reviewClosed").with { $0.isClosed = true },
        Case("later tokens are not in it", Roster.max, .keep, wandas, refusal: "notInReview").with { $0.isListed = false },
        Case("somebody was faster", Roster.max, .keep, wandas, refusal: "decidedMeanwhile").with { $0.shown = 6 },
    ]

    @Test(arguments: cases)
    func `who may decide what`(_ one: Case) {
        let command = Command.decideReviewItem(
            DecideReviewItem(
                review: Self.open.id, token: one.token.id, shown: one.shown, answer: one.answer, why: one.why,
                took: TimeSpan(milliseconds: 1_500), batch: 2))
        let ruling = Roster.rule(command, by: one.actor) { facts in
            facts.review = Self.review(closedAt: one.isClosed ? Roster.now : nil)
            facts.reviewItem = one.isListed ? Self.item(one.token, findings: one.hasFindings) : nil
            facts.token = one.token
        }
        #expect(ruling.refusal?.code == one.refusal, "\(one.story)")
        #expect(ruling.event.name == .reviewDecided && ruling.event.target.kind == .review, "\(one.story)")
        guard one.refusal == nil else { return }
        guard case .decideReviewItem(let item, let decision)? = ruling.changes.first else {
            Issue.record("\(one.story): no decision")
            return
        }
        #expect(
            ruling.changes.dropFirst() == [.staleRisk(.token(item.token))],
            "a decision is a record, and changes no token: only whether its review is overdue is asked anew")
        #expect(item.token == one.token.id && decision.answer == one.answer && decision.decidedBy == one.actor.id)
        #expect(decision.took == TimeSpan(milliseconds: 1_500) && decision.batch == 2)
        #expect(ruling.event.changes.contains(FieldChange("decision", before: nil, after: one.answer.rawValue)))
        #expect(ruling.event.changes.contains(FieldChange("token", before: nil, after: one.token.id.text)))
    }

    @Test func `of a token that is gone only its end can be recorded`() {
        var gone = Self.wandas
        gone.deletedAt = Roster.now
        for answer in ReviewAnswer.allCases {
            #expect((answer.obstacle(for: gone) == nil) == (answer == .delete), "\(answer)")
        }
    }

    @Test func `a time before it was shown is none, and one of weeks is a day`() {
        for (took, kept) in [(Int64(-5_000), Int64(0)), (3_000_000_000, 86_400_000)] {
            let ruling = Roster.rule(
                .decideReviewItem(
                    DecideReviewItem(
                        review: Self.open.id, token: Self.wandas.id, shown: 7, answer: .delete, why: "x",
                        took: TimeSpan(milliseconds: took))), by: Roster.max
            ) { facts in
                (facts.review, facts.reviewItem, facts.token) = (Self.open, Self.item(Self.wandas), Self.wandas)
            }
            guard case .decideReviewItem(_, let decision)? = ruling.changes.first else {
                Issue.record("no decision")
                continue
            }
            #expect(decision.took?.milliseconds == kept)
        }
    }

    private static func start(
        by actor: Member, name: String = "Q4", dueAt: Timestamp = Roster.now + .days(14), tokens: Int = 3, isNameInUse: Bool = false
    ) -> Ruling {
        Roster.rule(
            .startReview(StartReview(name: name, filter: Filter(), dueAt: dueAt, noAnswer: .keep)), by: actor
        ) { facts in
            facts.fresh.reviewID = ReviewID("new-review")
            facts.population = ReviewPopulation(count: tokens, digest: "ab")
            facts.isNameInUse = isNameInUse
        }
    }

    @Test func `who may look after the account's tokens starts a review, with a name, an end and something on its list`() {
        #expect(Self.start(by: Roster.max).refusal == nil)
        #expect(Self.start(by: Roster.bruno).refusal == nil)
        #expect(Self.start(by: Roster.wanda).refusal?.code == "notPermitted")
        #expect(Self.start(by: Roster.max, name: "").refusal?.code == "badText")
        #expect(Self.start(by: Roster.max, name: "a\u{1B}[2J").refusal?.code == "badText")
        #expect(Self.start(by: Roster.max, dueAt: Roster.now).refusal == .dayInThePast)
        #expect(Self.start(by: Roster.max, dueAt: Timestamp(milliseconds: .max)).refusal == .expiryOutOfRange)
        #expect(Self.start(by: Roster.max, tokens: 0).refusal == .emptyReview)
        #expect(Self.start(by: Roster.max, tokens: Review.maximumItems).refusal == nil)
        #expect(Self.start(by: Roster.max, tokens: Review.maximumItems + 1).refusal == .reviewTooLarge(limit: Review.maximumItems))
        #expect(Self.start(by: Roster.max, isNameInUse: true).refusal == .reviewNameInUse("Q4"))
        let event = Self.start(by: Roster.max).event
        #expect(event.changes.contains(FieldChange("digest", before: nil, after: "ab")), "the list is in the log by its digest")
    }

    @Test func `a review is closed once, as it was shown`() {
        func close(_ actor: Member, version: Int = 1, closedAt: Timestamp? = nil) -> Ruling {
            Roster.rule(.closeReview(Self.open.id, version: version), by: actor) { facts in
                facts.review = Self.review(closedAt: closedAt)
                facts.population = ReviewPopulation(count: 2, digest: "cd")
            }
        }
        #expect(close(Roster.max).refusal == nil)
        #expect(close(Roster.wanda).refusal?.code == "notPermitted")
        #expect(close(Roster.max, version: 2).refusal?.code == "changedMeanwhile")
        #expect(close(Roster.max, closedAt: Roster.now).refusal == .reviewClosed("Q4"))
        guard case .closeReview(let review, let undecided)? = close(Roster.max).changes.first else {
            Issue.record("it was not closed")
            return
        }
        #expect(review.closedAt == Roster.now && review.version == 2)
        #expect(undecided.answer == nil && undecided.word == "noAnswer" && undecided.decidedBy == Roster.max.id)
    }
}
