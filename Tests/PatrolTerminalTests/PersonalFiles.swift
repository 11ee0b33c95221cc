import Glibc
import PatrolConfiguration
import PatrolDomain
import PatrolScreen
@testable import PatrolTerminal
import PatrolTestSupport
import Testing

struct `Files that a person keeps` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func put(_ text: String, _ name: String) {
        _ = ConfigurationFile.write(Array(text.utf8), to: folder.path + "/" + name)
    }

    private func fault(_ name: String) -> String? {
        if case .fault(let words) = ConfigurationFile.read(folder.path + "/" + name, maximum: 100) { words } else { nil }
    }

    @Test func `anything but a small ordinary file is told, and never waited for`() {
        let path = folder.path
        mkdir(path + "/folder", 0o700)
        mkfifo(path + "/pipe", 0o600)
        symlink("loop", path + "/loop")
        put(String(repeating: "x", count: 101), "huge")
        #expect(fault("folder") == "`folder` is a folder")
        #expect(fault("pipe") == "`pipe` is no ordinary file")
        #expect(fault("loop") == "`loop` is a link that leads nowhere")
        #expect(fault("huge") == "`huge` is larger than 100 bytes")
        #expect(ConfigurationFile.read(path + "/none", maximum: 100) == .missing)
        put("text", "file")
        symlink("file", path + "/link")
        #expect(ConfigurationFile.read(path + "/link", maximum: 100) == .text(Array("text".utf8)))
    }

    @Test func `what is kept is for its owner alone, and leaves nothing beside it`() {
        let path = folder.path + "/deep/er"
        #expect(ConfigurationFile.write([0x61], to: path + "/file") == nil)
        #expect(ConfigurationFile.write([0x62], to: path + "/file") == nil)
        var about = stat()
        #expect(stat(path + "/file", &about) == 0 && about.st_mode & 0o777 == 0o600)
        #expect(ConfigurationFile.read(path + "/file", maximum: 9) == .text([0x62]))
        #expect(ConfigurationFile.write([0x61], to: "/proc/none/file") != nil)
    }

    @Test func `what was remembered comes back as it was`() throws {
        let state = StateFile(folder: folder.path)
        let account = try #require(AccountID("a1"))
        let memory = Remembered(
            pane: .audit, isZoomed: true,
            lists: [.tokens: .init(filter: "owner:ada \"x\"", sort: "name", isReversed: true), .roles: .init()],
            filterHistory: [.members: ["pending", "role:admin"]], commandHistory: ["sort"], hasMouse: true, hasAbsoluteTimes: true)
        state.write(theme: "light", account: account, kept: memory)
        state.write(theme: nil, account: AccountID("b2"), kept: Remembered())
        let found = state.read(account: account)
        #expect(found.kept == memory && found.theme == "light" && found.fault == nil)
        #expect(state.read(account: AccountID("c3")).kept == nil)
    }

    @Test(arguments: ["", "{", "[]", "{\"theme\": 3, \"accounts\": [1]}", "{\"accounts\": {\"a1\": {\"pane\": \"x\"}}}", "\u{0}"])
    func `a broken memory is the usual`(text: String) {
        put(text, "screen.json")
        let found = StateFile(folder: folder.path).read(account: AccountID("a1"))
        #expect(found.theme == nil)
        #expect(found.kept == nil || found.kept == Remembered())
    }

    @Test func `views are kept, and a broken file is neither read nor written over`() {
        var brief = ViewsFile(folder: folder.path, isLasting: false)
        #expect(brief.write([]).fault == nil, "those of a demo are there while it is")
        #expect(brief.read().views.isEmpty)
        var homeless = ViewsFile(folder: nil)
        #expect(homeless.write([]).fault?.contains("until you leave") == true)
        var file = ViewsFile(folder: folder.path)
        let views = [
            SavedView(name: "old", list: .tokens, filter: "unused>90d", sort: "risk", isReversed: true),
            SavedView(name: "kim's", list: .audit, filter: "by:kim"),
        ]
        #expect(file.write(views).fault == nil)
        #expect(file.read().views == views)
        put("{\n\"views\": [}", "views.json")
        #expect(file.read().fault == "views.json:2: not valid JSON")
        #expect(file.write(views).fault != nil)
        #expect(ConfigurationFile.read(folder.path + "/views.json", maximum: 99) == .text(Array("{\n\"views\": [}".utf8)))
    }
}

struct `Themes of a person's own` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func put(_ text: String, _ name: String) {
        _ = ConfigurationFile.write(Array(text.utf8), to: folder.path + "/themes/" + name)
    }

    private func shelf(_ name: String?) -> ThemeShelf {
        ThemeShelf(environment: { _ in nil }, own: folder.path, kept: name)
    }

    private func accent(_ theme: Theme) -> Colour {
        theme.style(of: .accent, highlight: .none, depth: .twoHundredFiftySix).foreground
    }

    @Test func `a saved theme is read anew, and a broken one leaves the last good one`() {
        put(#"{"meanings": {"accent": "200"}}"#, "my.json")
        let shelf = shelf("my")
        #expect(accent(shelf.current) == .indexed(200))
        put(#"{"meanings": {"accent": "201"}}"#, "my.json")
        #expect(shelf.reload() && accent(shelf.current) == .indexed(201))
        put("{\"meanings\": {\n\"accent\": \"blu\"}}", "my.json")
        #expect(!shelf.reload() && accent(shelf.current) == .indexed(201))
        #expect(shelf.takeFault() == "my.json:2: there is no colour `blu`")
        #expect(shelf.takeFault() == nil)
    }

    @Test func `a theme that was broken at the start is taken once it is mended, and no other`() {
        put("{", "my.json")
        let shelf = shelf("my")
        #expect(shelf.current == .standard && shelf.takeFault() != nil)
        put(#"{"meanings": {"accent": "200"}}"#, "other.json")
        #expect(!shelf.reload() && shelf.current == .standard)
        put(#"{"meanings": {"accent": "200"}}"#, "my.json")
        #expect(shelf.reload() && accent(shelf.current) == .indexed(200) && shelf.takeFault() == nil)
        put(#"{"meanings": {"accent": "5"}}"#, "other.json")
        #expect(!shelf.reload())
    }

    @Test func `themes that inherit in a circle are told`() {
        put(#"{"inherits": "b"}"#, "a.json")
        put(#"{"inherits": "a"}"#, "b.json")
        let shelf = shelf("a")
        #expect(shelf.current == .standard)
        #expect(shelf.takeFault()?.contains("inherit from") == true)
    }

    @Test func `the background counts only where nobody chose`() {
        let free = shelf(nil)
        #expect(free.adapt(isLight: true) && free.current == .light && free.choice == nil)
        let chosen = shelf("dark")
        #expect(!chosen.adapt(isLight: true) && chosen.current == .standard)
    }
}
