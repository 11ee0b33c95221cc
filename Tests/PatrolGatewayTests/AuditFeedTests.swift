import PatrolDomain
import PatrolOperations
import Testing

@Suite struct `The audit log as it is written` {
    private func listen(_ account: ServedAccount, _ secret: String, after id: String? = nil) throws -> RawClient {
        let client = try account.client()
        let last = id.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        try client.send("GET /api/v2/auditlog/events HTTP/1.1\r\nHost: a\r\nAuthorization: \(secret)\r\n\(last)\r\n")
        _ = try client.wait(for: "retry: 2000")
        return client
    }

    @Test func `a change is told when it is committed, by whomever`() throws {
        let account = try ServedAccount()
        let (_, secret) = try account.createToken(.base(.admin))
        let client = try listen(account, secret)
        let other = try Patrol(opening: account.location)
        _ = try other.perform(.inviteMember(InviteMember(email: "kim@example.org")), as: account.ada)
        let text = try client.wait(for: "kim@example.org")
        #expect(text.contains("event: audit\ndata: {\""))
        #expect(text.contains("id: \(try account.patrol.lastSequence())\n"))
        #expect(text.contains("Content-Type: text/event-stream"))
    }

    @Test func `who comes again misses nothing`() throws {
        let account = try ServedAccount()
        let (_, secret) = try account.createToken(.base(.admin))
        let known = try account.patrol.lastSequence()
        _ = try account.join("kim", .writer)
        _ = try account.join("max", .reader)
        let text = try listen(account, secret, after: "\(known)").wait(for: "max@example.org")
        #expect(text.contains("id: \(known + 1)\n") && text.contains("kim@example.org"))
        let client = try account.client()
        let fields = [("Authorization", secret), ("Last-Event-ID", "99999999")]
        #expect(try client.request("GET", "/api/v2/auditlog/events", fields).status == 400)
    }

    @Test func `a token that is deleted hears no more`() throws {
        let account = try ServedAccount()
        let (token, secret) = try account.createToken(.base(.admin))
        let client = try listen(account, secret)
        _ = try account.patrol.perform(.deleteToken(token.id, version: token.version), as: account.ada)
        // The last part of a body in parts, and the end of the connection or not.
        #expect(try client.wait(for: "\r\n0\r\n\r\n").contains("deleted") == false)
    }

    @Test func `without a token nothing is told`() throws {
        let account = try ServedAccount()
        #expect(try account.client().request("GET", "/api/v2/auditlog/events").status == 401)
    }

    @Test func `listeners that leave are forgotten, and the gateway ends with some still there`() throws {
        let account = try ServedAccount()
        let (_, secret) = try account.createToken(.base(.admin))
        for _ in 0..<5 { _ = try listen(account, secret) }
        let stays = try listen(account, secret)
        _ = try account.join("kim", .writer)
        _ = try stays.wait(for: "kim@example.org")
    }
}
