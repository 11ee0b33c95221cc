import Glibc
import PatrolJSON
import PatrolTestSupport
import Testing

/// Lists, the log, the review, files: what is printed where, and what happens when it can't be.
struct ReadingTests {
    private static let sample: String = {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return "/\(folder)/PatrolLaunchDarklyTests/Sample"
    }()

    @Test func `an account made elsewhere is imported, reviewed and exported`() throws {
        let account = try TestAccount.acme()
        let trial = account.run(["import", "launchdarkly", Self.sample, "--dry-run"])
        #expect(trial.code == 0 && trial.output.contains("nothing was changed"))
        #expect(try account.run(["tokens", "list", "--json"]).json.elements?.isEmpty == true)
        let report = try account.run(["import", "launchdarkly", Self.sample, "--json"]).json
        #expect(report["tokens"] == 12 && report["notes"]?.elements?.count == 14)
        let again = try account.succeed("import", "launchdarkly", Self.sample)
        #expect(again.contains("tokens: 0 added, 0 updated, 12 as before"))

        let review = try account.succeed("review")
        #expect(review.hasPrefix("◆ CRITICAL\n"))
        #expect(review.contains("patrol tokens flag 65f0c0ffee0000000000a007 --reason 'account-wide'"))
        #expect(review.contains("12 tokens; 12 with findings: 2 critical"))
        #expect(account.run([]).output == review)
        #expect(try account.run(["review", "--filter", "finding:account-wide", "--json"]).json.elements?.count == 1)

        let folder = account.folder("out")
        try account.succeed("export", "launchdarkly", folder)
        #expect(TextFile.mode(of: "\(folder)/tokens-0001.json") == 0o600)
        #expect(TextFile.mode(of: folder) == 0o700)
        #expect(account.run(["export", "launchdarkly", folder]).code == 4)
        let back = try account.succeed("import", "launchdarkly", folder)
        #expect(back.contains("tokens: 0 added, 0 updated, 12 as before"))
        #expect(back.contains("members: 0 added, 0 updated, 6 as before"))
    }

    @Test func `a broken file changes nothing and is named with its place`() throws {
        let account = try TestAccount.acme()
        let folder = account.folder("in")
        mkdir(folder, 0o700)
        try TextFile.write("[]\n", to: "\(folder)/roles.json")
        try TextFile.write("{\"items\": [\n  {]}", to: "\(folder)/tokens-2.json")
        let before = try account.succeed("audit", "list", "--json")
        let result = account.run(["import", "launchdarkly", folder])
        #expect(result.code == 2 && result.output.isEmpty)
        #expect(
            result.errors
                == "patrol: nothing was changed: tokens-2.json, line 2, column 4: not valid JSON\n")
        #expect(try account.succeed("audit", "list", "--json") == before)
        #expect(account.run(["import", "launchdarkly", "/nowhere"]).code == 3)
        #expect(account.run(["import", "launchdarkly", account.folder("keys")]).errors.contains("holds none of roles*.json"))
    }

    @Test func `tables have their columns under each other and nothing behind them`() throws {
        let account = try TestAccount.acme()
        #expect(
            try account.succeed("members", "list") == """
                name      e-mail           roles   tokens  last seen  findings  standing
                Ada Berg  ada@example.org  owner        0  never      –         active
                Kim Roe   kim@example.org  writer       0  just now   –         active

                """)
        let log = try account.succeed("audit", "list").split(separator: "\n")
        #expect(log.count == 4 && log.allSatisfy { !$0.hasSuffix(" ") })
    }

    @Test func `an empty list is an empty array, or a word on standard error`() throws {
        let account = try TestAccount.acme()
        #expect(try account.succeed("tokens", "list", "--json") == "[]\n")
        let text = account.run(["tokens", "list"])
        #expect(text.output.isEmpty && text.errors == "there is nothing here yet\n")
        let filtered = account.run(["members", "list", "--filter", "zzz"])
        #expect(filtered.errors == "nothing matches the filter\n" && filtered.code == 0)
        let meant = account.run(["tokens", "list", "--filter", "admin"])
        #expect(
            meant.errors == """
                nothing matches the filter; a word alone is looked for in texts: write `role:admin` or `finding:admin`\n
                """)
    }

    @Test func `an audit entry is shown with its before and after`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        try account.succeed("tokens", "edit", id, "--name", "nightly", "--comment", "a better name")
        let text = try account.succeed("audit", "show", "5")
        #expect(text.contains("    - export\n    + nightly\n"))
        #expect(text.contains("  comment     a better name\n"))
        #expect(try account.run(["audit", "show", "5", "--json"]).json["event"] == "token.edited")
        #expect(account.run(["audit", "show", "99"]).code == 3)
    }

    @Test func `the log is followed until nobody reads`() throws {
        let account = try TestAccount.acme()
        var rounds = 0
        let result = account.run(["audit", "--follow", "--limit", "1"]) {
            rounds += 1
            if rounds == 1 { _ = account.run(["members", "invite", "new@example.org"]) }
            return rounds < 2
        }
        let lines = result.output.split(separator: "\n").map { $0.dropFirst(18) }
        #expect(lines == ["Kim Roe accepted the invitation", "Ada Berg invited new@example.org"])
        rounds = 0
        let filtered = account.run(["audit", "--follow", "--filter", "action:createMember", "--json"]) {
            rounds += 1
            if rounds == 1 {
                _ = account.run(["members", "invite", "next@example.org"])
                _ = account.run(["tokens", "create", "--name", "x", "--role", "reader"])
            }
            return rounds < 2
        }
        let events = filtered.output.split(separator: "\n").compactMap { try? JSON(parsing: String($0))["event"]?.string }
        #expect(events == ["member.invited", "member.invited", "member.invited"])
    }

    @Test func `a burst is followed to its last entry, with a filter too`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        for words in [["--filter", "action:updateAccessTokenName"], []] {
            var rounds = 0
            let result = account.run(["audit", "--follow", "--limit", "1", "--json"] + words) {
                rounds += 1
                if rounds == 1 { #expect(throws: Never.self) { try account.rename(id, times: 510) } }
                return rounds < 3
            }
            let numbers = result.output.split(separator: "\n").compactMap { try? JSON(parsing: String($0))["sequence"]?.integer }
            #expect(numbers.suffix(510).count == 510 && Set(numbers).count == numbers.count)
            #expect(numbers == numbers.sorted())
        }
    }

    @Test(arguments: [(EPIPE, Int32(141), 0), (ENOSPC, 4, 1)] as [(Int32, Int32, Int)])
    func `lost output is noticed`(error: Int32, code: Int32, lines: Int) throws {
        let account = try TestAccount.acme()
        for words in [["members", "list"], ["help"], ["audit", "list", "--json"], ["review"]] {
            let result = account.run(words, lost: error)
            #expect(result.code == code)
            #expect(result.errors.split(separator: "\n").count == lines, "\(result.errors)")
        }
    }

    @Test func `foreign text never reaches the terminal as it is`() throws {
        let account = try TestAccount.acme()
        let folder = account.folder("in")
        mkdir(folder, 0o700)
        try TextFile.write(
            #"[{"_id":"a1","name":"x\u001b]52;c;QQ==\u0007\u202e","creationDate":1600000000000,"role":"\u009bx"}]"#,
            to: "\(folder)/tokens.json")
        var printed = ""
        for words in [
            ["import", "launchdarkly", folder], ["tokens", "list"], ["tokens", "list", "--json"], ["review"],
            ["tokens", "show", "a1"], ["audit", "list"], ["tokens", "show", "\u{1B}[31m"],
            ["members", "show", "\u{202E}@\u{9B}"], ["\u{1B}c"], ["tokens", "list", "--\u{7}"],
            ["tokens", "list", "--filter", "\"\u{1B}"], ["explain", "--role", "reader", "a", "\u{1B}"],
        ] {
            let result = account.run(words)
            printed += result.output + result.errors
        }
        let wrong = printed.unicodeScalars.filter { scalar in
            (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value)
                || scalar.properties.generalCategory == .format
        }
        #expect(wrong.isEmpty, "\(wrong.map(\.value))")
    }

    @Test func `the log is checked as a whole`() throws {
        let account = try TestAccount.acme()
        #expect(try account.succeed("audit", "verify") == "looked at 3 entries: all fit\n")
        let json = try account.run(["audit", "verify", "--json"]).json
        #expect(json == ["entries": 3, "isWhole": true, "faults": []])
    }

    @Test func `an account on a read-only disk can be looked at`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        let data = account.folder("data")
        // Only root may mount, and not everywhere.
        guard mount(data, data, nil, UInt(MS_BIND), nil) == 0 else { return }
        defer { umount2(data, Int32(MNT_DETACH)) }
        try #require(mount(nil, data, nil, UInt(MS_BIND) | UInt(MS_REMOUNT) | UInt(MS_RDONLY), nil) == 0)
        for words in [
            ["members", "list"], ["roles", "list"], ["tokens", "list"], ["tokens", "show", id], ["review"],
            ["audit", "--limit", "1"], ["explain", "--role", "reader", "viewProject", "proj/a"],
            ["export", "launchdarkly", account.folder("out")],
        ] {
            let result = account.run(words)
            #expect(result.code == 0, "\(words): \(result.errors)")
        }
        let change = account.run(["tokens", "edit", id, "--name", "other"])
        #expect(change.code == 4 && change.errors.contains("can only be read"), "\(change.errors)")
    }

    @Test func `a missing account is said in one line`() throws {
        let account = try TestAccount()
        let result = account.run(["tokens", "list"])
        #expect(result.code == 4 && result.errors.contains("`patrol init` makes one"))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func `help needs no home and no account`() throws {
        let account = try TestAccount()
        for words in [["help"], ["version"], ["completions", "bash"], ["tokens", "--help"]] {
            #expect(account.run(words, hasHome: false).code == 0)
        }
        #expect(account.run(["review"], hasHome: false).code == 4)
    }

    @Test func `a made-up account is reviewed without a terminal, and kept where it is wanted`() throws {
        let account = try TestAccount()
        let review = account.run(["demo"])
        #expect(review.code == 0 && review.output.contains("tokens; "))
        let made = try account.succeed("demo", "--write", account.database, "--members", "20", "--tokens", "40")
        #expect(made.contains(" members, "))
        let kept = account.run(["demo", "--database", account.folder("data/other.db"), "--members", "9"])
        #expect(kept.code == 0 && kept.output.contains("tokens; "))
        #expect(TextFile.mode(of: account.folder("data/other.db")) == 0o600)
        #expect(account.run(["demo", "--write", account.database]).code == 4)
        let work = account.run(["demo", "--work"])
        #expect(work.code == 2 && work.errors.contains("only a made-up account"))
        #expect(try account.run(["tokens", "list", "--json"]).json.elements?.isEmpty == false)
    }
}
