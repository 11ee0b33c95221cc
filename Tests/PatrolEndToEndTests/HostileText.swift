import PatrolTestSupport
import Testing

/// Names that no rule would let in, put into the file by another program: every way out must still be safe.
@Suite(.enabled(if: SystemProgram.isWanted("sqlite3"), "sqlite3 is missing"))
struct `Hostile text` {
    static let names = [
        "esc \u{1B}[31mred\u{1B}]52;c;aGk=\u{07}", "title \u{1B}]2;owned\u{07}", "c1 \u{9B}31m \u{9D}2;x\u{9C}",
        "cr\rFAKE", "bs\u{08}\u{08}\u{08}", "tab\there", "rlo \u{202E}gnp.exe", "zero\u{200B}\u{2060}\u{FEFF}width",
        "tag\u{E0041}\u{E0042}", "漢字かな交じり文の名前がとても長いとき", "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "👩‍👩‍👧‍👦 family 🇩🇪", "\u{301}leading mark", "nul-free \u{7F}del", "private \u{E000}",
    ]

    /// An account with a token of each name.
    private func account() throws -> TestAccount {
        let account = try TestAccount.acme()
        for (number, name) in Self.names.enumerated() {
            let id = try account.makeToken("plain \(number)")
            let scalars = name.unicodeScalars.map { "char(\($0.value))" }.joined(separator: "||")
            let change = try PipedProgram.run(
                "/usr/bin/sqlite3",
                [account.database, "UPDATE token SET name = \(scalars), event = (SELECT max(seq) FROM audit) WHERE id = '\(id)'"],
                environment: account.environment)
            guard change.exitCode == 0 else { throw ProgramFailure(change.errors) }
        }
        return account
    }

    @Test(arguments: [TerminalSize.small, .middle, .large])
    func `on the screen nothing is obeyed and the columns hold`(_ size: TerminalSize) throws {
        let account = try account()
        let patrol = try account.open(size: size)
        try patrol.waitForAccount()
        patrol.type("3")
        let screen = patrol.waitForQuiet()
        #expect(patrol.clipboard.isEmpty)
        #expect(!patrol.title.contains("owned"))
        let text = String(decoding: patrol.transcript, as: UTF8.self)
        let unsafe: Set<Unicode.Scalar> = ["\u{202E}", "\u{200B}", "\u{2060}", "\u{FEFF}", "\u{E0041}", "\u{9B}", "\u{9D}"]
        #expect(!text.unicodeScalars.contains(where: unsafe.contains))
        let title = try #require(screen.cells.indices.first { row in
            !screen.columns(of: "Risk", inRow: row).isEmpty && !screen.columns(of: "Scope", inRow: row).isEmpty
        })
        let scope = try #require(screen.columns(of: "Scope", inRow: title).first)
        let rows = screen.cells.indices.filter { $0 > title && screen.row($0).contains("○ low ") }
        #expect(rows.count >= 10, "\(screen)")
        for row in rows { #expect(screen.columns(of: "reader", inRow: row).contains(scope), "row \(row):\n\(screen)") }
        try patrol.quit()
    }

    @Test(arguments: [["tokens", "list"], ["review"], ["tokens", "list", "--json"], ["audit", "list"]])
    func `without a terminal nothing but text and line feeds is put out`(_ words: [String]) throws {
        let result = try account().run(words)
        #expect(result.exitCode == 0)
        let unsafe = result.output.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar != "\n"
            case .format, .unassigned, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
        #expect(unsafe.isEmpty, "\(unsafe.map { String($0.value, radix: 16) })")
        for line in result.lines { #expect(!line.hasPrefix("FAKE")) }
    }
}
