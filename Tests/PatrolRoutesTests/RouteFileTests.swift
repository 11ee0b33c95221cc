import PatrolDomain
import PatrolPresentation
import PatrolTestSupport
import Testing

@testable import PatrolRoutes

@Suite struct RouteFileTests {
    @Test func `a line has methods, a path, an action and a resource`() throws {
        let file = RouteFile(
            Array(
                """
                # All of a comment.
                GET,HEAD\t/projects/{project}   viewProject proj/{project}  # looking

                @API.Example.org * /{rest...} token\r
                PATCH /flags/{flag}?env={env}&proj={p} updateOn proj/{p}:env/{env};{critical:true}:flag/{flag}
                GET / public
                """.utf8))
        #expect(file.faults.isEmpty, "\(file.faults)")
        let routes = try #require(file.table).routes
        #expect(routes.map(\.line) == [2, 4, 5, 6])
        #expect(routes[0].methods == ["GET", "HEAD"] && routes[0].host == nil && routes[0].action == Action("viewProject"))
        #expect(routes[1].host == "api.example.org" && routes[1].methods.isEmpty && routes[1].demand == .anyToken)
        #expect(routes[1].path.segments == [.rest("rest")])
        #expect(routes[2].path.description == "/flags/{flag}?env={env}&proj={p}")
        #expect(routes[2].example?.resource.description == "proj/_p_:env/_env_;{critical:true}:flag/_flag_")
        #expect(routes[3].path.segments.isEmpty && routes[3].demand == .nothing)
    }

    static let wrong: [(String, Int, Int, RouteFault.Reason?)] = [
        ("", 1, 1, .noRoutes), ("# nothing\n\n", 1, 1, .noRoutes),
        ("GET", 1, 4, .missingPath), ("@h", 1, 3, .missingPath), ("GET /a", 1, 7, .missingAction),
        ("\nGET /a viewProject", 2, 19, .missingResource(action: "viewProject")),
        ("GET /a public x", 1, 15, .unwantedWord("x")), ("GET /a token x", 1, 14, .unwantedWord("x")),
        ("GET /a a acct b", 1, 15, .unwantedWord("b")),
        ("@ GET /a public", 1, 1, .badHost("@")), ("@h:80 GET /a public", 1, 1, .badHost("@h:80")),
        ("@\u{212A}.org GET /a public", 1, 1, .badHost("@\u{212A}.org")), ("@a\u{301} GET /a public", 1, 1, .badHost("@a\u{301}")),
        ("get /a public", 1, 1, .badMethod("get")), ("GET, /a public", 1, 1, .badMethod("")),
        ("GET,* /a public", 1, 1, .badMethod("*")), ("GET,GET /a public", 1, 1, .repeatedMethod("GET")),
        ("GET a public", 1, 5, .pathWithoutSlash), ("GET //a public", 1, 6, .emptySegment),
        ("GET /a//b public", 1, 8, .emptySegment), ("GET /a/../b public", 1, 8, .dotSegment),
        ("GET /./b public", 1, 6, .dotSegment), ("GET /a;b public", 1, 7, .forbiddenInPath(";")),
        ("GET /a#b public", 1, 7, .forbiddenInPath("#")), ("GET /a\\b public", 1, 7, .forbiddenInPath("\\")),
        ("GET /a/\u{301}b public", 1, 8, nil), ("GET /a%20b public", 1, 7, .percentInPath),
        ("GET /{a public", 1, 6, .badCapture("{a")), ("GET /x{a} public", 1, 6, .badCapture("x{a}")),
        ("GET /{} public", 1, 6, .badCapture("{}")), ("GET /{1} public", 1, 6, .badCapture("{1}")),
        ("GET /{a...}/b public", 1, 6, .restNotLast("a")), ("GET /{a}/{a} public", 1, 10, .repeatedCapture("a")),
        ("GET /{a}?b={a} public", 1, 10, .repeatedCapture("a")), ("GET /a? public", 1, 8, .badParameter("")),
        ("GET /a?b public", 1, 8, .badParameter("b")), ("GET /a?b=c public", 1, 8, .badParameter("b=c")),
        ("GET /a?b={c}&B={d} public", 1, 14, .repeatedParameter("B")), ("GET /a?b={c...} public", 1, 8, .badParameter("b={c...}")),
        ("GET /a up* acct", 1, 8, .wildcardInAction), ("GET /a ü acct", 1, 8, .action(.forbiddenCharacter("ü"))),
        ("GET /a x proj/*", 1, 15, .resource(.patternInResource)), ("GET /a x proj", 1, 14, .resource(.missingKey(type: "proj"))),
        ("GET /{a} x proj/{a}b", 1, 17, .badCapture("{a}")), ("GET /{a} x proj/b{a}", 1, 18, .resource(.forbiddenCharacter("{"))),
        ("GET /{a} x proj/{b}", 1, 17, .unknownCapture("b")), ("GET /{a...} x proj/{a}", 1, 20, .restInResource("a")),
        ("GET /a\u{0} public", 1, 7, .controlCharacter("\u{0}")), ("\u{FEFF}GET /a public", 1, 1, .controlCharacter("\u{FEFF}")),
        ("GET /a\u{202E} public", 1, 7, .controlCharacter("\u{202E}")),
        ("GET /a public\nGET,PUT /a token", 2, 1, .shadowed(byLine: 1, method: "GET")),
        ("* /{a} public\n* /{b}/ token", 2, 1, .shadowed(byLine: 1, method: "*")),
        ("GET /a?b={c} public\nGET /a?d={e} token", 2, 1, .undecided(line: 1)),
    ]

    @Test(arguments: wrong)
    func `what is wrong is told by its place`(_ text: String, line: Int, column: Int, reason: RouteFault.Reason?) {
        let faults = RouteFile(Array(text.utf8)).faults
        guard let reason else { return #expect(faults.isEmpty, "\(faults)") }
        #expect(faults == [RouteFault(reason, line: line, column: column)])
        #expect(faults.first?.reason.words.text.isEmpty == false)
    }

    @Test(arguments: [
        "GET /a public\nPUT /a token", "* /a public\nGET /a token", "GET /a?b={c} public\nGET /a token",
        "GET /a?b={c} public\nGET /a?b={c}&d={e} token", "@h GET /a public\nGET /a token", "GET /{a} public\nGET /a token",
        "GET /{a...} public\nGET /{a} token", "GET /a public\nGET /A token",
    ])
    func `routes that differ stand beside each other`(_ text: String) {
        #expect(RouteFile(Array(text.utf8)).faults.isEmpty)
    }

    @Test func `all lines that are wrong are told, up to a hundred`() {
        let text = (1...150).map { "GET a\($0) public" }.joined(separator: "\n")
        let faults = RouteFile(Array(text.utf8)).faults
        #expect(faults.map(\.line) == Array(1...100))
        let file = RouteFile(Array("GET /a public\nput /b public\nGET /a token\n\u{E9} /c".utf8))
        #expect(file.faults.map(\.line) == [2, 3, 4] && file.table == nil && file.routes.count == 2)
    }

    @Test func `bytes that are not UTF-8 are told by their line`() {
        let file = RouteFile(Array("GET /a public\nGET /".utf8) + [0xC3, 0x28] + Array(" public\n".utf8))
        #expect(file.faults == [RouteFault(.notUTF8, line: 2, column: 1)])
    }

    @Test func `there is an end to its length, its routes, and its methods`() {
        let long = [UInt8](repeating: UInt8(ascii: "#"), count: RouteFile.maximumLength + 1)
        #expect(RouteFile(long).faults.map(\.reason) == [.tooLong(limit: 1 << 20)])
        let many = (0...10_000).map { "GET /\($0) public\n" }.joined()
        #expect(RouteFile(Array(many.utf8)).faults == [RouteFault(.tooManyRoutes(limit: 10_000), line: 10_001, column: 1)])
        let letters = Array("ABCDEFGH")
        let methods = letters.flatMap { first in letters.map { "\(first)\($0) /x\(first)\($0) public" } }
        #expect(RouteFile(Array(methods.joined(separator: "\n").utf8)).faults == [RouteFault(.tooManyMethods(limit: 63), line: 64, column: 1)])
        let deep = "GET /" + (0..<33).map { "\($0)" }.joined(separator: "/") + " public"
        #expect(RouteFile(Array(deep.utf8)).faults.map(\.reason) == [.tooManySegments(limit: 32)])
    }

    // MARK: LaunchDarkly's

    @Test func `the route file for LaunchDarkly asks for what the catalogue knows`() throws {
        let file = RouteFile(Array(RouteFile.launchDarkly.utf8))
        #expect(file.faults.isEmpty, "\(file.faults)")
        #expect(file.routes.count > 50)
        for request in file.routes.compactMap(\.example) {
            #expect(Catalogue.launchDarkly.knows(request.action, request.resource.chain), "\(request)")
        }
    }

    @Test func `the route file among the documents is the program's`() throws {
        let path = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/docs/launchdarkly.routes"
        if ProxyProgram.isRecording { try TextFile.write(RouteFile.launchDarkly, to: path, mode: 0o644) }
        #expect(TextFile.text(of: path) == RouteFile.launchDarkly, "PATROL_RECORD=1 swift test --filter document writes it anew")
    }
}
