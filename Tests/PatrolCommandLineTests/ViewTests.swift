import PatrolConfiguration
import PatrolDomain
import PatrolJSON
import PatrolTestSupport
import Testing

/// Lists as they were kept under a name on the screen.
struct ViewTests {
    private let account: TestAccount

    init() throws {
        account = try TestAccount.acme()
        _ = try account.token("alpha")
        _ = try account.token("beta", "--role", "admin")
        _ = try account.token("gamma")
    }

    private func keep(_ views: [SavedView]) {
        var file = ViewsFile(folder: account.folder("patrol"))
        #expect(file.write(views).fault == nil)
    }

    private func run(_ words: String...) -> LineResult {
        account.run(words, settings: ["XDG_CONFIG_HOME": account.folder.path])
    }

    private func names(_ result: LineResult) throws -> [String] {
        try (result.json.elements ?? []).compactMap { $0["name"]?.string }
    }

    @Test func `a view gives the filter and the order, and the line has the last word`() throws {
        keep([SavedView(name: "my readers", list: .tokens, filter: "role:reader", sort: "name", isReversed: true)])
        #expect(try names(run("tokens", "list", "--view", "my readers", "--json")) == ["gamma", "alpha"])
        #expect(try names(run("tokens", "list", "--view", "my-readers", "--json")) == ["gamma", "alpha"])
        #expect(try names(run("tokens", "list", "--view", "my readers", "--reverse", "--json")) == ["alpha", "gamma"])
        #expect(try names(run("tokens", "list", "--view", "my readers", "--sort", "name", "--json")) == ["alpha", "gamma"])
        #expect(try names(run("tokens", "list", "--view", "my readers", "--filter", "gam", "--json")) == ["gamma"])
    }

    @Test func `every list, the log and the review take one`() throws {
        keep([
            SavedView(name: "mine", list: .members, filter: "kim"), SavedView(name: "mine", list: .audit, filter: "beta"),
            SavedView(name: "mine", list: .roles, filter: "writer"), SavedView(name: "mine", list: .tokens, filter: "beta"),
        ])
        #expect(try names(run("members", "list", "--view", "mine", "--json")) == ["Kim Roe"])
        #expect(try run("roles", "list", "--view", "mine", "--json").json.elements?.count == 1)
        #expect(try run("audit", "list", "--view", "mine", "--json").json.elements?.count == 1)
        #expect(try names(run("review", "--view", "mine", "--json")) == ["beta"])
        #expect(run("audit", "--view", "refused lately").errors == "nothing matches the filter\n")
    }

    @Test func `a name that is not there is told with those that are`() {
        keep([SavedView(name: "stale", list: .members, filter: "seen>90d")])
        let unknown = run("members", "list", "--view", "stal")
        #expect(unknown.code == 3 && unknown.errors == "patrol: the members have no view `stal`: there are `stale`\n")
        let elsewhere = run("tokens", "list", "--view", "stale")
        #expect(elsewhere.code == 3 && elsewhere.errors == "patrol: the view `stale` is of the members, not of the tokens\n")
        #expect(run("roles", "list", "--view", "x").errors == "patrol: the roles have no view `x`: `V` on the screen keeps one\n")
        #expect(run("tokens", "list", "--view", "x").errors.contains("`over-privileged`"))
    }

    @Test func `a view or a file that is not understood is told, and is not the list`() throws {
        keep([SavedView(name: "old", list: .tokens, filter: "colour:red")])
        let fault = run("tokens", "list", "--view", "old")
        #expect(fault.code == 2 && fault.output.isEmpty && fault.errors.contains("the filter of the view `old`: "))
        #expect(run("tokens", "list", "--view", "old", "--filter", "owner>").errors.contains("`--filter`: "))
        try TextFile.write("{\"views\": [\n}", to: account.folder("patrol/views.json"))
        let broken = run("tokens", "list", "--view", "old")
        #expect(broken.code == 4 && broken.errors == "patrol: views.json:2: not valid JSON: the views can't be read\n")
    }
}
