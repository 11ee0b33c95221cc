import PatrolDomain
import PatrolGateway
import PatrolHTTP
import Testing

/// What no decent client sends gets a clear answer, or none, and the next one is served as if nothing had been.
@Suite struct `What is no decent request` {
    /// Sends bytes on a connection of their own; then another call must work.
    private func statuses(_ bytes: [UInt8], limits: HTTPLimits = HTTPLimits()) throws -> (sent: String, next: Int) {
        let account = try ServedAccount(limits: limits)
        let (_, secret) = try account.createToken()
        let client = try account.client()
        try? client.send(bytes)
        client.finish()
        let answer = client.rest()
        return (answer, try account.ask(try account.client(), secret).status)
    }

    private func check(_ text: String, is expected: String) throws {
        let (answer, next) = try statuses(Array(text.utf8))
        #expect(answer.hasPrefix("HTTP/1.1 \(expected)"), "\(answer)")
        #expect(next == 200)
    }

    @Test(
        arguments: [
            "GET /authz/forward HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "POST /verify HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /verify HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "POST /verify HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "POST /verify HTTP/1.1\r\nHost: a\r\nContent-Length: +4\r\n\r\nabcd",
            "POST /verify HTTP/1.1\r\nHost: a\r\nContent-Length: 0x4\r\n\r\nabcd",
            "POST /verify HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        ])
    func `two opinions about where a body ends are refused`(_ text: String) throws {
        let (answer, next) = try statuses(Array(text.utf8))
        #expect(answer.hasPrefix("HTTP/1.1 4") || answer.isEmpty, "\(answer)")
        #expect(!answer.contains("HTTP/1.1 2"))
        #expect(next == 200)
    }

    @Test func `too long a body is refused before it comes`() throws {
        try check("POST /verify HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", is: "413")
    }

    @Test func `a body in pieces is refused where it becomes too long`() throws {
        var limits = HTTPLimits()
        limits.body = 1_000
        let chunk = "3e8\r\n" + String(repeating: "a", count: 1_000) + "\r\n"
        let text = "POST /verify HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n"
        let (answer, next) = try statuses(Array(text.utf8), limits: limits)
        #expect(answer.hasPrefix("HTTP/1.1 413"), "\(answer)")
        #expect(next == 200)
    }

    @Test func `huge heads, many fields and long lines are refused`() throws {
        let long = String(repeating: "a", count: 100_000)
        for text in [
            "GET /\(long) HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: \(long)\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 300) + "\r\n",
        ] {
            let (answer, next) = try statuses(Array(text.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 4") || answer.isEmpty, "\(answer.prefix(200))")
            #expect(next == 200)
        }
    }

    @Test(arguments: [
        "\r\n\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n folded: x\r\n\r\n", "GET  /  HTTP/1.1\r\n\r\n",
        "GET http://other/authz/forward HTTP/1.1\r\nHost: a\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\n\r\n",
    ])
    func `nonsense harms nobody`(_ text: String) throws {
        let (answer, next) = try statuses(Array(text.utf8))
        #expect(!answer.contains("HTTP/1.1 2"), "\(answer)")
        #expect(next == 200)
    }

    @Test func `what is not UTF-8 stays out of the answer`() throws {
        let account = try ServedAccount()
        let client = try account.client()
        try client.send(
            Array("GET /authz/forward HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ".utf8) + [0xff, 0xfe, 0x1b] + Array("\r\n\r\n".utf8))
        let answer = try client.answer()
        #expect(answer.status == 400)
        #expect(answer.body.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) })
    }

    @Test func `two tokens are refused, in whichever way they come`() throws {
        let account = try ServedAccount { $0.takesAPIKey = true }
        let (_, secret) = try account.createToken()
        let client = try account.client()
        let twice = try account.ask(client, secret, "updateOn", "proj/web", style: "forward", fields: [("Authorization", "Bearer \(secret)")])
        #expect(twice.status == 400)
        #expect(twice.value("WWW-Authenticate")?.contains("invalid_request") == true)
        let both = try account.ask(client, secret, "updateOn", "proj/web", style: "forward", fields: [("X-API-Key", secret)])
        #expect(both.status == 400)
        let key = try account.ask(client, nil, "viewProject", "proj/web", style: "forward", fields: [("X-API-Key", secret)])
        #expect(key.status == 200)
        let basic = try account.ask(client, nil, "viewProject", "proj/web", style: "forward", fields: [("Authorization", "Basic YTpi")])
        #expect(basic.status == 400)
    }

    @Test func `one who sends slowly does not hold up the others`() throws {
        var limits = HTTPLimits()
        limits.idleSeconds = 1
        limits.threads = 1
        let account = try ServedAccount(limits: limits)
        let (_, secret) = try account.createToken()
        let slow = try (0..<50).map { _ in try account.client() }
        for client in slow { try client.send("GET /authz/forward HTTP/1.1\r\nX: ") }
        #expect(try account.ask(try account.client(), secret).status == 200)
        // And is sent away.
        #expect(!slow[0].rest(within: 10_000).contains("HTTP/1.1 2"))
    }
}
