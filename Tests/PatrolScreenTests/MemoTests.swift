import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `What a frame takes over from the one before` {
    /// Everything a person and the world can do, with one memory for all of it.
    @Test(arguments: 1...16) func `changes nothing on the screen`(seed: UInt64) {
        var dice = Dice(state: seed &* 77)
        var stage = Stage(rows: 40, columns: 120)
        stage.desk.secret = ShownSecret("ptlp_4fK9aZ0Qw2Lm_7HqabcdefghijklmnopqrstuvwxyzABCc3A1xZ")
        var memo = FrameMemo()
        var now = Sample.now
        for step in 0..<150 {
            switch Int.random(in: 0..<40, using: &dice) {
            case 0:
                let size = Size(rows: .random(in: 10...60, using: &dice), columns: .random(in: 50...200, using: &dice))
                stage.send(.resized(size))
            case 1:
                stage.desk.entries.insert(stage.desk.entries[step % 9], at: 0)
                stage.send(.changed)
            case 2:
                stage.desk.tokens[step % 5].token.name += "!"
                stage.send(.changed)
            case 3:
                now = now + .minutes(step)
                stage.send(.tick(now: now))
            case 4: stage.desk.tokens.removeLast(min(1, stage.desk.tokens.count - 5))
            case 5...20: stage.press([.down, .up, .pageDown, .enter, .escape].randomElement(using: &dice) ?? .down)
            default: stage.press(`Whatever is pressed`.keys.randomElement(using: &dice) ?? .down)
            }
            // Several messages to a frame, as when keys wait.
            guard step % 3 != 1 else { continue }
            let frame = view(stage.model, theme: .standard, memo: &memo)
            #expect(frame == stage.frame, "seed \(seed), step \(step)")
        }
    }

    /// On 30 rows the roles have four rows and no titles, on 40 four rows and titles.
    @Test func `gives a list its titles when the screen grows and its rows stay as many`() {
        var stage = Stage(rows: 30, columns: 120)
        var memo = FrameMemo()
        _ = view(stage.model, theme: .standard, memo: &memo)
        for rows in [40, 30] {
            stage.send(.resized(Size(rows: rows, columns: 120)))
            #expect(view(stage.model, theme: .standard, memo: &memo) == stage.frame, "on \(rows) rows")
        }
    }

    @Test(arguments: [Size(rows: 40, columns: 120), Size(rows: 24, columns: 80), Size(rows: 50, columns: 160)])
    func `makes two lines anew for a step of the cursor`(size: Size) {
        var desk = Desk()
        desk.tokens = (0..<40).map { number in
            var row = Sample.tokens[number % Sample.tokens.count]
            let like = row.token
            row.token = AccessToken(
                id: Sample.tokenID(number), kind: like.kind, origin: like.origin, name: like.name, purpose: like.purpose,
                owner: like.owner, scope: like.scope, createdAt: like.createdAt, expiresAt: like.expiresAt,
                lastUsedAt: like.lastUsedAt, ending: like.ending, flag: like.flag, version: like.version)
            return row
        }
        var stage = Stage(rows: size.rows, columns: size.columns, desk: desk)
        var memo = FrameMemo()
        _ = view(stage.model, theme: .standard, memo: &memo)
        for step in 1...39 {
            let before = (made: memo.madeLines, top: stage.model.tokens.top)
            // The detail is asked for when the cursor rests: its answer is no part of the step.
            _ = update(&stage.model, .key(.down))
            _ = view(stage.model, theme: .standard, memo: &memo)
            let scrolled = stage.model.tokens.top - before.top
            #expect(memo.madeLines - before.made <= 2 + scrolled, "step \(step)")
        }
    }

    @Test func `makes a whole list anew when it is another one`() {
        var stage = Stage(rows: 24, columns: 80)
        var memo = FrameMemo()
        _ = view(stage.model, theme: .standard, memo: &memo)
        let first = memo.madeLines
        #expect(first >= stage.model.tokens.items.count)
        _ = view(stage.model, theme: .standard, memo: &memo)
        #expect(memo.madeLines == first)
        stage.press("2")
        _ = view(stage.model, theme: .standard, memo: &memo)
        #expect(memo.madeLines >= first + stage.model.roles.items.count)
    }
}
