package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// Rows of use to look at for one token, at most.
    package static let maximumRows = 1_000_000
    /// Tokens of the same purpose to look at, at most, and rows of each.
    private static let (maximumSiblings, rowsOfSibling) = (40, 10_000)
    /// Roles to choose from, at most.
    private static let maximumRoles = 1_000

    /// What is proposed for a token, from its use; nil where there is no such token.
    ///
    /// - Parameter rows: Of more rows of use than this nothing is proposed: some milliseconds for each 10,000.
    package func proposal(for id: TokenID, rows: Int = maximumRows) throws(PatrolError) -> SizedToken? {
        try look { (transaction, now) throws(StorageError) in
            guard let token = try transaction.token(id) else { return nil }
            let sizing = try Self.sizing(token, rows: rows, transaction, at: now)
            let answer = sizing.answer(at: now, catalogue: catalogue)
            var replay: Replay?
            if case .proposed(let proposal) = answer {
                let before = try transaction.standing(of: token, at: now).authority
                replay = Replay(sizing.use, before: before, after: proposal.option.authority)
            }
            return SizedToken(
                token: token, answer: answer, replay: replay,
                likeness: sizing.likeness(at: now, catalogue: catalogue))
        }
    }

    private static func sizing(
        _ token: AccessToken, rows: Int, _ transaction: ReadTransaction, at now: Timestamp
    ) throws(StorageError) -> RightSizing {
        var owner: Member?
        if let id = token.owner { owner = try transaction.member(id) }
        let teams = try owner.map { owner throws(StorageError) in try transaction.teams(of: owner.id) } ?? []
        let named = Set(token.scope.roles).union(owner?.customRoles ?? []).union(teams.flatMap(\.customRoles))
        var roles = try transaction.roles(named)
        for role in try transaction.allRoles(limit: maximumRoles) { roles[role.id] = role }
        let use = try transaction.knownUse(of: token, limit: rows, at: now)
        return RightSizing(
            token: token, owner: owner, teams: teams, roles: roles, use: use,
            siblings: Grade.isPossible(with: use) ? try siblings(of: token, transaction, at: now) : [])
    }

    private static func siblings(
        of token: AccessToken, _ transaction: ReadTransaction, at now: Timestamp
    ) throws(StorageError) -> [RightSizing.Sibling] {
        try transaction.tokens(sharingPurposeOf: token, limit: maximumSiblings).filter { !$0.isExpired(at: now) }
            .map { sibling throws(StorageError) in
                let use = try transaction.knownUse(
                    of: sibling, limit: rowsOfSibling, isLongAllowed: false, at: now)
                let requests = use.calls.compactMap { calls in
                    (try? Resource(parsing: calls.resource)).map { Request(calls.action, on: $0) }
                }
                return RightSizing.Sibling(used: Set(requests))
            }
    }
}
