import PatrolJSON
import PatrolTestSupport
import Testing

struct TemplateCommandTests {
    private static let policy = #"[{"effect": "allow", "actions": ["updateOn"], "resources": ["proj/${roleAttribute/p}:env/*:flag/*"]}]"#
    private static let need = #"[{"effect": "allow", "actions": ["updateOn"], "resources": ["proj/web:env/test:flag/*"]}]"#

    @Test func `a token is made from a template`() throws {
        let account = try TestAccount.acme()
        let line = ["tokens", "create", "--name", "CI", "--template", "ci-toggle", "--set", "project=web"]
        let missing = account.run(line)
        #expect(missing.code == 2 && missing.errors.contains("add `--set environment=KEY`"))
        let made = account.run(line + ["--set", "environment=test", "--set", "environment=qa-*", "--json"])
        #expect(made.code == 0, "\(made.errors)")
        let row = try #require(try account.run(["tokens", "list", "--json"]).json.elements?.first)
        let resources = row["scope"]?["policy"]?.elements?.first?["resources"]
        #expect(resources == ["proj/web:env/test:flag/*", "proj/web:env/qa-*:flag/*"])
        #expect(row["purpose"] == "turns flags on and off in one environment")
    }

    @Test(arguments: [
        (["--set", "project=a:b", "--set", "environment=x"], "can't be the `project`"),
        (["--set", "project=web", "--set", "environment=x", "--set", "flag=y"], "there is no `flag` to say"),
        (["--set", "project"], "is not NAME=VALUE"), (["--set", "=x"], "is not NAME=VALUE"),
        (["--role", "reader", "--set", "project=w", "--set", "environment=x"], "instead of"),
    ]) func `what does not fill it in is told in one line`(words: [String], fault: String) throws {
        let account = try TestAccount.acme()
        let result = account.run(["tokens", "create", "--name", "CI", "--template", "ci-toggle"] + words)
        #expect(result.code == 2 && result.errors.contains(fault), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1 && result.output.isEmpty)
        #expect(try account.run(["tokens", "list", "--json"]).json.elements?.isEmpty == true)
    }

    @Test func `a template is saved, changed, hidden and brought back`() throws {
        let account = try TestAccount.acme()
        let file = account.folder("policy.json")
        try TextFile.write(Self.policy, to: file, mode: 0o600)
        #expect(account.run(["templates", "save", "mine"]).code == 2)
        try account.succeed("templates", "save", "mine", "--policy", file, "--expires", "10d")
        let mine = try account.run(["templates", "show", "mine", "--json"]).json
        #expect(mine["expiryDays"] == 10 && mine["blanks"] == ["p"] && mine["origin"] == "own" && mine["name"] == "mine")
        try account.succeed("templates", "save", "mine", "--name", "Mine", "--expires", "never")
        #expect(try account.run(["templates", "show", "mine", "--json"]).json["expiryDays"] == JSON.null)
        #expect(account.run(["templates", "delete", "mine"]).code == 1)
        try account.succeed("templates", "delete", "mine", "--yes")
        #expect(account.run(["templates", "show", "mine"]).code == 3)
        try account.succeed("templates", "delete", "audit-reader", "--yes")
        #expect(!(try account.succeed("templates", "list")).contains("audit-reader"))
        #expect((try account.succeed("templates", "list", "--all")).contains("audit-reader"))
        #expect(account.run(["tokens", "create", "--name", "x", "--template", "audit-reader"]).code == 3)
        try account.succeed("templates", "save", "audit-reader")
        #expect(account.run(["tokens", "create", "--name", "x", "--template", "audit-reader"]).code == 0)
        let refused = account.run(["templates", "save", "mine", "--policy", file, "--as", "kim@example.org"])
        #expect(refused.code == 1 && refused.errors.contains("updateOrganization"))
    }

    @Test func `roles are ranked for a need`() throws {
        let account = try TestAccount.acme()
        let file = account.folder("need.json")
        try TextFile.write(Self.need, to: file, mode: 0o600)
        try account.succeed("roles", "create", "wide", "--base", "reader", "--policy", "-", input: Self.need.replacing("updateOn", with: "*"))
        try account.succeed("roles", "create", "exact", "--base", "reader", "--policy", file)
        let ranking = try account.run(["roles", "rank", "--policy", file, "--json"]).json
        let candidates = try #require(ranking["candidates"]?.elements)
        #expect(candidates[0]["way"] == "inline" && candidates[0]["excess"]?["beyond"] == .bool(false))
        #expect(candidates[1]["roles"] == ["exact"] && candidates[2]["roles"] == ["wide"])
        let excess = try #require(candidates[2]["excess"])
        #expect(excess["beyond"] == .bool(true) && (excess["actions"]?.integer ?? 0) > 50 && excess["example"]?["action"] != nil)
        #expect(ranking["withheld"]?["beyond"] == .bool(false) && ranking["undecided"] == [])
        let text = try account.succeed("roles", "rank", "--policy", file)
        #expect(text.contains("inline policy, nothing more") && text.contains("role `exact`"))
        #expect(account.run(["roles", "rank"]).code == 2)
        #expect(account.run(["roles", "rank", "--policy", "-"], input: "[]").code == 2)
    }
}
