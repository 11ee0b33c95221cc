import PatrolJSON
import PatrolTestSupport
import Testing

struct KeepingCommandTests {
    @Test func `a token is quarantined, refused, found, and thawed`() throws {
        let account = try TestAccount.acme()
        let secret = try account.succeed("tokens", "create", "--name", "export", "--role", "writer")
        let id = try #require(try account.run(["tokens", "list", "--json"]).json.elements?.first?["id"]?.string)
        try account.succeed("tokens", "quarantine", id, "--reason", "nobody knows it", "--until", "2199-01-31", "--yes")
        let denied = account.run(["check", "viewProject", "proj/a"], input: secret)
        #expect(denied.code == 1 && denied.output == "deny: the token is in quarantine\n")
        let row = try #require(try account.run(["tokens", "list", "--filter", "quarantined", "--json"]).json.elements?.first)
        #expect(row["quarantine"]?["reason"] == "nobody knows it")
        #expect(row["quarantine"]?["deletesAt"] == "2199-01-31T23:59:59Z")
        #expect(try account.succeed("tokens", "list").contains("quarantined"))
        let shown = try account.succeed("tokens", "show", id)
        #expect(shown.contains("quarantined nobody knows it, to be deleted on 2199-01-31"))
        #expect(try account.succeed("tokens", "list", "--plain").contains("quarantined: nobody knows it"))
        try account.succeed("tokens", "thaw", id)
        #expect(account.run(["check", "viewProject", "proj/a"], input: secret).code == 0)
        #expect(try account.run(["tokens", "list", "--filter", "quarantined", "--json"]).json.elements?.count == 0)
    }

    @Test func `without a day it is thirty, and with --keep none`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        try account.succeed("tokens", "quarantine", id, "--reason", "a", "--yes")
        let shown = try account.run(["tokens", "show", id, "--json"]).json["quarantine"]
        #expect(shown?["deletesAt"]?.string != nil)
        try account.succeed("tokens", "quarantine", id, "--reason", "a", "--keep", "--yes")
        #expect(try account.run(["tokens", "show", id, "--json"]).json["quarantine"]?["deletesAt"] == .null)
        let both = account.run(["tokens", "quarantine", id, "--reason", "a", "--keep", "--until", "3d"])
        #expect(both.code == 2 && both.errors.contains("exclude each other"))
        let past = account.run(["tokens", "quarantine", id, "--reason", "a", "--until", "2020-01-01", "--yes"])
        #expect(past.code == 1 && past.errors.contains("that time is over"))
    }

    @Test func `a token is limited to networks, and used from these alone`() throws {
        let account = try TestAccount.acme()
        let secret = try account.succeed("tokens", "create", "--name", "deploy", "--role", "writer", "--networks", "10.0.0.0/8")
        let id = try #require(try account.run(["tokens", "list", "--json"]).json.elements?.first?["id"]?.string)
        func code(_ address: String) -> Int32 {
            account.run(["check", "viewProject", "proj/a", "--network", address], input: secret).code
        }
        #expect(code("10.1.2.3") == 0 && code("192.0.2.1") == 1)
        let denied = account.run(["check", "viewProject", "proj/a"], input: secret)
        #expect(denied.code == 1 && denied.output == "deny: the token may not be used from there\n")
        let edited = try account.succeed("tokens", "edit", id, "--networks", "192.0.2.0/24, 2001:db8::/32")
        #expect(edited.contains("changed the networks of the token"))
        #expect(code("10.1.2.3") == 1 && code("192.0.2.1") == 0 && code("2001:db8::1") == 0)
        let shown = try account.run(["tokens", "show", id, "--json"]).json
        #expect(shown["networks"]?.elements?.compactMap(\.string) == ["192.0.2.0/24", "2001:db8::/32"])
        #expect(shown["findings"]?.elements?.contains { $0["rule"] == "unpinned" } == false)
        try account.succeed("tokens", "edit", id, "--networks", "none")
        #expect(code("10.1.2.3") == 0)
        let open = try account.succeed("tokens", "show", id)
        #expect(open.contains("from everywhere") && open.contains("in 30 days it was used from `10.1.2.0/24`"))
        #expect(open.contains("--networks 10.1.2.0/24,192.0.2.0/24,2001:db8::/48"))
        let log = try account.run(["audit", "--json"]).json.elements?.filter { $0["event"] == "token.networksEdited" }
        #expect(log?.count == 2)
    }

    @Test(arguments: [
        (["--networks", "10.0.0.1/8"], 2, "`10.0.0.1/8` is no network"), (["--networks", "0.0.0.0/0"], 2, "too wide"),
        (["--networks", ""], 2, "is no network"), (["--networks", "10.0.0.0/8", "--name", "x"], 2, "goes without `--name`"),
        (["--networks", "none"], 1, "nothing would change"),
        (["--networks", (0..<33).map { "10.0.\($0).0/24" }.joined(separator: ",")], 2, "32 networks at most"),
    ] as [([String], Int32, String)])
    func `networks that can't be are refused with the reason`(words: [String], code: Int32, sentence: String) throws {
        let account = try TestAccount.acme()
        let result = account.run(["tokens", "edit", try account.token("export")] + words)
        #expect(result.code == code && result.errors.contains(sentence), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func `before a token is refused it is told which calls would have failed`() throws {
        let account = try TestAccount.acme()
        let secret = try account.succeed("tokens", "create", "--name", "export", "--role", "writer")
        let id = try #require(try account.run(["tokens", "list", "--json"]).json.elements?.first?["id"]?.string)
        #expect(account.run(["check", "viewProject", "proj/a"], input: secret).code == 0)
        let unasked = account.run(["tokens", "quarantine", id, "--reason", "a"])
        #expect(unasked.code == 1 && unasked.errors.contains("1 call") && unasked.errors.contains("add `--yes`"), "\(unasked.errors)")
        let wrong = account.run(["tokens", "quarantine", id, "--reason", "a"], typed: "no\n")
        #expect(wrong.code == 1 && wrong.errors.contains("the answer was not `export`"))
        let trial = account.run(["tokens", "quarantine", id, "--reason", "a", "--dry-run"])
        #expect(trial.code == 0 && trial.output.contains("1 call"), "\(trial.output)")
        #expect(account.run(["check", "viewProject", "proj/a"], input: secret).code == 0)
        #expect(account.run(["tokens", "quarantine", id, "--reason", "a"], typed: "export\n").code == 0)
        #expect(account.run(["check", "viewProject", "proj/a"], input: secret).code == 1)
    }

    @Test func `a scope is planned, told, dropped, applied and taken back`() throws {
        let account = try TestAccount.acme()
        try account.succeed("tokens", "create", "--name", "export", "--role", "writer")
        let id = try #require(try account.run(["tokens", "list", "--json"]).json.elements?.first?["id"]?.string)
        try account.succeed("tokens", "plan", id, "--role", "reader", "--at", "14d", "--reason", "it only reads")
        let row = try #require(try account.run(["tokens", "list", "--filter", "planned", "--json"]).json.elements?.first)
        #expect(row["plan"]?["scope"] == ["role": "reader"] && row["plan"]?["reason"] == "it only reads")
        #expect(try account.succeed("tokens", "show", id).contains("planned     the base role reader from "))
        let wider = account.run(["tokens", "plan", id, "--role", "admin", "--reason", "x"])
        #expect(wider.code == 1 && wider.errors.contains("which it may not now"))
        let nothing = account.run(["tokens", "plan", id, "--reason", "x"])
        #expect(nothing.code == 2 && nothing.errors.contains("a plan needs"))
        try account.succeed("tokens", "unplan", id)
        try account.succeed("tokens", "plan", id, "--role", "reader", "--reason", "it only reads")
        try account.succeed("tokens", "apply", id)
        let applied = try account.run(["tokens", "show", id, "--json"]).json
        #expect(applied["scope"] == ["role": "reader"] && applied["formerScope"]?["scope"] == ["role": "writer"])
        try account.succeed("tokens", "restore", id)
        #expect(try account.run(["tokens", "show", id, "--json"]).json["scope"] == ["role": "writer"])
        let events = try account.run(["audit", "list", "--json", "--limit", "6"]).json.elements?.compactMap { $0["event"]?.string }
        #expect(
            events == [
                "token.scopeRestored", "token.planApplied", "token.scopePlanned", "token.planCancelled", "token.scopePlanned",
                "token.scopePlanned",
            ])
    }

    @Test func `tidy says that nothing is due`() throws {
        let account = try TestAccount.acme()
        #expect(try account.succeed("tidy") == "nothing is due\n")
        #expect(try account.succeed("tidy", "--json", "--dry-run") == "")
    }
}
