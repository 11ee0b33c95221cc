import PatrolDomain
import Testing

@Suite struct FaultyTextTests {
    private static let secret = "api-3f1c0000-0000-4000-8000-000000000000"

    @Test(arguments: [
        (secret, ""), ("an \(secret)", ""), ("api-3f1c\u{200B}0000-0000-4000-8000-000000000000", ""),
        ("a\u{1B}[2Jb\rc", "a[2Jbc"), ("a\u{202E}b", "ab"), ("\u{301}\u{301}a", "a"),
        (String(repeating: "x", count: 5_000), String(repeating: "x", count: 128)),
    ]) func `a refused name does not reach the log for ever`(name: String, recorded: String) {
        let policy = Policy(statements: [])
        let commands: [Command] = [
            .createRole(CreateRole(key: Key("a")!, name: name, policy: policy)),
            .createToken(
                CreateToken(kind: .personal, name: name, purpose: "", scope: .base(.reader), expiresAt: nil)),
            .adoptToken(
                AdoptToken(
                    kind: .personal, name: name, purpose: "", owner: Roster.ada.id, scope: .base(.reader),
                    expiresAt: nil)),
        ]
        for command in commands {
            let ruling = Roster.rule(command, by: Roster.ada)
            #expect(ruling.refusal?.code == "badText")
            #expect(ruling.event.target.name == recorded)
        }
    }

    @Test func `an import can't fill the account with endless texts`() {
        var token = Roster.token(of: Roster.wanda, origin: .imported)
        token.name = String(repeating: "x", count: 5_000)
        let contents = AccountImport(
            source: String(repeating: "s", count: 900) + "\r", members: [], roles: [], teams: [], tokens: [token],
            pastEntries: [])
        let ruling = Roster.rule(.importAccount(contents), by: Roster.ada)
        let names = ruling.changes.compactMap { if case .insertToken(let new) = $0 { new.name.count } else { nil } }
        #expect(names == [1_000])
        #expect(ruling.event.changes.first?.after == String(repeating: "s", count: 500))
    }

    @Test func `nor does a refused e-mail address`() {
        let ruling = Roster.rule(.inviteMember(InviteMember(email: "a@b.\(Self.secret)")), by: Roster.ada)
        #expect(ruling.refusal?.code == "badText" && ruling.event.target.name == "")
    }

    @Test(arguments: ["nightly export", "e\u{301}t\u{E9}", "👩‍💻 team"])
    func `a good name is recorded as it is`(name: String) {
        #expect(TextRule.recordable(name) == name)
    }

    @Test(arguments: [
        (["p": ["web*", "ops-1"]], nil), (["": ["web"]], TextFault.empty), (["a b": ["web"]], .notAKey),
        (["p": [""]], .empty), (["p": ["a,b"]], .forbiddenCharacter(0x2C)), (["p": ["a\u{1B}"]], .forbiddenCharacter(0x1B)),
        (["p": [secret]], .looksLikeASecret), (["p": [String](repeating: "x", count: 51)], .tooMany(limit: 50)),
        (Dictionary(uniqueKeysWithValues: (0...50).map { ("k\($0)", ["v"]) }), .tooMany(limit: 50)),
    ] as [(RoleAttributes, TextFault?)])
    func `role attributes can't carry what no other text may`(attributes: RoleAttributes, fault: TextFault?) {
        let invited = Roster.rule(
            .inviteMember(InviteMember(email: "kim@example.org", roleAttributes: attributes)), by: Roster.ada)
        let changed = Roster.rule(
            .changeMemberRoles(
                ChangeMemberRoles(
                    member: Roster.wanda.id, version: 3, baseRole: .writer, customRoles: [],
                    roleAttributes: attributes)), by: Roster.ada
        ) { $0.member = Roster.wanda }
        let imported = Self.imported(attributes)
        #expect(imported == (fault == nil ? attributes : [:]))
        let refusal = fault.map { Refusal.badText(field: "role attributes", $0) }
        #expect(invited.refusal == refusal && changed.refusal == refusal)
    }

    /// What a new member has after an import of these.
    private static func imported(_ attributes: RoleAttributes) -> RoleAttributes? {
        var read = Roster.member("ines", .reader)
        read.roleAttributes = attributes
        let contents = AccountImport(
            source: "files", members: [read], roles: [], teams: [], tokens: [], pastEntries: [])
        for case .insertMember(let member) in Roster.rule(.importAccount(contents), by: Roster.ada).changes {
            return member.roleAttributes
        }
        return nil
    }

    // An import went around what an invitation is held to: a file could bring in an address with a line feed in it.
    @Test(arguments: ["", "kim", "kim@example.org\nCc: all", "k\u{202E}@x.org", "a@b@c", String(repeating: "x", count: 300) + "@x.org"])
    func `an address that nobody could be invited by does not come in by an import`(address: String) {
        let new = Member(id: MemberID("ines-id")!, email: address, createdAt: Roster.now)
        var known = Roster.wanda
        known.email = address
        let contents = AccountImport(
            source: "files", members: [new, known], roles: [], teams: [], tokens: [], pastEntries: [])
        let ruling = Roster.rule(.importAccount(contents), by: Roster.ada) {
            $0.existing.membersByID[Roster.wanda.id] = Roster.wanda
        }
        let written = ruling.changes.compactMap { change -> String? in
            switch change {
            case .insertMember(let member), .updateMember(let member): member.email
            default: nil
            }
        }
        #expect(!written.contains(address))
        let told = ruling.event.changes.compactMap(\.after).filter { $0.contains("can't be accepted") }
        #expect(told.count == 2, "\(ruling.event.changes)")
    }

    @Test func `attributes that can't be accepted leave a known member and a team as they were`() {
        var known = Roster.wanda
        known.roleAttributes = ["projects": ["web"]]
        var read = known
        read.roleAttributes = ["projects": ["web,*"]]
        let before = Team(key: Key("ops")!, name: "Ops", roleAttributes: ["p": ["a"]])
        let team = Team(key: Key("ops")!, name: "Ops", roleAttributes: ["p": ["a\u{1B}"]])
        let contents = AccountImport(
            source: "files", members: [read], roles: [], teams: [team], tokens: [], pastEntries: [])
        let ruling = Roster.rule(.importAccount(contents), by: Roster.ada) {
            $0.existing.membersByID[known.id] = known
            $0.existing.teams[before.key] = before
        }
        let isTouched = ruling.changes.contains { change in
            switch change {
            case .updateMember, .upsertTeam: true
            default: false
            }
        }
        #expect(!isTouched)
    }
}
