import PatrolDomain
import PatrolJSON
import PatrolOperations
import Testing

@Suite struct AuditEndpointTests {
    private let account: TestAccount
    private let admin: Client

    init() throws {
        account = try TestAccount()
        admin = try account.client()
    }

    private func invite(_ names: String...) throws {
        for name in names {
            account.clock.now = account.clock.now + .minutes(1)
            let answer = try admin.call(
                "POST", "/api/v2/members", [["email": .string("\(name)@example.org"), "role": "reader"]])
            #expect(answer.status == 201)
        }
    }

    private func names(_ answer: Answered) -> [String] { answer.items.compactMap { $0["name"]?.string } }

    @Test func `an entry says who did what with which token`() throws {
        try invite("ines")
        let entry = try #require(try admin.call("GET", "/api/v2/auditlog").items.first)
        #expect(entry["kind"] == "member" && entry["name"] == "ines@example.org" && entry["shortDescription"] == "")
        #expect(entry["accesses"]?.elements?.first?["action"] == "createMember")
        #expect(entry["member"]?["email"] == "ada@example.org" && entry["member"]?["firstName"] == "Ada")
        #expect(entry["token"]?["name"] == "robot")
        #expect(entry["token"]?["ending"]?.string == (try admin.session().token.ending))
        let id = try #require(entry["_id"]?.string)
        let detail = try admin.call("GET", "/api/v2/auditlog/\(id)")
        #expect(detail.status == 200 && detail.id == id && detail["subentries"] == [])
        #expect(try admin.call("GET", "/api/v2/auditlog/\(String(id.reversed()))").status == 404)
    }

    @Test func `who is no member is a subject`() throws {
        let service = try account.client(.base(.admin), kind: .service, name: "nightly sync")
        _ = try service.call("POST", "/api/v2/members", [["email": "kim@example.org", "role": "reader"]])
        let entry = try #require(try admin.call("GET", "/api/v2/auditlog").items.first)
        #expect(entry["token"]?["serviceToken"] == true && entry["token"]?["name"] == "nightly sync")
        #expect(entry["title"] == "nightly sync invited the member kim@example.org (via API)")
    }

    @Test func `refusals are no changes`() throws {
        let reader = try account.client(.base(.reader), name: "reader")
        _ = try reader.call("POST", "/api/v2/members", [["email": "kim@example.org", "role": "reader"]])
        #expect(try admin.call("GET", "/api/v2/auditlog").items.first?["name"] == "reader")
    }

    @Test func `pages lose nothing, not even in one millisecond`() throws {
        for place in 0..<7 {
            _ = try admin.call("POST", "/api/v2/members", [["email": .string("m\(place)@example.org"), "role": "reader"]])
        }
        var seen: [String] = []
        var next: String? = "/api/v2/auditlog?limit=3"
        while let target = next {
            let page = try admin.call("GET", target)
            #expect(page.status == 200 && page.items.count <= 3)
            seen += page.items.compactMap { $0["_id"]?.string }
            next = page.link("next")
        }
        #expect(seen.count == 9 && Set(seen).count == 9)
    }

    @Test func `times, names, specifiers, people and tokens narrow it`() throws {
        let start = account.clock.now
        try invite("ines", "kim", "max")
        let list = { (query: String) in names(try admin.call("GET", "/api/v2/auditlog?\(query)")) }
        let minute = { (count: Int) in (start + .minutes(count)).milliseconds }
        #expect(try list("after=\(minute(1))&before=\(minute(3))") == ["kim@example.org"])
        #expect(try list("q=INES") == ["ines@example.org"])
        #expect(try list("spec=member/%2A").count == 3)
        #expect(try list("spec=member/%2A%3Atoken/%2A") == ["robot"])
        #expect(try list("spec=team/%2A").isEmpty)
        #expect(try list("member=\(account.ada.actor.member.text)").count == 5)
        #expect(try list("member=nobody").isEmpty)
        #expect(try list("token=\(try admin.session().token.id.text)&token=other").count == 3)
        for bad in ["limit=21", "limit=0", "spec=", "spec=%2A%2A/", "before=x", "cursor=x"] {
            #expect(try admin.call("GET", "/api/v2/auditlog?\(bad)").status == 400, "\(bad)")
        }
    }

    @Test func `a policy selects entries`() throws {
        try invite("ines")
        func post(_ bytes: String) throws -> Answered {
            try admin.call("POST", "/api/v2/auditlog", bytes: Array(bytes.utf8))
        }
        #expect(try post("").items.count == 3 && post("[]").items.count == 3)
        let tokens = try post(#"[{"effect":"allow","actions":["createAccessToken"],"resources":["member/*:token/*"]}]"#)
        #expect(names(tokens) == ["robot"])
        let others = try post(
            #"[{"effect":"allow","actions":["*"],"notResources":["member/*:token/*"]},{"effect":"deny","actions":["*"],"resources":["acct"]}]"#)
        #expect(names(others) == ["ines@example.org"])
        #expect(try post(#"[{"effect":"perhaps"}]"#).status == 400)
        #expect(try post("null").status == 400)
    }

    @Test func `counted in spans`() throws {
        let start = account.clock.now
        try invite("ines", "kim", "max")
        account.clock.now = account.clock.now + .minutes(1)
        let counts = try admin.call(
            "POST", "/api/v2/auditlog/counts?after=\(start.milliseconds)&buckets=4")
        #expect(counts.status == 200, "\(counts.json.text())")
        #expect(counts["buckets"].elements?.compactMap { $0["count"]?.integer } == [0, 1, 1, 1])
        #expect(counts["totalCount"] == 3 && counts["bucketIntervalMs"] == 60_000)
        // Entry by entry it comes to the same.
        let walked = try admin.call(
            "POST", "/api/v2/auditlog/counts?after=\(start.milliseconds)&buckets=4&member=\(account.ada.actor.member.text)")
        #expect(walked.json == counts.json)
        #expect(try admin.call("POST", "/api/v2/auditlog/counts").status == 400)
    }

    @Test func `entries about others' personal tokens are for those who manage them`() throws {
        let kim = try account.join("kim", .writer)
        let own = try account.client(.base(.writer), name: "kim's", by: kim)
        #expect(!names(try own.call("GET", "/api/v2/auditlog")).contains("robot"))
        #expect(names(try own.call("GET", "/api/v2/auditlog")).contains("kim's"))
    }
}
