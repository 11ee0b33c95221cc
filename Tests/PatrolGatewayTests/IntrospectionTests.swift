import PatrolDomain
import PatrolOperations
import Testing

@Suite struct `Programs ask about tokens` {
    @Test func `of a token in force its owner and scope are told, of others nothing`() throws {
        let account = try ServedAccount()
        let client = try account.client()
        let (token, secret) = try account.createToken()
        let caller = [("Authorization", "Bearer \(secret)")]
        let answer = try client.request("POST", "/introspect", caller, body: "token_type_hint=nonsense&token=\(secret)")
        #expect(answer.status == 200)
        #expect(answer.text.contains("\"active\":true") && answer.text.contains("\"username\":\"ada@example.org\""))
        #expect(answer.text.contains("\"client_id\":\"\(token.id.text)\""))
        let unknown = try client.request("POST", "/introspect", caller, body: "token=ptlp_nothing")
        #expect(unknown.text == "{\"active\":false}\n")
        let (retired, old) = try account.createToken()
        _ = try account.patrol.perform(.deleteToken(retired.id, version: retired.version), as: account.ada)
        #expect(try client.request("POST", "/introspect", caller, body: "token=\(old)").text == unknown.text)
        try account.gate.writeUse()
        #expect(try account.patrol.useSummary(of: token.id, since: Machine.now - .hours(2)).allowed == 0)
    }

    @Test func `whoever asks has to come with a token of his own`() throws {
        let account = try ServedAccount()
        let client = try account.client()
        let (_, secret) = try account.createToken()
        #expect(try client.request("POST", "/introspect", body: "token=\(secret)").status == 401)
        let caller = [("Authorization", "Bearer \(secret)")]
        #expect(try client.request("GET", "/introspect", caller).status == 405)
        #expect(try client.request("POST", "/introspect", caller, body: "token=%zz").status == 400)
        #expect(try client.request("POST", "/introspect", caller, body: "").status == 400)
        #expect(try client.request("POST", "/introspect", caller, body: "token=a&token=b").status == 400)
    }

    @Test func `a verification is a use, from the address that it names`() throws {
        let account = try ServedAccount()
        let client = try account.client()
        let (token, secret) = try account.createToken()
        let caller = [("Authorization", secret)]
        let body = #"{"action": "updateOn", "resource": "proj/web:env/test:flag/f", "address": "2001:db8:1:2::3"}"#
        #expect(try client.request("POST", "/verify", caller, body: body).text.contains("\"allowed\":true"))
        let denied = try client.request("POST", "/verify", caller, body: #"{"action": "createMember", "resource": "member/1"}"#)
        #expect(denied.status == 200 && denied.text.contains("\"allowed\":false") && denied.text.contains("nothingApplies"))
        #expect(try client.request("POST", "/verify", caller, body: #"{"action": "a", "action": "b"}"#).status == 400)
        #expect(try client.request("POST", "/verify", caller, body: #"{"action": "a", "resource": "proj/*"}"#).status == 400)
        try account.gate.writeUse()
        let summary = try account.patrol.useSummary(of: token.id, since: Machine.now - .hours(2))
        #expect(summary.allowed == 1)
        #expect(summary.origins.map(\.network).contains("2001:db8:1::/48"))
    }

    @Test func `health, readiness and metrics are told to everybody`() throws {
        let account = try ServedAccount()
        let client = try account.client()
        let (_, secret) = try account.createToken()
        _ = try account.ask(client, secret)
        #expect(try client.request("GET", "/health/live").text == "ok\n")
        #expect(try client.request("GET", "/health/ready").status == 200)
        let metrics = try client.request("GET", "/metrics").text
        #expect(metrics.contains("patrol_decisions_total{outcome=\"allowed\"} 1\n"))
        #expect(metrics.contains("patrol_tokens 1\n"))
        #expect(try client.request("GET", "/nothing").status == 404)
    }
}
