package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// Whom `command` would touch if it were done now. Changes nothing, and looks at no more than
    /// `ImpactFinder.maximumExamined` members and tokens.
    package func impact(of command: Command) throws(PatrolError) -> Impact {
        try look { (transaction, now) throws(StorageError) in
            var finder = ImpactFinder(transaction, catalogue: catalogue, at: now)
            try finder.look(at: command)
            return finder.impact
        }
    }
}

/// Compares what members and tokens may do now with what they could do after a command.
struct ImpactFinder {
    static let maximumExamined = 200

    private let transaction: ReadTransaction
    private let catalogue: Catalogue
    private let now: Timestamp
    private(set) var impact = Impact()

    init(_ transaction: ReadTransaction, catalogue: Catalogue, at now: Timestamp) {
        self.transaction = transaction
        self.catalogue = catalogue
        self.now = now
    }

    mutating func look(at command: Command) throws(StorageError) {
        switch command {
        case .changeMemberRoles(let change):
            guard let member = try transaction.member(change.member) else { return }
            var after = member
            after.baseRole = change.baseRole
            after.customRoles = change.customRoles
            after.roleAttributes = change.roleAttributes
            try compare(member, with: after)
        case .removeMember(let id, _):
            guard let member = try transaction.member(id) else { return }
            var after = member
            after.removedAt = now
            try compare(member, with: after)
        case .transferOwnership(let id, _):
            guard let heir = try transaction.member(id), let owner = try transaction.owner() else { return }
            var after = heir
            after.baseRole = .owner
            after.customRoles = []
            var former = owner
            former.baseRole = .admin
            try compare(heir, with: after)
            try compare(owner, with: former)
        case .editRole(let edit):
            guard var role = try transaction.role(edit.role) else { return }
            role.basePermissions = edit.basePermissions
            role.policy = edit.policy
            try compareHolders(of: role)
        case .deleteRole(let id, _):
            guard var role = try transaction.role(id) else { return }
            role.deletedAt = now
            try compareHolders(of: role)
        case .editToken(let edit):
            guard let token = try transaction.token(edit.token) else { return }
            var after = token
            after.scope = edit.scope
            after.expiresAt = edit.expiresAt
            let people = try Person(token.owner, transaction)
            try compare(token, people, with: after, people, roles: [:])
        case .deleteToken(let id, _):
            guard let token = try transaction.token(id) else { return }
            impact.examined += 1
            add(Self.target(token), .killed, nil)
        default: return
        }
    }

    /// The owner of a token, with his teams.
    private struct Person {
        var member: Member?
        var teams: [Team]

        init(_ id: MemberID?, _ transaction: ReadTransaction) throws(StorageError) {
            guard let id else {
                (member, teams) = (nil, [])
                return
            }
            member = try transaction.member(id)
            teams = try transaction.teams(of: id)
        }

        init(_ member: Member, _ teams: [Team]) {
            self.member = member
            self.teams = teams
        }
    }

    private mutating func compare(_ before: Member, with after: Member) throws(StorageError) {
        let teams = try transaction.teams(of: before.id)
        let ids = Set(before.customRoles + after.customRoles + teams.flatMap(\.customRoles))
        let roles = try transaction.roles(ids)
        impact.examined += 1
        note(
            AuditTarget(.member, id: before.id.text, name: before.email),
            TokenAuthority(before, teams, roles), TokenAuthority(after, teams, roles))
        let page = try transaction.tokenPage(PageRequest(limit: Self.maximumExamined), of: before.id)
        for item in page.items {
            try compare(item.row.token, Person(before, teams), with: item.row.token, Person(after, teams), roles: [:])
        }
        if page.hasAfter, let row = try transaction.memberRow(before.id) {
            impact.notExamined += row.tokenCount - page.items.count
        }
    }

    /// - Parameter roles: as they would be, where that is not as they are.
    private mutating func compare(
        _ before: AccessToken, _ ownerBefore: Person, with after: AccessToken, _ ownerAfter: Person,
        roles changed: [RoleID: Role]
    ) throws(StorageError) {
        let named = [before, after].flatMap(\.scope.roles)
        let held = [ownerBefore, ownerAfter].flatMap { ($0.member?.customRoles ?? []) + $0.teams.flatMap(\.customRoles) }
        let roles = try transaction.roles(Set(named + held))
        impact.examined += 1
        note(
            Self.target(before),
            TokenAuthority(of: before, owner: ownerBefore.member, roles: roles, teams: ownerBefore.teams, at: now),
            TokenAuthority(
                of: after, owner: ownerAfter.member, roles: roles.merging(changed) { $1 }, teams: ownerAfter.teams,
                at: now))
    }

    private mutating func compareHolders(of after: Role) throws(StorageError) {
        let changed = [after.id: after]
        let holders =
            try transaction.members(holding: after.id, limit: Self.maximumExamined)
            + transaction.members(holdingByTeam: after.id, limit: Self.maximumExamined)
        var seen: Set<MemberID> = []
        for member in holders where seen.insert(member.id).inserted && seen.count <= Self.maximumExamined {
            let teams = try transaction.teams(of: member.id)
            let roles = try transaction.roles(Set(member.customRoles + teams.flatMap(\.customRoles)))
            impact.examined += 1
            note(
                AuditTarget(.member, id: member.id.text, name: member.email),
                TokenAuthority(member, teams, roles), TokenAuthority(member, teams, roles.merging(changed) { $1 }))
        }
        let page = try transaction.tokenPage(PageRequest(limit: Self.maximumExamined), scopedBy: after.id)
        for item in page.items {
            let owner = try Person(item.row.token.owner, transaction)
            try compare(item.row.token, owner, with: item.row.token, owner, roles: changed)
        }
        guard let row = try transaction.roleRow(after.id) else { return }
        impact.notExamined += max(0, row.memberCount - seen.count) + max(0, row.tokenCount - page.items.count)
    }

    private mutating func note(_ target: AuditTarget, _ before: TokenAuthority, _ after: TokenAuthority) {
        guard before.standing == nil else { return }
        if after.isDead && !before.isDead { return add(target, .killed, nil) }
        if let lost = before.example(beyond: after, catalogue: catalogue) { return add(target, .weakened, lost) }
        if let gained = after.example(beyond: before, catalogue: catalogue) { add(target, .strengthened, gained) }
    }

    private mutating func add(_ target: AuditTarget, _ effect: Impact.Touched.Effect, _ example: Request?) {
        impact.touched.append(Impact.Touched(target, effect: effect, example: example))
    }

    private static func target(_ token: AccessToken) -> AuditTarget {
        AuditTarget(.token, id: token.id.text, name: token.name)
    }
}

extension TokenAuthority {
    /// What a member may do, in the form in which tokens are compared.
    fileprivate init(_ member: Member, _ teams: [Team], _ roles: [RoleID: Role]) {
        let authority = Authority(of: member, roles: roles, teams: teams)
        self.init(scope: authority, behind: authority, standing: member.notInForce)
    }

    /// Whether it can do nothing at all.
    fileprivate var isDead: Bool {
        if standing != nil { return true }
        guard let scope else { return false }
        return scope.grants.allSatisfy(\.isEmpty) || (behind?.grants.allSatisfy(\.isEmpty) ?? true)
    }
}
