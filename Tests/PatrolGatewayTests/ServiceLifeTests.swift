import Glibc
import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

@Suite struct `The gateway lives with what happens around it` {
    @Test func `told to end, it answers what has begun, takes nobody in, and writes what it counted`() throws {
        let account = try ProgramAccount()
        let served = try account.serve()
        let (token, secret) = try account.createToken()
        let idle = try served.client()
        #expect(try account.ask(idle, secret).status == 200)
        let busy = try served.client()
        let body = "token=\(secret)"
        try busy.send(
            "POST /introspect HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(secret)\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n" + body.prefix(8))
        // The request has begun when the gateway has read its head.
        usleep(300_000)
        served.program.process.send(signal: SIGTERM)
        try waitUntil("nobody is let in") { (try? served.client()) == nil }
        try busy.send(String(body.dropFirst(8)))
        let answer = try busy.answer()
        #expect(answer.status == 200 && answer.text.contains("\"active\":true"))
        #expect(answer.value("Connection")?.lowercased() == "close")
        // A connection on which nothing is asked does not hold it up.
        #expect(try served.program.finish(within: 5).exitCode == 0)
        #expect(idle.rest().isEmpty)
        #expect(try account.allowedCalls(of: token.id) == 1)
    }

    @Test func `what never ends is cut off after the time for it`() throws {
        let account = try ProgramAccount()
        let served = try account.serve(["--drain", "1"])
        let slow = try served.client()
        try slow.send("POST /introspect HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nto")
        usleep(300_000)
        let before = monotonicSeconds()
        #expect(try served.end(within: 10).exitCode == 0)
        #expect(monotonicSeconds() - before < 8)
    }

    @Test func `the access log goes on in a new file once the old one was moved away`() throws {
        let account = try ProgramAccount()
        let log = account.folder("access.log")
        let served = try account.serve(["--access-log", log])
        let (token, secret) = try account.createToken()
        #expect(try account.ask(try served.client(), secret).status == 200)
        try waitUntil("the first line") { TextFile.text(of: log)?.contains(token.id.text) == true }
        #expect(TextFile.mode(of: log) == 0o600)
        rename(log, log + ".1")
        served.program.process.send(signal: SIGHUP)
        try waitUntil("the new file") { access(log, F_OK) == 0 }
        #expect(try account.ask(try served.client(), nil).status == 401)
        try served.end()
        let lines = try #require(TextFile.text(of: log)).split(separator: "\n")
        #expect(lines.count == 1 && lines[0].contains("\"status\":401") && lines[0].contains("token-missing"))
        #expect(TextFile.text(of: log + ".1")?.split(separator: "\n").count == 1)
    }

    @Test func `the access log holds no secret, whatever was sent`() throws {
        let account = try ProgramAccount()
        let log = account.folder("access.log")
        let routes = account.folder("routes")
        try TextFile.write("GET /projects/{project} viewProject proj/{project}\n", to: routes)
        let served = try account.serve(["--access-log", log, "--routes", routes, "--api-key-header"])
        let (token, secret) = try account.createToken()
        let foreign = "api-01234567-89ab-cdef-0123-456789abcdef"
        for sent in [secret, foreign] {
            let fields: [[(String, String)]] = [
                [("Authorization", "Bearer \(sent)")], [("X-API-Key", sent)], [("Authorization", sent)],
                [("Authorization", "Bearer \(sent)"), ("X-Request-Id", sent)], [("User-Agent", sent), ("X-Forwarded-Host", sent)],
                [("X-Patrol-Action", sent), ("X-Patrol-Resource", "proj/\(sent)")],
            ]
            for more in fields {
                for path in ["/projects/web", "/projects/\(sent)", "/\(sent)/x?token=\(sent)", "/projects/web?access_token=\(sent)", "/a%2f\(sent)", "/" + String(repeating: "a", count: 970) + sent] {
                    _ = try served.client().request("GET", "/authz/forward", [("X-Forwarded-Method", "GET"), ("X-Forwarded-Uri", path)] + more)
                    _ = try served.client().request("GET", "/authz/nginx", [("X-Original-Method", sent), ("X-Original-URI", path)] + more)
                    _ = try served.client().request("GET", "/authz/envoy\(path)", more)
                    _ = try served.client().request("GET", path, more)
                }
            }
            _ = try served.client().request("POST", "/introspect?token=\(sent)", body: "token=\(sent)")
            _ = try? served.client().request(sent, "/authz/envoy/x")
        }
        let said = try served.end().errors
        let text = try #require(TextFile.text(of: log))
        #expect(text.split(separator: "\n").count > 200)
        #expect(text.contains(token.id.text))
        for sent in [secret, foreign] {
            #expect(!text.contains(sent) && !text.contains(sent.dropFirst(20)) && !said.contains(sent))
        }
    }

    /// A thread that waited for changes saw standard input instead, which is always readable in a service: it took a whole
    /// processor, and halved what the gateway could do.
    @Test func `while nobody asks it takes no processor time`() throws {
        let account = try ProgramAccount()
        let served = try account.serve()
        let path = "/proc/\(served.program.process.identifier)/stat"
        func ticks() throws -> Int {
            // Behind the name in brackets: state is the first, user and system time the 12th and 13th.
            let rest = try #require(TextFile.text(of: path)?.split(separator: ")").last?.split(separator: " "))
            return try #require(Int(rest[11])) + #require(Int(rest[12]))
        }
        // As in a service: at its end, it can be read at any time.
        served.program.closeInput()
        let before = try ticks()
        sleep(3)
        let used = try ticks() - before
        #expect(used * 10 < 3 * Int(sysconf(Int32(_SC_CLK_TCK))), "\(used) ticks in 3 seconds")
        try served.end()
    }

    @Test func `routes that changed are in force, and wrong ones leave those before them`() throws {
        let account = try ProgramAccount()
        let routes = account.folder("routes")
        try TextFile.write("GET /a public\n", to: routes)
        let served = try account.serve(["--routes", routes])
        func status(_ path: String) throws -> Int {
            try served.client().request("GET", "/authz/envoy\(path)").status
        }
        #expect(try status("/a") == 200)
        #expect(try status("/b") == 401)
        try TextFile.write("GET /a public\nGET /b public\n", to: routes)
        try served.program.waitForErrors("2 routes are in force, from `\(routes)`")
        #expect(try status("/b") == 200)
        try TextFile.write("GET /a public\nGET /b viewProject proj/{missing}\n", to: routes)
        try served.program.waitForErrors("the routes before it stay in force")
        usleep(2_500_000)
        #expect(try status("/b") == 200)
        unlink(routes)
        try served.program.waitForErrors("can't be read: No such file or directory; the routes before it stay in force")
        usleep(2_500_000)
        #expect(try status("/b") == 200)
        try TextFile.write("GET /a public\n", to: routes)
        try served.program.waitForErrors("1 routes are in force")
        #expect(try status("/b") == 401)
        let said = try served.end().errors
        #expect(said.split(separator: "\n").count == 5, "each is said once: \(said)")
        #expect(said.contains("`\(routes)`: line 2"), "\(said)")
    }

    @Test func `killed, it loses the last seconds of use and nothing else`() throws {
        let account = try ProgramAccount()
        let served = try account.serve()
        let (token, secret) = try account.createToken()
        let client = try served.client()
        for _ in 0..<20 { #expect(try account.ask(client, secret).status == 200) }
        try waitUntil("written use") { try account.allowedCalls(of: token.id) == 20 }
        for _ in 0..<5 { #expect(try account.ask(client, secret).status == 200) }
        served.program.process.send(signal: SIGKILL)
        _ = try served.program.finish()
        #expect((20...25).contains(try account.allowedCalls(of: token.id)))
        #expect(try account.run(["audit", "verify"]).exitCode == 0)
        let again = try account.serve()
        #expect(try account.ask(try again.client(), secret).status == 200)
        try again.end()
        #expect((21...26).contains(try account.allowedCalls(of: token.id)))
    }

    @Test func `two gateways on one account agree at once, and both count`() throws {
        let account = try ProgramAccount()
        let both = [try account.serve(), try account.serve()]
        let (token, secret) = try account.createToken()
        for served in both { #expect(try account.ask(try served.client(), secret).status == 200) }
        _ = try account.patrol.perform(
            .quarantineToken(QuarantineToken(token: token.id, version: token.version, reason: "who misses it?", deletesAt: nil)),
            as: account.ada)
        for served in both { #expect(try account.ask(try served.client(), secret).status == 401) }
        for served in both { #expect(try served.end().exitCode == 0) }
        let summary = try account.patrol.useSummary(of: token.id, since: Machine.now - .hours(2))
        #expect(summary.allowed == 2 && summary.actions.map(\.calls).reduce(0, +) == 4)
    }
}

/// Waits until something is so.
func waitUntil(
    _ what: String, within seconds: Double = 20, _ isSo: () throws -> Bool
) throws {
    let deadline = monotonicSeconds() + seconds
    while true {
        if try isSo() { return }
        guard monotonicSeconds() < deadline else { throw ProgramFailure("no `\(what)` in time") }
        usleep(50_000)
    }
}
