import PatrolDomain
import PatrolGateway
import PatrolOperations
import Testing

@Suite struct `A proxy asks whether a call may go on` {
    private let names = [
        "remote-user", "remote-groups", "remote-email", "x-patrol-token-id", "x-patrol-scopes", "x-patrol-kind",
        "x-patrol-token-expires", "x-request-id",
    ]

    @Test(arguments: ["nginx", "forward", "envoy/any/path"])
    func `what is allowed is answered with 200 and who comes`(_ style: String) throws {
        let account = try ServedAccount()
        let (token, secret) = try account.createToken()
        let answer = try account.ask(try account.client(), secret, style: style)
        #expect(answer.status == 200)
        #expect(answer.value("Remote-User") == "ada@example.org")
        #expect(answer.value("X-Patrol-Token-Id") == token.id.text)
        #expect(answer.value("X-Patrol-Scopes") == "writer")
        #expect(answer.value("X-Patrol-Kind") == "personal")
        #expect(answer.value("X-Patrol-Token-Expires") == token.expiresAt?.iso8601)
        #expect(answer.value("Cache-Control") == "no-store")
    }

    @Test func `all fields of who comes are always there, so that no client can send its own`() throws {
        let account = try ServedAccount()
        let client = try account.client()
        let service = try account.createToken(kind: .service).secret
        let answers = [
            try account.ask(client, service), try account.ask(client, nil), try account.ask(client, "ptlp_wrong"),
            try account.ask(client, service, "createMember", "member/1"),
        ]
        for answer in answers {
            for name in names { #expect(answer.value(name) != nil, "\(name) of \(answer.status)") }
        }
        #expect(answers[1...].allSatisfy { $0.value("Remote-User") == "" && $0.value("X-Patrol-Token-Id") == "" })
    }

    @Test func `a refusal names what is missing once the secret is right, and nothing before`() throws {
        let account = try ServedAccount()
        let client = try account.client()
        let (token, secret) = try account.createToken()
        let denied = try account.ask(client, secret, "createMember", "member/1")
        #expect(denied.status == 403)
        #expect(denied.value("Content-Type") == "application/problem+json")
        #expect(denied.value("WWW-Authenticate")?.contains("error=\"insufficient_scope\", scope=\"createMember\"") == true)
        #expect(denied.text.contains("\"needed_action\":\"createMember\""))
        #expect(denied.text.contains("\"needed_resource\":\"member/1\""))
        let unknown = try account.ask(client, "ptlp_000000000000_" + String(repeating: "a", count: 38), "createMember", "member/1")
        #expect(unknown.status == 401)
        #expect(!unknown.text.contains("createMember") && !unknown.text.contains(token.id.text))
        let none = try account.ask(client, nil)
        #expect(none.status == 401)
        #expect(none.value("WWW-Authenticate") == "Bearer realm=\"api\"")
    }

    @Test func `nginx is answered with 200, 401 and 403 alone, and the reason stands in a field`() throws {
        let account = try ServedAccount { $0.addressLimit = 3 }
        let client = try account.client()
        let answers = [
            try account.ask(client, "two words", style: "nginx"),
            try account.ask(client, nil, style: "nginx"),
            try account.ask(client, "x", "updateOn", "proj/*", style: "nginx"),
            try account.ask(client, nil, style: "nginx"),
        ]
        #expect(answers.map(\.status) == [401, 401, 401, 403])
        #expect(answers.map { $0.value("X-Patrol-Reason") } == ["request-malformed", "token-missing", "token-unknown", "rate-limited"])
    }

    @Test func `a change is in force at the next call, whoever made it`() throws {
        let account = try ServedAccount()
        let client = try account.client()
        let kim = try account.join("kim", .writer)
        let (token, secret) = try account.createToken(by: kim)
        // Another connection to the file, as another process has it.
        let other = try Patrol(opening: account.location)
        func status() throws -> Int {
            let answer = try account.ask(client, secret)
            return answer.status
        }
        #expect(try status() == 200)
        let member = try #require(try other.member(kim.actor.member))
        _ = try other.perform(
            .changeMemberRoles(
                ChangeMemberRoles(
                    member: member.id, version: member.version, baseRole: .reader, customRoles: [], roleAttributes: [:])),
            as: account.ada)
        #expect(try status() == 403)
        _ = try other.perform(
            .changeMemberRoles(
                ChangeMemberRoles(
                    member: member.id, version: member.version + 1, baseRole: .writer, customRoles: [], roleAttributes: [:])),
            as: account.ada)
        #expect(try status() == 200)
        _ = try other.perform(
            .quarantineToken(
                QuarantineToken(token: token.id, version: token.version, reason: "who misses it?", deletesAt: nil)),
            as: account.ada)
        let refused = try account.ask(client, secret)
        #expect(refused.status == 401 && refused.text.contains("token-quarantined"))
        _ = try other.perform(.thawToken(token.id, version: token.version + 1), as: account.ada)
        #expect(try status() == 200)
        _ = try other.perform(.deleteToken(token.id, version: token.version + 2), as: account.ada)
        #expect(try status() == 401)
    }

    @Test func `each call is counted, with where it came from, and denied ones apart`() throws {
        let account = try ServedAccount()
        let client = try account.client()
        let (token, secret) = try account.createToken()
        let origin = [("X-Forwarded-For", "203.0.113.9, 192.0.2.7"), ("User-Agent", "Terraform/1.9.2")]
        for _ in 0..<3 { _ = try account.ask(client, secret, fields: origin) }
        _ = try account.ask(client, secret, "createMember", "member/1", fields: origin)
        try account.gate.writeUse()
        let summary = try account.patrol.useSummary(of: token.id, since: Machine.now - .hours(2))
        #expect(summary.allowed == 3)
        #expect(Set(summary.actions.map { "\($0.action.name) \($0.outcome.code) \($0.calls)" }) == ["updateOn allowed 3", "createMember denied 1"])
        #expect(summary.origins.map(\.network) == ["192.0.2.0/24"])
        #expect(summary.origins.map(\.client) == ["terraform"])
        #expect(try account.patrol.token(token.id)?.lastUsedAt != nil)
    }

    @Test func `only trusted proxies may say what the call was`() throws {
        let account = try ServedAccount { $0.trustedProxies = [] }
        let (_, secret) = try account.createToken()
        let answer = try account.ask(try account.client(), secret)
        #expect(answer.status == 403)
        #expect(answer.value("X-Patrol-Reason") == "proxy-not-trusted")
    }

    @Test func `a token that is to be deleted says so in each answer`() throws {
        let account = try ServedAccount()
        let (token, secret) = try account.createToken()
        _ = try account.patrol.perform(
            .flagToken(token.id, reason: "nobody needs it", dueAt: Timestamp(iso8601: "2040-01-31"), version: token.version), as: account.ada)
        let answer = try account.ask(try account.client(), secret)
        #expect(answer.value("Sunset") == "Tue, 31 Jan 2040 00:00:00 GMT")
        #expect(answer.value("Deprecation") == "@2211580800")
    }

    @Test func `a call in clear text is seen`() throws {
        let account = try ServedAccount()
        let (token, secret) = try account.createToken()
        _ = try account.ask(try account.client(), secret, fields: [("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", "http")])
        try account.gate.writeUse()
        #expect(try account.patrol.signals(of: token.id).map(\.kind) == [.inClear])
    }

    @Test func `a token may call so often, and no more`() throws {
        let account = try ServedAccount { $0.tokenLimit = 2 }
        let client = try account.client()
        let (_, secret) = try account.createToken()
        let statuses = try (0..<4).map { _ in try account.ask(client, secret).status }
        // The window may have ended in between.
        #expect(statuses[..<2] == [200, 200] && (statuses.contains(429) || statuses == [200, 200, 200, 200]))
    }
}
