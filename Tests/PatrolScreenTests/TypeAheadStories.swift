import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

/// Keys that come before the answer to the one before, as they do over a slow line.
@Suite struct `Keys that are faster than the account` {
    private static func press(_ keys: PatrolScreen.Key..., in stage: inout Stage) {
        for key in keys { _ = update(&stage.model, .key(key)) }
    }

    /// The detail of the second token is still the one of the first when the key comes.
    @Test(arguments: [(24, 80), (40, 120)]) func `a key in a detail is about the row it was opened from`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        stage.press(.enter, .escape)
        Self.press(.down, .enter, "d", in: &stage)
        #expect(stage.text.contains("Delete \(Sample.tokens[1].token.name)?"), "\(stage.text)")
        #expect(!stage.text.contains("Delete \(Sample.tokens[0].token.name)?"))
    }

    @Test func `a key about a thing that is still looked up says so, and treats nothing else`() {
        var stage = Stage()
        stage.press(.enter, ":")
        for scalar in "token \(Sample.tokenID(5).text)".unicodeScalars { Self.press(.character(scalar), in: &stage) }
        Self.press(.enter, "d", in: &stage)
        #expect(stage.model.dialogs.isEmpty, "\(stage.text)")
        #expect(stage.text.contains("it is still being looked up: press the key again"), "\(stage.text)")
    }

    @Test func `to a token of a review, and at once a key that treats it`() {
        var desk = Desk()
        desk.startReview()
        var stage = Stage(desk: desk)
        stage.press(.enter, ":")
        stage.type("review")
        stage.press(.enter, .enter, .down)
        Self.press("o", "d", in: &stage)
        #expect(stage.model.dialogs.isEmpty, "\(stage.text)")
        stage.send(.changed)
        stage.press("d")
        #expect(stage.text.contains("Delete \(Sample.tokens[1].token.name)?"), "\(stage.text)")
    }

    @Test func `members and roles are not taken for each other either`() {
        var stage = Stage()
        stage.press("1", .enter, .escape)
        Self.press(.down, .down, .enter, "e", in: &stage)
        #expect(stage.text.contains(Sample.members[2].displayName) && !stage.model.dialogs.isEmpty, "\(stage.text)")
        stage = Stage()
        stage.press("2", .end, .enter, .escape)
        Self.press(.up, .enter, "e", in: &stage)
        #expect(stage.text.contains("Role flag-operator"), "\(stage.text)")
    }
}
