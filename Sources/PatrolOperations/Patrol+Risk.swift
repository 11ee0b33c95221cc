package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// As many are judged at a time, so that others who write wait for no longer than that.
    private static let tokensAtOnce = 200

    /// Judges anew the tokens whose stored risk may be out of date, because something they rest on
    /// changed or because time passed: at most `limit` of them, the longest due first. Each is judged in the
    /// transaction that stores it, so that no newer change is missed.
    ///
    /// - Parameter patience: How long to wait for others who write: this is housekeeping.
    /// - Returns: Whether more are due, and there is a point in going on now: false, too, where others did not let
    ///   this one in, and where the account was opened for reading.
    package func refreshRisks(
        limit: Int = 500, patience: TimeSpan = TimeSpan(milliseconds: 10)
    ) throws(PatrolError) -> Bool {
        if isReadOnly { return false }
        var left = limit
        while left > 0 {
            if try look({ (transaction, now) throws(StorageError) in
                try transaction.dueRisks(limit: 1, at: now).isEmpty
            }) { return false }
            let part = min(left, Self.tokensAtOnce)
            guard try judge(part, patience: patience) else { return false }
            left -= part
        }
        return true
    }

    /// False where the others did not let this one in, or no more are due.
    private func judge(_ limit: Int, patience: TimeSpan) throws(PatrolError) -> Bool {
        let clock = now
        do throws(StorageError) {
            return try store.write(deadline: patience) { transaction throws(StorageError) in
                let now = try transaction.now(clock)
                return try StandingLookup.judge(limit, in: transaction, catalogue: catalogue, at: now)
            }
        } catch .busy {
            return false
        } catch {
            throw PatrolError(error)
        }
    }
}

extension StandingLookup {
    /// Judges at most `limit` of the tokens that are due, and stores what was found. True where more may be due.
    static func judge(
        _ limit: Int, in transaction: WriteTransaction, catalogue: Catalogue, at now: Timestamp
    ) throws(StorageError) -> Bool {
        let due = try transaction.dueRisks(limit: limit, at: now)
        var lookup = StandingLookup(transaction, catalogue: catalogue, at: now)
        for id in due {
            guard let token = try transaction.token(id) else { continue }
            let judgement = try lookup.judgement(of: token)
            try transaction.storeRisk(of: id, judgement.risk, dueAt: judgement.dueAt)
        }
        return due.count == limit
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
