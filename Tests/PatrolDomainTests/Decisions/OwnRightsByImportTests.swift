import PatrolDomain
import Testing

@Suite struct OwnRightsByImportTests {
    static let everything = Policy(statements: [Roster.allow("*", "*")])
    static let core = Key("core")!
    static let helpers = Role(
        id: RoleID("helpers-id")!, key: Key("helpers")!, name: "Helpers",
        policy: Policy(statements: [Roster.allow("updateOn", "proj/*:env/*:flag/*")]), createdAt: Roster.now)

    static func rule(
        _ contents: AccountImport, by actor: Member, teams: [Team] = [], roles: [Role] = []
    ) -> Ruling {
        Roster.rule(.importAccount(contents), by: actor) {
            $0.actorTeams = teams.filter { $0.members.contains(actor.id) }
            for team in teams { $0.existing.teams[team.key] = team }
            for role in roles { $0.existing.rolesByID[role.id] = role }
            $0.existing.membersByID[actor.id] = actor
            let held = Dictionary(uniqueKeysWithValues: roles.map { ($0.id, $0) })
            $0.roles = held
        }
    }

    static func files(
        members: [Member] = [], roles: [Role] = [], teams: [Team] = []
    ) -> AccountImport {
        AccountImport(source: "files", members: members, roles: roles, teams: teams, tokens: [], pastEntries: [])
    }

    static func team(of members: [Member], roles: [RoleID]) -> Team {
        Team(key: core, name: "Core", members: members.map(\.id), customRoles: roles)
    }

    static func teams(_ ruling: Ruling) -> [Team] {
        ruling.changes.compactMap { if case .upsertTeam(let team) = $0 { team } else { nil } }
    }

    @Test func `an admin does not make himself owner by a new team that lists him`() {
        let role = Role(id: RoleID("all")!, key: Key("all")!, name: "All", policy: Self.everything, createdAt: Roster.now)
        let team = Self.team(of: [Roster.max, Roster.wanda], roles: [role.id])
        let ruling = Self.rule(Self.files(members: [Roster.wanda], roles: [role], teams: [team]), by: Roster.max)
        #expect(ruling.refusal == nil)
        #expect(Self.teams(ruling).map(\.members) == [[Roster.wanda.id]])
        #expect(ruling.event.changes.contains { $0.field == "team core: members" })
    }

    @Test func `nor by what a role of his team allows`() {
        let team = Self.team(of: [Roster.max], roles: [Self.helpers.id])
        var wider = Self.helpers
        wider.policy = Self.everything
        wider.name = "Better helpers"
        let ruling = Self.rule(Self.files(roles: [wider]), by: Roster.max, teams: [team], roles: [Self.helpers])
        let updated = ruling.changes.compactMap { if case .updateRole(let role) = $0 { role } else { nil } }
        #expect(updated.map(\.policy) == [Self.helpers.policy])
        #expect(updated.map(\.name) == ["Better helpers"])
    }

    @Test func `nor by a role that his team is given`() {
        let team = Self.team(of: [Roster.max], roles: [])
        let read = Self.team(of: [Roster.max], roles: [Self.helpers.id])
        let ruling = Self.rule(Self.files(teams: [read]), by: Roster.max, teams: [team], roles: [Self.helpers])
        #expect(ruling.refusal == nil && Self.teams(ruling).isEmpty)
    }

    @Test func `nor does he leave a team by it`() {
        let team = Self.team(of: [Roster.max, Roster.wanda], roles: [Self.helpers.id])
        let read = Self.team(of: [], roles: [])
        let ruling = Self.rule(
            Self.files(members: [Roster.wanda], teams: [read]), by: Roster.max, teams: [team], roles: [Self.helpers])
        #expect(Self.teams(ruling).map(\.members) == [[Roster.max.id]])
        #expect(Self.teams(ruling).map(\.customRoles) == [[Self.helpers.id]])
    }

    @Test func `only an admin makes admins by an import`() {
        let importers = Role(
            id: RoleID("importers")!, key: Key("importers")!, name: "Importers",
            policy: Self.everything, createdAt: Roster.now)
        let importer = Roster.member("igor", .admin, customRoles: [importers.id])
        let ruling = Roster.rule(
            .importAccount(Self.files(members: [Roster.member("kim", .admin), Roster.member("ines", .owner)])),
            by: importer
        ) {
            $0.existing.membersByID[importer.id] = importer
            $0.existing.rolesByID[importers.id] = importers
            $0.actorAuthority = Authority(of: importer, roles: [importers.id: importers], teams: [])
        }
        let roles = ruling.changes.compactMap { if case .insertMember(let new) = $0 { new.baseRole } else { nil } }
        #expect(ruling.refusal == nil && roles == [.reader, .reader])
    }
}
