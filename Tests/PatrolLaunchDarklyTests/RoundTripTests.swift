import PatrolDomain
import PatrolJSON
import PatrolLaunchDarkly
import Testing

struct RoundTripTests {
    @Test func `what is exported is imported as it was`() throws {
        let (before, _) = try Sample.read()
        let (after, report) = try Self.reread(before)
        #expect(after.roles == before.roles)
        #expect(after.teams == before.teams)
        #expect(after.members == before.members)
        #expect(after.tokens == before.tokens)
        #expect(after.pastEntries == before.pastEntries)
        #expect(
            report.notes.map(\.line) == [
                "tokens-0001.json, entry 7, memberId: no member stands behind it: "
                    + "taken as a token of the whole account",
                "tokens-0001.json, entry 9, memberId: its owner `65f0c0ffee0000000000b099` "
                    + "is not among the members read",
            ])
    }

    @Test func `pages are cut as LaunchDarkly cuts them`() throws {
        let writer = try Self.writer()
        let first = writer.page(of: .tokens, [], number: 0, total: 120)
        #expect(
            first.text() == """
                {"items":[],"_links":{"self":{"href":"/api/v2/tokens?limit=50","type":"application/json"},\
                "next":{"href":"/api/v2/tokens?limit=50&offset=50","type":"application/json"},\
                "last":{"href":"/api/v2/tokens?limit=50&offset=100","type":"application/json"}},"totalCount":120}
                """)
        let last = writer.page(of: .tokens, [], number: 2, total: 120)
        #expect(last["_links"]?.members?.map(\.name) == ["self", "first", "prev"])
        let log = writer.page(of: .auditLog, [["date": 7]], number: 0, hasNext: true)
        #expect(log["totalCount"] == nil)
        #expect(
            log["_links"]?["next"]?["href"] == "/api/v2/auditlog?limit=20&before=7")
    }

    @Test func `every entry has the fields that clients ask for`() throws {
        let (contents, _) = try Sample.read()
        let writer = try Self.writer()
        let member = writer.member(contents.members[4], teams: [], roles: [:])
        for field in [
            "_links", "_id", "role", "email", "_pendingInvite", "_verified", "customRoles", "mfa",
            "_lastSeen", "creationDate",
        ] { #expect(member[field].map(\.isNull) == false, "\(field)") }
        let token = writer.token(contents.tokens[0], owner: contents.members[0])
        for field in ["_id", "ownerId", "memberId", "creationDate", "lastModified", "_links"] {
            #expect(token[field].map(\.isNull) == false, "\(field)")
        }
        for field in ["_links", "_id", "role", "email"] {
            #expect(token["_member"]?[field].map(\.isNull) == false, "\(field)")
        }
        let entry = try #require(writer.entry(.past(contents.pastEntries[0])))
        for field in [
            "_links", "_id", "_accountId", "date", "accesses", "kind", "name", "description",
            "shortDescription",
        ] { #expect(entry[field].map(\.isNull) == false, "\(field)") }
        let role = try #require(writer.role(RoleRow(.custom(contents.roles[0]))))
        for field in ["_id", "_links", "key", "name", "policy"] {
            #expect(role[field].map(\.isNull) == false, "\(field)")
        }
        #expect(writer.role(RoleRow(.base(.admin))) == nil)
    }

    @Test func `a refusal is not written, a change is`() throws {
        let writer = try Self.writer()
        var entry = AuditEntry(
            sequence: 7, operation: [UInt8](0..<16), at: Sample.now, name: "token.rotated",
            actorID: "b1", actorName: "Ada Berg", tokenID: nil, signIn: "local", action: "resetAccessToken",
            resource: "member/b1:token/a1", target: AuditTarget(.token, id: "a1", name: "ops"),
            changes: [FieldChange("ending", before: "12ab", after: "34cd")], comment: "monthly",
            isAllowed: true, decidingRole: "owner", decidingStatement: 0, reason: "statement")
        let written = try #require(writer.entry(.entry(entry)))
        #expect(written["_id"] == "000102030405060708090a0b0c0d0e0f")
        #expect(written["titleVerb"] == "reset the access token")
        #expect(written["description"] == "* Changed the ending from ~~`12ab`~~ to `34cd`\n")
        #expect(written["target"]?["resources"] == ["member/b1:token/a1"])
        entry.isAllowed = false
        #expect(writer.entry(.entry(entry)) == nil)
    }

    private static func writer() throws -> AnswerWriter {
        AnswerWriter(account: try #require(AccountID("65f0c0ffee00000000000001")))
    }

    private static func reread(_ contents: AccountImport) throws -> (AccountImport, ImportReport) {
        let writer = try writer()
        let roles = Dictionary(uniqueKeysWithValues: contents.roles.map { ($0.id, $0) })
        let members = Dictionary(uniqueKeysWithValues: contents.members.map { ($0.id, $0) })
        let lists: [(AnswerKind, [JSON])] = [
            (.roles, contents.roles.compactMap { writer.role(RoleRow(.custom($0))) }),
            (.teams, contents.teams.map { writer.team($0, roles: $0.customRoles.compactMap { roles[$0] }) }),
            (
                .members,
                contents.members.map { member in
                    writer.member(
                        member, teams: contents.teams.filter { $0.members.contains(member.id) }, roles: roles)
                }
            ),
            (.tokens, contents.tokens.map { writer.token($0, owner: $0.owner.flatMap { members[$0] }) }),
            (.auditLog, contents.pastEntries.compactMap { writer.entry(.past($0)) }),
        ]
        var reader = AccountReader(source: contents.source, at: Sample.now)
        for (kind, items) in lists {
            let page = writer.page(of: kind, items, number: 0, total: items.count)
            try reader.add(
                Array(page.text(pretty: true).utf8), file: kind.fileName(page: 1), kind: kind)
        }
        let (after, report) = reader.finish()
        return (after, report)
    }
}
