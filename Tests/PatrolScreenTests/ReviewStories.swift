import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `Reviews on the screen` {
    private static func stage(rows: Int = 24, columns: Int = 80, noAnswer: Review.NoAnswer = .flag) -> Stage {
        var desk = Desk()
        desk.startReview(noAnswer: noAnswer)
        var stage = Stage(rows: rows, columns: columns, desk: desk)
        stage.press(":")
        stage.type("review")
        stage.press(.enter)
        _ = stage.takeEffects()
        return stage
    }

    private static func decisions(_ commands: [Command]) -> [DecideReviewItem] {
        commands.compactMap { if case .decideReviewItem(let decision) = $0 { decision } else { nil } }
    }

    @Test(arguments: [(24, 80), (40, 120)])
    func `tokens come one after another, each with its detail`(rows: Int, columns: Int) {
        var stage = Self.stage(rows: rows, columns: columns)
        #expect(stage.text.contains("2026 Q4") && stage.text.contains("6 days left"))
        stage.press(.enter)
        let first = Sample.tokens[0].token.name
        #expect(stage.text.contains("0 of \(Sample.tokens.count) decided, 6 days left"))
        #expect(stage.text.contains(first) && stage.text.contains("kind      "))
        #expect(stage.frame.rows.count == rows && stage.text.contains("d delete"))
        stage.press(.down)
        #expect(stage.text.contains("2 of \(Sample.tokens.count)"))
    }

    @Test func `one key and a reason decide, and the next open token comes`() {
        var stage = Self.stage()
        stage.press(.enter)
        stage.send(.tick(now: stage.model.now + TimeSpan(milliseconds: 7_000)))
        stage.press("d")
        #expect(stage.text.contains("Why delete?"))
        #expect(Self.decisions(stage.takeCommands()).isEmpty, "nothing is decided without a reason")
        stage.type("nobody knows it")
        stage.press(.enter)
        let made = Self.decisions(stage.takeCommands())
        #expect(made.count == 1 && made[0].answer == .delete && made[0].why == "nobody knows it" && made[0].batch == 1)
        #expect(made.first?.took == TimeSpan(milliseconds: 7_000), "the time it was looked at")
        #expect(stage.text.contains("1 of \(Sample.tokens.count) decided") && stage.text.contains("decided to delete 1 token"))
        #expect(stage.model.reviewScreen?.place == 2)
    }

    @Test func `the next time is measured from when its token was shown`() {
        var stage = Self.stage()
        stage.press(.enter)
        for wait in [3_000, 500] as [Int64] {
            stage.send(.tick(now: stage.model.now + TimeSpan(milliseconds: wait)))
            stage.press("d", "x", .enter)
        }
        #expect(Self.decisions(stage.takeCommands()).map { $0.took?.milliseconds } == [3_000, 500])
    }

    @Test func `several are decided together, and that is on record`() {
        var stage = Self.stage()
        stage.press(.enter, " ", " ", " ")
        #expect(stage.text.contains("3 marked"))
        stage.send(.tick(now: stage.model.now + TimeSpan(milliseconds: 6_000)))
        stage.press("b", "x", .enter)
        let made = Self.decisions(stage.takeCommands())
        #expect(made.count == 3 && made.allSatisfy { $0.batch == 3 && $0.answer == .quarantine })
        #expect(made.allSatisfy { $0.took == TimeSpan(milliseconds: 2_000) }, "the time of each of them")
        #expect(stage.model.reviewScreen?.marked.isEmpty == true)
        #expect(stage.model.reviewScreen?.place == 4, "the first that nobody decided about")
    }

    @Test func `what makes no sense for a token is said, and not asked for`() {
        var stage = Self.stage()
        let place = Sample.tokens.firstIndex { $0.token.kind == .service } ?? 0
        stage.press(.enter)
        for _ in 0..<place { stage.press("s") }
        stage.press("n")
        #expect(stage.text.contains("the scope of a service token can't be changed"))
        #expect(stage.takeCommands().isEmpty)
    }

    @Test func `a refusal is told, and nothing is counted`() {
        var stage = Self.stage()
        stage.desk.refusal = .decidedMeanwhile("legacy api")
        stage.press(.enter, "d", "x", .enter)
        #expect(stage.text.contains("somebody decided about `legacy api` meanwhile"))
        #expect(stage.text.contains("0 of \(Sample.tokens.count) decided"))
    }

    @Test func `closing takes a word, and does what the rule says to the rest`() {
        var stage = Self.stage()
        stage.press(.enter, "d", "x", .enter, "C")
        _ = stage.takeCommands()
        stage.type("yes")
        stage.press(.enter)
        #expect(stage.takeCommands().isEmpty && stage.text.contains("write the word close"))
        stage.press(.control("u"))
        stage.type("close")
        stage.press(.enter)
        let commands = stage.takeCommands()
        guard case .closeReview? = commands.first else {
            Issue.record("it was not closed")
            return
        }
        let flagged = commands.dropFirst().compactMap { if case .flagToken(let id, let reason, _, _) = $0 { (id, reason) } else { nil } }
        let unflagged = Sample.tokens.dropFirst().filter { $0.token.flag == nil }
        #expect(flagged.map(\.0) == unflagged.map(\.token.id), "all that nobody answered about, and the first not")
        #expect(flagged.allSatisfy { $0.1 == "no answer in the review 2026 Q4" })
        #expect(stage.text.contains("closed 2026-11-24"))
    }

    @Test func `a review is started from a form, over what the list shows`() {
        var stage = Self.stage()
        stage.press("a")
        #expect(stage.text.contains("Start a review"))
        stage.type("2027 Q1")
        stage.press(.control("s"))
        guard case .startReview(let start)? = stage.takeCommands().first else {
            Issue.record("nothing was started")
            return
        }
        #expect(start.name == "2027 Q1" && start.noAnswer == .flag && start.filter.isEmpty)
        #expect(start.dueAt == stage.model.now + .days(14))
    }

    @Test func `o leads to the token, where its own keys are`() {
        var stage = Self.stage()
        stage.press(.enter, .down, "o")
        #expect(stage.model.dialogs.isEmpty && stage.model.detail.pinned == .token(Sample.tokens[1].token.id))
    }

    @Test func `without a review the screen says how to start one`() {
        var stage = Stage()
        stage.press(":")
        stage.type("review")
        stage.press(.enter)
        #expect(stage.text.contains("There is no review yet."))
        stage.press(.enter, "d", "C", .tab, .escape)
        #expect(stage.model.dialogs.isEmpty && stage.takeCommands().isEmpty)
    }
}
