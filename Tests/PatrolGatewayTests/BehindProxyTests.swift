import Glibc
import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

/// A real proxy, the gateway as a process, and an API behind both.
@Suite(.enabled(if: DocumentedProxy.Kind.allCases.allSatisfy(\.isWanted), "nginx or Caddy is missing"))
struct `Behind a proxy` {
    private static let routes = """
        GET  /open/{rest...}      public
        GET  /flags/{project}     viewProject   proj/{project}
        GET  /closed/{rest...}    createMember  member/new
        """

    private func served(_ kind: DocumentedProxy.Kind) throws -> (ProgramAccount, ServedProgram, DocumentedProxy) {
        let account = try ProgramAccount()
        let routes = account.folder("routes")
        try TextFile.write(Self.routes + "\n", to: routes)
        let served = try account.serve(["--routes", routes])
        return (account, served, try DocumentedProxy(kind, gateway: served.port))
    }

    @Test(arguments: DocumentedProxy.Kind.allCases)
    func `an allowed call reaches the API with who comes, and without the secret`(_ kind: DocumentedProxy.Kind) throws {
        let (account, served, proxy) = try served(kind)
        let (token, secret) = try account.createToken()
        let lies = [
            "Remote-User: evil", "Remote-Groups: admins", "X-Patrol-Token-Id: forged", "X-Patrol-Scopes: everything",
            "X-Patrol-Kind: forged", "X-Patrol-Token-Expires: forged", "X-Patrol-Reason: forged",
        ]
        let answer = try proxy.call("/flags/web?a=b%2Fc", secret, fields: lies)
        #expect(answer.status == 200)
        let reached = try #require(answer.reached, "\(answer.text)")
        #expect(reached["uri"] == "/flags/web?a=b%2Fc")
        #expect(reached["user"] == "ada@example.org")
        #expect(reached["token"] == token.id.text)
        #expect(reached["scopes"] == "writer" && reached["kind"] == "personal" && reached["reason"] == "")
        #expect(reached["expires"] == token.expiresAt?.iso8601)
        #expect(reached["request"]?.isEmpty == false && reached["authorization"] == "")
        let open = try #require(try proxy.call("/open/a", fields: lies).reached)
        for name in ["user", "groups", "token", "scopes", "kind", "expires", "reason"] {
            #expect(open[name]?.allSatisfy { $0 == " " } == true, "\(name): \(String(describing: open[name]))")
        }
        try served.end()
        let summary = try account.patrol.useSummary(of: token.id, since: Machine.now - .hours(2))
        #expect(summary.actions.map { "\($0.action.name) \($0.outcome.code) \($0.calls)" } == ["viewProject allowed 1"])
    }

    @Test(arguments: DocumentedProxy.Kind.allCases)
    func `a refused call never reaches the API, and the client is told why`(_ kind: DocumentedProxy.Kind) throws {
        let (account, served, proxy) = try served(kind)
        let (token, secret) = try account.createToken()
        let none = try proxy.call("/flags/web")
        #expect(none.status == 401 && none.reached == nil && none.has("WWW-Authenticate: Bearer realm=\"api\"\n"), "\(none.text)")
        let unknown = try proxy.call("/flags/web", "ptlp_nothing")
        #expect(unknown.status == 401 && unknown.reached == nil && unknown.has("WWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\""))
        let denied = try proxy.call("/closed/a", secret)
        #expect(denied.status == 403 && denied.reached == nil && denied.has("X-Patrol-Reason: scope-missing"), "\(denied.text)")
        if kind == .caddy { #expect(denied.text.contains("\"needed_action\":\"createMember\"")) }
        let unmapped = try proxy.call("/elsewhere", secret)
        #expect(unmapped.status == 403 && unmapped.reached == nil)
        #expect(try proxy.call("/flags/web", secret).status == 200)
        _ = try account.patrol.perform(.deleteToken(token.id, version: token.version), as: account.ada)
        let deleted = try proxy.call("/flags/web", secret)
        #expect(deleted.status == 401 && deleted.reached == nil)
        try served.end()
    }

    /// The API reads paths in a way of its own; none of them may be another than was judged.
    @Test(arguments: DocumentedProxy.Kind.allCases)
    func `no path reaches what was not judged`(_ kind: DocumentedProxy.Kind) throws {
        let (account, served, proxy) = try served(kind)
        let (_, secret) = try account.createToken()
        let targets = [
            "/open/../closed/a", "/open/%2e%2e/closed/a", "/open/.%2E/closed/a", "/open%2f..%2fclosed%2fa", "/open/..%2fclosed/a",
            "/open/..%5cclosed/a", "/open/..\\closed/a", "//closed/a", "/closed//a", "/./closed/a", "/%63losed/a", "/Closed/a", "/CLOSED/a",
            "/open/..;/closed/a", "/open;/../closed/a", "/open/%252e%252e/closed/a", "/open/x/../../closed/a", "/open/a/%2e%2e/%2e%2e/closed",
            "/closed/a?x=/open/", "/closed/a#/open", "/open/#/../../closed/a", "/open/?/../../closed/a", "/closed/a%00", "/closed%20/a", "/closed",
            "/closed/", "/closed/a/", "http://api.example.org/closed/a", "http://other.example/open/../closed/a", "/open/..%c0%af/closed/a",
        ]
        for target in targets {
            for secret in [nil, secret] {
                let answer = try? proxy.call(target, secret)
                #expect(answer?.reached?["reached"] != "closed", "\(target)")
            }
        }
        // What is clear goes through, so the test could have failed.
        for target in ["/open/a", "/open/closed/a", "/open/a?x=/../closed", "/open/..a"] {
            #expect(try proxy.call(target).reached?["reached"] == "open", "\(target)")
        }
        try served.end()
    }

    @Test(arguments: DocumentedProxy.Kind.allCases)
    func `while the gateway is down nothing passes`(_ kind: DocumentedProxy.Kind) throws {
        let (account, served, proxy) = try served(kind)
        let (_, secret) = try account.createToken()
        #expect(try proxy.call("/flags/web", secret).status == 200)
        try served.end()
        for target in ["/flags/web", "/open/a"] {
            let answer = try proxy.call(target, secret)
            #expect(answer.status >= 500 && answer.reached == nil, "\(answer.text)")
        }
        let again = try account.serve(["--routes", account.folder("routes")], on: "127.0.0.1:\(served.port)")
        try waitUntil("an answer") { try proxy.call("/flags/web", secret).status == 200 }
        // Alive, but with nothing to decide by.
        rename(account.location.database, account.folder("away.db"))
        try waitUntil("notice") { try again.client().request("GET", "/health/ready").status == 503 }
        // The look each second comes first.
        try waitUntil("a refusal") { try proxy.call("/flags/web", secret).status == (kind == .nginx ? 403 : 503) }
        #expect(try proxy.call("/flags/web", secret).reached == nil)
    }
}
