import PatrolDomain
import PatrolJSON
import PatrolOperations
import Testing

@Suite struct TokenEndpointTests {
    private let account: TestAccount
    private let admin: Client

    init() throws {
        account = try TestAccount()
        admin = try account.client()
    }

    private func made(_ client: Client? = nil, _ body: JSON = ["name": "nightly", "role": "reader"]) throws -> Answered {
        try (client ?? admin).call("POST", "/api/v2/tokens", body)
    }

    @Test func `a token is made, and its secret is shown once`() throws {
        let answer = try made(nil, ["name": "nightly", "role": "reader", "defaultApiVersion": 20_220_603, "surprise": 7])
        #expect(answer.status == 201)
        let secret = try #require(answer["token"].string)
        #expect(secret.hasPrefix("ptlp_") && secret.utf8.count == 56)
        #expect(answer["role"] == "reader" && answer["serviceToken"] == false && answer["lastUsed"] == 0)
        #expect(answer["defaultApiVersion"] == 20_220_603)
        #expect(answer["ownerId"].string == (try account.patrol.account().id.text))
        #expect(answer["memberId"].string == account.ada.actor.member.text)
        #expect(answer["_member"]["email"] == "ada@example.org")
        #expect(answer.link("self") == "/api/v2/tokens/\(answer.id)" && answer.link("parent") == "/api/v2/tokens")
        let again = try admin.call("GET", "/api/v2/tokens/\(answer.id)")
        #expect(again.status == 200 && again["token"].string == String(secret.suffix(4)))
    }

    @Test(arguments: [
        #"{}"#, #"{"role":"reader","customRoleIds":["x"]}"#, #"{"role":"owner"}"#, #"{"role":7}"#, #"[]"#, #"{"#, "",
        #"{"customRoleIds":["no-such-role"]}"#, #"{"inlineRole":[{"effect":"maybe","actions":["*"],"resources":["*"]}]}"#,
        #"{"role":"reader","expiry":1}"#, #"{"role":"reader","name":""}"#, #"{"role":"reader","defaultApiVersion":7}"#,
        #"{"role":"reader","expiry":1.5}"#, #"{"role":"reader","role":"admin"}"#,
    ])
    func `a body that makes no sense is refused`(_ body: String) throws {
        let before = try account.patrol.tally().tokens
        let answer = try admin.call("POST", "/api/v2/tokens", bytes: Array(body.utf8))
        #expect(answer.status == 400 && answer.code == "invalid_request" && answer["message"].string != "")
        #expect(try account.patrol.tally().tokens == before)
    }

    @Test func `who may not is told what is missing, and it is recorded`() throws {
        let reader = try account.client(.base(.reader), name: "reader")
        let answer = try made(reader, ["name": "mine", "role": "admin"])
        #expect(answer.status == 403 && answer.code == "forbidden")
        #expect(answer["access"]["action"] == "createAccessToken")
        #expect(answer["access"]["resource"]?.string?.hasPrefix("member/\(account.ada.actor.member.text):token/") == true)
        #expect(answer["reason"]["effect"] == "deny")
        let entry = try #require(try account.patrol.auditEntries(after: 0, limit: 100).last)
        let id = try reader.session().token.id.text
        #expect(!entry.isAllowed && entry.tokenID == id)
    }

    @Test func `a statement that denies is named with its role`() throws {
        let policy = try Policy(
            parsingJSON: #"[{"effect":"deny","actions":["delete*"],"resources":["member/*:token/*"]},{"effect":"allow","actions":["*"],"resources":["member/*:token/*"]}]"#)
        let client = try account.client(.inline(policy), name: "careful")
        let token = try made()
        let answer = try client.call("DELETE", "/api/v2/tokens/\(token.id)")
        #expect(answer.status == 403)
        #expect(answer["reason"]["actions"] == ["delete*"] && answer["reason"]["role_name"] == "inline policy")
    }

    @Test func `a patch changes what it says`() throws {
        let token = try made()
        let target = "/api/v2/tokens/\(token.id)"
        let renamed = try admin.call(
            "PATCH", target,
            [
                "comment": "quarterly review",
                "patch": [
                    ["op": "test", "path": "/name", "value": "nightly"],
                    ["op": "replace", "path": "/name", "value": "weekly"],
                    ["op": "remove", "path": "/role"],
                    [
                        "op": "add", "path": "/inlineRole",
                        "value": [["effect": "allow", "actions": ["viewProject"], "resources": ["proj/*"]]],
                    ],
                    ["op": "add", "path": "/expiry", "value": 1_800_000_000_000],
                ],
            ])
        #expect(renamed.status == 200, "\(renamed.json.text())")
        #expect(renamed["name"] == "weekly" && renamed["role"] == .null && renamed["expiry"] == 1_800_000_000_000)
        #expect(renamed["inlineRole"].elements?.count == 1)
        #expect(try account.patrol.auditEntries(after: 0, limit: 100).last?.comment == "quarterly review")
        let back = try admin.call(
            "PATCH", target, [["op": "remove", "path": "/inlineRole"], ["op": "replace", "path": "/role", "value": "reader"]])
        #expect(back.status == 200 && back["role"] == "reader" && back["inlineRole"] == [])
        #expect(try admin.call("PATCH", target, []).status == 200)
    }

    @Test func `a patch that does not fit changes nothing`() throws {
        let token = try made()
        func patch(_ operations: JSON) throws -> Answered {
            try admin.call("PATCH", "/api/v2/tokens/\(token.id)", operations)
        }
        let failed = try patch([
            ["op": "replace", "path": "/name", "value": "x"], ["op": "test", "path": "/name", "value": "nightly"],
        ])
        #expect(failed.status == 409 && failed.code == "optimistic_locking_error")
        let absent = try patch([["op": "remove", "path": "/inlineRole"]])
        #expect(absent.status == 422 && absent.code == "patch_failed")
        #expect(try patch([["op": "replace", "path": "/_id", "value": "x"]]).status == 400)
        #expect(try patch([["op": "replace", "path": "/token", "value": "x"]]).status == 400)
        #expect(try patch([["op": "jump", "path": "/name"]]).status == 400)
        #expect(try patch([["op": "add", "path": "/customRoleIds", "value": ["nobody"]]]).status == 400)
        #expect(try patch([["op": "replace", "path": "", "value": 7]]).status == 422)
        #expect(try admin.call("GET", "/api/v2/tokens/\(token.id)")["name"] == "nightly")
    }

    @Test func `a service token's scope is fixed`() throws {
        let token = try made(nil, ["name": "sync", "role": "reader", "serviceToken": true])
        #expect(token["serviceToken"] == true && token["token"].string?.hasPrefix("ptls_") == true)
        let target = "/api/v2/tokens/\(token.id)"
        #expect(try admin.call("PATCH", target, [["op": "replace", "path": "/role", "value": "writer"]]).status == 400)
        #expect(try admin.call("PATCH", target, [["op": "replace", "path": "/name", "value": "other"]]).status == 200)
    }

    @Test func `deleting, and asking for what is gone`() throws {
        let token = try made()
        let target = "/api/v2/tokens/\(token.id)"
        #expect(try admin.call("POST", target, fields: [("x-http-method-override", "DELETE")]).status == 204)
        for method in ["GET", "DELETE"] { #expect(try admin.call(method, target).status == 404) }
        #expect(try admin.call("GET", "/api/v2/tokens/%2e%2e").code == "not_found")
        #expect(try admin.call("GET", "/api/v2/nothing").code == "not_found")
    }

    @Test func `a reset gives a new secret, and a day of grace where asked for`() throws {
        let token = try made()
        let end = account.clock.now + .days(1)
        let reset = try admin.call("POST", "/api/v2/tokens/\(token.id)/reset?expiry=\(end.milliseconds)")
        #expect(reset.status == 200 && reset["token"].string?.utf8.count == 56)
        #expect(reset["token"] != token["token"] && reset["token"].string?.hasPrefix("ptlp_") == true)
    }

    @Test func `who sees which tokens`() throws {
        let kim = try account.join("kim", .writer)
        let own = try account.client(.base(.writer), name: "kim's", by: kim)
        let service = try account.client(.base(.reader), kind: .service, name: "service")
        let names = { (answer: Answered) in Set(answer.items.compactMap { $0["name"]?.string }) }
        #expect(names(try own.call("GET", "/api/v2/tokens")) == ["kim's", "service"])
        #expect(names(try own.call("GET", "/api/v2/tokens?showAll=true")) == ["kim's", "service"])
        #expect(names(try service.call("GET", "/api/v2/tokens")) == ["service"])
        #expect(names(try admin.call("GET", "/api/v2/tokens")) == ["robot", "service"])
        #expect(names(try admin.call("GET", "/api/v2/tokens?showAll=true")) == ["robot", "service", "kim's"])
        let robot = try admin.session().token.id.text
        #expect(try own.call("GET", "/api/v2/tokens/\(robot)").status == 404)
        // Also not what a test of a patch could tell.
        let probe = try own.call(
            "PATCH", "/api/v2/tokens/\(robot)", [["op": "test", "path": "/name", "value": "robot"]])
        #expect(probe.status == 403)
    }

    @Test func `pages follow each other`() throws {
        for place in 0..<5 { _ = try made(nil, ["name": .string("token \(place)"), "role": "reader"]) }
        let first = try admin.call("GET", "/api/v2/tokens?showAll=true&limit=2")
        #expect(first["totalCount"] == 6 && first.items.count == 2)
        #expect(first.link("prev") == nil && first.link("first") == nil)
        #expect(first.link("last") == "/api/v2/tokens?limit=2&showAll=true&offset=4")
        var seen = first.items
        var next = first.link("next")
        while let target = next {
            let page = try admin.call("GET", target)
            seen += page.items
            next = page.link("next")
        }
        #expect(Set(seen.compactMap { $0["_id"]?.string }).count == 6 && seen.count == 6)
        for bad in ["limit=0", "limit=x", "limit=1001", "offset=-1", "showAll=maybe", "limit=%zz", "limit=01"] {
            #expect(try admin.call("GET", "/api/v2/tokens?\(bad)").status == 400, "\(bad)")
        }
        // Older versions of the API know no pages.
        let old = try admin.call(
            "GET", "/api/v2/tokens?limit=2", fields: [("ld-api-version", "20220603")])
        #expect(old.items.count == 6)
        #expect(try admin.call("GET", "/api/v2/tokens", fields: [("ld-api-version", "19700101")]).status == 400)
    }
}
