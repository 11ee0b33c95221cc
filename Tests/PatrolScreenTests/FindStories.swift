import PatrolDomain
import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `Finding things again` {
    @Test func `where one word alone could stand, Tab again goes on with what can follow it`() {
        var stage = Stage()
        stage.press("/")
        stage.type("find")
        stage.press(.tab)
        #expect(stage.model.filterEntry?.field.text == "finding:")
        stage.press(.tab)
        let first = stage.model.filterEntry?.field.text ?? ""
        #expect(first.count > "finding:".count, "\(first)")
        stage.press(.tab)
        #expect(stage.model.filterEntry?.field.text != first, "then the next one")
        stage.press(.backTab)
        #expect(stage.model.filterEntry?.field.text == first)
    }

    @Test func `what is written in a name goes before what it is found by besides`() {
        let items = [
            Chooser.Item("project", "project", keywords: "flag defaults"), Chooser.Item("flag", "feature flag"),
            Chooser.Item("view", "view", note: "of flags"),
        ]
        var chooser = Chooser(items)
        for scalar in "flag".unicodeScalars { _ = chooser.take(.character(scalar)) }
        #expect(chooser.shown.map(\.id) == ["flag", "project", "view"])
        #expect(chooser.current?.id == "flag")
    }

    @Test func `what was used since the last look is told in a narrow column without being cut`() {
        let cell = Times(now: Sample.now).cell(Sample.now + TimeSpan(milliseconds: 4_000), .muted)
        #expect(cell.short?.text == "0 s" && cell.text.text == "just now")
    }

    @Test(arguments: [("owner=kim", "write `owner:kim`"), ("unused >90d", "write `unused>90d`"), ("kim OR lea", "no `OR`: all words must hold")])
    func `a filter of another language is told how it is written here`(text: String, hint: String) {
        // It was searched for as words, and found nothing.
        var stage = Stage()
        stage.press("/")
        stage.type(text)
        #expect(stage.text.contains(hint), "\(stage.text)")
        stage.press(.enter)
        #expect(stage.model.filterEntry != nil, "it stays open")
        stage.press(.control("u"))
        stage.type("\"\(text)\"")
        stage.press(.enter)
        #expect(stage.model.filterEntry == nil && stage.model.tokens.filterText == "\"\(text)\"", "in quotes it is a text")
    }

    @Test func `a word that is no text anywhere is told by its field`() {
        // `/admin` found nothing and said nothing.
        var stage = Stage()
        stage.press("/")
        stage.type("admin")
        #expect(stage.text.contains("Tab  role:admin"), "\(stage.text)")
        stage.press(.tab)
        #expect(stage.model.filterEntry?.field.text == "role:admin")
        stage.press(.control("u"))
        stage.type("admin")
        stage.press(.enter)
        #expect(stage.text.contains("write `role:admin` or `finding:admin`"), "\(stage.text)")
    }

    // MARK: Order

    @Test(arguments: [("1", 6), ("2", 6), ("3", 9)]) func `every list is sorted by each of its columns, both ways`(
        pane: Unicode.Scalar, sorts: Int
    ) {
        var stage = Stage(rows: 50, columns: 200)
        stage.press(.character(pane))
        for place in 0..<sorts {
            _ = stage.takeEffects()
            stage.press("s", .pageUp, .pageUp)
            for _ in 0..<place { stage.press(.down) }
            stage.press(.enter)
            let first = orders(stage.takeEffects())
            #expect(first.count == 1)
            stage.press("S")
            let second = orders(stage.takeEffects())
            #expect(second.count == 1 && first != second, "\(place)")
            #expect(stage.text.contains("▲") || stage.text.contains("▼"))
        }
    }

    private func orders(_ effects: [Effect]) -> [String] {
        effects.compactMap { effect in
            switch effect {
            case .load(.members(_, let sort, let isReversed, _)): "\(sort) \(isReversed)"
            case .load(.roles(_, let sort, let isReversed, _)): "\(sort) \(isReversed)"
            case .load(.tokens(_, let sort, let isReversed, _)): "\(sort) \(isReversed)"
            default: nil
            }
        }
    }

    @Test func `choosing the order in force turns it round, and each list keeps its own`() {
        var stage = Stage()
        stage.press("s", .enter)
        #expect(stage.model.tokenOrder == TokenOrder(sort: .risk, isReversed: true))
        #expect(stage.text.contains("Risk ▲"))
        stage.press("1", "s", .down, .enter, "3")
        #expect(stage.model.memberOrder == MemberOrder(sort: .email))
        #expect(stage.model.tokenOrder == TokenOrder(sort: .risk, isReversed: true))
    }

    // MARK: The filter's entry

    @Test func `Tab goes on with a field and then with its values`() {
        var stage = Stage()
        stage.press("/")
        stage.type("ki")
        #expect(stage.text.contains("Tab  kind:"))
        stage.press(.tab)
        #expect(stage.model.filterEntry?.field.text == "kind:")
        stage.type("s")
        stage.press(.tab)
        #expect(stage.model.filterEntry?.field.text == "kind:service")
        stage.press(.enter)
        #expect(stage.model.tokens.filterText == "kind:service")
        #expect(stage.text.contains("/ kind:service  Esc drops it"))
    }

    @Test func `an action is completed from the catalogue`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press("4", "/")
        stage.type("action:deleteAcc")
        #expect(stage.text.contains("deleteAccessToken"))
        stage.press(.tab)
        #expect(stage.model.filterEntry?.field.text == "action:deleteAccessToken")
    }

    @Test func `Tab again offers the next word, and Shift-Tab the one before`() {
        var stage = Stage()
        stage.press("/")
        stage.type("kind:")
        stage.press(.tab)
        let first = stage.model.filterEntry?.field.text
        stage.press(.tab)
        #expect(stage.model.filterEntry?.field.text != first)
        stage.press(.backTab)
        #expect(stage.model.filterEntry?.field.text == first)
    }

    @Test func `owners are offered from the account, and the lists stay as they are`() {
        var stage = Stage()
        let members = stage.model.members
        stage.press("/")
        stage.type("owner:kim")
        #expect(stage.text.contains("kim@example.org"))
        #expect(stage.model.members == members)
        stage.press(.right)
        #expect(stage.model.filterEntry?.field.text == "owner:kim@example.org")
    }

    @Test func `what is not understood is marked where it stands, and Enter keeps it open`() {
        var stage = Stage(columns: 120)
        stage.press("/")
        stage.type("flagged kind:x")
        let bad = stage.frame.rows.flatMap { $0 }.filter { $0.style == .bad }.map(\.text.text)
        #expect(bad.first == "x")
        #expect(bad.last?.contains("`kind` is never `x`") == true)
        stage.press(.enter)
        #expect(stage.model.filterEntry?.field.text == "flagged kind:x")
        stage.press(.escape)
        #expect(stage.model.filterEntry == nil)
        #expect(stage.model.tokens.filterText.isEmpty)
    }

    @Test func `filters that were kept come back with the arrow, once each and the newest first`() {
        var stage = Stage()
        for text in ["old", "deploy", "old"] {
            stage.press("/", .control("u"))
            stage.type(text)
            stage.press(.enter)
        }
        #expect(stage.model.filterHistory[.tokens] == ["old", "deploy"])
        stage.press(.escape, "/", .up)
        #expect(stage.model.filterEntry?.field.text == "old")
        stage.press(.up, .up)
        #expect(stage.model.filterEntry?.field.text == "deploy")
        stage.press(.down, .down)
        #expect(stage.model.filterEntry?.field.text == "")
        // What is being written is not thrown away.
        stage.type("x")
        stage.press(.up)
        #expect(stage.model.filterEntry?.field.text == "x")
    }

    // MARK: Views

    @Test func `a list gets a name, comes back by it, and is deleted after a question`() {
        var stage = Stage()
        stage.press("/")
        stage.type("old")
        stage.press(.enter, "S", "V", "a")
        stage.type("old ones")
        stage.press(.enter)
        let view = SavedView(name: "old ones", list: .tokens, filter: "old", sort: "risk", isReversed: true)
        #expect(stage.takeEffects().contains(.saveViews([view])))
        stage.press(.escape, "S", "1", "V", .down, .enter)
        #expect(stage.model.front == .tokens)
        #expect(stage.model.tokens.filterText == "old")
        #expect(stage.model.tokenOrder.isReversed)
        stage.press("V", .down, "d", "n")
        #expect(stage.model.views == [view])
        stage.press("d", "y")
        #expect(stage.model.views.isEmpty)
        #expect(stage.takeEffects().contains(.saveViews([])))
    }

    @Test func `a name that is there already is replaced only after a question`() {
        var stage = Stage()
        stage.model.views = [SavedView(name: "mine", list: .roles, filter: "")]
        stage.press("V", .enter)
        stage.type("  mine ")
        stage.press(.enter)
        #expect(stage.text.contains("Replace the view `mine`?"))
        #expect(stage.takeEffects().allSatisfy { if case .saveViews = $0 { false } else { true } })
        stage.press("y")
        #expect(stage.model.views.map(\.list) == [.tokens])
        stage.press("V", "a", .enter)
        #expect(stage.text.contains("a name is missing"))
    }

    @Test func `the views that come with Patrol are understood and stay`() {
        for view in SavedView.suggested {
            var stage = Stage()
            _ = stage.model.apply(view)
            #expect(stage.model.front == view.pane && stage.model.filterText(of: view.pane) == view.filter)
        }
        var stage = Stage()
        stage.press("V", .down, "d")
        #expect(stage.text.contains("comes with Patrol and stays"))
    }

    // MARK: Long searches

    @Test func `a search that goes on says how far it is, stops with Esc, and goes on when asked`() {
        var stage = Stage()
        stage.press("/")
        stage.type("xyzzy")
        stage.press(.enter)
        var model = stage.model
        let cursor = PageCursor([.integer(80_000)])
        _ = model.restart(.tokens)
        func answer(_ lookedAt: Int) {
            guard let query = model.tokens.awaited?.query else { return }
            _ = update(&model, .reply(.answered(query, .tokens(Page(items: [], resume: cursor, lookedAt: lookedAt)))))
        }
        answer(80_000)
        #expect(view(model, theme: .standard).text.contains("searching… 80,000 looked at · Esc stops"))
        answer(20_000)
        #expect(update(&model, .key(.escape)).contains(.cancel))
        #expect(model.tokens.awaited == nil)
        #expect(model.tokens.filterText == "xyzzy")
        #expect(view(model, theme: .standard).text.contains("Stopped after 100,000 looked at."))
        _ = update(&model, .key(.down))
        #expect(model.tokens.awaited != nil)
        _ = update(&model, .key(.escape))
        _ = update(&model, .key(.escape))
        #expect(model.tokens.filterText.isEmpty)
    }

    // MARK: What there is to see

    @Test func `times are told either way by one key`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press("z")
        #expect(stage.text.contains("3 min") && !stage.text.contains("05:57:00"))
        stage.press("t")
        #expect(stage.text.contains("05:57:00"))
        stage.press("t")
        #expect(stage.text.contains("3 min") && !stage.text.contains("05:57:00"))
    }

    @Test func `use that is not known is a dash, and no use is dots`() {
        var desk = Desk()
        desk.tokens[0].recentUse = [0, 0, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
        desk.tokens[1].recentUse = []
        let stage = Stage(rows: 50, columns: 220, desk: desk)
        let rows = stage.text.split(separator: "\n")
        #expect(rows.contains { $0.contains("legacy api") && $0.contains("··▁█·········▂") })
        #expect(rows.contains { $0.contains("▲ high      deploy everything") && $0.contains("–") && !$0.contains("·") })
    }

    @Test(arguments: [(24, 80), (40, 120), (50, 160)]) func `how much happened stands in the rule of the audit log`(
        rows: Int, columns: Int
    ) {
        let stage = Stage(rows: rows, columns: columns)
        #expect(stage.text.contains("·░▓▓█░·"))
        #expect(stage.text.contains(" 7 d "))
    }

    @Test func `how much happened is not asked with each of many changes`() {
        var stage = Stage()
        _ = stage.takeEffects()
        for _ in 0..<20 { stage.send(.changed) }
        #expect(stage.takeEffects().filter { $0 == .load(Activity.shown) }.isEmpty)
        stage.send(.tick(now: Sample.now + .minutes(1)))
        stage.send(.changed)
        #expect(stage.takeEffects().filter { $0 == .load(Activity.shown) }.count == 1)
    }

    @Test(arguments: [(24, 80), (40, 120), (50, 160)]) func `frames`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        stage.press("V")
        expectGolden(stage.text, "views-\(columns)x\(rows)")
        stage.press(.escape, "s")
        expectGolden(stage.text, "sort-\(columns)x\(rows)")
        stage.press(.escape, "t", "/")
        stage.type("owner:k")
        expectGolden(stage.text, "filter-\(columns)x\(rows)")
    }
}
