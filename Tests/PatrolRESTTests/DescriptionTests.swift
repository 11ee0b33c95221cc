import PatrolDomain
import PatrolJSON
import PatrolOperations
import Testing

@Suite struct DescriptionTests {
    private let account: TestAccount
    private let admin: Client

    init() throws {
        account = try TestAccount()
        admin = try account.client()
    }

    @Test func `the caller is told who he is`() throws {
        let identity = try admin.call("GET", "/api/v2/caller-identity")
        let session = try admin.session()
        #expect(identity.status == 200 && identity["tokenId"].string == session.token.id.text)
        #expect(identity["tokenKind"] == "personal" && identity["memberId"].string == session.member?.id.text)
        #expect(identity["accountId"].string == (try account.patrol.account().id.text))
        #expect(try admin.call("GET", "/api/v2/account")["organization"] == "Acme")
    }

    @Test func `the versions, and the one in force`() throws {
        let versions = try admin.call("GET", "/api/v2/versions")
        #expect(versions["latestVersion"] == 20_240_415 && versions["currentVersion"] == 20_240_415)
        #expect(versions["validVersions"].elements?.count == 5)
        let old = try admin.call("GET", "/api/v2/versions", fields: [("ld-api-version", "20191212")])
        #expect(old["currentVersion"] == 20_191_212 && old["beta"] == .null)
        #expect(try admin.call("GET", "/api/v2/versions", fields: [("ld-api-version", "beta")])["beta"] == true)
    }

    @Test func `every link of the root leads somewhere`() throws {
        let links = try #require(try admin.call("GET", "/api/v2")["links"].members)
        #expect(links.count == 9)
        for link in links {
            let target = try #require(link.value["href"]?.string)
            #expect(try admin.call("GET", target).status == 200, "\(target)")
        }
    }

    @Test func `a HEAD has the fields and no body`() throws {
        let answer = try admin.call("HEAD", "/api/v2/versions")
        #expect(answer.status == 200 && answer.json == .null)
        #expect(answer.fields.first?.1 == "application/json")
    }

    @Test func `teams are shown where they are, and no others`() throws {
        let imported = AccountImport(
            source: "test", members: [], roles: [],
            teams: [Team(key: try #require(Key("core")), name: "Core", members: [account.ada.actor.member])], tokens: [],
            pastEntries: [])
        let outcome = try account.patrol.perform(.importAccount(imported), as: try account.join("max", .admin))
        #expect(outcome.refusal == nil)
        #expect(try admin.call("GET", "/api/v2/teams")["totalCount"] == 1)
        #expect(try admin.call("GET", "/api/v2/teams/core")["name"] == "Core")
        #expect(try admin.call("GET", "/api/v2/teams/core/roles").items.isEmpty)
        #expect(try admin.call("GET", "/api/v2/teams/core/maintainers")["totalCount"] == 0)
        #expect(try admin.call("GET", "/api/v2/teams/other").status == 404)
        let policy = try Policy(
            parsingJSON: #"[{"effect":"deny","actions":["viewTeam"],"resources":["team/core"]},{"effect":"allow","actions":["view*"],"resources":["team/*"]}]"#)
        let blind = try account.client(.inline(policy), name: "blind")
        #expect(try blind.call("GET", "/api/v2/teams")["totalCount"] == 0)
        #expect(try blind.call("GET", "/api/v2/teams/core").status == 404)
    }

    /// A path, a parameter or a schema that is told but not there would lead its readers astray.
    @Test func `the description says what is served`() throws {
        let description = try admin.call("GET", "/api/v2/openapi.json")
        #expect(description["openapi"] == "3.1.0")
        let schemas = Set((description["components"]["schemas"]?.members ?? []).map(\.name))
        var missing: Set<String> = []
        func look(_ json: JSON) {
            if let name = json["$ref"]?.string?.split(separator: "/").map(String.init), name[2] == "schemas" {
                if !schemas.contains(name[3]) { missing.insert(name[3]) }
            }
            for inner in (json.elements ?? []) + (json.members ?? []).map(\.value) { look(inner) }
        }
        look(description.json)
        #expect(missing.isEmpty, "\(missing)")
        let paths = try #require(description["paths"].members)
        #expect(paths.count == 19)
        for path in paths {
            for operation in path.value.members ?? [] {
                let target = path.name.replacing("{", with: "").replacing("}", with: "")
                let answer = try admin.call(operation.name.uppercased(), target)
                let declared = (operation.value["responses"]?.members ?? []).map(\.name)
                #expect(declared.contains("\(answer.status)"), "\(operation.name) \(path.name): \(answer.status)")
                #expect(answer.status != 405)
            }
        }
    }

    @Test func `a query is percent-encoded UTF-8 of bounded length`() throws {
        for bad in ["q=%ff", "q=%4", "q=%g1", String(repeating: "a&", count: 101)] {
            #expect(try admin.call("GET", "/api/v2/auditlog?\(bad)").status == 400, "\(bad)")
        }
        #expect(try admin.call("GET", "/api/v2/tok%65ns?limit=1&anything=goes").status == 200)
        #expect(try admin.call("GET", "/api/v2/tokens/").status == 404)
        #expect(try admin.call("POST", "/api/v2/tokens", [:], fields: [("content-type", "text/plain")]).status == 400)
    }
}
