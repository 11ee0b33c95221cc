internal import PatrolDomain

/// The made-up account while its past is told: what the rules have to know, held in memory, so that
/// millions of commands can be judged by the same rules as any other.
struct DemoWorld {
    /// Tokens that later commands may be about: the newest so many.
    static let maximumHeldTokens = 60_000

    var account: Account
    private(set) var members: [Member] = []
    private(set) var roles: [Role] = []
    private(set) var teams: [Team] = []
    /// In force; a ring once it is full.
    private(set) var tokens: [AccessToken] = []
    private var nextSlot = 0
    private var memberPlaces: [MemberID: Int] = [:]
    private var tokenPlaces: [TokenID: Int] = [:]
    private var rolesByID: [RoleID: Role] = [:]
    private var authorities: [MemberID: Authority] = [:]

    init(account: Account) { self.account = account }

    mutating func facts(actor: MemberID, at now: Timestamp, fresh: Facts.Fresh) -> Facts {
        let member = members[memberPlaces[actor]!]
        var facts = Facts(
            account: account, now: now, actor: member, actorAuthority: authority(of: member), fresh: fresh)
        facts.roles = rolesByID
        return facts
    }

    mutating func authority(of member: Member) -> Authority {
        if let known = authorities[member.id] { return known }
        let teams = teams.filter { $0.members.contains(member.id) }
        let authority = Authority(of: member, roles: rolesByID, teams: teams)
        authorities[member.id] = authority
        return authority
    }

    /// What a token may do.
    func authority(of token: AccessToken, at now: Timestamp) -> TokenAuthority {
        let owner = token.owner.flatMap(member)
        return TokenAuthority(
            of: token, owner: owner, roles: rolesByID,
            teams: teams.filter { team in owner.map { team.members.contains($0.id) } ?? false }, at: now)
    }

    func member(_ id: MemberID) -> Member? { memberPlaces[id].map { members[$0] } }

    func role(_ key: String) -> Role? { roles.first { $0.key.text == key } }

    mutating func apply(_ changes: [Change]) {
        for change in changes {
            switch change {
            case .insertMember(let member):
                memberPlaces[member.id] = members.count
                members.append(member)
            case .updateMember(let member):
                members[memberPlaces[member.id]!] = member
                authorities[member.id] = nil
            case .insertRole(let role):
                roles.append(role)
                rolesByID[role.id] = role
            case .updateRole(let role):
                if let place = roles.firstIndex(where: { $0.id == role.id }) { roles[place] = role }
                rolesByID[role.id] = role
                authorities.removeAll()
            case .upsertTeam(let team):
                teams.removeAll { $0.key == team.key }
                teams.append(team)
                authorities.removeAll()
            case .insertToken(let token): hold(token)
            case .updateToken(let token): update(token)
            case .insertSecret, .endSecrets, .forgetSignal, .insertAccount, .upsertPastEntry, .upsertTemplate, .writeSettings,
                .upsertSuppression, .deleteSuppression, .insertReview, .decideReviewItem, .closeReview, .staleRisk:
                break
            }
        }
    }

    /// What a call leaves behind.
    mutating func noteUse(of id: TokenID, at time: Timestamp) {
        guard let place = tokenPlaces[id] else { return }
        tokens[place].lastUsedAt = max(tokens[place].lastUsedAt ?? time, time)
    }

    private mutating func hold(_ token: AccessToken) {
        if tokens.count < Self.maximumHeldTokens {
            tokenPlaces[token.id] = tokens.count
            tokens.append(token)
            return
        }
        tokenPlaces[tokens[nextSlot].id] = nil
        tokenPlaces[token.id] = nextSlot
        tokens[nextSlot] = token
        nextSlot = (nextSlot + 1) % Self.maximumHeldTokens
    }

    private mutating func update(_ token: AccessToken) {
        guard let place = tokenPlaces[token.id] else { return }
        if token.deletedAt == nil {
            tokens[place] = token
            return
        }
        tokenPlaces[token.id] = nil
        let last = tokens.removeLast()
        if last.id != token.id {
            tokens[place] = last
            tokenPlaces[last.id] = place
        }
        if nextSlot >= tokens.count { nextSlot = 0 }
    }
}
