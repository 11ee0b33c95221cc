import PatrolJSON
import PatrolTestSupport
import Testing

@Suite struct RouteCommandTests {
    private let account: TestAccount
    private let right: String
    private let wrong: String

    /// There is no account: routes need none.
    init() throws {
        account = try TestAccount()
        right = account.folder("right.routes")
        wrong = account.folder("wrong.routes")
        try TextFile.write(
            """
            GET   /projects/{project}   viewProject  proj/{project}
            PATCH /flags/{flag}?env={e} updateOnn    proj/web:env/{e}:flag/{flag}
            @admin.example.org * /{rest...} token
            GET   /health               public

            """, to: right)
        try TextFile.write("GET /a viewProject proj/a\nget /b public\nGET /a token\nGET /c viewProjekt proj/c\n", to: wrong)
    }

    @Test func `a file that is right is said to be, with what is probably mistyped`() throws {
        let output = try account.succeed("routes", "check", right)
        #expect(output.contains("2: warning: the catalogue has no action `updateOnn`") && output.contains("did you mean `updateOn`?"))
        #expect(output.hasSuffix("right.routes: 4 routes, all right\n"))
        #expect(account.run(["routes", "check", right], hasHome: false).output == output)
        let json = try account.run(["routes", "check", right, "--json"]).json
        #expect(json["isRight"] == true && json["routes"] == 4 && json["faults"] == [] && json["warnings"]?.elements?.count == 1)
    }

    @Test func `a file that is wrong is told line by line, and ends with 2`() throws {
        let result = account.run(["routes", "check", wrong])
        #expect(result.code == 2 && result.errors.isEmpty)
        #expect(result.output.contains("wrong.routes:2:1: `get` is no method") && result.output.contains("wrong.routes:3:1: it never matches: line 1"))
        #expect(result.output.contains("wrong.routes:4: warning:") && !result.output.contains("all right"))
        let json = account.run(["routes", "check", wrong, "--json"])
        #expect(try json.code == 2 && json.json["isRight"] == false && json.json["faults"]?.elements?.count == 2)
        for command in [["routes", "list", wrong], ["routes", "match", wrong, "GET", "/a"]] {
            let result = account.run(command)
            #expect(result.code == 2 && result.output.isEmpty && result.errors.contains("line 2, column 1") && result.errors.contains("shows 1 more"))
        }
        #expect(account.run(["routes", "check", account.folder("none")]).code == 3)
    }

    @Test func `a call is matched, by its path or the whole address`() throws {
        #expect(try account.succeed("routes", "match", right, "GET", "/projects/web") == "line 1: GET /projects/{project}\nviewProject on proj/web\n")
        let address = "HTTPS://api.example.org/flags/f?env=production"
        #expect(try account.succeed("routes", "match", right, "PATCH", address).hasSuffix("updateOnn on proj/web:env/production:flag/f\n"))
        #expect(try account.succeed("routes", "match", right, "PUT", "http://admin.example.org:80/x").hasSuffix("any token in force\n"))
        #expect(try account.succeed("routes", "match", right, "HEAD", "http://api.example.org/health").hasSuffix("public: no token is needed\n"))
        let json = try account.run(["routes", "match", right, "GET", "/projects/web", "--json"]).json
        #expect(json["match"] == true && json["line"] == 1 && json["action"] == "viewProject" && json["resource"] == "proj/web")
    }

    @Test func `a call without a route is denied with 1, and the reason is said`() throws {
        let result = account.run(["routes", "match", right, "GET", "/projects/a%2fb"])
        #expect(result.code == 1 && result.output == "denied: an encoded slash in the path\n" && result.errors.isEmpty)
        let json = account.run(["routes", "match", right, "GET", "http://api.example.org", "--json"])
        #expect(try json.code == 1 && json.json["match"] == false && json.json["reason"] == "noRoute")
        #expect(account.run(["routes", "match", right, "GET", "/projects/\u{1b}[31m"]).output == "denied: a control character or a blank in the path or query\n")
    }

    @Test func `routes are listed, and what stands in a file can't reach the terminal`() throws {
        let output = try account.succeed("routes", "list", right)
        #expect(output.contains("@admin.example.org/{rest...}") && output.contains("proj/web:env/{e}:flag/{flag}"))
        let aloud = try account.succeed("routes", "list", right, "--plain")
        #expect(aloud.hasPrefix("line 1: GET /projects/{project}: viewProject on proj/{project}\n"))
        #expect(try account.run(["routes", "list", right, "--json"]).json.elements?.count == 4)
        let file = account.folder("bad\u{1b}[31m")
        try TextFile.write("GET /\u{1b}[31m public\n\u{202E} /b", to: file)
        let result = account.run(["routes", "check", file])
        #expect(result.code == 2 && !result.output.utf8.contains(0x1B) && !result.output.unicodeScalars.contains("\u{202E}"))
    }

    @Test func `the example is a file that is right`() throws {
        let file = account.folder("example.routes")
        try TextFile.write(try account.succeed("routes", "example"), to: file)
        let output = try account.succeed("routes", "check", file)
        #expect(output.hasSuffix("all right\n") && !output.contains("warning"))
        #expect(try account.succeed("routes", "match", file, "DELETE", "/api/v2/projects/web/environments/test").contains("deleteEnvironment on proj/web:env/test"))
        #expect(try account.run(["routes", "example", "--json"]).json.elements?.count ?? 0 > 50)
    }
}
