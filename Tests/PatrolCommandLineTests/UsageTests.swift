import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolTestSupport
import Testing

@Suite struct `Use from a log` {
    /// `2026-11-24T05:00:00Z`, so many hours ago.
    private func at(_ hours: Int) -> String { (Machine.now.startOfHour - .hours(hours)).iso8601 }

    private func line(_ token: String, _ hours: Int, _ more: String = #""status": 200"#) -> String {
        #"{"token": "\#(token)", "at": "\#(at(hours))", "action": "viewProject", "resource": "proj/web", \#(more)}"#
    }

    private func write(_ lines: [String], _ account: TestAccount, _ name: String = "log.jsonl") throws -> String {
        let path = account.folder(name)
        try TextFile.write(lines.joined(separator: "\n") + "\n", to: path)
        return path
    }

    private func known(_ account: TestAccount, _ token: String) throws -> JSON {
        try account.run(["usage", token, "--json"]).json
    }

    @Test func `calls are counted by action, resource, origin and outcome`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        let detail = try account.run(["tokens", "show", id, "--json"]).json
        let secret = try #require(detail["secrets"]?.elements?.first?["id"]?.string)
        let ending = try #require(detail["ending"]?.string)
        let file = try write(
            [
                line(id, 30, #""status": 200, "ip": "192.0.2.77", "userAgent": "curl/8.5""#),
                line(secret, 29, #""allowed": true, "network": "192.0.2.0/24", "client": "curl", "count": 40"#),
                line(ending, 5, #""status": 403"#), line(id, 3, #""status": 404"#),
            ], account)
        let printed = try account.succeed("import", "usage", file)
        #expect(printed.contains("counted 43 calls"))
        let use = try known(account, id)
        let counted = (use["actions"]?.elements ?? []).map { ($0["outcome"]?.string, $0["calls"]?.integer) }
        #expect(counted.contains { $0 == ("allowed", 42) } && counted.contains { $0 == ("denied", 1) })
        let origins = (use["origins"]?.elements ?? []).map {
            [$0["network"]?.string, $0["client"]?.string, $0["secret"]?.string]
        }
        #expect(origins.contains(["192.0.2.0/24", "curl", ""]) && origins.contains(["192.0.2.0/24", "curl", secret]))
        #expect(try account.run(["tokens", "show", id, "--json"]).json["lastUsedAt"]?.string == at(3))
    }

    @Test func `the same file counts once, and others of its source and time are refused`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        let file = try write((2...9).map { line(id, $0) }, account)
        try account.succeed("import", "usage", file)
        let again = account.run(["import", "usage", file])
        #expect(again.code == 1 && again.errors.contains("already; nothing was counted"))
        // Under another name, too.
        let copy = try write((2...9).map { line(id, $0) }, account, "copy.jsonl")
        #expect(account.run(["import", "usage", copy]).code == 1)
        let longer = try write((1...9).map { line(id, $0) }, account, "longer.jsonl")
        let refused = account.run(["import", "usage", longer, "--source", "log.jsonl"])
        #expect(refused.code == 1 && refused.errors.contains("would count twice"))
        #expect(try known(account, id)["actions"]?.elements?.first?["calls"]?.integer == 8)
        try account.succeed("import", "usage", longer, "--source", "the other machine")
        #expect(try known(account, id)["actions"]?.elements?.first?["calls"]?.integer == 17)
    }

    @Test(arguments: [
        ("{", "column"), ("", "it is empty"), ("[]", "a call is an object"),
        (#"{"at": 5}"#, "`at` is no time"), (#"{"token": "nobody", "at": "AT", "action": "a", "status": 200}"#, "there is no token `nobody`"),
        (#"{"token": "ID", "at": "AT", "action": "a"}"#, "`allowed` or `status` is missing"),
        (#"{"token": "ID", "at": "AT", "action": "*", "status": 200}"#, "pattern"),
        (#"{"token": "ID", "at": "AT", "action": "a", "resource": "proj/*", "status": 200}"#, "the resource"),
        (#"{"token": "ID", "at": "2200-01-01T00:00:00Z", "action": "a", "status": 200}"#, "`at` is no time"),
        (#"{"token": "ID", "at": "2199-01-01T00:00:00Z", "action": "a", "status": 200}"#, "in the future"),
        (#"{"token": "ID", "at": "2020-01-01T00:00:00Z", "action": "a", "status": 200}"#, "more than 400 days ago"),
        (#"{"token": "ID", "at": "AT", "action": "a", "status": 99}"#, "from 100 to 599"),
        (#"{"token": "ID", "at": "AT", "action": "a", "status": 403, "allowed": true}"#, "contradict"),
        (#"{"token": "ID", "at": "AT", "action": "a", "status": 200, "ip": "here"}"#, "no IP address"),
        (#"{"token": "ID", "at": "AT", "action": "a", "status": 200, "count": 0}"#, "`count`"),
        (#"{"token": "ID", "at": "AT", "action": "a", "status": 200, "colour": 1}"#, "no field `colour`"),
        (#"{"token": "ID", "at": "AT", "action": "a", "status": 200, "secret": "ptlp_aaaaaaaaaaaa_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbcccccc"}"#, "holds a secret"),
        (#"{"x": "\#(String(repeating: "y", count: 70_000))"}"#, "longer than 65536 bytes"),
    ])
    func `a bad line is named, and nothing is counted; or it is left out`(bad: String, words: String) throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        let text = bad.split(separator: "AT", omittingEmptySubsequences: false).joined(separator: at(4))
            .split(separator: "ID", omittingEmptySubsequences: false).joined(separator: id)
        let file = try write([line(id, 6), text, line(id, 2)], account)
        let refused = account.run(["import", "usage", file])
        #expect(refused.code == 2)
        #expect(refused.errors.contains("line 2: ") && refused.errors.contains(words), "\(refused.errors)")
        #expect(refused.errors.split(separator: "\n").count == 1 && !refused.errors.contains("ptlp_"))
        #expect(try known(account, id)["actions"]?.elements == [])
        let printed = try account.succeed("import", "usage", file, "--skip-bad")
        #expect(printed.contains("1 of them left out") && printed.contains("counted 2 calls"))
    }

    @Test func `what a file covers is known; the rest is a gap`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        for (name, hours, window) in [("a", 20...30, []), ("b", 2...3, ["--from", at(10), "--to", at(1)])] {
            let file = try write(hours.map { line(id, $0) }, account, name)
            #expect(account.run(["import", "usage", file] + window).code == 0)
        }
        let use = try account.run(["usage", "--json", "--days", "2"]).json
        let gaps = (use["known"]?["gaps"]?.elements ?? []).map { [$0["from"]?.string, $0["to"]?.string] }
        #expect(gaps.count == 3 && gaps.dropFirst().first == [at(19), at(10)] && gaps.last?.first == at(1))
        #expect(use["imports"]?.elements?.count == 2)
        let late = account.run(["import", "usage", try write([line(id, 40)], account, "c"), "--to", "2199-01-01"])
        #expect(late.code == 2 && late.errors.contains("in the future"))
    }

    @Test func `that a counted file is complete can be said later, and of silence at all`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        let file = try write([line(id, 6)], account)
        try account.succeed("import", "usage", file)
        try account.succeed("import", "usage", file, "--from", at(48))
        let empty = try write([], account, "empty")
        try TextFile.write("", to: empty)
        #expect(account.run(["import", "usage", empty]).errors.contains("holds no call"))
        try account.succeed("import", "usage", empty, "--from", at(60), "--to", at(50))
        #expect(try known(account, id)["actions"]?.elements?.first?["calls"]?.integer == 1)
        let use = try account.run(["usage", "--json", "--days", "2"]).json
        #expect(use["windows"]?.elements?.count == 1)
        #expect(try account.run(["usage", "--json", "--days", "3"]).json["windows"]?.elements?.count == 2)
    }

    @Test func `a trial changes nothing`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        let file = try write([line(id, 6)], account)
        #expect(try account.succeed("import", "usage", file, "--dry-run").contains("nothing was changed"))
        #expect(try account.run(["usage", "--json"]).json["imports"]?.elements == [])
        #expect(try known(account, id)["actions"]?.elements == [])
    }

    @Test func `neither a link nor the account itself is read`() throws {
        let account = try TestAccount.acme()
        #expect(account.run(["import", "usage", account.database]).errors.contains("the account's database"))
        #expect(account.run(["import", "usage", account.folder("missing")]).code != 0)
    }
}
