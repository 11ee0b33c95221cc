import PatrolDomain
@testable import PatrolScreen
import Testing

@Suite struct SuppressionStories {
    @Test func `a finding is suppressed with a reason and a day`() {
        var stage = Stage()
        stage.press(.down, .down, .down, .down, .down, "i")
        #expect(stage.text.contains("Suppress a finding of"))
        #expect(stage.text.contains("never used"))
        stage.press(.tab)
        stage.type("starts in spring")
        stage.press(.control("s"))
        guard case .suppressFinding(let suppression)? = stage.takeCommands().first else {
            Issue.record("nothing was suppressed:\n\(stage.text)")
            return
        }
        #expect(suppression.token == Sample.tokenID(5) && suppression.rule == .neverUsed)
        #expect(suppression.reason == "starts in spring" && suppression.endsAt == Sample.now + .days(90))
    }

    @Test func `without a reason nothing is suppressed`() {
        var stage = Stage()
        stage.press(.down, .down, .down, .down, .down, "i", .control("s"))
        #expect(stage.takeCommands().isEmpty)
        #expect(stage.text.contains("must not be empty"))
    }

    @Test func `what is not suppressed is not lifted, and says so`() {
        var stage = Stage()
        stage.press(.down, "I")
        #expect(stage.model.dialogs.isEmpty)
        #expect(stage.text.contains("nothing of it is suppressed"))
    }
}
