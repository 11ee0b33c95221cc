import PatrolDomain
import Testing

@Suite struct MergeTests {
    private static func updated(_ ruling: Ruling) -> [Member] {
        ruling.changes.compactMap { if case .updateMember(let member) = $0 { member } else { nil } }
    }

    private static func rule(_ contents: AccountImport, knowing members: [Member] = [], team: Team? = nil) -> Ruling {
        Roster.rule(.importAccount(contents), by: Roster.max) {
            for member in members {
                $0.existing.membersByID[member.id] = member
                $0.existing.membersByEmail[member.email] = member
            }
            if let team { $0.existing.teams[team.key] = team }
        }
    }

    private static func files(
        members: [Member] = [], teams: [Team] = [], past: [PastEntry] = []
    ) -> AccountImport {
        AccountImport(source: "files", members: members, roles: [], teams: teams, tokens: [], pastEntries: past)
    }

    private static func renamed(_ member: Member, _ address: String, id: String? = nil) -> Member {
        Member(
            id: id.flatMap(MemberID.init) ?? member.id, email: address, firstName: member.firstName,
            baseRole: member.baseRole, isPending: false, createdAt: member.createdAt)
    }

    @Test func `one row is not updated twice where an address moved to another id`() {
        let moved = Self.renamed(Roster.wanda, "wanda@new.org")
        let heir = Self.renamed(Roster.rita, Roster.wanda.email, id: "heir")
        let ruling = Self.rule(Self.files(members: [heir, moved]), knowing: [Roster.wanda])
        #expect(Self.updated(ruling).map(\.id) == [Roster.wanda.id])
        #expect(Self.updated(ruling).map(\.email) == ["wanda@new.org"])
        let inserted = ruling.changes.compactMap { if case .insertMember(let new) = $0 { new.id.text } else { nil } }
        #expect(inserted == ["heir"])
    }

    @Test func `an address that another has is not taken over, and that is said`() {
        let moved = Self.renamed(Roster.wanda, Roster.rita.email)
        let ruling = Self.rule(Self.files(members: [moved]), knowing: [Roster.wanda, Roster.rita])
        #expect(!Self.updated(ruling).contains { $0.email == Roster.rita.email })
        #expect(ruling.event.changes.contains { $0.after?.hasPrefix("left as it was") == true })
    }

    @Test func `an imported owner who becomes an admin is in the entry`() {
        let ruling = Self.rule(Self.files(members: [Roster.member("ines", .owner)]))
        #expect(ruling.event.changes.contains { $0.field == "member ines@example.org: base role" })
    }

    @Test func `teams that are read without their members do not lose them`() throws {
        let key = try #require(Key("core"))
        let team = Team(key: key, name: "Core", members: [Roster.wanda.id])
        let ruling = Self.rule(Self.files(teams: [Team(key: key, name: "Kernel")]), knowing: [Roster.wanda], team: team)
        #expect(ruling.changes.contains(.upsertTeam(Team(key: key, name: "Kernel", members: [Roster.wanda.id]))))
    }

    @Test func `members on record stay in a team, and whoever leaves it is in the entry`() throws {
        let key = try #require(Key("core"))
        let team = Team(key: key, name: "Core", members: [Roster.wanda.id, Roster.rita.id])
        let read = Team(key: key, name: "Core", members: [Roster.wanda.id])
        let ruling = Self.rule(Self.files(teams: [read]), knowing: [Roster.wanda, Roster.rita], team: team)
        #expect(ruling.changes.contains(.upsertTeam(read)))
        #expect(ruling.event.changes.contains { $0.field == "team core: members" && $0.before == "2" })
    }

    @Test func `an entry that this log exported does not come back as another's past`() {
        let past = ["000102030405060708090a0b0c0d0e0f", "5f0000000000000000000001"].map { id in
            PastEntry(
                id: id, at: Roster.now, actorID: "", actorName: "", tokenID: nil, action: "", resource: "", kind: "",
                targetID: "", targetName: "", title: "", text: "", comment: "")
        }
        #expect(past[0].ownOperation == Array(0..<16))
        #expect(past[1].ownOperation == nil)
        let ruling = Roster.rule(.importAccount(Self.files(past: past)), by: Roster.max) {
            $0.existing.ownEntries = [past[0].id]
        }
        #expect(ruling.changes.filter { if case .upsertPastEntry = $0 { true } else { false } }.count == 1)
        #expect(ruling.event.changes.contains { $0.after == "1 read, 1 already in this log" })
    }
}
