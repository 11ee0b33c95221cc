import Glibc
import PatrolJSON
import PatrolTestSupport
import Testing

struct TokenCommandTests {
    @Test func `the secret of a new token is alone on standard output`() throws {
        let account = try TestAccount.acme()
        let result = account.run([
            "tokens", "create", "--name", "nightly export", "--purpose", "copies flags", "--role", "reader",
            "--expires", "30d",
        ])
        #expect(result.code == 0)
        #expect(result.output.hasPrefix("ptlp_") && result.output.utf8.count == 57 && result.output.hasSuffix("\n"))
        let secret = result.output.dropLast()
        #expect(!result.errors.contains(secret))
        #expect(!(try account.succeed("tokens", "list", "--json")).contains(secret))
        #expect(!(try account.succeed("audit", "list", "--json")).contains(secret))
        let row = try #require(try account.run(["tokens", "list", "--json"]).json.elements?.first)
        #expect(row["name"] == "nightly export" && row["purpose"] == "copies flags")
        #expect(row["scope"] == ["role": "reader"] && row["kind"] == "personal")
        #expect(row["ending"]?.string == String(secret.suffix(4)))
    }

    @Test func `a secret goes to a new file for its owner alone`() throws {
        let account = try TestAccount.acme()
        let path = account.folder("secret")
        let result = account.run([
            "tokens", "create", "--name", "x", "--role", "reader", "--output", path,
        ])
        #expect(result.code == 0 && result.output.isEmpty)
        #expect(TextFile.text(of: path)?.utf8.count == 57)
        #expect(TextFile.mode(of: path) == 0o600)
        let again = account.run([
            "tokens", "create", "--name", "y", "--role", "reader", "--output", path,
        ])
        #expect(again.code == 4)
        #expect(try account.run(["tokens", "list", "--json"]).json.elements?.count == 1)
    }

    @Test func `no file is left where no token was made`() throws {
        let account = try TestAccount.acme()
        let path = account.folder("secret")
        let result = account.run([
            "tokens", "create", "--name", "x", "--role", "reader", "--expires", "2020-01-01", "--output", path,
        ])
        #expect(result.code == 1)
        #expect(TextFile.text(of: path) == nil)
    }

    @Test func `a secret that nobody got is said to be lost`() throws {
        let account = try TestAccount.acme()
        let result = account.run(["tokens", "create", "--name", "x", "--role", "reader"], lost: ENOSPC)
        #expect(result.code == 4)
        #expect(result.errors.contains("is lost; `patrol tokens rotate "))
    }

    @Test func `tokens are shown, edited, cloned, rotated, expired, flagged, unflagged and deleted`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        try account.succeed("tokens", "edit", id, "--purpose", "copies flags", "--name", "nightly")
        try account.succeed("tokens", "expire", id, "2199-01-31")
        try account.succeed("tokens", "flag", id, "--reason", "too wide", "--by", "2199-01-31")
        let shown = try account.run(["tokens", "show", id, "--json"]).json
        #expect(shown["name"] == "nightly" && shown["expiresAt"] == "2199-01-31T23:59:59Z")
        #expect(shown["flag"]?["reason"] == "too wide")
        let text = try account.succeed("tokens", "show", id)
        #expect(text.contains("copies flags") && text.contains("too wide, to be deleted by 2199-01-31"))
        try account.succeed("tokens", "unflag", id)
        let clone = account.run(["tokens", "clone", id])
        #expect(clone.output.hasPrefix("ptlp_"))
        let rotated = account.run(["tokens", "rotate", id, "--overlap", "7d"])
        #expect(rotated.output.hasPrefix("ptlp_"))
        try account.succeed("tokens", "delete", id, "--yes")
        let names = try account.run(["tokens", "list", "--json"]).json.elements?.map { $0["name"]?.string }
        #expect(names == ["nightly (copy)"])
        let events = try account.run(["audit", "list", "--json"]).json.elements?.compactMap { $0["event"]?.string }
        #expect(
            events?.prefix(8) == [
                "token.deleted", "token.rotated", "token.created", "token.unflagged", "token.flagged",
                "token.edited", "token.edited", "token.created",
            ])
    }

    @Test func `a secret in use is adopted, checked, and unknown when it is another`() throws {
        let account = try TestAccount.acme()
        let old = "api-3f1c0000-0000-4000-8000-00000000abcd"
        try account.succeed("tokens", "adopt", "--kind", "account", "--name", "old", input: old + "\r\n")
        let allowed = account.run(["check", "deleteFlag", "proj/a:env/b:flag/c", "--json"], input: old)
        #expect(allowed.code == 0)
        #expect(try allowed.json["decision"] == "allow" && allowed.json["reason"] == "accountWide")
        #expect(try allowed.json["token"]?["name"] == "old")
        let unknown = account.run(["check", "deleteFlag", "proj/a:env/b:flag/c"], input: old.uppercased())
        #expect(unknown.code == 1 && unknown.output == "deny: no such secret is known\n")
        let again = account.run(["tokens", "adopt", "--kind", "account", "--name", "b"], input: old)
        #expect(again.code == 1 && !again.errors.contains("3f1c"))
    }

    @Test(arguments: [
        ("", "standard input holds no secret"),
        ("\n", "standard input holds no secret"),
        ("two words", "what standard input holds is no secret"),
        ("one\ntwo\n", "what standard input holds is no secret"),
    ])
    func `what is no secret is refused`(input: String, sentence: String) throws {
        let account = try TestAccount.acme()
        let result = account.run(["check", "viewProject", "proj/a"], input: input)
        #expect(result.code == 2 && result.errors.contains(sentence))
    }

    @Test(arguments: [
        (["--name", "x"], 2, "a token needs `--role ROLE`, `--policy FILE` or `--template KEY`"),
        (["--name", "x", "--role", "gone"], 3, "there is no role `gone`"),
        (["--name", "x", "--role", "reader", "--role", "writer"], 2, "`writer` is the second base role"),
        (["--name", "x", "--role", "reader", "--policy", "-"], 2, "`--role` and `--policy` exclude each other"),
        (["--name", "x", "--role", "reader", "--expires", "soon"], 2, "`soon` is no date for `--expires`"),
        (["--name", "x", "--role", "reader", "--expires", "2027-02-30"], 2, "there is no such day"),
        (["--name", "x", "--role", "reader", "--expires", "2020-01-01"], 1, "that expiry is in the past"),
        (["--name", "a\u{202E}b", "--role", "reader"], 1, "must not hold the unseen character U+202E"),
        (["--name", "", "--role", "reader"], 1, "must not be empty"),
    ] as [([String], Int32, String)])
    func `a token that can't be made is refused with the reason`(
        words: [String], code: Int32, sentence: String
    ) throws {
        let account = try TestAccount.acme()
        let result = account.run(["tokens", "create"] + words)
        #expect(result.code == code && result.output.isEmpty)
        #expect(result.errors.contains(sentence), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func `nobody gets more than he has`() throws {
        let account = try TestAccount.acme()
        try account.succeed("members", "invite", "ro@example.org")
        try account.succeed("members", "accept", "--as", "ro@example.org")
        let result = account.run([
            "tokens", "create", "--name", "x", "--role", "writer", "--as", "ro@example.org", "--json",
        ])
        #expect(result.code == 1)
        #expect(try result.json["decision"] == "deny" && result.json["reason"] == "readerTokensOnly")
    }
}
