import Glibc
import PatrolDomain
import PatrolGateway
import PatrolOperations
import PatrolTestSupport
import Testing

@Suite struct `Routes say what a call needs` {
    private static let routes = """
        GET    /public                          public
        GET    /me                              token
        GET    /projects/{project}              viewProject  proj/{project}
        PATCH  /flags/{project}/{flag}?env={env}  updateOn   proj/{project}:env/{env}:flag/{flag}
        POST   /members                         createMember  member/new
        """

    private func served(
        _ routes: String = Self.routes
    ) throws -> (ServedAccount, TemporaryFolder) {
        let folder = try TemporaryFolder()
        try TextFile.write(routes + "\n", to: folder("routes"))
        return (try ServedAccount { $0.routes = folder("routes") }, folder)
    }

    private func ask(
        _ account: ServedAccount, _ method: String, _ target: String, _ secret: String?, style: String = "forward"
    ) throws -> RawAnswer {
        let client = try account.client()
        let token = secret.map { [("Authorization", "Bearer \($0)")] } ?? []
        switch style {
        case "nginx":
            return try client.request(
                "GET", "/authz/nginx", [("X-Original-Method", method), ("X-Original-URI", target)] + token)
        case "envoy": return try client.request(method, "/authz/envoy\(target)", token)
        default:
            return try client.request(
                "GET", "/authz/forward", [("X-Forwarded-Method", method), ("X-Forwarded-Uri", target)] + token)
        }
    }

    @Test(arguments: ["nginx", "forward", "envoy"])
    func `method and path become an action and a resource`(_ style: String) throws {
        let (account, folder) = try served()
        _ = folder
        let (_, secret) = try account.createToken()
        func status(_ method: String, _ target: String, _ secret: String?) throws -> Int {
            let answer = try ask(account, method, target, secret, style: style)
            return answer.status
        }
        #expect(try status("GET", "/public", nil) == 200)
        #expect(try status("GET", "/projects/web", nil) == 401)
        #expect(try status("GET", "/projects/web", secret) == 200)
        #expect(try status("PATCH", "/flags/web/checkout?env=test", secret) == 200)
        #expect(try status("POST", "/members", secret) == 403)
        #expect(try status("GET", "/me", secret) == 200)
        #expect(try status("GET", "/me", nil) == 401)
        #expect(try status("DELETE", "/projects/web", secret) == 403)
        #expect(try status("GET", "/unknown", secret) == 403)
        // Who has no token learns nothing of routes.
        #expect(try status("GET", "/unknown", nil) == 401)
        #expect(try status("DELETE", "/projects/web", "ptlp_wrong") == 401)
        #expect(try status("GET", "/projects/web%2f..", secret) == (style == "nginx" ? 401 : 400))
    }

    @Test func `what needs any token is use, and no need of a right`() throws {
        let (account, folder) = try served()
        _ = folder
        let (token, secret) = try account.createToken()
        _ = try ask(account, "GET", "/me", secret)
        try account.gate.writeUse()
        let summary = try account.patrol.useSummary(of: token.id, since: Machine.now - .hours(2))
        #expect(summary.actions.map(\.action) == [.presentToken])
        #expect(try account.patrol.token(token.id)?.lastUsedAt != nil)
    }

    @Test func `a token in the address is refused and seen`() throws {
        let (account, folder) = try served()
        _ = folder
        let (token, secret) = try account.createToken()
        let answer = try ask(account, "GET", "/projects/web?access_token=\(secret)", secret)
        #expect(answer.status == 400)
        #expect(!answer.text.contains(secret))
        try account.gate.writeUse()
        #expect(try account.patrol.signals(of: token.id).map(\.kind) == [.inQuery])
    }

    @Test func `a proxy that does not say what the call was is told so`() throws {
        let (account, folder) = try served()
        _ = folder
        let answer = try account.client().request("GET", "/authz/forward", [("X-Forwarded-Method", "GET")])
        #expect(answer.status == 400)
        #expect(answer.text.contains("X-Forwarded-Uri is missing"))
    }

    @Test func `a file with a mistake is no routes at all`() throws {
        let folder = try TemporaryFolder()
        try TextFile.write("GET /a viewProject proj/{missing}\n", to: folder("routes"))
        #expect {
            _ = try ServedAccount { $0.routes = folder("routes") }
        } throws: { error in
            (error as? GatewayFault)?.sentence.contains("line 1") == true
        }
        #expect(throws: GatewayFault.self) { _ = try ServedAccount { $0.routes = folder("nothing") } }
    }
}
