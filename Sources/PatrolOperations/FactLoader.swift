internal import PatrolDomain
internal import PatrolStorage

/// Reads what the rules have to know for each command, inside the transaction that records the ruling, or, to see what
/// it would be, in another.
struct FactLoader {
    let transaction: ReadTransaction
    let actor: Actor
    let now: Timestamp
    let fresh: Facts.Fresh
    /// The id of the secret by which the actor's token signed in.
    var secret: String?

    func facts(for command: Command) throws(StorageError) -> Facts {
        var facts = try base()
        switch command {
        case .inviteMember(let invitation):
            facts.isEmailInUse = try transaction.member(email: invitation.email) != nil
            try add(roles: invitation.customRoles, to: &facts)
        case .acceptInvitation:
            break
        case .changeMemberRoles(let change):
            facts.member = try transaction.member(change.member)
            try add(roles: change.customRoles + (facts.member?.customRoles ?? []), to: &facts)
        case .removeMember(let id, _):
            facts.member = try transaction.member(id)
        case .transferOwnership(let id, _):
            facts.member = try transaction.member(id)
            facts.owner = try transaction.owner()
            try add(roles: facts.member?.customRoles ?? [], to: &facts)
        case .createRole(let creation):
            facts.isKeyInUse = try transaction.role(key: creation.key) != nil
            facts.isNameInUse = try transaction.isRoleNameInUse(creation.name)
        case .editRole(let edit):
            try addRole(edit.role, to: &facts)
            facts.isNameInUse = try transaction.isRoleNameInUse(edit.name, except: edit.role)
        case .deleteRole(let id, _):
            try addRole(id, to: &facts)
        case .createToken(let creation):
            try add(roles: creation.scope.roles, to: &facts)
        case .adoptToken(let adoption):
            try add(roles: adoption.scope.roles, to: &facts)
            if let owner = adoption.owner { facts.tokenOwner = try transaction.member(owner) }
            if let secret = fresh.secret { facts.isSecretInUse = try transaction.secret(id: secret.id) != nil }
        case .editToken(let edit):
            try addToken(edit.token, to: &facts)
            try add(roles: edit.scope.roles, to: &facts)
        case .editNetworks(let edit):
            try addToken(edit.token, to: &facts)
        case .rotateToken(let rotation):
            try addToken(rotation.token, to: &facts)
        case .planScope(let plan):
            try addToken(plan.token, to: &facts)
            try add(roles: plan.scope.roles, to: &facts)
            try addOwnerOfToken(to: &facts)
        case .applyPlan(let id, _), .restoreScope(let id, _):
            try addToken(id, to: &facts)
            try addOwnerOfToken(to: &facts)
        case .quarantineToken, .thawToken, .cancelPlan:
            if let id = command.keeping?.token { try addToken(id, to: &facts) }
        case .flagToken(let id, _, _, _), .unflagToken(let id, _), .deleteToken(let id, _):
            try addToken(id, to: &facts)
        case .saveTemplate(let save):
            facts.template = try transaction.template(save.key)
            facts.templateCount = try transaction.templateCount()
        case .deleteTemplate(let key, _):
            facts.template = try transaction.template(key)
        case .suppressFinding(let suppression):
            try addToken(suppression.token, to: &facts)
            facts.suppression = try transaction.suppressions(of: suppression.token).first { $0.rule == suppression.rule }
        case .liftSuppression(let id, let rule, _):
            try addToken(id, to: &facts)
            facts.suppression = try transaction.suppressions(of: id).first { $0.rule == rule }
        case .changeSettings:
            facts.settings = try transaction.settings()
        case .startReview(let start):
            facts.isNameInUse = try transaction.review(name: start.name) != nil
            facts.population = try transaction.reviewPopulation(of: start.filter, at: now)
        case .decideReviewItem(let decision):
            facts.review = try transaction.review(decision.review)
            facts.reviewItem = try transaction.reviewItem(of: decision.token, in: decision.review)
            try addToken(decision.token, to: &facts)
        case .closeReview(let id, _):
            facts.review = try transaction.review(id)
            facts.population = try transaction.undecidedPopulation(of: id)
        case .importAccount(let contents):
            facts.existing = try existing(contents)
            // What gives the actor his own rights, to see that it stays as it is.
            let own = facts.actor.customRoles + facts.actorTeams.flatMap(\.customRoles)
            facts.existing.rolesByID.merge(try transaction.roles(Set(own))) { known, _ in known }
        }
        return facts
    }

    private func base() throws(StorageError) -> Facts {
        guard let member = try transaction.member(actor.member) else {
            throw .damaged(detail: "the member who acts is not on record")
        }
        let authority = try transaction.authority(of: member)
        var facts = Facts(
            account: try transaction.theAccount(), now: now, actor: member, actorAuthority: authority,
            fresh: fresh)
        facts.actorTeams = try transaction.teams(of: member.id)
        if let id = actor.token { facts.actingToken = try acting(id) }
        return facts
    }

    /// The token that is acted with, as it is in this transaction.
    private func acting(_ id: TokenID) throws(StorageError) -> ActingToken {
        guard let token = try transaction.token(id) else {
            throw .damaged(detail: "the token that is acted with is not on record")
        }
        var authority = try transaction.standing(of: token, at: now).authority
        if token.deletedAt == nil, let secret {
            let isRetired = try transaction.secret(id: secret)?.isRetired(at: now) ?? true
            if isRetired { authority.standing = .secretRetired }
        }
        return ActingToken(token, authority: authority)
    }

    private func add(roles: [RoleID], to facts: inout Facts) throws(StorageError) {
        let missing = roles.filter { facts.roles[$0] == nil }
        if missing.isEmpty { return }
        facts.roles.merge(try transaction.roles(missing)) { $1 }
    }

    private func addRole(_ id: RoleID, to facts: inout Facts) throws(StorageError) {
        facts.role = try transaction.role(id)
        facts.roleHolders = try transaction.holders(of: id)
        let teams = try transaction.teams(of: facts.actor.id)
        facts.isRoleOfActor =
            facts.actor.customRoles.contains(id) || teams.contains { $0.customRoles.contains(id) }
        // One token could edit the role of another one that it made, or was made by.
        if let acting = facts.actingToken, !acting.isAdmin {
            var isInScope = acting.token.scope.roles.contains(id)
            if !isInScope, let owner = acting.token.owner {
                isInScope = try transaction.isInScope(id, ofTokensOf: owner)
            }
            if isInScope { facts.isRoleOfActor = true }
        }
    }

    private func addToken(_ id: TokenID, to facts: inout Facts) throws(StorageError) {
        facts.token = try transaction.token(id)
        guard let token = facts.token else { return }
        try add(roles: token.roles, to: &facts)
        if let owner = token.owner { facts.tokenOwner = try transaction.member(owner) }
    }

    /// What the one behind the token may do, for comparing scopes.
    private func addOwnerOfToken(to facts: inout Facts) throws(StorageError) {
        guard let owner = facts.tokenOwner else { return }
        facts.tokenOwnerTeams = try transaction.teams(of: owner.id)
        try add(roles: owner.customRoles + facts.tokenOwnerTeams.flatMap(\.customRoles), to: &facts)
    }

    /// One look-up each: an import is as large as it is, and nothing else of the account is read.
    private func existing(_ contents: AccountImport) throws(StorageError) -> Facts.Existing {
        var existing = Facts.Existing()
        for read in contents.members {
            if let known = try transaction.member(read.id) { existing.membersByID[known.id] = known }
            if let known = try transaction.member(email: read.email) {
                existing.membersByEmail[read.email.lowercased()] = known
            }
        }
        let others = contents.tokens.compactMap(\.owner) + contents.teams.flatMap(\.members)
        for id in others where existing.membersByID[id] == nil {
            if let known = try transaction.member(id) { existing.membersByID[id] = known }
        }
        for read in contents.roles {
            if let known = try transaction.role(read.id) { existing.rolesByID[known.id] = known }
            if let known = try transaction.role(key: read.key) { existing.rolesByKey[known.key] = known }
        }
        let roles =
            contents.members.flatMap(\.customRoles) + contents.teams.flatMap(\.customRoles)
            + contents.tokens.flatMap(\.scope.roles)
        existing.rolesByID.merge(try transaction.roles(Set(roles))) { known, _ in known }
        for read in contents.teams { existing.teams[read.key] = try transaction.team(read.key) }
        for read in contents.tokens { existing.tokens[read.id] = try transaction.token(read.id) }
        for read in contents.pastEntries {
            guard let operation = read.ownOperation else { continue }
            if try transaction.entry(operation: operation) != nil { existing.ownEntries.insert(read.id) }
        }
        return existing
    }
}

extension Scope {
    /// The custom roles it names.
    var roles: [RoleID] {
        if case .customRoles(let roles) = self { roles } else { [] }
    }
}

extension AccessToken {
    /// The custom roles that it is given, was given, or is to be given.
    fileprivate var roles: [RoleID] { scope.roles + (plan?.scope.roles ?? []) + (formerScope?.scope.roles ?? []) }
}

extension ReadTransaction {
    /// What a member may do now: his roles and his teams', looked up.
    func authority(of member: Member) throws(StorageError) -> Authority {
        let teams = try teams(of: member.id)
        let ids = Set(member.customRoles).union(teams.flatMap(\.customRoles))
        return Authority(of: member, roles: try roles(ids), teams: teams)
    }

    /// The account: a database is never met without one.
    func theAccount() throws(StorageError) -> Account {
        guard let account = try account() else { throw .damaged(detail: "the account is not on record") }
        return account
    }
}
