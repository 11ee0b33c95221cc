import PatrolDomain
import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `Right-sizing` {
    /// The fourth token of the sample, as it stands there.
    private static let token = Sample.tokens[3].token

    private static func sized(_ used: [String] = ["updateOn"]) -> SizedToken {
        let owner = Sample.members[0]
        let from = Sample.now - .days(90)
        var token = token
        token.scope = .base(.writer)
        let calls = used.map { action in
            UsedCalls(
                action: Action(action), resource: "proj/web:env/production:flag/checkout", network: "192.0.2.0/24",
                client: "terraform", calls: 1_204, firstAt: from, lastAt: Sample.now - .hours(2))
        }
        let use = KnownUse(
            calls: calls,
            coverage: UseCoverage(
                of: [UseWindow(start: from, end: Sample.now, source: "")], from: from, to: Sample.now))
        let judged = AccessToken(
            id: token.id, kind: .personal, origin: .created, name: token.name, purpose: token.purpose, owner: owner.id,
            scope: .base(.writer), createdAt: Sample.now - .days(400), version: token.version)
        let sizing = RightSizing(token: judged, owner: owner, teams: [], roles: [:], use: use)
        let answer = sizing.answer(at: Sample.now)
        guard case .proposed(let proposal) = answer else { return SizedToken(token: judged, answer: answer, replay: nil) }
        let before = TokenAuthority(of: judged, owner: owner, roles: [:], teams: [], at: Sample.now)
        return SizedToken(
            token: judged, answer: answer, replay: Replay(use, before: before, after: proposal.option.authority))
    }

    private static func stage(_ sized: SizedToken, rows: Int = 40) -> Stage {
        var stage = Stage(rows: rows, columns: 120)
        stage.desk.proposal = sized
        stage.press(.down, .down, .down)
        return stage
    }

    @Test func `the detail tells in short what a token's use asks for`() {
        let stage = Self.stage(Self.sized(), rows: 50)
        #expect(stage.text.contains("Right size  grade A"))
        #expect(stage.text.contains("an inline policy of 2 statements"))
    }

    @Test func `the question tells what is lost and what would have failed, and applies it`() {
        var stage = Self.stage(Self.sized())
        stage.press("w")
        let text = stage.text
        #expect(text.contains("A smaller scope for \(Self.token.name)"))
        #expect(text.contains("allow updateOn on proj/web:env/production:flag/checkout"))
        #expect(text.contains("Grade A: 1,204 calls in the last 90 days, use known 90 of 90 days"))
        #expect(text.contains("nothing of the last 90 days would have failed"))
        #expect(text.contains("schedule for 1 Dec"))
        stage.desk.replay = ChangeReplay()
        stage.press(.enter)
        #expect(stage.text.contains("smaller scope?"))
        _ = stage.takeEffects()
        stage.press(.tab, .enter, .enter)
        guard case .editToken(let edit)? = stage.takeCommands().first, case .inline(let policy) = edit.scope else {
            Issue.record("no edit")
            return
        }
        #expect(edit.token == Self.token.id && edit.version == Self.token.version)
        #expect(policy.statements.count == 2)
        #expect(stage.text.contains("gave a smaller scope to"))
    }

    @Test func `it is scheduled a week ahead, with a reason for the owner`() {
        var stage = Self.stage(Self.sized())
        stage.press("w", .down, .enter)
        #expect(stage.text.contains("on 2026-12-01"))
        stage.press(.tab, .enter, .enter)
        guard case .planScope(let plan)? = stage.takeCommands().first else {
            Issue.record("no plan")
            return
        }
        #expect(plan.appliesAt == Sample.now + .days(7))
        #expect(plan.reason.contains("grade A"))
    }

    @Test func `it is copied as JSON`() {
        var stage = Self.stage(Self.sized())
        stage.press("w", .down, .down, .enter)
        let copied = stage.takeEffects().compactMap { if case .copy(let text) = $0 { text } else { nil } }
        #expect(copied.first?.contains(#""updateOn""#) == true)
    }

    @Test func `where nothing is proposed the key says why`() {
        var stage = Self.stage(Self.sized([]))
        stage.press("w")
        #expect(stage.model.dialogs.isEmpty)
        #expect(stage.text.contains("nothing is proposed: 0 calls in the time looked at"))
    }

    @Test func `a deletion tells which calls would have failed`() {
        var stage = Self.stage(Self.sized())
        var replay = ChangeReplay()
        let before = TokenAuthority(of: Self.sized().token, owner: Sample.members[0], roles: [:], teams: [], at: Sample.now)
        var after = before
        after.standing = .tokenDeleted
        let use = KnownUse(
            calls: [
                UsedCalls(
                    action: Action("updateOn"), resource: "proj/web:env/production:flag/checkout",
                    network: "192.0.2.0/24", client: "terraform", calls: 37, firstAt: Sample.now - .days(9),
                    lastAt: Sample.now - .hours(3))
            ], coverage: UseCoverage(of: [], from: Sample.now - .days(90), to: Sample.now))
        replay.add(
            AuditTarget(.token, id: Self.token.id.text, name: Self.token.name),
            Replay(use, before: before, after: after))
        stage.desk.replay = replay
        stage.press("d")
        #expect(stage.text.contains("37 of 37 calls of the last 90 days would have failed (use known 0 of 90 days)"))
        #expect(stage.text.contains("updateOn on proj/web:env/production:flag/checkout"))
    }

    @Test func `a question waits for the replay before it is done`() {
        var stage = Self.stage(Self.sized())
        stage.desk.holdsReplay = true
        stage.press("w", .enter)
        #expect(stage.text.contains("Replaying the calls on record"))
        stage.press(.tab, .enter, .enter)
        #expect(stage.takeCommands().isEmpty)
    }
}
