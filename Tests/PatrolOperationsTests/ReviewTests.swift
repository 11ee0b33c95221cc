import PatrolDomain
import PatrolOperations
import PatrolStorage
import PatrolTestSupport
import Testing

@Suite struct ReviewTests {
    private let account: TestAccount
    private var patrol: Patrol { account.patrol }

    init() throws {
        account = try TestAccount()
        for name in ["one", "two", "three", "four"] { try account.createToken(name: "token \(name)") }
    }

    private func start(_ filter: Filter = Filter(), noAnswer: Review.NoAnswer = .flag) throws -> Review {
        let outcome = try patrol.perform(
            .startReview(
                StartReview(name: "Q4", filter: filter, dueAt: account.clock.now + .days(14), noAnswer: noAnswer)),
            as: account.ada)
        #expect(outcome.refusal == nil)
        return try #require(try patrol.review(name: "Q4"))
    }

    private func items(of review: Review) throws -> [ReviewItemRow] {
        try patrol.reviewItems(of: review.id, from: 1, limit: 500)
    }

    @discardableResult
    private func decide(
        _ item: ReviewItem, _ answer: ReviewAnswer, why: String = "nobody knows it", by session: Session? = nil
    ) throws -> Outcome {
        try patrol.perform(
            .decideReviewItem(
                DecideReviewItem(
                    review: item.review, token: item.token, shown: item.entry, answer: answer, why: why,
                    took: TimeSpan(milliseconds: 4_000))), as: session ?? account.ada)
    }

    private func report(_ review: Review) throws -> ReviewReport {
        let head = try #require(try patrol.reviewReportHead(of: review.id))
        return ReviewReport(
            head: head, lines: try patrol.reviewReportLines(of: head.review, from: 1, limit: 500))
    }

    @Test func `the list is frozen: later tokens are not on it, and those that go stay as they were`() throws {
        let review = try start()
        let before = try items(of: review).map(\.item)
        #expect(before.map(\.place) == [1, 2, 3, 4] && review.itemCount == 4)
        let late = try account.createToken(name: "late").token
        let gone = try #require(try patrol.token(before[0].token))
        _ = try patrol.perform(.deleteToken(gone.id, version: gone.version), as: account.ada)
        let other = try #require(try patrol.token(before[1].token))
        _ = try patrol.perform(
            .editToken(
                EditToken(
                    token: other.id, version: other.version, name: "renamed", purpose: "another", scope: other.scope,
                    expiresAt: nil)), as: account.ada)
        let after = try items(of: review)
        #expect(after.map(\.item) == before, "nothing of it changes with its tokens")
        #expect(after[0].isGone && !after[1].isGone)
        #expect(try patrol.reviewItem(of: late.id, in: review.id) == nil)
        #expect(try patrol.review(review.id)?.itemCount == 4)
    }

    /// Lists of every size around a page, by any filter, are frozen whole, once each, in one order.
    @Test(arguments: [1, 2, 499, 500, 501])
    func `a list of any length holds each token once`(count: Int) throws {
        let account = try TestAccount()
        for number in 0..<count { try account.createToken(name: number % 3 == 0 ? "export" : "other") }
        for filter in [Filter(), Filter(terms: [.init(.text("export"))])] {
            let name = "review \(filter.terms.count)"
            let outcome = try account.patrol.perform(
                .startReview(
                    StartReview(name: name, filter: filter, dueAt: account.clock.now + .days(1), noAnswer: .keep)),
                as: account.ada)
            #expect(outcome.refusal == nil)
            let review = try #require(try account.patrol.review(name: name))
            var places: [Int] = []
            var tokens: Set<TokenID> = []
            while true {
                let rows = try account.patrol.reviewItems(of: review.id, from: (places.last ?? 0) + 1, limit: 200)
                if rows.isEmpty { break }
                places += rows.map(\.item.place)
                tokens.formUnion(rows.map(\.item.token))
            }
            let wanted = filter.isEmpty ? count : (count + 2) / 3
            #expect(places == Array(1...wanted) && tokens.count == wanted && review.itemCount == wanted)
        }
    }

    @Test func `a decision is recorded once, may be replaced, and is counted once`() throws {
        let review = try start()
        let item = try items(of: review)[1].item
        let outcome = try decide(item, .delete)
        #expect(outcome.refusal == nil && outcome.entry.name == "review.decided")
        #expect(try decide(item, .keep).refusal == .decidedMeanwhile(item.facts.name), "what was shown is old")
        let second = try items(of: review)[1].item
        #expect(second.decision?.answer == .delete && second.entry == outcome.entry.sequence)
        #expect(try decide(second, .delete).refusal == .nothingToChange)
        #expect(try decide(second, .rotate, why: "its secret leaked").refusal == nil)
        #expect(try patrol.review(review.id)?.decidedCount == 1)
        #expect(try patrol.token(item.token)?.deletedAt == nil, "a decision does nothing by itself")
        #expect(try patrol.reviewItems(of: review.id, from: 1, limit: 9, undecidedOnly: true).count == 3)
    }

    @Test func `what was decided is told as done when it is done, whoever does it`() throws {
        let review = try start()
        let rows = try items(of: review)
        for (row, answer) in zip(rows, [ReviewAnswer.delete, .rotate, .narrow, .keep]) { try decide(row.item, answer) }
        #expect(try items(of: review).map { $0.outcome(noAnswer: .flag) } == [.open, .open, .open, .nothing])
        account.clock.now = account.clock.now + .minutes(1)
        func token(_ place: Int) throws -> AccessToken { try #require(try patrol.token(rows[place].item.token)) }
        let (first, second, third) = (try token(0), try token(1), try token(2))
        _ = try patrol.perform(.deleteToken(first.id, version: first.version), as: account.ada)
        _ = try patrol.perform(
            .rotateToken(RotateToken(token: second.id, version: second.version, oldSecretUntil: nil)), as: account.ada)
        _ = try patrol.perform(
            .editToken(
                EditToken(
                    token: third.id, version: third.version, name: third.name, purpose: third.purpose,
                    scope: .inline(Policy(statements: [])), expiresAt: third.expiresAt)), as: account.ada)
        #expect(try items(of: review).prefix(2).map { $0.outcome(noAnswer: .flag) } == [.done, .done])
    }

    @Test func `closing records what nobody answered, and the rule's commands do the rest`() throws {
        let review = try start(noAnswer: .flag)
        try decide(try items(of: review)[0].item, .keep)
        let outcome = try patrol.perform(.closeReview(review.id, version: review.version), as: account.ada)
        #expect(outcome.refusal == nil)
        let closed = try #require(try patrol.review(review.id))
        #expect(closed.isClosed && closed.decidedCount == 1)
        let rows = try items(of: closed)
        #expect(rows.map { $0.item.decision?.word } == ["keep", "noAnswer", "noAnswer", "noAnswer"])
        #expect(rows.dropFirst().allSatisfy { $0.item.entry == outcome.entry.sequence })
        for command in rows.compactMap({ $0.noAnswerCommand(in: closed) }) {
            #expect(try patrol.perform(command, as: account.ada).refusal == nil)
        }
        #expect(try items(of: closed).compactMap { $0.noAnswerCommand(in: closed) }.isEmpty, "again, there is nothing to do")
        #expect(try patrol.tally().flaggedTokens == 3)
        #expect(try decide(rows[1].item, .keep).refusal == .reviewClosed("Q4"))
        #expect(try patrol.verify(report(closed)).isGood)
    }

    @Test func `a rule of quarantine refuses what nobody answered about, and deletes nothing`() throws {
        let review = try start(noAnswer: .quarantine)
        #expect(try patrol.perform(.closeReview(review.id, version: review.version), as: account.ada).refusal == nil)
        let closed = try #require(try patrol.review(review.id))
        for command in try items(of: closed).compactMap({ $0.noAnswerCommand(in: closed) }) {
            #expect(try patrol.perform(command, as: account.ada).refusal == nil)
        }
        let rows = try items(of: closed)
        #expect(rows.allSatisfy { $0.row.token.quarantine != nil && $0.row.token.quarantine?.deletesAt == nil })
        #expect(rows.allSatisfy { $0.outcome(noAnswer: .quarantine) == .done })
    }

    @Test func `a report is what the log says, also after later decisions`() throws {
        let review = try start()
        let rows = try items(of: review)
        try decide(rows[0].item, .delete)
        let report = try report(review)
        let check = try patrol.verify(report)
        #expect(check.faults == [] && check.decisions == 1 && check.later == 0)
        try decide(rows[1].item, .keep)
        let later = try patrol.verify(report)
        #expect(later.faults == [] && later.later == 1)
    }

    /// Each way to make a report say something else, and what gives it away.
    static let lies: [(story: String, lie: @Sendable (inout ReviewReport) -> Void, found: String)] = [
        ("another answer", { $0.lines[0].item.decision?.answer = .keep }, "item decision"),
        ("another reason", { $0.lines[0].item.decision?.why = "approved" }, "item why"),
        ("more time", { $0.lines[0].item.decision?.took = .minutes(9) }, "item took milliseconds"),
        ("not a batch", { $0.lines[0].item.decision?.batch = 40 }, "item decided together"),
        ("somebody else", { $0.lines[0].item.decision?.decidedBy = MemberID("someone")! }, "item decided by"),
        ("another name of his", { $0.lines[0].deciderName = "Max" }, "item name of who decided"),
        ("another day", { $0.lines[0].item.decision?.decidedAt = Timestamp(milliseconds: 1_780_000_000_000) }, "item decided at"),
        ("a decision left out", { ($0.lines[0].item.decision, $0.lines[0].seal) = (nil, nil) }, "item decision"),
        ("a decision made up", { $0.lines[1].item.decision = $0.lines[0].item.decision }, "item decision"),
        ("a hash", { $0.lines[0].seal?.leaf[0] ^= 1 }, "otherEntry"),
        ("another entry", { $0.lines[0].seal?.sequence = 1 }, "otherMatter"),
        ("no such entry", { $0.lines[0].seal?.sequence = 9_999 }, "noEntry"),
        ("no proof", { $0.lines[0].seal = nil }, "item entry"),
        ("a token left out", { $0.lines.removeLast() }, "list items"),
        ("a token renamed", { $0.lines[2] = renamed($0.lines[2]) }, "item name"),
        ("places swapped", { $0.lines.swapAt(2, 3) }, "list digest"),
        ("another name of the review", { $0.head.review = other($0.head.review, name: "Q3") }, "review name"),
        ("another log", { $0.head.log.chain[5] ^= 1 }, "otherLog"),
        ("closed when it is open", { $0.head.review.closedAt = Timestamp(milliseconds: 1_790_000_000_000) }, "review closed at"),
        ("another account", { $0.head.account = AccountID("other")! }, "otherAccount"),
    ]

    private static func renamed(_ line: ReviewReport.Line) -> ReviewReport.Line {
        var (line, facts) = (line, line.item.facts)
        facts.name = "harmless"
        let item = line.item
        line.item = ReviewItem(
            review: item.review, place: item.place, token: item.token, facts: facts, decision: item.decision, entry: item.entry)
        return line
    }

    private static func other(_ review: Review, name: String) -> Review {
        Review(
            id: review.id, name: name, filter: review.filter, startedBy: review.startedBy, startedAt: review.startedAt,
            dueAt: review.dueAt, noAnswer: review.noAnswer, itemCount: review.itemCount, decidedCount: review.decidedCount)
    }

    @Test func `a report that says something else is found out`() throws {
        let review = try start()
        try decide(try items(of: review)[0].item, .delete)
        let honest = try report(review)
        for (story, lie, found) in Self.lies {
            var report = honest
            lie(&report)
            let faults = try patrol.verify(report).faults.map(\.kind)
            #expect(faults.contains { $0.hasPrefix(found) }, "\(story): \(faults)")
        }
    }

    @Test func `a member decides only about what is his to decide`() throws {
        let rita = try account.join("rita", .reader)
        try account.createToken(name: "rita's own", by: rita)
        let review = try start()
        let rows = try items(of: review)
        let own = try #require(rows.first { $0.item.facts.name == "rita's own" })
        let others = try #require(rows.first { $0.item.facts.name == "token one" })
        #expect(try decide(others.item, .keep, by: rita).refusal?.code == "notPermitted")
        let kept = try decide(own.item, .keep, why: "in use", by: rita)
        #expect(kept.refusal == nil && kept.entry.reason == "ownToken")
    }
}

extension ReviewCheck.Fault {
    fileprivate var kind: String {
        switch self {
        case .otherAccount: "otherAccount"
        case .brokenLog: "brokenLog"
        case .noEntry: "noEntry"
        case .otherEntry: "otherEntry"
        case .otherLog: "otherLog"
        case .otherMatter: "otherMatter"
        case .review(let field, _, _): "review \(field)"
        case .list(let field, _, _): "list \(field)"
        case .item(_, let field, _, _): "item \(field)"
        }
    }
}
