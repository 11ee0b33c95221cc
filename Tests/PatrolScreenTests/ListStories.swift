import PatrolDomain
import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `What a list is sorted by` {
    @Test(arguments: [(24, 80), (40, 120), (50, 160)]) func `is seen in it, with the mark of the order`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        for (sort, title) in [("created", "Created"), ("ending", "Ending"), ("expires", "Expires"), ("scope", "Scope")] {
            stage.press(":")
            stage.type("sort \(sort)")
            stage.press(.enter)
            #expect(stage.text.contains("\(title) ▲") || stage.text.contains("\(title) ▼") || stage.text.contains("\(title)▲")
                || stage.text.contains("\(title)▼"), "\(sort): \(stage.text)")
        }
        stage.press("1", ":")
        stage.type("sort email")
        stage.press(.enter)
        #expect(stage.text.contains("E-mail ▲"))
    }

    @Test func `is followed by nothing where nothing is known of the place`() {
        for (rows, columns) in [(24, 80), (50, 160)] {
            var stage = Stage(rows: rows, columns: columns)
            stage.desk.tokens = []
            stage.send(.changed)
            #expect(stage.text.contains("by risk") && !stage.text.contains("by risk ·"), "\(stage.text)")
        }
    }

    @Test func `a name has its room before the use of its token is drawn`() {
        var stage = Stage(rows: 50, columns: 160)
        stage.desk.tokens[1].token.name = "ci-deploy-production-eu"
        stage.send(.changed)
        #expect(stage.text.contains(" ci-deploy-production-eu "), "\(stage.text)")
    }
}

@Suite struct `Lists` {
    @Test func `a change from elsewhere leaves the cursor on its row`() {
        var stage = Stage()
        stage.press(.down, .down, .down)
        #expect(stage.model.tokens.current?.token.name == "nightly export")
        stage.desk.tokens.swapAt(0, 3)
        stage.desk.tokens.remove(at: 1)
        stage.send(.changed)
        #expect(stage.model.tokens.current?.token.name == "nightly export")
        #expect(stage.model.tokens.selected == 0)
    }

    @Test func `a row that is gone leaves the cursor where it was`() {
        var stage = Stage()
        stage.press(.down, .down)
        stage.desk.tokens.remove(at: 2)
        stage.send(.changed)
        #expect(stage.model.tokens.selected == 2)
        #expect(stage.model.tokens.current?.token.name == "nightly export")
    }

    /// A list longer than what is kept of it.
    private func long() -> Desk {
        var desk = Desk()
        desk.tokens = (0..<2_000).map { number in
            var row = Sample.tokens[5]
            row.token = AccessToken(
                id: TokenID("t\(number)")!, kind: .personal, origin: .created, name: "token \(number)",
                owner: Sample.memberID(0), scope: .base(.reader), createdAt: Sample.now)
            return row
        }
        return desk
    }

    @Test func `a long list is loaded by pages as one goes, and no more than a window of it is kept`() {
        var stage = Stage(desk: long())
        // As many as are seen, and then a page to spare.
        #expect((121...160).contains(stage.model.tokens.items.count), "\(stage.model.tokens.items.count)")
        for _ in 0..<70 { stage.press(.pageDown) }
        let list = stage.model.tokens
        #expect(list.current?.token.name == "token 1050")
        #expect(list.items.count <= 640, "\(list.items.count)")
        #expect(list.hasBefore && list.hasAfter)
        for _ in 0..<80 { stage.press(.pageUp) }
        #expect(stage.model.tokens.current?.token.name == "token 0")
        #expect(!stage.model.tokens.hasBefore)
    }

    @Test func `both ends are one key away`() {
        var stage = Stage(desk: long())
        stage.press("G")
        #expect(stage.model.tokens.current?.token.name == "token 1999")
        #expect(stage.text.contains("token 1990"))
        stage.press("g")
        #expect(stage.model.tokens.current?.token.name == "token 0")
    }

    @Test func `a list is narrowed as one writes, and Esc brings it back`() {
        var stage = Stage()
        stage.press("/")
        stage.type("export")
        #expect(stage.model.tokens.items.map(\.row.token.name) == ["nightly export"])
        #expect(stage.frame.isCursorVisible)
        stage.press(.escape)
        #expect(stage.model.tokens.items.count == 8)
        stage.press("/")
        stage.type("export")
        stage.press(.enter)
        #expect(stage.text.contains("/ export"))
        stage.press(.enter, .escape)
        #expect(stage.model.tokens.items.count == 1, "the filter survives a look at the detail")
        stage.press(.escape)
        #expect(stage.model.tokens.items.count == 8)
    }

    @Test func `a filter that means nothing says why and changes nothing`() {
        var stage = Stage()
        stage.press("/")
        stage.type("nobody:x")
        #expect(stage.text.contains("no field `nobody`"))
        stage.press(.enter)
        #expect(stage.model.filterEntry?.field.text == "nobody:x")
        stage.press(.escape)
        #expect(stage.model.tokens.filter.isEmpty)
    }

    @Test func `a filter that nothing passes says what to do`() {
        var stage = Stage()
        stage.press("/")
        stage.type("zzz")
        stage.press(.enter)
        #expect(stage.text.contains("Nothing passes the filter. Esc drops it, / changes it."))
    }

    @Test func `an account without tokens says what to do`() {
        var desk = Desk()
        desk.tokens = []
        let stage = Stage(desk: desk)
        #expect(stage.text.contains("No tokens yet. a creates one, step by step."))
    }

    @Test func `a question that fails is not asked again by itself`() {
        var model = Model(size: Size(rows: 24, columns: 80), now: Sample.now)
        let effects = start(&model)
        let query = effects.compactMap { if case .load(let query) = $0, case .tokens = query { query } else { nil } }[0]
        #expect(update(&model, .reply(.failed(query, "the database is busy"))).isEmpty)
        #expect(view(model, theme: .standard).text.contains("the database is busy"))
        #expect(!update(&model, .key("R")).isEmpty)
    }

    @Test func `an answer to an older question is passed over`() {
        var stage = Stage()
        let old = PageRequest(.first, limit: 120)
        let page = Page(items: [Page.Item(Sample.tokens[7], cursor: PageCursor([]))])
        stage.send(.reply(.answered(.tokens(old, sort: .name, isReversed: false, filter: Filter()), .tokens(page))))
        #expect(stage.model.tokens.items.count == 8)
    }
}

@Suite struct `The feed` {
    private func entry(_ sequence: Int64) -> AuditRow {
        guard case .entry(var entry) = Sample.entries[0] else { preconditionFailure("an entry") }
        entry.sequence = sequence
        entry.actorName = "Newcomer \(sequence)"
        return .entry(entry)
    }

    @Test func `what is new appears on top while nobody reads older entries`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.desk.entries.insert(entry(61), at: 0)
        stage.send(.changed)
        #expect(stage.text.contains("Newcomer 61"))
        #expect(stage.model.feed.unseen == 0)
    }

    @Test func `what is being read does not move, and a line says how many came`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press("4", .down, .down, .down)
        let before = stage.frame.rows[29...].map { $0.map(\.text.text).joined() }
        let reading = stage.model.audit.current
        for number in 61...63 {
            stage.desk.entries.insert(entry(Int64(number)), at: 0)
            stage.send(.changed)
        }
        #expect(stage.model.audit.current == reading)
        #expect(stage.text.contains("↑ 3 new"))
        #expect(!stage.text.contains("Newcomer"))
        #expect(before.contains { $0.contains("Noor Haddad tried to delete") })
        stage.press("g")
        #expect(stage.text.contains("Newcomer 63"))
        #expect(!stage.text.contains("new g goes"))
        #expect(stage.model.feed.isFollowing)
    }

    @Test func `the strip under a list shows the newest entries, whatever was read before`() {
        var stage = Stage()
        stage.press("4", .end, "3")
        #expect(stage.text.contains("Ada Berg flagged the token legacy api"))
        stage.desk.entries.insert(entry(61), at: 0)
        stage.send(.changed)
        #expect(stage.text.contains("Newcomer 61"))
    }

    @Test func `the strip is new again after a visit to the whole log`() {
        var stage = Stage()
        stage.press("4")
        for number in 61...63 {
            stage.desk.entries.insert(entry(Int64(number)), at: 0)
            stage.send(.changed)
        }
        stage.press("3")
        #expect(stage.text.contains("Newcomer 63"))
    }

    @Test(arguments: [24, 40]) func `g goes to the newest and stays with it`(rows: Int) {
        var stage = Stage(rows: rows, columns: rows * 3 + 8)
        stage.press("4", .down, .down, "g")
        for number in 61...90 {
            stage.desk.entries.insert(entry(Int64(number)), at: 0)
            stage.send(.changed)
            #expect(stage.model.audit.current?.rowID == "\(number)")
        }
        #expect(stage.model.feed.isFollowing && stage.model.feed.unseen == 0)
        stage.press(.enter)
        stage.desk.entries.insert(entry(91), at: 0)
        stage.send(.changed)
        #expect(stage.model.audit.current?.rowID == "90", "what is read stays open")
    }

    @Test func `the oldest entries are one key away`() {
        var stage = Stage()
        stage.press("4", "G")
        #expect(stage.model.audit.current?.rowID == "1")
        stage.press("g")
        #expect(stage.model.audit.current?.rowID == "60")
    }
}

@Suite struct `What a token may do` {
    @Test func `it never says all while a finding knows something that is withheld`() {
        var stage = Stage(rows: 60, columns: 160)
        stage.press("3", .down, .down, .down, .down)
        #expect(stage.model.tokens.current?.token.name == "release robot")
        guard case .token(var detail) = stage.model.detail.content else {
            Issue.record("no detail")
            return
        }
        detail.behind = detail.scope
        stage.model.detail.content = .token(detail)
        stage.model.detail.reach = Reach(scope: detail.scope, behind: detail.scope, catalogue: .launchDarkly)
        #expect(!stage.text.contains("all that it was given"))
        #expect(stage.text.contains("Withheld"))
    }
}

@Suite struct `Questions` {
    @Test func `those about a thing that the cursor has left need no answer`() {
        let old = Subject.token(Sample.tokenID(1)).queries
        let new = Subject.member(Sample.memberID(2)).queries
        for query in old { #expect(query.isSuperseded(by: new[0]) && !query.isSuperseded(by: old[0])) }
        #expect(!Query.account.isSuperseded(by: new[0]) && !old[0].isSuperseded(by: .account))
    }

    @Test func `a search that stops early goes on by itself until the screen is full`() {
        var stage = Stage()
        stage.press("/")
        stage.type("x")
        _ = stage.takeEffects()
        let filter = stage.model.tokens.filter
        var model = stage.model
        _ = update(&model, .key("y"))
        func page(_ rows: Int, resume: Int64?) -> Page<TokenRow> {
            Page(
                items: (0..<rows).map { Page.Item(Sample.tokens[$0], cursor: PageCursor([.integer(Int64($0))])) },
                resume: resume.map { PageCursor([.integer($0)]) })
        }
        #expect(model.tokens.filter != filter)
        guard case .load(let first)? = start(of: &model, typing: "z").first else {
            Issue.record("nothing is asked")
            return
        }
        let effects = update(&model, .reply(.answered(first, .tokens(page(1, resume: 20_000)))))
        guard case .load(.tokens(let request, _, _, _))? = effects.first else {
            Issue.record("it does not go on")
            return
        }
        #expect(request.start == .after(PageCursor([.integer(20_000)])))
    }

    @Test func `a filtered list keeps its rows and its cursor, and a foreign change asks for little`() {
        var desk = Desk()
        desk.tokens = (0..<9_999).map { number in
            var row = Sample.tokens[number % Sample.tokens.count]
            row.token = AccessToken(
                id: TokenID("65f0c0ffee0000000001" + "\(number + 1_000)")!, kind: .personal, origin: .created,
                name: "bot \(number)", purpose: "", owner: nil, scope: .base(.reader), createdAt: Sample.now)
            return row
        }.filter { $0.token.id.text.utf8.count == 24 }
        var stage = Stage(desk: desk)
        stage.press("/")
        stage.type("bot")
        stage.press(.enter, .pageDown, .pageDown, .down)
        let (current, count) = (stage.model.tokens.current, stage.model.tokens.items.count)
        _ = stage.takeEffects()
        for _ in 0..<5 { stage.send(.changed) }
        #expect(stage.model.tokens.current == current && stage.model.tokens.items.count == count)
        let requests = stage.takeEffects().compactMap { effect -> PageRequest? in
            if case .load(.tokens(let request, _, _, _)) = effect { request } else { nil }
        }
        #expect(requests.count == 5 && requests.allSatisfy { $0.limit < 24 })
        let gone = stage.desk.tokens.remove(at: 3).token.id
        stage.send(.changed)
        stage.press(.home)
        #expect(!stage.model.tokens.items.contains { $0.row.token.id == gone })
    }

    private func start(of model: inout Model, typing scalar: Unicode.Scalar) -> [Effect] {
        update(&model, .key(.character(scalar)))
    }
}
