import PatrolDomain
import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `Moving about` {
    @Test func `an entry leads to its thing, the thing to its owner, the owner to his tokens, and Esc back step by step`() {
        var stage = Stage()
        stage.press("4", .down, "o")
        #expect(stage.text.contains("deploy everything") && stage.text.contains("Findings"))
        stage.press("o")
        #expect(stage.text.contains("Riskiest tokens") && stage.text.contains("kim@example.org"))
        stage.press("o")
        #expect(stage.model.front == .tokens && stage.model.tokens.filterText == "owner:kim@example.org")
        stage.press(.escape)
        #expect(stage.model.tokens.filterText.isEmpty)
        #expect(stage.text.contains("Riskiest tokens"))
        stage.press(.escape)
        #expect(stage.text.contains("Findings"))
        stage.press(.escape)
        #expect(stage.model.front == .audit && !stage.model.isDetailFocused)
        #expect(stage.model.audit.selected == 1)
    }

    @Test func `a role leads to its tokens`() {
        var stage = Stage()
        stage.press("2", .end, "o")
        #expect(stage.model.tokens.filterText == "role:release-robot")
        stage.press(.escape)
        #expect(stage.model.front == .roles)
    }

    @Test func `the policy of a role is told in words and as JSON`() {
        var stage = Stage()
        stage.press("2", .end, .enter)
        #expect(stage.text.contains("allow viewProject on proj/web"))
        stage.press("p")
        #expect(stage.text.contains("\"effect\": \"allow\""))
    }

    @Test func `Esc never leaves the program`() {
        var stage = Stage()
        _ = stage.takeEffects()
        for _ in 0..<5 { stage.press(.escape) }
        #expect(stage.takeEffects().isEmpty)
        stage.press("q")
        #expect(stage.takeEffects() == [.quit])
    }

    @Test func `q in a detail closes it, and on a list leaves`() {
        var stage = Stage()
        stage.press(.enter, "q")
        #expect(!stage.model.isDetailFocused)
        #expect(!stage.desk.effects.contains(.quit))
    }

    @Test func `Ctrl-C leaves only when pressed twice`() {
        var stage = Stage()
        _ = stage.takeEffects()
        stage.press(.control("c"), .down, .control("c"))
        #expect(!stage.takeEffects().contains(.quit))
        stage.press(.control("c"))
        #expect(stage.takeEffects() == [.quit])
    }

    @Test func `the help does what one chooses in it`() {
        var stage = Stage()
        stage.press("?")
        stage.type("invite")
        stage.press(.escape, .escape, "?")
        stage.type("reverse")
        stage.press(.enter)
        #expect(stage.model.tokenOrder.isReversed)
    }

    @Test func `the palette does what another list is for`() {
        var stage = Stage()
        stage.press(":")
        stage.type("invite")
        stage.press(.enter)
        #expect(stage.model.front == .members)
        #expect(stage.text.contains("Invite a member"))
    }

    @Test func `what is written is thrown away only after a question`() {
        var stage = Stage()
        stage.press("1", "a")
        stage.type("x")
        stage.press(.escape)
        #expect(stage.text.contains("Nothing of this is kept"))
        stage.press(.enter)
        #expect(stage.model.dialogs.count == 1)
        stage.press(.escape, .down, .enter)
        #expect(stage.model.dialogs.isEmpty)
    }

    @Test func `Esc and Enter alone lead out of a form, and letters leave the question as it is`() {
        var stage = Stage()
        stage.press("1", "a")
        stage.type("x")
        stage.press(.escape, "f", "z", .escape)
        guard case .form(let form)? = stage.model.dialogs.last else {
            Issue.record("no form")
            return
        }
        #expect(form.text(.email) == "x")
        stage.press(.escape, .enter)
        #expect(stage.model.dialogs.isEmpty)
    }

    @Test func `y throws away and n goes on, in a form and in a creation`() {
        var stage = Stage()
        for pane: PatrolScreen.Key in ["1", "3"] {
            stage.press(pane, "a", "x", .escape)
            #expect(stage.text.contains("y discard  n go on editing"))
            stage.press("n")
            #expect(stage.model.dialogs.count == 1)
            stage.press("x", .escape, "y")
            #expect(stage.model.dialogs.isEmpty)
        }
    }

    @Test func `the bottom line offers what works, and always the way out`() {
        var stage = Stage(rows: 15, columns: 60)
        stage.press("1", "a")
        #expect(stage.text.contains("Esc back") && !stage.text.contains("Space"))
        stage.press(.tab, .tab, .tab)
        #expect(stage.text.contains("Space choose") && stage.text.contains("Esc back"))
        stage.press(.tab)
        #expect(stage.text.contains("Space mark") && stage.text.contains("Esc back"))
    }

    @Test func `the policy's form is offered only where the policy is seen`() {
        var stage = Stage()
        stage.press("2", .end)
        #expect(!stage.text.contains("words/JSON"))
        stage.press("p")
        #expect(!stage.model.detail.isPolicyJSON)
        stage.press(.enter)
        #expect(stage.text.contains("words/JSON"))
    }

    @Test func `a token without a name says so, and the menu of a rotation is not cut`() {
        var desk = Desk()
        desk.tokens[3].token.name = ""
        var stage = Stage(columns: 100, desk: desk)
        #expect(stage.text.contains("(no name)"))
        stage.press(.down, .down, .down, "r")
        #expect(stage.text.contains("whoever still uses it is refused"))
        #expect(stage.text.contains("New secret for (no name)"))
    }

    @Test func `a creation goes back page by page, and keeps what was written`() {
        var stage = Stage()
        stage.press("a")
        stage.type("bot")
        stage.press(.control("s"), .down, .enter, .escape, .escape)
        #expect(stage.text.contains("bot") && stage.text.contains("What is it for?"))
    }

    @Test func `a terminal that is too small says so, and recovers`() {
        var stage = Stage()
        stage.send(.resized(Size(rows: 10, columns: 40)))
        #expect(stage.text.contains("Patrol needs 60×15, here is 40×10"))
        stage.send(.resized(Size(rows: 24, columns: 80)))
        #expect(stage.text.contains("legacy api"))
        stage.send(.resized(Size(rows: 99_999, columns: 0)))
        #expect(stage.model.size == Size(rows: 200, columns: 1))
    }

    @Test func `a terminal without UTF-8 gets ASCII alone`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.model.isUnicode = false
        #expect(stage.text.utf8.allSatisfy { $0 < 0x80 })
        #expect(stage.text.contains("! critical"))
        expectGolden(stage.text, "ascii-120x40")
    }

    @Test func `the theme follows the cursor, and Esc brings the old one back`() {
        var stage = Stage()
        stage.press("T")
        _ = stage.takeEffects()
        stage.press(.down)
        #expect(stage.takeEffects() == [.useTheme("light", isChosen: false)])
        stage.press(.escape)
        #expect(stage.takeEffects() == [.useTheme("dark", isChosen: false)])
    }

    @Test func `a theme that was only looked at is not chosen, however the menu is left`() {
        for keys: [PatrolScreen.Key] in [[.escape], [.control("c"), .control("c")], [.up, .escape, "q"]] {
            var stage = Stage()
            stage.press("T")
            stage.press(.down)
            for key in keys { stage.press(key) }
            let chosen = stage.takeEffects().filter { if case .useTheme(_, isChosen: true) = $0 { true } else { false } }
            #expect(chosen.isEmpty, "\(keys): \(chosen)")
        }
        var stage = Stage()
        stage.press("T", .down, .enter)
        #expect(stage.takeEffects().last == .useTheme("light", isChosen: true))
    }

    @Test func `zoom gives the screen to one pane and takes it back`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press("z")
        #expect(stage.model.layout.kind == .single)
        expectGolden(stage.text, "zoom-120x40")
        stage.press("z")
        #expect(stage.model.layout.kind == .panes)
    }
}

@Suite struct `The key table` {
    @Test func `no key means two things in one place`() {
        for place in Place.everywhere {
            var seen: [PatrolScreen.Key: Intent] = [:]
            for binding in KeyTable.standard.bindings where binding.places.contains(place) {
                for key in binding.keys {
                    let other = seen.updateValue(binding.intent, forKey: key)
                    #expect(other == nil || other == binding.intent, "\(key.words) in \(place)")
                }
            }
        }
    }

    @Test func `every intent has a line`() {
        for intent in Intent.allCases { #expect(KeyTable.standard.binding(of: intent) != nil, "\(intent)") }
    }

    @Test func `the manual of the keys is that of the table`() {
        let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let path = folder + "/docs/keys.md"
        if shouldRecord { writeFile(keysMarkdown(), to: path) }
        #expect(read(path) == keysMarkdown(), "PATROL_RECORD=1 refreshes it")
    }
}
