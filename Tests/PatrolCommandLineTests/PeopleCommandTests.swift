import Glibc
import PatrolJSON
import PatrolTestSupport
import Testing

struct PeopleCommandTests {
    private static let policy =
        #"[{"effect":"allow","actions":["updateOn"],"resources":["proj/web:env/*:flag/*"]}]"#

    @Test func `members are invited, given roles, and removed`() throws {
        let account = try TestAccount.acme()
        try account.succeed("roles", "create", "flipper", "--policy", "-", input: Self.policy)
        try account.succeed(
            "members", "roles", "kim@example.org", "--role", "flipper", "--attribute", "p=web", "--attribute",
            "p=mobile-*", "--yes")
        let kim = try account.run(["members", "show", "kim@example.org", "--json"]).json
        #expect(kim["customRoles"] == ["flipper"] && kim["baseRole"] == "writer")
        #expect(kim["roleAttributes"] == ["p": ["web", "mobile-*"]])
        #expect(kim["effectiveRoles"] == ["flipper"])
        try account.succeed("members", "remove", "kim@example.org", "--yes")
        #expect(try account.run(["members", "list", "--json"]).json.elements?.count == 1)
    }

    @Test func `roles are made, edited, shown and deleted`() throws {
        let account = try TestAccount.acme()
        try account.succeed(
            "roles", "create", "flipper", "--name", "Flipper", "--policy", "-", input: Self.policy)
        try account.succeed("roles", "edit", "flipper", "--description", "turns flags", "--base", "reader")
        let role = try account.run(["roles", "show", "flipper", "--json"]).json
        #expect(role["description"] == "turns flags" && role["basePermissions"] == "reader")
        #expect(role["policy"]?.text() == Self.policy)
        #expect(try account.succeed("roles", "show", "flipper").contains("statement 1 allow updateOn on proj/web:env/*:flag/*"))
        #expect(try account.succeed("roles", "show", "reader").contains("sees everything"))
        try account.succeed("roles", "delete", "flipper", "--yes")
        #expect(account.run(["roles", "show", "flipper"]).code == 3)
    }

    @Test(arguments: [
        ("{", "the policy in standard input can't be used: line 1, column 1: the text ends before the value is complete"),
        ("{}", "line 1, column 1: a list is expected"),
        ("[\n  {\"effect\": \"maybe\"}\n]", "line 2, column 14: statement 1, effect: `maybe` is neither `allow` nor `deny`"),
        (
            #"[{"effect":"allow","actions":["*"],"resources":["*"],"x":1}]"#,
            "line 1, column 58: statement 1, x: statements have no such field"
        ),
        (
            #"[{"effect":"allow","actions":["*"],"resources":["proj/a,b"]}]"#,
            "line 1, column 49: statement 1, resources, entry 1: `proj/a,b`: one key only"
        ),
        (
            #"[{"effect":"allow","actions":["a"],"notActions":["b"],"resources":["*"]}]"#,
            "statement 1, actions: it can't stand beside `notActions`"
        ),
    ])
    func `a policy with a fault is refused with its place`(policy: String, sentence: String) throws {
        let account = try TestAccount.acme()
        let result = account.run(["roles", "create", "r", "--policy", "-"], input: policy)
        #expect(result.code == 2)
        #expect(result.errors.contains(sentence), "\(result.errors)")
        #expect(account.run(["roles", "show", "r"]).code == 3)
    }

    @Test func `who is to be removed is asked for by name`() throws {
        let account = try TestAccount.acme()
        let words = ["members", "remove", "kim@example.org"]
        let refused = account.run(words)
        #expect(refused.code == 1)
        #expect(refused.errors == "patrol: not done: to remove `kim@example.org` without being asked, add `--yes`\n" || refused.errors.contains("add `--yes`"))
        let wrong = account.run(words, typed: "kim\n")
        #expect(wrong.code == 1 && wrong.errors.contains("the answer was not `kim@example.org`"))
        #expect(account.run(words, typed: "kim@example.org\n").code == 0)
    }

    @Test func `what a removal would stop is said before it is asked`() throws {
        let account = try TestAccount.acme()
        let made = account.run(["tokens", "create", "--name", "hers", "--role", "reader", "--as", "kim@example.org"])
        #expect(made.code == 0)
        let result = account.run(["members", "remove", "kim@example.org"])
        #expect(result.code == 1)
        #expect(result.errors.contains("stops: the token hers"), "\(result.errors)")
        let weaker = account.run(["members", "roles", "kim@example.org", "--role", "no_access"])
        #expect(weaker.code == 1 && weaker.errors.contains("add `--yes`"))
    }

    @Test func `a role that is held is refused without a question`() throws {
        let account = try TestAccount.acme()
        try account.succeed("roles", "create", "flipper", "--policy", "-", input: Self.policy)
        try account.succeed("members", "roles", "kim@example.org", "--role", "flipper", "--yes")
        let result = account.run(["roles", "delete", "flipper"])
        #expect(result.code == 1 && result.errors.hasPrefix("patrol: refused: "), "\(result.errors)")
        #expect(!result.errors.contains("loses") && !result.errors.contains("--yes"))
    }

    @Test func `a policy is read from a plain file that is not the database`() throws {
        let account = try TestAccount.acme()
        let file = account.folder("policy.json")
        try TextFile.write(Self.policy, to: file)
        let second = account.folder("second")
        #expect(link(account.database, second) == 0)
        let alias = account.folder("alias")
        #expect(symlink(file, alias) == 0)
        let pipe = account.folder("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        for (path, words) in [
            (account.database, "is the account's database"), (second, "is the account's database"),
            (alias, "is not a plain file"), (pipe, "is not a plain file"), ("/dev/zero", "is not a plain file"),
            (account.folder("data"), "is not a plain file"),
        ] {
            let result = account.run(["roles", "create", "r", "--policy", path])
            #expect(result.code == 2 && result.errors.contains(words), "\(path): \(result.errors)")
        }
        try account.succeed("roles", "create", "r", "--policy", file)
    }

    @Test func `ownership is handed over to an active member`() throws {
        let account = try TestAccount.acme()
        try account.succeed("members", "transfer", "kim@example.org", "--yes")
        let list = try account.run(["members", "list", "--json"]).json.elements
        let owners = list?.filter { $0["baseRole"] == "owner" }.map { $0["email"]?.string }
        #expect(owners == ["kim@example.org"])
    }

    @Test(arguments: [
        (["members", "invite", "kim@example.org"], 1, "`kim@example.org` is the address of another member"),
        (["members", "invite", "no address"], 1, "is not an e-mail address"),
        (["members", "roles", "ada@example.org", "--role", "reader", "--yes"], 1, "nobody changes his own roles"),
        (["members", "remove", "nobody@example.org", "--yes"], 3, "there is no member `nobody@example.org`"),
        (["members", "list", "--as", "nobody@example.org"], 1, "`nobody@example.org` is not a member"),
        (["members", "invite", "x@example.org", "--attribute", "a"], 2, "is not of the form NAME=VALUE"),
        (["roles", "create", "admin", "--policy", "-"], 2, "`admin` can't be a key"),
        (["roles", "create", "x", "--policy", "/nowhere/at/all"], 3, "there is no `/nowhere/at/all`"),
        (["roles", "delete", "reader"], 1, "`reader` is a base role: every account has it, and it can't be deleted"),
    ] as [([String], Int32, String)])
    func `what can't be done is refused with the reason`(
        words: [String], code: Int32, sentence: String
    ) throws {
        let account = try TestAccount.acme()
        let result = account.run(words)
        #expect(result.code == code, "\(result.errors)")
        #expect(result.errors.contains(sentence), "\(result.errors)")
    }
}
