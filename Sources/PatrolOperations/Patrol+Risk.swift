internal import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// Judges anew the tokens whose stored risk may be out of date, because something they rest on
    /// changed or because time passed: at most `limit` of them, the longest due first.
    ///
    /// - Returns: Whether more are due.
    package func refreshRisks(limit: Int = 500) throws(PatrolError) -> Bool {
        let now = now
        let judged = try read { transaction throws(StorageError) in
            var lookup = StandingLookup(transaction, catalogue: catalogue, at: now)
            var judged: [(TokenID, Judgement)] = []
            for id in try transaction.dueRisks(limit: limit, at: now) {
                guard let token = try transaction.token(id) else { continue }
                judged.append((id, try lookup.judgement(of: token)))
            }
            return judged
        }
        if judged.isEmpty { return false }
        try write { transaction throws(StorageError) in
            for (id, judgement) in judged { try transaction.storeRisk(of: id, judgement.risk, dueAt: judgement.dueAt) }
        }
        return judged.count == limit
    }
}

/// Judges many tokens in one transaction; people and roles that come again are looked up once.
struct StandingLookup {
    private let transaction: ReadTransaction
    private let now: Timestamp
    private var people: [MemberID: (member: Member?, teams: [Team])] = [:]
    private var roles: [RoleID: Role] = [:]
    private var round: Hygiene.Round

    init(_ transaction: ReadTransaction, catalogue: Catalogue, at now: Timestamp) {
        self.transaction = transaction
        round = Hygiene.Round(catalogue: catalogue)
        self.now = now
    }

    mutating func judgement(of token: AccessToken) throws(StorageError) -> Judgement {
        let (owner, teams) = try person(token.owner)
        let ids = Set(token.scope.roles).union(owner?.customRoles ?? []).union(teams.flatMap(\.customRoles))
        roles.merge(try transaction.roles(ids.filter { roles[$0] == nil })) { $1 }
        let authority = TokenAuthority(of: token, owner: owner, roles: roles, teams: teams, at: now)
        return round.judge(
            token, owner: owner, scope: authority.scope, behind: authority.behind, at: now)
    }

    private mutating func person(_ id: MemberID?) throws(StorageError) -> (member: Member?, teams: [Team]) {
        guard let id else { return (nil, []) }
        if let known = people[id] { return known }
        let person = (member: try transaction.member(id), teams: try transaction.teams(of: id))
        people[id] = person
        return person
    }
}
