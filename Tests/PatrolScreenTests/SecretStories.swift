import PatrolDomain
@testable import PatrolScreen
import Testing

@Suite struct `Secrets` {
    private static let secret = "ptlp_4fK9aZ0Qw2Lm_7HqabcdefghijklmnopqrstuvwxyzABCc3A1xZ"

    private func shown() -> Stage {
        var stage = Stage()
        stage.desk.secret = ShownSecret(Self.secret)
        stage.press("c", .escape, .down, .down, .down, "c", .control("s"), .enter, .enter)
        return stage
    }

    @Test func `a secret stands alone on its line, from its first cell`() {
        let stage = shown()
        #expect(stage.text.split(separator: "\n").contains { $0 == Self.secret })
    }

    @Test func `stray keys never lose a secret`() {
        var stage = shown()
        _ = stage.takeEffects()
        stage.press(.down, .down, "x", "z", .enter, .enter, " ", .tab)
        stage.press(.escape, "x", .down, "z", .escape, .escape, .enter, "q", "n")
        #expect(stage.text.contains(Self.secret))
        #expect(stage.takeEffects().isEmpty)
    }

    @Test func `a proposed path gives way to what is written`() {
        var stage = shown()
        stage.press("w")
        stage.type("/tmp/y")
        _ = stage.takeEffects()
        stage.press(.enter)
        #expect(stage.takeEffects() == [.writeSecret(ShownSecret(Self.secret), path: "/tmp/y")])
    }

    @Test func `leaving asks, and then nothing holds the secret any more`() {
        var stage = shown()
        stage.press(.escape)
        #expect(stage.text.contains("It was not copied or written"))
        _ = stage.takeEffects()
        stage.press("y")
        #expect(stage.takeEffects().contains(.scrub))
        #expect(!stage.text.contains("4fK9aZ0Qw2Lm_7H"))
        #expect(!"\(stage.model)".contains(Self.secret))
    }

    @Test func `behind the secret the cursor is on its token`() {
        var desk = Desk()
        desk.target = AuditTarget(.token, id: Sample.tokenID(5).text, name: "")
        desk.secret = ShownSecret(Self.secret)
        var stage = Stage(desk: desk)
        stage.press(.down, .down, .down, "c", .control("s"), .enter, .enter, "c", .escape)
        #expect(stage.model.tokenInHand?.token.id == Sample.tokenID(5) && !stage.model.isDetailFocused)
    }

    @Test func `a secret never describes itself`() {
        #expect(!"\(ShownSecret(Self.secret)) \(String(reflecting: ShownSecret(Self.secret)))".contains("ptlp"))
        let stage = shown()
        #expect(!"\(stage.model.dialogs)".contains("ptlp_"))
    }

    @Test func `it is copied or written only when asked`() {
        var stage = shown()
        _ = stage.takeEffects()
        stage.press("c")
        #expect(stage.takeEffects() == [.copySecret(ShownSecret(Self.secret))])
        #expect(stage.text.contains("copied by OSC 52"))
        stage.press("w", .control("u"))
        stage.type("/tmp/x")
        stage.press(.enter)
        #expect(stage.takeEffects() == [.writeSecret(ShownSecret(Self.secret), path: "/tmp/x")])
        #expect(stage.text.contains("written to /tmp/x"))
        stage.press(.escape)
        #expect(stage.model.dialogs.isEmpty)
    }

    @Test func `the clipboard is emptied again by a key, and then leaving asks again`() {
        var stage = shown()
        _ = stage.takeEffects()
        stage.press("x")
        #expect(stage.takeEffects().isEmpty, "nothing was copied yet")
        stage.press("c")
        #expect(stage.text.contains("x empties the clipboard again"))
        _ = stage.takeEffects()
        stage.press("x")
        #expect(stage.takeEffects() == [.clearClipboard])
        #expect(stage.text.contains("the clipboard was emptied"))
        stage.press(.escape)
        #expect(stage.text.contains("gone for good"))
    }

    @Test func `who leaves with the secret in the clipboard is told how to empty it`() {
        var stage = shown()
        stage.press("c", .escape)
        #expect(stage.text.contains(":clear clipboard"))
        _ = stage.takeEffects()
        stage.press(":")
        stage.type("clear clipboard")
        stage.press(.enter)
        #expect(stage.takeEffects().contains(.clearClipboard))
        #expect(stage.text.contains("the clipboard was emptied"))
    }

    @Test func `the mouse is the terminal's while a secret is shown`() {
        var stage = Stage()
        stage.desk.secret = ShownSecret(Self.secret)
        stage.press("%")
        _ = stage.takeEffects()
        stage.press("c", .escape, .down, .down, .down, "c", .control("s"), .enter, .enter)
        #expect(stage.text.contains(Self.secret))
        #expect(stage.takeEffects().contains(.captureMouse(false)))
        stage.press("c", .escape)
        #expect(stage.takeEffects().contains(.captureMouse(true)) && stage.model.hasMouse)
    }

    @Test func `leaving the program wipes it too`() {
        var stage = shown()
        _ = stage.takeEffects()
        stage.press(.control("c"), .control("c"))
        #expect(stage.takeEffects() == [.cancel, .scrub, .quit])
    }

    @Test func `a text field refuses what looks like a secret`() {
        var stage = Stage()
        stage.press("/")
        stage.send(.paste(Self.secret))
        #expect(stage.model.filterEntry?.field.isEmpty == true)
        stage.type(Self.secret)
        #expect(stage.model.filterEntry?.field.text == String(Self.secret.dropLast()))
        #expect(!stage.model.tokens.filterText.contains(Self.secret))
    }
}
