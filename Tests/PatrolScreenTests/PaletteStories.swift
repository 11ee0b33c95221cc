import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `The palette` {
    @Test func `a few letters find a command, and its key stands beside it`() {
        var stage = Stage()
        stage.press(":")
        stage.type("rota")
        #expect(stage.text.contains("▸ rotate"), "\(stage.text)")
        stage.press(.control("u"))
        stage.type("mkal")
        #expect(stage.text.contains("▸ mark all"), "letters in their order")
        stage.press(.enter)
        #expect(stage.model.tokens.marks.count == 8)
    }

    @Test func `a filter is written in line, and its fault is told there`() {
        var stage = Stage()
        stage.press(":")
        stage.type("filter sync")
        stage.press(.enter)
        #expect(stage.model.tokens.filterText == "sync")
        stage.press(":")
        stage.type("filter unused>x")
        stage.press(.enter)
        #expect(!stage.model.dialogs.isEmpty, "nothing that was written is lost")
        #expect(stage.model.tokens.filterText == "sync")
        #expect(stage.model.status?.kind == .bad)
    }

    @Test func `Tab completes, and sorting takes its column`() {
        var stage = Stage()
        stage.press(":")
        stage.type("sor")
        stage.press(.tab)
        stage.type("exp")
        #expect(stage.text.contains("▸ sort expires"), "\(stage.text)")
        stage.press(.tab, .enter)
        #expect(stage.model.tokenOrder == TokenOrder(sort: .expires, isReversed: false))
        stage.press(":")
        stage.type("sort name reversed")
        stage.press(.enter)
        #expect(stage.model.tokenOrder == TokenOrder(sort: .name, isReversed: true))
    }

    @Test func `a key that means something else here stands with its list`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press(":")
        stage.type("invite")
        #expect(stage.text.contains("▸ invite") && stage.text.contains("a in Members"), "\(stage.text)")
        stage.press(.control("u"))
        stage.type("new token")
        #expect(!stage.text.contains("a in Tokens"), "\(stage.text)")
        stage.press(.escape, .enter, ":")
        stage.type("filter")
        #expect(stage.text.contains("/ F4 in a list"), "\(stage.text)")
    }

    @Test func `lists, themes, views and things have their names`() {
        var stage = Stage()
        stage.model.views = [SavedView(name: "old ones", list: .tokens, filter: "old", sort: "name", isReversed: true)]
        for (line, pane) in [("go audit", Pane.audit), ("go mem", .members), ("view old ones", .tokens), ("member kim@example.org", .members), ("role flag-operator", .roles)] {
            stage.press(":")
            stage.type(line)
            stage.press(.enter)
            #expect(stage.model.front == pane, "\(line)")
        }
        #expect(stage.model.tokens.filterText == "old" && stage.model.tokenOrder.sort == .name)
        #expect(stage.model.roles.filterText == "flag-operator")
        stage.press(":")
        stage.type("view account-wide")
        stage.press(.enter)
        #expect(stage.model.tokens.filterText == "kind:account", "those that come with Patrol, too")
        stage.press(":")
        stage.type("theme light")
        stage.press(.enter)
        #expect(stage.takeEffects().contains(.useTheme("light", isChosen: true)))
        stage.press(":")
        stage.type("token \(Sample.tokenID(2).text)")
        stage.press(.enter)
        #expect(stage.model.detail.pinned == .token(Sample.tokenID(2)) && stage.model.isDetailFocused)
        stage.press(.escape)
        #expect(!stage.model.isDetailFocused)
    }

    @Test func `what was done before comes first, and Up on an empty line recalls it`() {
        var stage = Stage()
        for line in ["sort name", "go roles", "go tokens"] {
            stage.press(":")
            stage.type(line)
            stage.press(.enter)
        }
        #expect(stage.model.commandHistory == ["go tokens", "go roles", "sort name"])
        stage.press(":")
        #expect(stage.text.contains("▸ go tokens"))
        stage.press(.up, .up, .up)
        #expect(stage.text.contains(": sort name"), "\(stage.text)")
        stage.press(.down, .enter)
        #expect(stage.model.front == .roles)
        #expect(stage.model.commandHistory.first == "go roles" && stage.model.commandHistory.count == 3)
    }

    @Test func `a command that wants a name says so`() {
        var stage = Stage()
        stage.press(":")
        stage.type("go")
        stage.press(.enter)
        #expect(stage.text.contains("write what follows: go LIST"), "\(stage.text)")
        stage.type("nowhere")
        #expect(stage.text.contains("there is no list `nowhere`"))
        stage.press(.enter)
        #expect(stage.model.front == .tokens && !stage.model.dialogs.isEmpty)
        stage.press(.escape, ":")
        stage.type("zzzz")
        stage.press(.enter)
        #expect(stage.text.contains("there is no command `zzzz`"))
    }

    @Test func `what can be done stands before what can't, and what is written out before all`() {
        // `:delete` chose `delete role` for a base role, which can't be deleted, while a token was in hand.
        var stage = Stage()
        stage.press("3", ":")
        stage.type("delete")
        #expect(stage.text.contains("▸ delete token"), "\(stage.text)")
        stage.press(.escape, "2", ":")
        stage.type("delete")
        guard case .commands(let list)? = stage.model.dialogs.last else { return #expect(Bool(false), "no palette") }
        let arePossible = list.chooser.shown.map { $0.obstacle == nil }
        #expect(arePossible == arePossible.sorted { $0 && !$1 } && arePossible.contains(false), "\(stage.text)")
        stage.press(.control("u"))
        stage.type("undo")
        #expect(stage.text.contains("▸ undo"), "\(stage.text)")
    }

    @Test func `a paste into it runs nothing`() {
        var stage = Stage()
        stage.press(":")
        stage.send(.paste("quit\n"))
        #expect(!stage.takeEffects().contains(.quit))
        #expect(stage.text.contains("▸ quit"))
    }
}

@Suite struct `The help` {
    @Test func `keys stand under their topics, and Enter does what is chosen`() {
        var stage = Stage(rows: 50, columns: 120)
        stage.press("?")
        for topic in ["Tokens", "Lists and marks", "Moving about"] { #expect(stage.text.contains(topic)) }
        stage.type("reverse")
        #expect(!stage.text.contains("Moving about"))
        stage.press(.control("u"))
        stage.type("zoom")
        stage.press(.enter)
        #expect(stage.model.isZoomed)
    }

    @Test func `a slash begins a search, and Esc ends it before it closes the help`() {
        var stage = Stage(rows: 50, columns: 120)
        stage.press("?", "/")
        #expect(!stage.text.contains("nothing matches"), "a slash is no text: \(stage.text)")
        stage.type("zoom")
        #expect(!stage.text.contains("Moving about") && stage.text.contains("Esc end the search"), "\(stage.text)")
        stage.press("/")
        #expect(stage.text.contains("Moving about"))
        stage.type("reverse")
        stage.press(.escape)
        #expect(stage.text.contains("Moving about") && stage.model.dialogs.count == 1)
        stage.press(.escape)
        #expect(stage.model.dialogs.isEmpty)
    }

    @Test func `what can't be done says why, with the action and the resource`() {
        var desk = Desk()
        desk.me = Sample.members[3]
        var stage = Stage(rows: 50, columns: 120, desk: desk)
        stage.press(.down, "?")
        stage.type("delete")
        #expect(stage.text.contains("you may not `deleteAccessToken`"), "\(stage.text)")
        stage.press(.enter)
        #expect(stage.text.contains("you may not `deleteAccessToken` on"))
        #expect(stage.text.contains("`member/\(Sample.memberID(1).text):token/"))
    }
}
