import PatrolDomain
import PatrolJSON
import PatrolOperations
import Testing

@Suite struct MemberEndpointTests {
    private let account: TestAccount
    private let admin: Client

    init() throws {
        account = try TestAccount()
        admin = try account.client()
    }

    private func emails(_ answer: Answered) -> [String] { answer.items.compactMap { $0["email"]?.string } }

    @Test func `invited together, or not at all`() throws {
        let both = try admin.call(
            "POST", "/api/v2/members",
            [["email": "ines@example.org", "role": "writer"], ["email": "kim@example.org", "role": "reader", "firstName": "Kim"]])
        #expect(both.status == 201 && emails(both) == ["ines@example.org", "kim@example.org"])
        #expect(both.items[0]["_pendingInvite"] == true && both.items[0]["_lastSeen"] == 0)
        let taken = try admin.call(
            "POST", "/api/v2/members",
            [["email": "max@example.org", "role": "reader"], ["email": "KIM@example.org", "role": "reader"]])
        #expect(taken.status == 400 && taken.code == "email_already_exists_in_account")
        #expect(taken["invalid_emails"] == ["KIM@example.org"])
        #expect(try account.patrol.member(email: "max@example.org") == nil)
        let twice = try admin.call(
            "POST", "/api/v2/members",
            [["email": "max@example.org", "role": "reader"], ["email": "max@example.org", "role": "reader"]])
        #expect(twice.status == 400 && twice.code == "duplicate_email")
    }

    @Test(arguments: [
        "[]", "{}", #"[{"email":"a@example.org"}]"#, #"[{"role":"reader"}]"#, #"[{"email":"nobody","role":"reader"}]"#,
        #"[{"email":"a@example.org","role":"king"}]"#, #"[{"email":"a@example.org","role":"reader","teamKeys":["x"]}]"#,
        #"[{"email":"a@example.org","customRoles":["nothing"]}]"#,
    ])
    func `an invitation that makes no sense is refused`(_ body: String) throws {
        #expect(try admin.call("POST", "/api/v2/members", bytes: Array(body.utf8)).status == 400)
        #expect(try account.patrol.tally().members == 1)
    }

    @Test func `the list is filtered, sorted and paged`() throws {
        let kim = try account.join("kim", .writer)
        _ = try account.join("max", .admin)
        let list = { (query: String) in emails(try admin.call("GET", "/api/v2/members?\(query)")) }
        #expect(try list("") == ["ada@example.org", "kim@example.org", "max@example.org"])
        #expect(try list("filter=role%3Aadmin") == ["ada@example.org", "max@example.org"])
        #expect(try list("filter=role%3Awriter%7Cadmin%2Cquery%3AKI") == ["kim@example.org"])
        #expect(try list("filter=id%3A\(kim.actor.member.text)") == ["kim@example.org"])
        #expect(try list("filter=email%3AMAX@example.org%7Cnobody@example.org") == ["max@example.org"])
        #expect(try list("filter=lastSeen%3A%7B%22never%22%3Atrue%7D") == ["ada@example.org"])
        #expect(try list("filter=noteam%3Atrue,query:a&limit=1&offset=1") == ["kim@example.org"])
        #expect(try list("filter=team%3Ano-such-team").isEmpty)
        #expect(try list("sort=-displayName").first == "max@example.org")
        for bad in ["filter=king", "filter=age:7", "filter=lastSeen:x", "filter=noteam:x", "sort=age"] {
            #expect(try admin.call("GET", "/api/v2/members?\(bad)").status == 400, "\(bad)")
        }
    }

    @Test func `one member, and the caller himself`() throws {
        let me = try admin.call("GET", "/api/v2/members/me?expand=roleAttributes")
        #expect(me.status == 200 && me["email"] == "ada@example.org" && me["role"] == "owner")
        #expect(me["roleAttributes"] == [:])
        #expect(try admin.call("GET", "/api/v2/members/me")["roleAttributes"] == .null)
        #expect(try admin.call("GET", "/api/v2/members/nobody").status == 404)
        let service = try account.client(.base(.admin), kind: .service, name: "service")
        #expect(try service.call("GET", "/api/v2/members/me")["email"] == "ada@example.org")
    }

    @Test func `a patch gives roles, but not to oneself`() throws {
        let kim = try account.join("kim", .reader)
        let target = "/api/v2/members/\(kim.actor.member.text)"
        let role = try admin.call(
            "POST", "/api/v2/roles",
            ["key": "ops", "name": "Ops", "policy": [["effect": "allow", "actions": ["*"], "resources": ["proj/*"]]]])
        #expect(role.status == 201)
        let patched = try admin.call(
            "PATCH", target,
            [
                ["op": "replace", "path": "/role", "value": "writer"],
                ["op": "add", "path": "/customRoles/-", "value": .string(role.id)],
                ["op": "add", "path": "/roleAttributes/projects", "value": ["web", "mobile-*"]],
            ])
        #expect(patched.status == 200, "\(patched.json.text())")
        #expect(patched["role"] == "writer" && patched["customRoles"] == [.string(role.id)])
        let gone = try admin.call("PATCH", target, [["op": "remove", "path": "/customRoles/0"]])
        #expect(gone.status == 200 && gone["customRoles"] == [])
        let stale = try admin.call(
            "PATCH", target, [["op": "test", "path": "/version", "value": 1], ["op": "replace", "path": "/role", "value": "reader"]])
        #expect(stale.status == 409)
        #expect(try admin.call("PATCH", target, [["op": "replace", "path": "/email", "value": "x@example.org"]]).status == 400)
        #expect(try admin.call("PATCH", target, [["op": "replace", "path": "/role", "value": "owner"]]).status == 403)
        let own = try admin.call("PATCH", "/api/v2/members/me", [["op": "replace", "path": "/role", "value": "reader"]])
        #expect(own.status == 403 && own.code == "forbidden")
    }

    @Test func `instructions change several, and tell of each that they could not`() throws {
        let kim = try account.join("kim", .reader)
        let me = account.ada.actor.member.text
        let body: JSON = [
            "comment": "new season",
            "instructions": [
                [
                    "kind": "replaceMembersRoles", "value": "writer",
                    "memberIDs": [.string(kim.actor.member.text), .string(me), "nobody"],
                ]
            ],
        ]
        #expect(try admin.call("PATCH", "/api/v2/members", body, fields: [("content-type", "application/json")]).status == 400)
        let semantic = [(name: "content-type", value: "application/json; domain-model=launchdarkly.semanticpatch")]
        let done = try admin.call("PATCH", "/api/v2/members", body, fields: semantic)
        #expect(done.status == 200 && done["members"] == [.string(kim.actor.member.text)])
        #expect(done["errors"].elements?.count == 2)
        #expect(done["errors"].elements?.first?[me] == "you cannot modify your own role")
        #expect(try account.patrol.member(email: "kim@example.org")?.baseRole == .writer)
        let reader = try account.client(.base(.reader), name: "reader")
        let refused = try reader.call(
            "PATCH", "/api/v2/members",
            ["instructions": [["kind": "replaceMembersRoles", "value": "admin", "memberIDs": [.string(kim.actor.member.text)]]]],
            fields: semantic)
        #expect(refused.status == 403 && refused["access"]["action"] == "updateRole")
        // Without a value nobody loses his roles.
        for kind in ["replaceMembersCustomRoles", "replaceMembersRoleAttributes"] {
            let body: JSON = ["instructions": [["kind": .string(kind), "memberIDs": []]]]
            #expect(try admin.call("PATCH", "/api/v2/members", body, fields: semantic).status == 400)
        }
        let unknown = try admin.call(
            "PATCH", "/api/v2/members", ["instructions": [["kind": "dance", "memberIDs": []]]], fields: semantic)
        #expect(unknown.status == 400)
    }

    @Test func `a member is removed`() throws {
        let kim = try account.join("kim", .reader)
        let token = try account.client(.base(.reader), name: "kim's", by: kim)
        let target = "/api/v2/members/\(kim.actor.member.text)"
        #expect(try token.call("DELETE", target).status == 403)
        #expect(try admin.call("DELETE", target).status == 204)
        #expect(try admin.call("GET", target).status == 404)
        #expect(throws: (any Error).self) { try token.session() }
        #expect(try admin.call("DELETE", "/api/v2/members/me").status == 403)
    }

    @Test func `what stands there is closed for other methods`() throws {
        for (method, path, allowed) in [
            ("PUT", "members/me", "GET, PATCH, DELETE"), ("POST", "members/me/teams", ""), ("DELETE", "tokens", "GET, POST"),
            ("POST", "teams", "GET"), ("TRACE", "versions", "GET"),
        ] {
            let answer = try admin.call(method, "/api/v2/\(path)")
            #expect(answer.status == 405 && answer.code == "method_not_allowed", "\(method) \(path)")
            #expect(answer.fields.first { $0.0 == "Allow" }?.1 == allowed)
        }
    }
}
