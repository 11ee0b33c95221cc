import PatrolDomain
@testable import PatrolScreen
import Testing

@Suite struct `What is remembered` {
    /// Somebody looks for a leaked secret: he pastes it into a filter, and it must not land in a file.
    @Test(arguments: ["ptlp_4fK9aZ0Qw2Lm_7Hqabc", "owner:kim ptls_4fK9", "api-1234-5678", "!ptla_x"])
    func `is never a text that may hold a secret`(text: String) {
        var stage = Stage()
        stage.press("/")
        stage.type(text)
        stage.press(.enter)
        #expect(stage.model.filterHistory[.tokens]?.first == text, "this session has it")
        stage.model.commandHistory = ["filter \(text)", "go roles"]
        let kept = stage.model.remembered
        #expect(kept.lists[.tokens]?.filter == "")
        #expect(kept.filterHistory[.tokens] == [])
        #expect(kept.commandHistory == ["go roles"])
    }

    @Test func `brings lists, orders and histories back`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press("/")
        stage.type("deploy")
        stage.press(.enter, "s", .down, .enter, "z", "t")
        let kept = stage.model.remembered
        var model = Model(size: Size(rows: 40, columns: 120), now: Sample.now)
        model.recall(kept)
        #expect(model.remembered == kept)
        #expect(kept.lists[.tokens]?.filter == "deploy" && kept.isZoomed && kept.hasAbsoluteTimes)
    }
}
