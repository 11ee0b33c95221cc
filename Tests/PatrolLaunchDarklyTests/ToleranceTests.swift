import PatrolDomain
import PatrolJSON
import PatrolLaunchDarkly
import Testing

/// Each thing that an answer may hold unexpectedly, and what is said of it.
struct ToleranceTests {
    private static let member =
        #""_id":"b1","email":"a@example.org","role":"reader","_pendingInvite":false,"creationDate":1600000000000"#
    private static let token = #""_id":"a1","memberId":"b1","name":"t","creationDate":1600000000000"#
    private static let role = #""_id":"c1","key":"r","name":"R","basePermissions":"reader""#

    @Test(arguments: [
        (#"{"_id":"b1","role":"reader","_pendingInvite":false,"creationDate":1600000000000}"#, "email: left out: it has no usable e-mail address"),
        (#"{"email":"a@example.org"}"#, "_id: left out: it has no `_id`"),
        (#"{"_id":"b 1"}"#, "_id: left out: `b 1` can't be used here"),
        (#"{"_id":7}"#, "_id: a number is not expected here, taken as nothing; _id: left out: it has no `_id`"),
        (#"{"_id":"b1","email":"a@example.org","role":"reader","creationDate":1600000000000}"#, "_pendingInvite: it is missing, taken as false"),
        (#"{"_id":"b1","email":"a@example.org","_pendingInvite":false,"creationDate":1600000000000}"#, "role: it is missing, taken as no_access"),
        (#"{"_id":"b1","email":"a@example.org","_pendingInvite":false,"role":"reader"}"#, "creationDate: it is missing, taken as the time of the import"),
        (#"{\#(member)}"#, ""),
        (#"{\#(member),"role2":"x","_links":{}}"#, "role2: not known, passed over"),
        (#"{\#(member),"firstName":"A\u001b[31mb"}"#, "firstName: characters that can't be shown were replaced, or a long text was cut"),
        (#"{\#(member),"customRoles":["gone"]}"#, "customRoles: `gone` is in none of the files, left out"),
        (#"{\#(member),"customRoles":null,"teams":null,"_lastSeen":0,"mfa":null}"#, ""),
        (#"{\#(member),"customRoles":[1]}"#, "customRoles: a number is not expected here, taken as nothing"),
        (#"{\#(member),"_lastSeen":true}"#, "_lastSeen: true or false is not expected here, taken as nothing"),
        (#"{\#(member),"_lastSeen":1600000000000.0}"#, ""),
        (#"{\#(member),"_lastSeen":17}"#, "_lastSeen: the date is out of range, taken as none"),
        (#"{\#(member),"teams":[{"name":"x"}]}"#, "teams: a team without a key is not expected here, taken as nothing"),
        (#"{\#(member),"roleAttributes":{"a":"b"}}"#, "roleAttributes: an object is not expected here, taken as no attributes"),
    ])
    func `an odd member`(text: String, notes: String) throws {
        #expect(try Self.notes(on: [(.members, "[\(text)]")]) == notes)
    }

    @Test(arguments: [
        (#"{\#(role),"policy":[]}"#, ""),
        (#"{\#(role)}"#, "policy: it is missing, taken as a policy that says nothing"),
        (#"{"_id":"c1","key":"-","policy":[]}"#, "key: left out: it has no usable `key`"),
        (#"{"_id":"c1","key":"r","name":"R","basePermissions":"all","policy":[]}"#, "basePermissions: `all` is not known, taken as no_access"),
        (
            #"{\#(role),"policy":[{"effect":"allow","actions":["*"],"resources":["proj/a,b"]}]}"#,
            "policy: statement 1, resources, entry 1: `proj/a,b`: character 6; the policy is taken to allow nothing"
        ),
        (
            #"{\#(role),"policy":[{"effect":"allow","actions":["*"],"resources":["*"],"role_name":"x"}]}"#,
            "policy.role_name: not known, passed over"
        ),
        (
            #"{\#(role),"policy":[{"effect":"maybe","actions":["*"],"resources":["*"]}]}"#,
            "policy: statement 1, effect: `maybe` is neither `allow` nor `deny`; the policy is taken to allow nothing"
        ),
    ])
    func `an odd role`(text: String, notes: String) throws {
        #expect(try Self.notes(on: [(.roles, "[\(text)]")]) == notes)
    }

    @Test(arguments: [
        (#"{\#(token),"role":"reader"}"#, ""),
        (#"{\#(token)}"#, ": it has no scope, taken to allow nothing"),
        (#"{\#(token),"role":"","customRoleIds":["r"]}"#, "customRoleIds: the key `r` stands for an id"),
        (#"{\#(token),"role":"reader","customRoleIds":["c1"]}"#, ": it has more than one scope, customRoleIds is taken"),
        (#"{\#(token),"customRoleIds":["x"]}"#, "customRoleIds: `x` is in none of the files, left out"),
        (#"{\#(token),"role":"reader","token":"api-3f1c0000-0000-4000-8000-00000000abcd"}"#, "token: a whole secret stands in the file; only its ending was kept"),
        (#"{\#(token),"role":"reader","lastUsed":0,"expiry":null}"#, "expiry: null, taken as nothing"),
        (#"{\#(token),"role":"reader","serviceToken":"yes"}"#, "serviceToken: a text is not expected here, taken as false"),
        (#"{"_id":"a1","name":"t","serviceToken":true,"role":"admin","creationDate":1600000000000}"#, "memberId: its creator is not among the members read: taken to allow nothing"),
        (#"{"_id":"a1","name":"t","role":"admin","creationDate":1600000000000,"_member":{"_id":"b1"}}"#, ""),
        (#"{\#(token),"inlineRole":[{"effect":"deny"}]}"#, "inlineRole: statement 1, actions: it is missing, and so is `notActions`: one of them is needed; the policy is taken to allow nothing"),
    ])
    func `an odd token`(text: String, notes: String) throws {
        let files: [(AnswerKind, String)] = [
            (.roles, "[{\(Self.role),\"policy\":[]}]"), (.members, "[{\(Self.member)}]"),
            (.tokens, "[\(text)]"),
        ]
        #expect(try Self.notes(on: files) == notes)
    }

    @Test func `what is there twice is taken once`() throws {
        #expect(
            try Self.notes(on: [(.members, "[{\(Self.member)}]"), (.members, "[{\(Self.member)}]")])
                == "_id: it is there twice, the first is taken")
        let other = Self.member.utf8.split(separator: 44).dropFirst().map { String($0) ?? "" }
        #expect(
            try Self.notes(
                on: [(.members, "[{\(Self.member)},{\"_id\":\"b2\",\(other.joined(separator: ","))}]")])
                == "email: left out: another entry has `a@example.org` as well")
    }

    @Test func `missing pages are noticed`() throws {
        #expect(
            try Self.notes(on: [(.members, #"{"items":[{\#(Self.member)}],"totalCount":21}"#)])
                == "totalCount: the files hold 1 entries, but the answer speaks of 21")
    }

    @Test func `unknown fields are only summed up`() throws {
        let entry = #"{\#(Self.token),"role":"reader","tier":1}"#
        var reader = AccountReader(source: "", at: Sample.now)
        try reader.add(Array("[{\(Self.member)}]".utf8), file: "m", kind: .members)
        for number in 1...30 {
            let renamed = entry.utf8.split(separator: 58).map { String($0) ?? "" }.joined(separator: ":")
            let text = "[" + renamed.replacing(#""a1""#, with: #""a\#(number)""#) + "]"
            try reader.add(Array(text.utf8), file: "t\(number)", kind: .tokens)
        }
        let notes = reader.finish().report.notes
        #expect(notes.map(\.line) == ["t1, entry 1, tier: not known, passed over (and 29 more like it)"])
    }

    @Test func `a policy that can't be read in full allows nothing`() throws {
        var reader = AccountReader(source: "", at: Sample.now)
        let text =
            #"[{\#(Self.role),"policy":[{"effect":"allow","actions":["*"],"resources":["*"]},{"effect":"deny"}]}]"#
        try reader.add(Array(text.utf8), file: "r", kind: .roles)
        let role = try #require(reader.finish().contents.roles.first)
        #expect(role.policy.statements.isEmpty && role.basePermissions == .noAccess)
    }

    @Test(arguments: [
        ("{", 1, 1, AnswerFault.Reason.json(.unfinished)),
        ("{\n \"items\": [1]\n}", 2, 12, .entryIsNotAnObject),
        ("{\n \"items\": {}\n}", 2, 11, .noItems),
        ("{\"members\":[]}", 1, 1, .noItems),
        ("[{}, []]", 1, 6, .entryIsNotAnObject),
        ("[{\"a\":1,\"a\":2}]", 1, 11, .json(.duplicateName)),
        ("\"a\"", 1, 1, .noItems),
    ])
    func `a broken file is refused with its place`(
        text: String, line: Int, column: Int, reason: AnswerFault.Reason
    ) throws {
        var reader = AccountReader(source: "", at: Sample.now)
        #expect {
            try reader.add(Array(text.utf8), file: "tokens.json", kind: .tokens)
        } throws: { error in
            guard let fault = error as? AnswerFault else { return false }
            return (fault.file, fault.line, fault.column) == ("tokens.json", line, column)
                && fault.reason == reason
        }
    }

    @Test(arguments: [
        ("members.json", AnswerKind.members), ("tokens-12.json", .tokens), ("auditlog_2.json", .auditLog),
        ("roles.txt", nil), ("old-roles.json", nil), ("teams", nil),
    ] as [(String, AnswerKind?)])
    func `files are known by their names`(name: String, kind: AnswerKind?) {
        #expect(AnswerKind(fileName: name) == kind)
    }

    /// The notes as `field: words`, joined by `; `.
    private static func notes(on files: [(kind: AnswerKind, text: String)]) throws -> String {
        var reader = AccountReader(source: "", at: Sample.now)
        for file in files { try reader.add(Array(file.text.utf8), file: "f", kind: file.kind) }
        return reader.finish().report.notes.map { note in
            var note = note
            note.entry = nil
            let line = note.line.dropFirst(1)
            return String(note.field == nil ? line : line.dropFirst(2))
        }.joined(separator: "; ")
    }
}
