import Glibc
import PatrolConfiguration
import PatrolDomain
import PatrolScreen
@testable import PatrolTerminal
import PatrolTestSupport
import Testing

/// Files that several sessions keep something in, and versions of the program that are still to come.
struct `Files that sessions share` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func put(_ text: String, _ name: String) throws { try TextFile.write(text, to: folder(name)) }
    private func text(_ name: String) -> String? { TextFile.text(of: folder(name)) }
    private func view(_ name: String, _ filter: String = "") -> SavedView { SavedView(name: name, list: .tokens, filter: filter) }
    private func names(_ file: ViewsFile) -> [String] {
        var file = file
        return file.read().views.map(\.name)
    }

    // Each session wrote the whole list that it knew: the last to keep a view took away those of the others.
    @Test func `two sessions that keep views lose none`() {
        var (first, second) = (ViewsFile(folder: folder.path), ViewsFile(folder: folder.path))
        #expect(first.write([view("common"), view("old")]).fault == nil)
        #expect(second.read().views.count == 2)
        #expect(first.write([view("common"), view("old"), view("of the first")]).fault == nil)
        let both = second.write([view("common"), view("old"), view("of the second")])
        #expect(both.views.map(\.name) == ["common", "old", "of the first", "of the second"] && both.fault == nil)
        // What one deletes and another one changes is deleted and changed; what is deleted does not come back.
        #expect(first.write([view("common"), view("of the first")]).views.map(\.name) == ["common", "of the first", "of the second"])
        let changed = second.write([view("common", "flagged"), view("old"), view("of the first"), view("of the second")])
        #expect(changed.views.map(\.name) == ["common", "of the first", "of the second"])
        #expect(changed.views.first?.filter == "flagged")
        #expect(names(first) == ["common", "of the first", "of the second"])
    }

    @Test func `what a newer version keeps among the views stays`() throws {
        try put(
            """
            {"version": 2, "views": [
              {"name": "plain", "list": "tokens", "filter": "", "colour": "red"},
              {"name": "new kind", "list": "policies", "filter": "deny"}, 7
            ], "groups": {"a": [1.5, null]}}
            """, "views.json")
        var file = ViewsFile(folder: folder.path)
        #expect(file.read().views == [view("plain")])
        #expect(file.write([view("plain", "flagged"), view("another")]).fault == nil)
        let kept = try #require(text("views.json"))
        for part in [
            "\"version\": 2", "\"colour\": \"red\"", "\"filter\": \"flagged\"", "\"policies\"", "7", "\"groups\"", "1.5", "null", "another",
        ] {
            #expect(kept.contains(part), "\(part) in \(kept)")
        }
        #expect(file.write([view("another")]).fault == nil)
        let rest = try #require(text("views.json"))
        #expect(!rest.contains("plain") && rest.contains("policies") && rest.contains("\"version\": 2"))
    }

    @Test(arguments: ["[]", "7", "{\"views\": \"x\"}", "{\"views\": [", ""])
    func `a file of views that is none is not written over`(content: String) throws {
        try put(content, "views.json")
        var file = ViewsFile(folder: folder.path)
        #expect(file.read().fault != nil)
        #expect(file.write([view("x")]).fault?.hasSuffix("mend it first") == true)
        #expect(text("views.json") == content)
    }

    @Test func `views beyond the most are not kept, and none of the others goes`() throws {
        var (first, second) = (ViewsFile(folder: folder.path), ViewsFile(folder: folder.path))
        let most = (0..<SavedView.maximumCount - 1).map { view("view \($0)") }
        #expect(first.write(most).fault == nil)
        _ = second.read()
        #expect(first.write(most + [view("last")]).fault == nil)
        #expect(second.write(most + [view("too much")]).fault?.contains("is full") == true)
        #expect(names(first).count == SavedView.maximumCount)
    }

    @Test(arguments: ["{\n  \"theme\": ", "[]", "{\"accounts\": 7}", "\u{0}", ""])
    func `a memory that is faulty is told, and never written over`(content: String) throws {
        try put(content, "screen.json")
        let file = StateFile(folder: folder.path)
        #expect(file.read(account: AccountID("a1")).fault?.contains("nothing is remembered") == true)
        file.write(theme: "light", account: AccountID("a1"), kept: Remembered())
        #expect(text("screen.json") == content)
    }

    @Test func `what a newer version remembers stays`() throws {
        try put(
            """
            {"sound": true, "theme": "dark", "accounts": {
              "a1": {"pane": "audit", "bookmarks": ["x"], "lists": {"policies": {"filter": "deny"}}},
              "b2": {"pane": "roles", "later": 1}
            }}
            """, "screen.json")
        let file = StateFile(folder: folder.path)
        file.write(theme: "light", account: AccountID("a1"), kept: Remembered(pane: .members))
        let kept = try #require(text("screen.json"))
        for part in ["\"sound\": true", "\"theme\": \"light\"", "\"bookmarks\"", "\"policies\"", "\"later\": 1", "\"pane\": \"members\""] {
            #expect(kept.contains(part), "\(part) in \(kept)")
        }
        #expect(file.read(account: AccountID("b2")).kept?.pane == .roles)
    }

    // A person who keeps his settings in a repository that is not there yet has links that lead nowhere. A file in their place
    // would be lost to the repository.
    @Test func `a link that leads nowhere is told and stays, and one that leads somewhere is followed`() throws {
        symlink(folder("none/views.json"), folder("views.json"))
        var file = ViewsFile(folder: folder.path)
        #expect(file.read().fault == "`views.json` is a link that leads nowhere")
        #expect(file.write([view("x")]).fault == "`views.json` is a link that leads nowhere; mend it first")
        #expect(ConfigurationFile.write([0x61], to: folder("views.json")) == "`views.json` is a link that leads nowhere")
        #expect(access(folder("none"), F_OK) != 0)
        try put("{}", "elsewhere.json")
        unlink(folder("views.json"))
        symlink("elsewhere.json", folder("views.json"))
        #expect(file.write([view("x")]).fault == nil)
        var about = stat()
        #expect(lstat(folder("views.json"), &about) == 0 && about.st_mode & S_IFMT == S_IFLNK)
        #expect(text("elsewhere.json")?.contains("\"x\"") == true)
    }

    @Test func `who can't have the file to himself says so, and leaves it`() throws {
        try put("{\"views\": []}", "views.json")
        let lock = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX) == 0)
        var file = ViewsFile(folder: folder.path)
        #expect(file.write([view("x")]).fault == "`views.json` is being written by another program")
        #expect(text("views.json") == "{\"views\": []}")
        #expect(flock(lock, LOCK_UN) == 0)
        #expect(file.write([view("x")]).fault == nil)
    }
}
