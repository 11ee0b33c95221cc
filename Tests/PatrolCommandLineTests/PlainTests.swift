import PatrolJSON
import PatrolTestSupport
import Testing

/// `--plain`: what is read aloud says everything in words, a fact a line.
struct PlainTests {
    private let account: TestAccount

    init() throws {
        account = try TestAccount()
        try account.succeed("demo", "--write", account.database, "--members", "20", "--tokens", "40")
    }

    private static let lines = [
        ["--plain"], ["--plain", "tokens"], ["--plain", "members"], ["--plain", "roles"], ["--plain", "audit"],
        ["--plain", "review"], ["tokens", "list", "--accessible"], ["--plain", "roles", "show", "reader"],
        ["--plain", "members", "show", "ada@example.org"], ["--plain", "audit", "show", "7"],
    ]

    @Test(arguments: lines)
    func `nothing stands in columns, in boxes or in signs`(_ words: [String]) throws {
        let result = account.run(words)
        #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
        let signs = Set("◆▲●○–─│█▁…→\u{1B}\r\t")
        for line in result.output.split(separator: "\n") {
            #expect(!line.contains("  ") && !line.hasPrefix(" ") && !line.contains(where: signs.contains), "\(line)")
        }
    }

    @Test func `a row is labelled facts, the worst first, and has its end`() throws {
        let listed = try account.succeed("--plain", "tokens", "--limit", "2")
        let rows = listed.split(separator: "\n", omittingEmptySubsequences: false).split(separator: "")
        #expect(rows.count == 3)
        #expect(rows[0].map { $0.prefix { $0 != ":" } }.prefix(3) == ["name", "risk", "findings"])
        #expect(rows[0][1] == "risk: critical risk")
        #expect(rows[0].allSatisfy { $0.contains(": ") })
        #expect(listed.hasSuffix("\nend of the list, 2 in all\n"))
    }

    @Test func `a group alone is its list, and takes what the list takes`() throws {
        let flagged = try account.succeed("tokens", "--plain", "--filter", "flagged", "--sort", "name")
        #expect(flagged == (try account.succeed("tokens", "list", "--plain", "--filter", "flagged", "--sort", "name")))
        #expect(flagged.contains("\nflagged: "))
        #expect(account.run(["--plain", "tokens", "--follow"]).code == 2)
        #expect(account.run(["tokens"]).code == 2)
    }

    @Test func `the account at a glance has each list's beginning`() throws {
        let text = try account.succeed("--plain")
        #expect(text.hasPrefix("account: Acme Robotics\n"))
        #expect(text.contains("you are Ada Berg, owner\n"))
        for title in ["tokens, riskiest first, 10 of ", "audit log, newest first, 10 of ", "members, 10 of ", "roles, 10 of "] {
            #expect(text.contains("\n\(title)"), "\(title)")
        }
        #expect(try account.run(["overview", "--json"]).json["account"] == "Acme Robotics")
        #expect(try account.succeed("overview").hasPrefix("account: "))
    }

    @Test func `the environment asks for it as the option does, and JSON stays JSON`() throws {
        let spoken = try account.succeed("members", "list", "--plain")
        #expect(account.run(["members"], settings: ["ACCESSIBLE": "1"]).output == spoken)
        #expect(account.run(["members"], settings: ["ACCESSIBLE": "0"]).code == 2)
        #expect(try account.run(["--plain", "--json", "members"]).json.elements?.isEmpty == false)
    }

    @Test func `a detail has its findings with what to do and the command`() throws {
        let id = try #require(try account.run(["tokens", "list", "--limit", "1", "--json"]).json.elements?[0]["id"]?.string)
        let detail = try account.succeed("--plain", "tokens", "show", id)
        #expect(detail.hasPrefix("name: "))
        for label in ["risk: critical risk", "finding: critical risk, ", "what to do: ", "command: patrol tokens "] {
            #expect(detail.contains("\n\(label)"), "\(label)")
        }
        #expect(!detail.contains(" mo ago"))
    }

    @Test func `a question is asked in one line, and its answer is typed`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        let kept = account.run(["--plain", "tokens", "delete", id], typed: "no\n")
        #expect(kept.code == 1 && kept.errors.contains("To delete the token `export`, type export: "))
        #expect(account.run(["--plain", "tokens", "delete", id], typed: "export\n").code == 0)
    }
}

/// Lists are sorted by every column, either way.
struct SortTests {
    @Test(arguments: [
        ("members", ["name", "email", "role", "tokens", "lastSeen", "worst"]),
        ("roles", ["kind", "key", "name", "members", "teams", "tokens"]),
        ("tokens", ["risk", "name", "owner", "scope", "ending", "created", "lastUsed", "expires", "flag"]),
    ])
    func `every column is an order`(list: String, orders: [String]) throws {
        let account = try TestAccount()
        try account.succeed("demo", "--write", account.database, "--members", "20", "--tokens", "40")
        let rows = { (words: [String]) throws in
            try account.run([list, "list", "--json"] + words).json.elements?.compactMap { $0["id"]?.string ?? $0["key"]?.string }
        }
        let all = try #require(try rows([]))
        for order in orders {
            let there = try #require(try rows(["--sort", order]))
            let back = try #require(try rows(["--sort", order, "--reverse"]))
            #expect(Set(there) == Set(all) && Set(back) == Set(all) && there.count == all.count, "\(order)")
        }
    }
}
