import PatrolDomain
@testable import PatrolScreen
import Testing

enum LongDesk {
    static let long = of(tokens: 300)

    /// A desk with so many tokens, each with an id and a name of its own.
    static func of(tokens count: Int) -> Desk {
        var desk = Desk()
        desk.tokens = (0..<count).compactMap { number -> TokenRow? in
            guard let id = TokenID("65f0c0ffee0000000\(1_000_000 + number)") else { return nil }
            var row = Sample.tokens[6]
            row.token = AccessToken(
                id: id, kind: .personal, origin: .created, name: "token \(number)", owner: Sample.memberID(0), scope: .base(.reader),
                createdAt: Sample.now, version: 2)
            return row
        }
        return desk
    }
}

@Suite struct `Marks` {
    @Test func `a range follows the cursor, back and forth, and ends with v`() {
        var stage = Stage()
        stage.press(.down, "v", .down, .down)
        #expect(stage.model.tokens.marked.map(\.token.name) == ["deploy everything", "old sync", "nightly export"])
        stage.press(.up)
        #expect(stage.model.tokens.marks.count == 2)
        stage.press(.up, .up)
        #expect(stage.model.tokens.marked.map(\.token.name) == ["deploy everything", "legacy api"], "upwards from where it began")
        stage.press("v", .down, .down, .down)
        #expect(stage.model.tokens.marks.count == 2)
        #expect(stage.text.contains("✓ 2 marked"))
    }

    @Test func `Esc ends a range and keeps its marks, and those from before stay`() {
        var stage = Stage()
        stage.press(" ", .down, .down, "v", .down, .escape)
        #expect(stage.model.tokens.range == nil)
        #expect(stage.model.tokens.marks.count == 3)
        stage.press(.down, .down)
        #expect(stage.model.tokens.marks.count == 3)
    }

    @Test func `A marks what is not loaded too, page by page`() {
        var stage = Stage(desk: LongDesk.of(tokens: 1_800))
        _ = stage.takeEffects()
        stage.press("A")
        #expect(stage.model.tokens.marks.count == 1_800)
        #expect(stage.text.contains("✓ 1,800 marked"))
        #expect(stage.takeEffects().count == 4, "pages of 500")
        #expect(stage.model.tokens.items.count < 600, "the list keeps its own window")
    }

    @Test func `A marks only what the filter lets through`() {
        var stage = Stage(desk: LongDesk.of(tokens: 1_200))
        stage.press("/")
        stage.type("11")
        stage.press(.enter, "A")
        let wanted = (0..<1_200).filter { "\($0)".contains("11") }.count
        #expect(stage.model.tokens.marks.count == wanted)
        stage.press(.escape)
        #expect(stage.model.tokens.filter.isEmpty)
        #expect(stage.model.tokens.marks.count == wanted, "marks outlive the filter")
        stage.press("1")
        #expect(stage.text.contains("✓ \(wanted) tokens"), "and are told from other lists")
    }

    @Test func `marks that the filter leaves out are told of, where that is known`() {
        var stage = Stage(desk: LongDesk.of(tokens: 1_200))
        stage.press(" ", " ", " ", "/")
        stage.type("token 2")
        stage.press(.enter)
        #expect(stage.text.contains("✓ 3 marked  "), "more than what is loaded passes:\n\(stage.text)")
        stage.press("/", .control("u"))
        stage.type("token 11")
        stage.press(.enter, " ")
        #expect(stage.text.contains("✓ 4 marked, 3 not shown"), "\(stage.text)")
        stage.press(.escape)
        #expect(stage.text.contains("✓ 4 marked  "), "\(stage.text)")
    }

    @Test func `at most ten thousand are marked, and that is said`() {
        var stage = Stage(desk: LongDesk.of(tokens: 10_300))
        stage.press("A")
        #expect(stage.model.tokens.marks.count == 10_000)
        #expect(stage.text.contains("10,000 are marked: no more at once"))
    }

    @Test func `Esc stops marking everything, and late answers are passed over`() {
        var stage = Stage(desk: LongDesk.of(tokens: 2_000))
        let first = update(&stage.model, .key("A"))
        let second = stage.desk.replies(to: first).flatMap { update(&stage.model, $0) }
        #expect(stage.text.contains("marking… 500"))
        #expect(update(&stage.model, .key(.escape)).isEmpty)
        for reply in stage.desk.replies(to: second) { _ = update(&stage.model, reply) }
        #expect(stage.model.tokens.marks.count == 500)
        #expect(stage.text.contains("stopped: 500 were marked"))
    }
}
