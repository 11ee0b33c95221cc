import PatrolJSON
import PatrolTestSupport
import Testing

struct QuestionTests {
    private static let flag = "proj/web;core:env/production:flag/checkout"

    @Test func `a decision is explained for a token, a member and a role`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        let token = account.run(["explain", "--token", id, "updateOn", Self.flag, "--json"])
        #expect(token.code == 1)
        #expect(
            try token.json
                == [
                    "decision": "deny", "role": .null, "statement": .null, "reason": "nothingApplies",
                    "explanation": "denied: no role allows it",
                ])
        let member = account.run(["explain", "--member", "kim@example.org", "updateOn", Self.flag, "--json"])
        #expect(member.code == 0)
        #expect(try member.json["role"] == "writer" && member.json["statement"] == 0)
        let role = account.run(["explain", "--role", "reader", "viewProject", "proj/web"])
        #expect(role.code == 0)
        #expect(role.output == "allow: the base permissions of the base role reader allow it\n")
    }

    @Test(arguments: [
        (["updateOn", "proj/web"], 2, "for whom?"),
        (["--role", "reader"], 2, "an ACTION and a RESOURCE are needed"),
        (["--role", "reader", "--member", "x", "a", "acct"], 2, "`--member` and `--role` exclude each other"),
        (["--role", "gone", "a", "acct"], 3, "there is no role `gone`"),
        (["--member", "x@y", "a", "acct"], 3, "there is no member `x@y`"),
        (["--token", "a b", "a", "acct"], 3, "there is no token with the id `a b`"),
        (["--role", "reader", "view*", "acct"], 2, "the action `view*` is a pattern"),
        (["--role", "reader", "a", "proj/*"], 2, "the resource `proj/*` can't be read"),
        (["--batch", "--role", "reader"], 2, "`--batch` reads its questions from standard input"),
    ] as [([String], Int32, String)])
    func `a question that makes no sense is refused`(words: [String], code: Int32, sentence: String) throws {
        let account = try TestAccount.acme()
        let result = account.run(["explain"] + words)
        #expect(result.code == code && result.errors.contains(sentence), "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test func `a batch is answered line by line, in order, whatever is wrong with a line`() throws {
        let account = try TestAccount.acme()
        let id = try account.token("export")
        let result = account.run(
            ["explain", "--batch"],
            input: """
                {"token":"\(id)","action":"viewProject","resource":"proj/a"}
                {"member":"kim@example.org","action":"updateOn","resource":"\(Self.flag)"}

                {"role":"reader","action":"updateOn","resource":"\(Self.flag)"}
                nonsense
                {"role":"reader","action":"updateOn"}
                {"role":"reader","action":"updateOn","action":"viewProject","resource":"proj/a"}
                {"role":"reader","token":"x","action":"a","resource":"proj/a"}
                {"role":"gone","action":"a","resource":"proj/a"}
                {"role":"reader","action":"viewProject","resource":"proj/*"}
                {"role":"reader","action":"viewProject","resource":"proj/a","tags":[]}
                {"role":"reader","action":"viewProject","resource":"proj/last"}
                """)
        #expect(result.code == 2)
        #expect(
            result.output == """
                {"decision":"allow","role":"reader","statement":null,"reason":"basePermissions"}
                {"decision":"allow","role":"writer","statement":0,"reason":"statement"}
                {"error":"empty line","line":3}
                {"decision":"deny","role":null,"statement":null,"reason":"nothingApplies"}
                {"error":"column 8: not valid JSON","line":5}
                {"error":"`resource` is missing","line":6}
                {"error":"column 45: a name stands twice in one object","line":7}
                {"error":"one of `token`, `member` and `role` is needed","line":8}
                {"error":"there is no role `gone`","line":9}
                {"error":"the resource `proj/*` can't be read: a single resource has no `*` and no placeholder (at character 6)","line":10}
                {"error":"`tags` is a text","line":11}
                {"decision":"allow","role":"reader","statement":null,"reason":"basePermissions"}

                """)
    }

    @Test func `a long batch comes back whole`() throws {
        let account = try TestAccount.acme()
        let lines = (0..<20_000).map { number in
            #"{"role":"\#(number % 3 == 0 ? "writer" : "reader")","action":"updateOn","resource":"proj/p:env/e\#(number % 50):flag/f"}"#
        }
        let result = account.run(["explain", "--batch"], input: lines.joined(separator: "\n"))
        let answers = result.output.split(separator: "\n")
        #expect(result.code == 0 && answers.count == 20_000)
        #expect(answers.enumerated().allSatisfy { $1.contains($0 % 3 == 0 ? "\"allow\"" : "\"deny\"") })
    }

    @Test func `a line without end is refused`() throws {
        let account = try TestAccount.acme()
        let result = account.run(["explain", "--batch"], input: String(repeating: "x", count: 400_000))
        #expect(result.code == 2 && result.errors.contains("line 1 is longer than 65536 bytes"))
    }

    @Test(arguments: [
        ("updateon", "proj/a:env/b:flag/c", "no action `updateon` on proj/*:env/*:flag/*; did you mean `updateOn`?"),
        ("updateOn", "proj/a:envs/b:flag/c", "no resource type proj/*:envs/*:flag/*; did you mean `proj/*:env/*:flag/*`?"),
        ("zzz", "acct", "no action `zzz` on acct\n"), ("updateOn", "proj/a:env/b:flag/c", ""),
    ])
    func `what the catalogue does not have is said beside the answer`(
        action: String, resource: String, warning: String
    ) throws {
        let account = try TestAccount.acme()
        let result = account.run(["explain", "--role", "admin", action, resource, "--json"])
        #expect(result.code != 2)
        #expect(try result.json["decision"] != nil)
        #expect(warning.isEmpty ? result.errors.isEmpty : result.errors.contains(warning), "\(result.errors)")
    }

    @Test(arguments: [
        (#"["updateon"]"#, #"["proj/x;t:env/*:flag/*"]"#, "no action `updateon` on proj/*:env/*:flag/*; did you mean `updateOn`?"),
        (#"["updte*","update*"]"#, #"["proj/*:env/*:flag/*"]"#, "no action `updte*` on"),
        (#"["*"]"#, #"["project/*"]"#, "no resource type project/*"),
        (#"["viewproject"]"#, #"["*"]"#, "no action `viewproject` on the statement's resources; did you mean `viewProject`?"),
        (#"["updateOn","view*"]"#, #"["proj/*:env/*:flag/*","proj/*"]"#, ""), (#"["*"]"#, #"["*"]"#, ""),
    ])
    func `a policy that names nothing known is taken with a warning`(
        actions: String, resources: String, warning: String
    ) throws {
        let account = try TestAccount.acme()
        let result = account.run(
            ["roles", "create", "r", "--policy", "-"],
            input: #"[{"effect":"allow","actions":\#(actions),"resources":\#(resources)}]"#)
        #expect(result.code == 0)
        #expect(warning.isEmpty ? result.errors.isEmpty : result.errors.contains(warning), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == (warning.isEmpty ? 0 : 1))
    }

    @Test func `the catalogue is shown, and another is checked`() throws {
        let account = try TestAccount()
        let shown = account.run(["catalogue", "member/*:token/*"])
        #expect(shown.code == 0 && shown.output.contains("  createAccessToken\n"))
        #expect(account.run(["catalogue", "nothing/*"]).code == 3)
        #expect(try account.run(["catalogue", "--json"]).json.elements?.isEmpty == false)
        let file = account.folder("catalogue")
        try TextFile.write("shop/*:order/*  refundOrder viewOrder\n", to: file)
        #expect(account.run(["catalogue", "--catalogue", file]).output.contains("  refundOrder\n"))
        try TextFile.write("shop/*  refund*\n", to: file)
        let broken = account.run(["catalogue", "--catalogue", file])
        #expect(broken.code == 2 && broken.errors.contains("line 1, column "), "\(broken.errors)")
    }
}
