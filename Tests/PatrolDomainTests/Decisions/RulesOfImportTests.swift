import PatrolDomain
import Testing

@Suite struct RulesOfImportTests {
    static let reader = Role(
        id: RoleID("r1")!, key: Key("warehouse")!, name: "Warehouse", createdAt: Roster.now - .days(9))

    static func contents(
        members: [Member] = [], roles: [Role] = [], tokens: [AccessToken] = []
    ) -> Command {
        .importAccount(
            AccountImport(source: "files", members: members, roles: roles, teams: [], tokens: tokens, pastEntries: []))
    }

    static func inserted(_ ruling: Ruling) -> (members: [Member], roles: [Role], tokens: [AccessToken]) {
        var found: (members: [Member], roles: [Role], tokens: [AccessToken]) = ([], [], [])
        for change in ruling.changes {
            switch change {
            case .insertMember(let member): found.members.append(member)
            case .insertRole(let role): found.roles.append(role)
            case .insertToken(let token): found.tokens.append(token)
            default: break
            }
        }
        return found
    }

    @Test func `two entries with one address are one member`() {
        var twin = Roster.member("kim", .writer)
        twin.email = "KIM@example.org"
        let other = Member(
            id: MemberID("other")!, email: "kim@example.org", baseRole: .reader, createdAt: Roster.now)
        let token = AccessToken(
            id: TokenID("t1")!, kind: .personal, origin: .imported, name: "nightly", owner: other.id,
            scope: .base(.reader), createdAt: Roster.now)
        let found = Self.inserted(Roster.rule(Self.contents(members: [twin, other], tokens: [token]), by: Roster.ada))
        #expect(found.members.map(\.id) == [twin.id])
        #expect(found.tokens.map(\.owner) == [twin.id])
    }

    @Test func `a role that nobody knows gives nothing, and the base role does not come back`() {
        let member = Roster.member("kim", .admin, customRoles: [RoleID("gone")!])
        let found = Self.inserted(Roster.rule(Self.contents(members: [member]), by: Roster.ada))
        #expect(found.members.map(\.customRoles) == [[RoleID("gone")!]])
        #expect(found.roles.map(\.deletedAt) == [Roster.now])
        let roles = [found.roles[0].id: found.roles[0]]
        let authority = Authority(of: found.members[0], roles: roles, teams: [])
        #expect(!authority.decide(Request(.createMember, on: .member(member.id))).isAllowed)
    }

    @Test func `two roles with one key are one role`() {
        let twin = Role(id: RoleID("r2")!, key: Self.reader.key, name: "Other", createdAt: Roster.now)
        let holder = Roster.member("kim", .reader, customRoles: [twin.id])
        let found = Self.inserted(
            Roster.rule(Self.contents(members: [holder], roles: [Self.reader, twin]), by: Roster.ada))
        #expect(found.roles.map(\.id) == [Self.reader.id])
        #expect(found.members.map(\.customRoles) == [[Self.reader.id]])
    }

    @Test func `an imported owner becomes an admin: there is one owner`() {
        let found = Self.inserted(
            Roster.rule(Self.contents(members: [Roster.member("ines", .owner)]), by: Roster.ada))
        #expect(found.members.map(\.baseRole) == [.admin])
    }

    @Test func `an import never changes the one who imports`() {
        let lowered = Roster.member("max", .reader)
        let ruling = Roster.rule(Self.contents(members: [lowered]), by: Roster.max) {
            $0.existing.membersByID[Roster.max.id] = Roster.max
        }
        #expect(ruling.refusal == nil)
        #expect(!ruling.changes.contains { if case .updateMember = $0 { true } else { false } })
    }

    @Test func `a token whose owner is not known keeps him on record as removed, and is refused`() {
        let token = AccessToken(
            id: TokenID("t1")!, kind: .personal, origin: .imported, name: "nightly", owner: MemberID("left")!,
            scope: .base(.writer), createdAt: Roster.now)
        let found = Self.inserted(Roster.rule(Self.contents(tokens: [token]), by: Roster.ada))
        #expect(found.members.map(\.standing) == [.removed])
        #expect(token.notInForce(owner: found.members[0], at: Roster.now) == .ownerRemoved)
    }

    @Test func `a writer imports nothing`() {
        let ruling = Roster.rule(Self.contents(roles: [Self.reader]), by: Roster.wanda)
        #expect(ruling.refusal?.code == "notPermitted")
    }
}
