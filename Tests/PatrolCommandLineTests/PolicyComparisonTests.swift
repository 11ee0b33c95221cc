import PatrolJSON
import PatrolTestSupport
import Testing

struct PolicyComparisonTests {
    private static let toggling = #"""
        [{"effect": "allow", "actions": ["viewProject"], "resources": ["proj/*"]},
         {"effect": "allow", "actions": ["updateOn"], "resources": ["proj/*:env/*:flag/*"]}]
        """#
    private static let all = #"[{"effect": "allow", "actions": ["*"], "resources": ["*"]}]"#

    @Test func `files, roles and tokens are compared, with a request that proves it`() throws {
        let account = try TestAccount.acme()
        let narrow = account.folder("narrow.json")
        try TextFile.write(Self.toggling, to: narrow)
        try account.succeed("roles", "create", "toggler", "--policy", narrow)
        let token = try account.token("deploy", "--role", "writer")
        let found = account.run(["policy", "compare", "toggler", "writer", "--json"])
        #expect(found.code == 0)
        #expect(
            try found.json
                == [
                    "relation": "contained", "aWithinB": true, "bWithinA": false, "aBeyondB": .null,
                    "bBeyondA": ["action": "createProject", "resource": "proj/any", "statement": 0],
                ])
        let same = account.run(["policy", "compare", narrow, "role:toggler", "--json"])
        #expect(
            try same.json
                == ["relation": "equal", "aWithinB": true, "bWithinA": true, "aBeyondB": .null, "bBeyondA": .null])
        // The token may do what a writer may, as its owner may do more.
        let words = account.run(["policy", "compare", token, "writer"])
        #expect(words.output == "equal: the token `deploy` and the base role writer allow the same\n", "\(words.errors)")
        let text = account.run(["policy", "compare", "reader", "role:toggler"])
        #expect(
            text.output == """
                overlapping: the base role reader and the role `toggler` have something in common, and each allows more
                only the base role reader: `viewTeam` on `team/any` (the base permissions of the base role reader allow it)
                only the role `toggler`: `updateOn` on `proj/any:env/any:flag/any` (statement 2 of the role `toggler` allows it)

                """)
    }

    @Test func `two files need no account`() throws {
        let account = try TestAccount()
        try TextFile.write(Self.toggling, to: account.folder("a.json"))
        let found = account.run(["policy", "compare", account.folder("a.json"), "-"], input: Self.all)
        #expect(found.code == 0 && found.output.hasPrefix("contained: standard input allows all that `"), "\(found.errors)")
        #expect(account.run(["policy", "compare", account.folder("a.json"), "owner"]).code == 0)
        #expect(account.run(["policy", "compare", account.folder("a.json"), "toggler"]).code == 4)
    }

    @Test(arguments: [
        (["-", "-"], 2, "standard input is one policy, not two"),
        (["gone", "writer"], 3, "there is no file, role or token `gone`"),
        (["./gone.json", "writer"], 3, "there is no `./gone.json`"),
        (["role:gone", "writer"], 3, "there is no role `gone`"),
        (["token:a b", "writer"], 3, "there is no token with the id `a b`"),
        (["token:writer", "writer"], 3, "there is no token with the id `writer`"),
        (["writer"], 2, "`B`"),
    ] as [([String], Int32, String)])
    func `what can't be compared is said in one line`(words: [String], code: Int32, sentence: String) throws {
        let account = try TestAccount.acme()
        let result = account.run(["policy", "compare"] + words)
        #expect(result.code == code && result.errors.contains(sentence), "\(result.errors)")
        #expect(result.output.isEmpty && result.errors.split(separator: "\n").count == 1)
    }

    @Test func `a name that is a role and a token is asked about`() throws {
        let account = try TestAccount.acme()
        let token = try account.token("deploy")
        try TextFile.write(Self.all, to: account.folder("all.json"))
        try account.succeed("roles", "create", token, "--policy", account.folder("all.json"))
        let result = account.run(["policy", "compare", token, "writer"])
        #expect(result.code == 2)
        #expect(result.errors.contains("`\(token)` is a role and a token: say `role:\(token)` or `token:\(token)`"))
        #expect(account.run(["policy", "compare", "role:\(token)", "owner", "--json"]).output.contains("equal"))
    }

    /// Policies that are made to take long end at a limit, in one line or with an answer.
    @Test func `absurd policies are refused, or compared in bounded time`() throws {
        let account = try TestAccount()
        func policy(_ name: String, _ text: String) throws -> String {
            try TextFile.write(text, to: account.folder(name))
            return account.folder(name)
        }
        func statement(_ resource: String, _ action: String = "*") -> String {
            #"{"effect":"allow","actions":["\#(action)"],"resources":["\#(resource)"]}"#
        }
        let many = (0..<10_000).map { statement("proj/p\($0)*") }.joined(separator: ",")
        let tooMany = account.run(["policy", "compare", try policy("many", "[\(many)]"), "owner"])
        #expect(tooMany.code == 2 && tooMany.errors.contains("a policy has at most 500 statements"))
        let stars = String(repeating: "*a", count: 400_000)
        let tooLong = account.run(["policy", "compare", try policy("stars", "[\(statement("proj/\(stars)"))]"), "owner"])
        #expect(tooLong.code == 2 && tooLong.errors.contains("longer than 1000 bytes"), "\(tooLong.errors)")
        let nested = String(repeating: "[", count: 100_000)
        #expect(account.run(["policy", "compare", try policy("nested", nested), "owner"]).code == 2)
        let hard = String(repeating: "*a", count: 450)
        let catastrophic = account.run([
            "policy", "compare", try policy("a", "[\(statement("proj/\(hard)*", "viewProject"))]"),
            try policy("b", "[\(statement("proj/\(hard)*b", "viewProject"))]"), "--json",
        ])
        #expect(try catastrophic.json["relation"] == "contained" && catastrophic.json["bWithinA"] == true)
        let most = [statement("proj/*", "viewProject")] + (0..<499).map { statement("proj/*p\($0)*:env/*e\($0)*", "*a\($0)*") }
        let sides = (try policy("c", "[\(most.joined(separator: ","))]"), try policy("d", "[\(most.reversed().joined(separator: ","))]"))
        let time = ContinuousClock().measure {
            #expect(account.run(["policy", "compare", sides.0, sides.1, "--json"]).code == 0)
        }
        #expect(time < .seconds(60))
    }
}
