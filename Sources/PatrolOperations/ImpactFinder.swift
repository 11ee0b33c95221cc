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
    private var analysis: ScopeAnalysis
    private let now: Timestamp
    private(set) var impact = Impact()
    private var seen: Set<TokenID> = []
    /// The tokens that were looked at, in the order of the look.
    private(set) var changes: [TokenChange] = []
    /// Whether it is asked who gains or loses: not, where the changes alone are wanted.
    private let isComparing: Bool

    /// A token, and what it may do before and after the command.
    struct TokenChange {
        let token: AccessToken
        let before: TokenAuthority
        let after: TokenAuthority
    }

    /// How many more may be looked at.
    private var left: Int { max(0, Self.maximumExamined - impact.examined) }

    init(_ transaction: ReadTransaction, catalogue: Catalogue, isComparing: Bool = true, at now: Timestamp) {
        self.transaction = transaction
        self.isComparing = isComparing
        analysis = ScopeAnalysis(catalogue: catalogue)
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
        case .applyPlan(let id, _):
            guard let token = try transaction.token(id), let plan = token.plan else { return }
            try compare(token, given: plan.scope)
        case .planScope(let plan):
            guard let token = try transaction.token(plan.token) else { return }
            try compare(token, given: plan.scope)
        case .restoreScope(let id, _):
            guard let token = try transaction.token(id), let former = token.formerScope else { return }
            try compare(token, given: former.scope)
        case .quarantineToken(let quarantine):
            guard let token = try transaction.token(quarantine.token), token.quarantine == nil else { return }
            try refuse(token, .tokenQuarantined)
        case .deleteToken(let id, _):
            guard let token = try transaction.token(id) else { return }
            try refuse(token, .tokenDeleted)
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
        try compareTokens(of: Person(before, teams), with: Person(after, teams), roles: [:])
    }

    /// The tokens in force of a person who, or whose roles, would change. Service tokens rest on the snapshot
    /// that was taken when they were made, but may name a role that changes.
    private mutating func compareTokens(
        of before: Person, with after: Person, roles changed: [RoleID: Role]
    ) throws(StorageError) {
        guard let member = before.member, let row = try transaction.memberRow(member.id), row.tokenCount > 0
        else { return }
        let page = left > 0 ? try transaction.tokenPage(PageRequest(limit: left), of: member.id, at: now).items : []
        for token in page.map(\.row.token) where seen.insert(token.id).inserted {
            try compare(token, before, with: token, after, roles: changed)
        }
        impact.notExamined += max(0, row.tokenCount - page.count)
    }

    private mutating func refuse(_ token: AccessToken, _ why: Decision.NotInForce) throws(StorageError) {
        impact.examined += 1
        let before = try transaction.standing(of: token, at: now).authority
        var after = before
        after.standing = why
        changes.append(TokenChange(token: token, before: before, after: after))
        add(Self.target(token), .killed, nil)
    }

    private mutating func compare(_ token: AccessToken, given scope: Scope) throws(StorageError) {
        var after = token
        after.scope = scope
        let person = try Person(token.owner, transaction)
        try compare(token, person, with: after, person, roles: [:])
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
        let change = TokenChange(
            token: before,
            before: TokenAuthority(of: before, owner: ownerBefore.member, roles: roles, teams: ownerBefore.teams, at: now),
            after: TokenAuthority(
                of: after, owner: ownerAfter.member, roles: roles.merging(changed) { $1 }, teams: ownerAfter.teams,
                at: now))
        changes.append(change)
        note(Self.target(before), change.before, change.after)
    }

    /// The tokens whose scope names the role, then those who hold it, each with his tokens.
    private mutating func compareHolders(of after: Role) throws(StorageError) {
        let changed = [after.id: after]
        // Half at most, so that holders are looked at, too.
        let named = try transaction.tokenPage(PageRequest(limit: Self.maximumExamined / 2), scopedBy: after.id, at: now).items
        for token in named.map(\.row.token) where seen.insert(token.id).inserted {
            let owner = try Person(token.owner, transaction)
            try compare(token, owner, with: token, owner, roles: changed)
        }
        let namedCount = try transaction.roleRow(after.id)?.tokenCount ?? named.count
        impact.notExamined += max(0, namedCount - named.count)
        try compareMembers(holding: after.id, changed)
        impact.touched =
            impact.touched.filter { $0.target.kind == .member } + impact.touched.filter { $0.target.kind != .member }
    }

    private mutating func compareMembers(
        holding role: RoleID, _ changed: [RoleID: Role]
    ) throws(StorageError) {
        let holders =
            try transaction.members(holding: role, limit: Self.maximumExamined)
            + transaction.members(holdingByTeam: role, limit: Self.maximumExamined)
        var rest = try transaction.count(ofThoseHolding: role)
        var known: Set<MemberID> = []
        for member in holders where left > 0 && known.insert(member.id).inserted {
            let teams = try transaction.teams(of: member.id)
            let roles = try transaction.roles(Set(member.customRoles + teams.flatMap(\.customRoles)))
            impact.examined += 1
            note(
                AuditTarget(.member, id: member.id.text, name: member.email),
                TokenAuthority(member, teams, roles), TokenAuthority(member, teams, roles.merging(changed) { $1 }))
            let person = Person(member, teams)
            try compareTokens(of: person, with: person, roles: changed)
            rest.members -= 1
            rest.tokens -= try transaction.memberRow(member.id)?.tokenCount ?? 0
        }
        impact.notExamined += max(0, rest.members) + max(0, rest.tokens)
    }

    private mutating func note(_ target: AuditTarget, _ before: TokenAuthority, _ after: TokenAuthority) {
        guard isComparing, before.standing == nil else { return }
        if after.isDead && !before.isDead { return add(target, .killed, nil) }
        switch analysis.containment(of: before, in: after, steps: ScopeAnalysis.stepsAmongMany) {
        case .beyond(let lost): return add(target, .weakened, lost.request)
        case .undecided: return add(target, .undecided, nil)
        case .contained: break
        }
        switch analysis.containment(of: after, in: before, steps: ScopeAnalysis.stepsAmongMany) {
        case .beyond(let gained): add(target, .strengthened, gained.request)
        case .undecided: add(target, .undecided, nil)
        case .contained: break
        }
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
