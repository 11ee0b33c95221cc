import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

extension Stage {
    /// Where a text stands on the screen, the first from above.
    func position(of text: String) -> Position? {
        for (row, line) in self.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let start = line.firstRange(of: text)?.lowerBound else { continue }
            return Position(row: row, column: TextWidth.of(String(line[..<start])))
        }
        return nil
    }

    mutating func click(_ text: String, _ kind: MouseEvent.Kind = .click) {
        guard let position = position(of: text) else {
            Issue.record("`\(text)` is not on the screen:\n\(self.text)")
            return
        }
        send(.mouse(MouseEvent(kind, at: position)))
    }
}

@Suite struct `The mouse` {
    @Test func `a click takes the row and its list, two open the detail`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.click("old sync")
        #expect(stage.model.front == .tokens && stage.model.tokens.selected == 2)
        stage.click("Lea Okafor")
        #expect(stage.model.front == .members && stage.model.members.selected == 2)
        stage.click("no_access", .doubleClick)
        #expect(stage.model.front == .roles && stage.model.isDetailFocused)
        stage.click("3 Tokens")
        #expect(stage.model.front == .tokens && !stage.model.isDetailFocused, "a rule brings its list")
    }

    @Test(arguments: [(24, 80), (40, 120), (50, 160)]) func `every visible row is where it is clicked`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns, desk: LongDesk.long)
        stage.press(.pageDown, .pageDown, .down)
        let top = stage.model.tokens.top
        for place in top..<(top + 5) {
            stage.click(" \(stage.model.tokens.items[place].row.token.name) ")
            #expect(stage.model.tokens.selected == place)
        }
        stage.press("4")
        let first = stage.model.layout.panes[.audit]?.row ?? 0
        stage.send(.mouse(MouseEvent(.click, at: Position(row: first + 3, column: 20))))
        #expect(stage.model.audit.selected > 0 && !stage.model.feed.isFollowing)
    }

    @Test func `a column's title sorts, and again turns it round`() {
        var stage = Stage()
        stage.click("Owner")
        #expect(stage.model.tokenOrder == TokenOrder(sort: .owner, isReversed: false))
        stage.click("Owner")
        #expect(stage.model.tokenOrder == TokenOrder(sort: .owner, isReversed: true))
        stage.click("Used")
        #expect(stage.model.tokenOrder == TokenOrder(sort: .lastUsed, isReversed: false))
    }

    @Test func `every order has its column`() {
        #expect(Set(TokenColumns.sorts.compactMap(\.self)) == Set(TokenSort.allCases))
        #expect(Set(RoleColumns.sorts.compactMap(\.self)) == Set(RoleSort.allCases))
        #expect(Set(MemberColumns.sorts.compactMap(\.self)) == Set(MemberSort.allCases))
        #expect(MemberColumns.relative.count == MemberColumns.sorts.count && TokenColumns.absolute.count == TokenColumns.sorts.count)
    }

    @Test func `tabs and hints do what they say`() {
        var stage = Stage(rows: 24, columns: 120)
        stage.click("1 Members")
        #expect(stage.model.front == .members)
        stage.click("? help")
        #expect(stage.model.dialogs.count == 1)
        stage.click("Esc back")
        #expect(stage.model.dialogs.isEmpty)
        stage.click("s sort")
        stage.click("last seen")
        #expect(stage.model.memberOrder.sort == .lastSeen && stage.model.dialogs.isEmpty)
    }

    @Test func `a dangerous button takes a key, and what lies behind a question is not meant`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press(.down, .down, .down, "d")
        stage.type("nightly export")
        stage.send(.tick(now: stage.model.now + .minutes(1)))
        stage.click("[ delete ]")
        stage.click("[ delete ]", .doubleClick)
        #expect(stage.takeCommands().isEmpty)
        guard case .confirmation(let question)? = stage.model.dialogs.last else {
            Issue.record("no question")
            return
        }
        #expect(question.focus == .go)
        stage.send(.mouse(MouseEvent(.click, at: Position(row: 20, column: 2))))
        #expect(stage.model.dialogs.count == 1 && stage.model.tokens.selected == 3)
        stage.click("[ Cancel ]")
        #expect(stage.model.dialogs.isEmpty)
        stage.press(.up, .up, "f")
        stage.send(.tick(now: stage.model.now + .minutes(1)))
        stage.click("[ take off ]")
        #expect(stage.takeCommands().count == 1, "what is not dangerous is done")
    }

    @Test func `a click on a hint of the bottom line never says yes`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press(.down, "f", .tab)
        stage.send(.tick(now: stage.model.now + .minutes(1)))
        stage.click("Enter take off")
        #expect(stage.takeCommands().isEmpty && stage.model.dialogs.count == 1)
        stage.click("Esc cancel")
        #expect(stage.model.dialogs.isEmpty, "another key of it works")
        // Saving a form, and throwing away what was written.
        stage.press(.down, "f")
        stage.type("old")
        stage.click("Ctrl-S done")
        #expect(stage.takeCommands().isEmpty && stage.model.dialogs.count == 1)
        stage.press(.escape)
        stage.send(.tick(now: stage.model.now + .minutes(1)))
        stage.click("y discard")
        #expect(stage.model.dialogs.count == 2, "\(stage.text)")
        for keys in ["Enter", "y", "Ctrl-S"] { #expect(HintItem(DialogKey(SafeText(keys), "do", "do it")).hit == nil) }
        #expect(HintItem(DialogKey("Esc", "back", "back")).hit == .key(.escape))
    }

    @Test func `a double click on a row never confirms the question that comes`() {
        var stage = Stage()
        stage.press(.down, "f")
        stage.click("[ take off ]", .doubleClick)
        #expect(stage.takeCommands().isEmpty, "the question has only just appeared")
    }

    @Test func `the wheel turns what is under it`() {
        var stage = Stage(rows: 40, columns: 120, desk: LongDesk.long)
        stage.press("1")
        let tokens = stage.model.layout.panes[.tokens] ?? .empty
        stage.send(.mouse(MouseEvent(.wheelDown, at: Position(row: tokens.row + 3, column: 5))))
        #expect(stage.model.front == .members, "the focus stays")
        #expect(stage.model.tokens.top == 3)
        let detail = stage.model.layout.detail ?? .empty
        stage.send(.mouse(MouseEvent(.wheelDown, at: Position(row: detail.row + 3, column: detail.column + 5))))
        stage.send(.mouse(MouseEvent(.wheelUp, at: Position(row: tokens.row + 3, column: 5))))
        #expect(stage.model.tokens.top == 0)
    }

    @Test func `a key gives the mouse back to the terminal`() {
        var stage = Stage()
        stage.press("%")
        #expect(stage.takeEffects().contains(.captureMouse(true)) && stage.model.hasMouse)
        stage.press("%")
        #expect(stage.takeEffects().contains(.captureMouse(false)) && !stage.model.hasMouse)
    }

    @Test func `clicks anywhere break nothing`() {
        for keys: [PatrolScreen.Key] in [[], ["?"], [":"], ["d"], ["a"], ["s"], ["/"], [.enter], ["f"], ["4"]] {
            var stage = Stage(rows: 24, columns: 80)
            for key in keys { stage.press(key) }
            for row in stride(from: -1, through: 25, by: 2) {
                for column in stride(from: -1, through: 81, by: 7) {
                    stage.send(.mouse(MouseEvent(.click, at: Position(row: row, column: column))))
                    stage.send(.mouse(MouseEvent(.wheelDown, at: Position(row: row, column: column))))
                }
            }
            #expect(stage.frame.rows.count == 24)
            #expect(!stage.takeCommands().contains { if case .deleteToken = $0 { true } else { false } })
        }
    }

    @Test func `what y copies stands alone on the screen for the terminal's mouse`() {
        var stage = Stage()
        stage.press("3", "%", " ", " ")
        let ids = stage.model.tokens.marked.map(\.rowID)
        #expect(ids.count == 2)
        _ = stage.takeEffects()
        stage.press("Y")
        #expect(stage.takeEffects() == [.captureMouse(false)])
        let rows = stage.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(rows.prefix(2).map(String.init) == ids)
        #expect(rows.dropFirst(2).filter { !$0.isEmpty }.map(String.init) == ["Esc goes back"])
        stage.press("x", .down, .escape)
        #expect(stage.takeEffects().contains(.captureMouse(true)) && stage.model.dialogs.isEmpty)
        stage.press("y")
        #expect(stage.takeEffects().contains(.copy(ids.joined(separator: "\n"))))
    }

    @Test func `more of it than the screen has rows is scrolled`() {
        var stage = Stage()
        stage.press("3", "A")
        let ids = stage.model.tokens.marked.map(\.rowID)
        #expect(ids.count > 4)
        stage.press("Y")
        stage.send(.resized(Size(rows: 6, columns: 80)))
        #expect(stage.text.contains("1 to 4 of \(ids.count)"))
        for _ in 0..<ids.count { stage.press(.down) }
        #expect(stage.text.contains(ids[ids.count - 1]) && !stage.text.contains(ids[0]))
        stage.press("k", .escape)
        #expect(stage.model.dialogs.isEmpty)
    }
}
