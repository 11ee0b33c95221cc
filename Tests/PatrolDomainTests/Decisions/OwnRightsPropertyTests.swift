import Testing

@testable import PatrolDomain

/// Nobody's own rights grow by what he does himself, whatever he asks for.
@Suite struct OwnRightsPropertyTests {
    @Test(arguments: 0..<40)
    func `no sequence of commands by one who is not the owner widens what he may do`(seed: Int) throws {
        var world = try World(seed: UInt64(seed))
        let requests = try (0..<40).map { _ in try world.words.request() } + World.powers
        let before = requests.map { world.authority.decide($0).isAllowed }
        var allowed = 0
        for _ in 0..<60 {
            let command = try world.command()
            let ruling = world.rule(on: command)
            guard ruling.refusal == nil else { continue }
            allowed += 1
            for change in ruling.changes { world.apply(change) }
            for (request, was) in zip(requests, before) where !was {
                #expect(!world.authority.decide(request).isAllowed, "\(command) gave \(request)")
                for token in world.secrets {
                    #expect(!world.authority(of: token).decide(request).isAllowed, "\(command) gave \(request) by a token")
                }
            }
        }
        #expect(allowed > 0)
    }
}

/// A small account that one member works in.
private struct World {
    var words: Workload
    let actor: MemberID
    var members: [MemberID: Member] = [:]
    var roles: [RoleID: Role] = [:]
    var teams: [Key: Team] = [:]
    var tokens: [TokenID: AccessToken] = [:]
    private var count = 0

    static let powers: [Request] = [
        Request(.updateAccountOwner, on: .account), Request(.updateOrganization, on: .account),
        Request(.updateAccountToken, on: .account),
    ]

    init(seed: UInt64) throws {
        words = Workload(seed: seed)
        let all = Role(
            id: RoleID("most")!, key: Key("most")!, name: "most",
            policy: Policy(statements: [
                Roster.allow("*", "member/*"), Roster.allow("*", "role/*"), Roster.allow("updateOrganization", "acct"),
                Roster.allow("updateAccountToken", "acct"), Roster.allow("*", "service-token/*"),
                Roster.allow("*", "member/*:token/*"),
            ]), createdAt: Roster.now)
        let clerk = Roster.member("clerk", .admin, customRoles: [all.id])
        let first = try words.role()
        for role in [all, first] { roles[role.id] = role }
        for member in [Roster.ada, Roster.max, Roster.wanda, Roster.rita, clerk] { members[member.id] = member }
        actor = words.pick([Roster.max, Roster.wanda, clerk]).id
        teams[Key("core")!] = Team(
            key: Key("core")!, name: "core", members: words.pick([[], [actor]]), customRoles: [first.id])
    }

    func teams(of member: MemberID) -> [Team] {
        teams.values.filter { $0.members.contains(member) }.sorted { $0.key < $1.key }
    }

    func authority(of member: MemberID) -> Authority {
        guard let member = members[member] else { return Authority(grants: [], holder: nil) }
        return Authority(of: member, roles: roles, teams: teams(of: member.id))
    }

    var authority: Authority { authority(of: actor) }

    /// Tokens whose secrets the actor has seen.
    var secrets: [AccessToken] { tokens.values.filter { $0.origin != .imported } }

    func authority(of token: AccessToken) -> TokenAuthority {
        let owner = token.owner.flatMap { members[$0] }
        return TokenAuthority(
            of: token, owner: owner, roles: roles, teams: owner.map { teams(of: $0.id) } ?? [], at: Roster.now)
    }

    mutating func apply(_ change: Change) {
        switch change {
        case .insertMember(let member), .updateMember(let member): members[member.id] = member
        case .insertRole(let role), .updateRole(let role): roles[role.id] = role
        case .upsertTeam(let team): teams[team.key] = team
        case .insertToken(let token), .updateToken(let token): tokens[token.id] = token
        default: break
        }
    }

    mutating func rule(on command: Command) -> Ruling {
        count += 1
        let id = "new\(count)"
        let fresh = Facts.Fresh(
            memberID: MemberID(id)!, roleID: RoleID(id)!, tokenID: TokenID(id)!,
            secret: StoredSecret(id: id, token: TokenID(id)!, hash: [], keyVersion: 1, createdAt: Roster.now))
        var facts = Facts(
            account: Account(id: AccountID("a")!, name: "Acme", createdAt: Roster.now), now: Roster.now,
            actor: members[actor] ?? Roster.max, actorAuthority: authority, fresh: fresh)
        facts.actorTeams = teams(of: actor)
        facts.roles = roles
        facts.owner = members.values.first { $0.baseRole == .owner }
        facts.existing.membersByID = members
        for member in members.values where member.removedAt == nil { facts.existing.membersByEmail[member.email] = member }
        facts.existing.rolesByID = roles
        for role in roles.values { facts.existing.rolesByKey[role.key] = role }
        facts.existing.teams = teams
        facts.existing.tokens = tokens
        look(at: command, &facts)
        return Rules.rule(on: command, by: Actor(member: actor, signIn: .localUser(uid: 1, name: "kim")), knowing: facts)
    }

    private func look(at command: Command, _ facts: inout Facts) {
        switch command {
        case .changeMemberRoles(let change): facts.member = members[change.member]
        case .removeMember(let id, _), .transferOwnership(let id, _): facts.member = members[id]
        case .editRole(let edit): look(at: edit.role, &facts)
        case .deleteRole(let id, _): look(at: id, &facts)
        case .adoptToken(let adoption): facts.tokenOwner = adoption.owner.flatMap { members[$0] }
        case .editToken(let edit): facts.token = tokens[edit.token]
        case .rotateToken(let rotation): facts.token = tokens[rotation.token]
        default: break
        }
        if let token = facts.token { facts.tokenOwner = token.owner.flatMap { members[$0] } }
    }

    private func look(at role: RoleID, _ facts: inout Facts) {
        facts.role = roles[role]
        facts.isRoleOfActor =
            facts.actor.customRoles.contains(role) || facts.actorTeams.contains { $0.customRoles.contains(role) }
        facts.roleHolders = Facts.RoleHolders(
            members: members.values.filter { $0.customRoles.contains(role) }.count,
            teams: teams.values.filter { $0.customRoles.contains(role) }.count)
    }

    // MARK: - What he asks for

    private mutating func someone() -> MemberID { words.pick(members.keys.sorted() + [actor, actor]) }
    private mutating func someRole() -> RoleID { words.pick(roles.keys.sorted()) }
    private mutating func anything() throws -> Policy {
        words.isLucky(50) ? Policy(statements: [Roster.allow("*", "*")]) : try words.policy()
    }

    mutating func command() throws -> Command {
        let id = someone()
        let role = someRole()
        let version = members[id]?.version ?? 0
        let base = words.pick(BaseRole.allCases)
        switch Int.random(in: 0..<11, using: &words.random) {
        case 0: return .inviteMember(InviteMember(email: "n\(count)@example.org", baseRole: base, customRoles: [role]))
        case 1:
            return .changeMemberRoles(
                ChangeMemberRoles(
                    member: id, version: version, baseRole: base, customRoles: words.pick([[], [role]]),
                    roleAttributes: words.pick([[:], ["p": ["*"]]])))
        case 2: return .removeMember(id, version: version)
        case 3: return .transferOwnership(to: id, version: version)
        case 4: return .createRole(CreateRole(key: Key("k\(count)")!, name: "n\(count)", policy: try anything()))
        case 5:
            return .editRole(
                EditRole(
                    role: role, version: roles[role]?.version ?? 0, name: "e\(count)", description: "",
                    basePermissions: .reader, policy: try anything()))
        case 6: return .deleteRole(role, version: roles[role]?.version ?? 0)
        case 7:
            return .createToken(
                CreateToken(
                    kind: words.pick([.personal, .service]), name: "token", purpose: "",
                    scope: words.pick([.base(base), .inline(try anything()), .customRoles([role])]), expiresAt: nil))
        case 8:
            return .adoptToken(
                AdoptToken(
                    kind: words.pick(AccessToken.Kind.allCases), name: "token", purpose: "", owner: id,
                    scope: .base(base), expiresAt: nil))
        default: return .importAccount(try files())
        }
    }

    private mutating func files() throws -> AccountImport {
        var held = roles[someRole()] ?? Roster.janitors
        held.policy = try anything()
        held.basePermissions = .reader
        let new = Role(
            id: RoleID("i\(count)")!, key: Key("i\(count)")!, name: "i", policy: try anything(), createdAt: Roster.now)
        var members: [Member] = []
        if words.isLucky(70) {
            var own = self.members[actor] ?? Roster.max
            own.baseRole = words.pick(BaseRole.allCases)
            own.customRoles = words.pick([[], [new.id], [held.id]])
            members = words.pick([[own], [Roster.ada, own], [Roster.wanda]])
        }
        let key = words.pick([Key("core")!, Key("crew")!])
        let team = Team(
            key: key, name: "team", members: words.pick([[], [actor], [actor, Roster.wanda.id]]),
            customRoles: words.pick([[], [held.id], [new.id, held.id]]), roleAttributes: ["p": ["*"]])
        return AccountImport(
            source: "files", members: members, roles: words.pick([[], [held], [held, new]]), teams: [team], tokens: [],
            pastEntries: [])
    }
}
