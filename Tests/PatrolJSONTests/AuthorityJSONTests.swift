import PatrolDomain
import PatrolJSON
import Testing

struct AuthorityJSONTests {
    private static func authority() throws -> Authority {
        let holder = try #require(MemberID("65f0c0ffee0000000000b002"))
        let policy = try Policy(
            parsingJSON: #"[{"effect":"allow","actions":["*"],"resources":["proj/${roleAttribute/p}"]}]"#)
        let team = try #require(Key("platform"))
        return Authority(
            grants: [
                BaseRole.writer.grant(holder: holder),
                Grant(
                    GrantName("releaser", source: .customRole), policy: policy,
                    basePermissions: .reader, attributes: ["p": ["web", "mobile-*"]]),
                Grant(GrantName("ops", source: .team(team)), policy: policy, basePermissions: .noAccess),
            ],
            holder: holder)
    }

    @Test func `an authority is written and read back`() throws {
        let authority = try Self.authority()
        let text = authority.json.text()
        #expect(try Authority(json: JSON(parsing: text)) == authority)
        #expect(text.contains(#"{"baseRole":"writer"}"#))
    }

    @Test func `an authority without a holder or grants is written and read back`() throws {
        let nobody = Authority(grants: [], holder: nil)
        #expect(nobody.json.text() == #"{"holder":null,"grants":[]}"#)
        #expect(try Authority(json: nobody.json) == nobody)
    }

    @Test(arguments: [
        ("{}", "grants"),
        (#"{"holder":"a b","grants":[]}"#, "holder"),
        (#"{"grants":[{"baseRole":"god"}]}"#, "grants[0].baseRole"),
        (#"{"grants":[{"baseRole":"admin"},{"role":"x"}]}"#, "grants[1].source"),
        (
            #"{"grants":[{"role":"x","source":"customRole","basePermissions":"reader"}]}"#,
            "grants[0].policy"
        ),
    ])
    func `a damaged authority is refused`(text: String, path: String) {
        #expect(throws: AuthorityFault(path)) { try Authority(json: JSON(parsing: text)) }
    }
}
