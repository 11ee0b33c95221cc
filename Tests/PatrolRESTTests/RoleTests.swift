import PatrolDomain
import PatrolJSON
import PatrolOperations
import Testing

@Suite struct RoleEndpointTests {
    private let account: TestAccount
    private let admin: Client

    init() throws {
        account = try TestAccount()
        admin = try account.client()
    }

    private static let policy: JSON = [["effect": "allow", "actions": ["viewProject"], "resources": ["proj/*"]]]

    private func made(_ key: String = "viewers") throws -> Answered {
        try admin.call(
            "POST", "/api/v2/roles", ["key": .string(key), "name": .string("The \(key)"), "policy": Self.policy])
    }

    @Test func `a role comes, is found by key and by id, and goes`() throws {
        let role = try made()
        #expect(role.status == 201 && role["basePermissions"] == "no_access" && role["policy"] == Self.policy)
        #expect(role["_access"]["allowed"]?.elements?.isEmpty == false)
        for name in ["viewers", role.id] {
            #expect(try admin.call("GET", "/api/v2/roles/\(name)").id == role.id)
        }
        #expect(try admin.call("GET", "/api/v2/roles")["totalCount"] == 1)
        #expect(try made().status == 409)
        #expect(try admin.call("DELETE", "/api/v2/roles/viewers").status == 204)
        #expect(try admin.call("GET", "/api/v2/roles/viewers").status == 404)
        #expect(try admin.call("DELETE", "/api/v2/roles/\(role.id)").status == 404)
    }

    @Test func `what a reader may do with it is told`() throws {
        _ = try made()
        let reader = try account.client(.base(.reader), name: "reader")
        let role = try reader.call("GET", "/api/v2/roles/viewers")
        #expect(role["_access"]["allowed"] == [])
        #expect(role["_access"]["denied"]?.elements?.first?["reason"]?["effect"] == "deny")
        #expect(try reader.call("DELETE", "/api/v2/roles/viewers").status == 403)
    }

    @Test(arguments: [
        "{}", #"{"key":"a","name":"A"}"#, #"{"key":"-a","name":"A","policy":[]}"#, #"{"key":"a","name":"A","policy":{}}"#,
        #"{"key":"a","policy":[]}"#, #"{"key":"a","name":"A","policy":[],"basePermissions":"all"}"#,
        #"{"key":"a","name":"A","policy":[{"effect":"allow"}]}"#,
    ])
    func `a body that makes no sense is refused`(_ body: String) throws {
        #expect(try admin.call("POST", "/api/v2/roles", bytes: Array(body.utf8)).status == 400)
    }

    @Test func `patched by operations and by a document`() throws {
        _ = try made()
        let target = "/api/v2/roles/viewers"
        let added = try admin.call(
            "PATCH", target,
            [
                "comment": "more",
                "patch": [
                    [
                        "op": "add", "path": "/policy/-",
                        "value": ["effect": "deny", "actions": ["*"], "resources": ["proj/secret"]],
                    ],
                    ["op": "replace", "path": "/policy/0/actions/0", "value": "view*"],
                    ["op": "add", "path": "/description", "value": "who looks"],
                ],
            ])
        #expect(added.status == 200, "\(added.json.text())")
        #expect(added["policy"].elements?.count == 2 && added["description"] == "who looks")
        #expect(try account.patrol.auditEntries(after: 0, limit: 100).last?.comment == "more")
        let merged = try admin.call(
            "PATCH", target, ["comment": "less", "merge": ["name": "Viewers", "basePermissions": "reader"]])
        #expect(merged.status == 200 && merged["name"] == "Viewers" && merged["basePermissions"] == "reader")
        let plain = try admin.call(
            "PATCH", target, ["description": .null], fields: [("content-type", "application/merge-patch+json")])
        #expect(plain.status == 200 && plain["description"] == "")
        #expect(try admin.call("PATCH", target, ["patch": [["op": "replace", "path": "/key", "value": "x"]]]).status == 400)
        #expect(try admin.call("PATCH", target, ["patch": [["op": "remove", "path": "/policy/7"]]]).status == 422)
        #expect(try admin.call("PATCH", target, ["patch": [["op": "remove", "path": "/policy"]]]).status == 400)
        #expect(try admin.call("PATCH", "/api/v2/roles/none", ["patch": []]).status == 404)
    }

    @Test func `a role that is held stays`() throws {
        let role = try made()
        let kim = try account.join("kim", .reader)
        _ = try admin.call(
            "PATCH", "/api/v2/members/\(kim.actor.member.text)",
            [["op": "add", "path": "/customRoles/-", "value": .string(role.id)]])
        #expect(try admin.call("DELETE", "/api/v2/roles/viewers").status == 409)
        #expect(try admin.call("GET", "/api/v2/roles/viewers")["assignedTo"]["membersCount"] == 1)
    }

    @Test func `a token can be given a role by key`() throws {
        let role = try made()
        let token = try admin.call("POST", "/api/v2/tokens", ["name": "t", "customRoleIds": ["viewers"]])
        #expect(token.status == 201 && token["customRoleIds"] == [.string(role.id)])
    }
}
