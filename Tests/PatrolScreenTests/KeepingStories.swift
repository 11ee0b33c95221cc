import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `Quarantine, plans and former scopes` {
    /// On `release robot`, the fifth of the list: a personal token with an inline policy.
    private func stage(rows: Int = 24, _ change: (inout AccessToken) -> Void = { _ in }) -> Stage {
        var stage = Stage(rows: rows)
        change(&stage.desk.tokens[4].token)
        stage.send(.changed)
        stage.press(.down, .down, .down, .down)
        _ = stage.takeEffects()
        return stage
    }

    private static let id = Sample.tokenID(4)
    private static let held = Quarantine(
        reason: "nobody knows it", since: Sample.now - .days(3), setBy: Sample.memberID(0), deletesAt: Sample.now + .days(27))
    private static let plan = ScopePlan(
        scope: .base(.reader), appliesAt: Sample.now + .days(7), plannedBy: Sample.memberID(0), reason: "it only reads")

    @Test func `a token is quarantined after a look at its use, and undo lets it out`() {
        var stage = stage()
        stage.press("b", .control("u"))
        stage.type("nobody knows it")
        stage.press(.control("s"))
        #expect(stage.takeCommands().isEmpty)
        #expect(stage.text.contains("Quarantine release robot?"), "\(stage.text)")
        #expect(stage.text.contains("last used 41 min ago"), "\(stage.text)")
        #expect(stage.text.contains("is refused from then on. It can be undone."))
        stage.press(.tab, .enter)
        guard case .quarantineToken(let quarantine)? = stage.takeCommands().first else {
            Issue.record("not quarantined: \(stage.text)")
            return
        }
        #expect(quarantine.token == Self.id && quarantine.reason == "nobody knows it" && quarantine.version == 2)
        #expect(quarantine.deletesAt.map { $0.date } == (Sample.now + .days(30)).date)
        stage.press("u", .enter)
        #expect(stage.text.contains("let out of quarantine"), "\(stage.text)")
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.thawToken(Self.id, version: 3)])
    }

    @Test func `the reason that is proposed gives way to what is written`() {
        for key in ["f", "b"] as [PatrolScreen.Key] {
            var stage = stage()
            stage.press(key)
            stage.type("nobody")
            guard case .form(let form)? = stage.model.dialogs.last else {
                Issue.record("no form: \(stage.text)")
                return
            }
            #expect(form.text(.reason) == "nobody")
        }
    }

    @Test func `without a day it is kept, and a day that is over is refused in the form`() {
        var stage = stage()
        stage.press("b", .tab, .control("u"))
        stage.type("2020-01-01")
        stage.press(.control("s"))
        #expect(stage.text.contains("that time is over"), "\(stage.text)")
        stage.press(.control("u"), .control("s"))
        #expect(stage.text.contains("Kept until somebody decides."), "\(stage.text)")
        stage.press(.tab, .enter)
        guard case .quarantineToken(let quarantine)? = stage.takeCommands().first else {
            Issue.record("not quarantined: \(stage.text)")
            return
        }
        #expect(quarantine.deletesAt == nil)
    }

    @Test(arguments: ["b", "B"] as [PatrolScreen.Key]) func `one key thaws, and undo brings reason and day back`(_ key: PatrolScreen.Key) {
        var stage = stage { $0.quarantine = Self.held }
        #expect(stage.text.contains("⊘"), "\(stage.text)")
        stage.press(key)
        #expect(stage.takeCommands() == [.thawToken(Self.id, version: 2)])
        stage.press("u", .enter, .tab, .enter)
        #expect(
            stage.takeCommands() == [
                .quarantineToken(
                    QuarantineToken(token: Self.id, version: 3, reason: "nobody knows it", deletesAt: Self.held.deletesAt))
            ])
    }

    @Test func `marked tokens are quarantined by one question that leaves out what is held`() {
        var stage = stage { $0.quarantine = Self.held }
        stage.press(.up, " ", " ", " ", "b", .control("s"))
        #expect(stage.text.contains("Quarantine 2 tokens?"), "\(stage.text)")
        #expect(stage.text.contains("Left out: 1"), "\(stage.text)")
        stage.press(.tab, .enter)
        let ids = stage.takeCommands().compactMap { $0.keeping?.token }
        #expect(ids == [Sample.tokenID(3), Sample.tokenID(5)])
    }

    @Test func `the detail tells of quarantine, attempts, plan and former scope, with their keys`() {
        var stage = stage(rows: 60) {
            $0.quarantine = Self.held
            $0.plan = Self.plan
            $0.formerScope = FormerScope(scope: .base(.admin), changedAt: Sample.now - .days(5))
        }
        stage.desk.attempts = TokenSignal(
            kind: .quarantined, firstAt: Sample.now - .days(1), lastAt: Sample.now - .minutes(3), count: 14)
        stage.send(.changed)
        stage.press(.enter)
        let text = stage.text
        for words in [
            "⊘ quarantined: nobody knows it", "refused 14 times, last 3 min ago", "in 27 d", "B lets it out",
            "⇣ the base role reader", "in 7 d", "it only reads", "> applies it now, W drops it",
            "the base role admin until", "< gives it back", "the token is in quarantine",
        ] { #expect(text.contains(words), "\(words) in\n\(text)") }
    }

    @Test func `a narrower scope is planned after a look at what it loses`() {
        var stage = stage()
        stage.press("P", .left, .left, .tab, .tab, .tab)
        stage.type("it only reads")
        stage.press(.control("s"))
        #expect(stage.text.contains("Plan a narrower scope for release robot?"), "\(stage.text)")
        #expect(stage.takeEffects().contains { if case .load(.impact(.planScope)) = $0 { true } else { false } })
        stage.press(.tab, .enter)
        guard case .planScope(let plan)? = stage.takeCommands().first else {
            Issue.record("not planned: \(stage.text)")
            return
        }
        #expect(plan.scope == .base(.reader) && plan.reason == "it only reads")
        #expect(plan.appliesAt.date == (Sample.now + .days(7)).date)
        stage.press("u", .enter, .tab, .enter)
        #expect(stage.takeCommands() == [.cancelPlan(Self.id, version: 3)])
    }

    @Test func `a plan is dropped and comes back, or is applied`() {
        var stage = stage { $0.plan = Self.plan }
        stage.press("W")
        #expect(stage.text.contains("Drop what is planned for release robot?"), "\(stage.text)")
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.cancelPlan(Self.id, version: 2)])
        stage.press("u", .enter, .tab, .enter)
        #expect(
            stage.takeCommands() == [
                .planScope(
                    PlanScope(token: Self.id, version: 3, scope: .base(.reader), appliesAt: Self.plan.appliesAt, reason: "it only reads"))
            ])
        stage = self.stage { $0.plan = Self.plan }
        stage.press(">", .tab, .enter)
        #expect(stage.takeCommands() == [.applyPlan(Self.id, version: 2)])
        stage.press("u", .enter, .tab, .enter)
        #expect(stage.takeCommands() == [.restoreScope(Self.id, version: 3)])
    }

    @Test func `the former scope comes back by its key`() {
        var stage = stage { $0.formerScope = FormerScope(scope: .base(.admin), changedAt: Sample.now - .days(5)) }
        stage.press("<")
        #expect(stage.text.contains("Give back the former scope of release robot?"), "\(stage.text)")
        #expect(stage.text.contains("back to the base role admin"), "\(stage.text)")
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.restoreScope(Self.id, version: 2)])
    }

    @Test func `what can't be done says why`() {
        var stage = stage()
        for (key, words) in [
            ("B", "the token is not in quarantine"), ("W", "no other scope is planned"), (">", "no other scope is planned"),
            ("<", "the token was never given another scope"),
        ] as [(PatrolScreen.Key, String)] {
            stage.press(key)
            #expect(stage.text.contains(words), "\(words) in\n\(stage.text)")
        }
        stage.press(.home, "P")
        #expect(stage.text.contains("the scope of an account-wide token can't be changed"), "\(stage.text)")
        stage.desk.me = Sample.members[3]
        stage.send(.changed)
        stage.press("b")
        #expect(stage.text.contains("deleteAccountToken"), "\(stage.text)")
    }
}
