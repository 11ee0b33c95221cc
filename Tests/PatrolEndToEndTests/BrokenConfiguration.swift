import Glibc
import PatrolTestSupport
import Testing

/// Files of a person's own that are anything but what they should be: the program starts with what it would
/// have without them, is used and left as ever, and touches none of them.
@Suite struct `Configuration that is broken` {
    enum Content: Sendable, CaseIterable {
        case empty, notJSON, cut, deep, invalidText, hostileText, wrongTypes, huge, folder, unreadable, pipe, linkLoop, danglingLink
    }

    static let names = [
        ".config/patrol/themes/broken.json", ".config/patrol/keys.json", ".config/patrol/views.json",
        ".local/state/patrol/screen.json",
    ]

    @Test(arguments: names, Content.allCases)
    func `leaves the program as it is without it`(name: String, content: Content) throws {
        let account = try TestAccount.acme()
        let path = account.makeFolders(of: name)
        try make(content, at: path)
        let patrol = try account.open(settings: name.contains("themes") ? ["PATROL_THEME": "broken"] : [:])
        try patrol.waitForAccount()
        if let words = words(of: content, in: name) { try patrol.waitFor(text: words) }
        patrol.type("3")
        let screen = patrol.waitForQuiet(of: 0.1)
        #expect(screen.hasFourPanes, "\(screen)")
        #expect(patrol.clipboard.isEmpty && !patrol.title.contains("owned"))
        try patrol.quit()
        patrol.expectRestored()
    }

    /// What has to be said on the first screen, with the file's name and the line where there is one.
    private func words(of content: Content, in name: String) -> String? {
        let file = String(name.split(separator: "/").last ?? "")
        let isTable = file == "broken.json" || file == "keys.json"
        return switch content {
        case .deep where isTable: "`\(file)` is larger"
        case .empty, .notJSON, .cut, .deep, .invalidText: file == "keys.json" ? "\(file): line 1" : "\(file):1"
        // What only means nothing is passed over where the program writes the file itself.
        case .hostileText, .wrongTypes: isTable ? "\(file):" : nil
        case .huge: "`\(file)` is larger"
        case .folder: "`\(file)` is a folder"
        case .pipe: "`\(file)` is no ordinary file"
        case .linkLoop, .danglingLink: "`\(file)` is a link that leads nowhere"
        // The administrator reads everything; see `OtherUser`.
        case .unreadable: geteuid() == 0 ? nil : "`\(file)` can't be read"
        }
    }

    @Test func `what is wrong with several files is told together`() throws {
        let account = try TestAccount.acme()
        for folder in [".config", ".config/patrol", ".local", ".local/state", ".local/state/patrol"] { mkdir(account.home(folder), 0o700) }
        for name in Self.names.dropFirst() { try TextFile.write("{\n", to: account.home(name)) }
        let patrol = try account.open(size: .large)
        try patrol.waitForAccount()
        // They are told after the first frame.
        for name in ["keys.json:", "views.json:", "screen.json:"] { try patrol.waitFor(text: name) }
        try patrol.quit()
    }

    private func make(_ content: Content, at path: String) throws {
        switch content {
        case .empty: try TextFile.write("", to: path)
        case .notJSON: try TextFile.write("dear program,\nplease be green\n", to: path)
        case .cut: try TextFile.write("{\"name\": \"x\", \"keys\": {\"down\": [\"j", to: path)
        case .deep: try TextFile.write(String(repeating: "[", count: 200_000), to: path)
        case .invalidText: try write([0x7B, 0x22, 0xFF, 0xC0, 0xAF, 0x22, 0x3A, 0x31, 0x7D], to: path)
        case .hostileText:
            try TextFile.write(
                "{\"name\": \"\\u001b]2;owned\\u0007\\u202e\", \"\\u001b[2J\": \"\\u001b]52;c;aGk=\\u0007\", \"keys\": {\"\\u009b31m\": 1}}", to: path)
        case .wrongTypes: try TextFile.write("{\"name\": 3, \"keys\": [], \"views\": \"x\", \"panes\": -1, \"size\": 1e999}", to: path)
        case .huge:
            try TextFile.write("{", to: path)
            guard truncate(path, 100 << 20) == 0 else { throw ProgramFailure("`\(path)` can't grow: error \(errno)") }
        case .folder: mkdir(path, 0o700)
        case .unreadable:
            try TextFile.write("{}", to: path)
            chmod(path, 0o000)
        case .pipe: mkfifo(path, 0o600)
        case .linkLoop: symlink(path, path)
        case .danglingLink: symlink("/nowhere/at/all", path)
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw ProgramFailure("`\(path)` can't be written: error \(errno)") }
        defer { close(file) }
        guard Glibc.write(file, bytes, bytes.count) == bytes.count else { throw ProgramFailure("`\(path)` was cut short") }
    }
}
