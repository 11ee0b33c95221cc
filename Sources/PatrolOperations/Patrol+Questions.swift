package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    package func account() throws(PatrolError) -> Account {
        try read { transaction throws(StorageError) in try transaction.theAccount() }
    }

    package func tally() throws(PatrolError) -> Tally {
        try read { transaction throws(StorageError) in try transaction.tally() }
    }

    /// The member who is signed in, and all that he may do.
    package func standing(of session: Session) throws(PatrolError) -> (member: Member, authority: Authority) {
        try read { transaction throws(StorageError) in
            guard let member = try transaction.member(session.actor.member) else {
                throw .damaged(detail: "the member who is signed in is not on record")
            }
            return (member, try transaction.authority(of: member))
        }
    }

    package func members(
        _ page: PageRequest, sort: MemberSort = .name, isReversed: Bool = false, filter: Filter = Filter()
    ) throws(PatrolError) -> Page<MemberRow> {
        try look { (transaction, now) throws(StorageError) in
            try transaction.memberPage(page, sort: sort, isReversed: isReversed, filter: filter, at: now)
        }
    }

    package func roles(
        _ page: PageRequest, sort: RoleSort = .kind, isReversed: Bool = false, filter: Filter = Filter()
    ) throws(PatrolError) -> Page<RoleRow> {
        try look { (transaction, now) throws(StorageError) in
            try transaction.rolePage(page, sort: sort, isReversed: isReversed, filter: filter, at: now)
        }
    }

    package func tokens(
        _ page: PageRequest, sort: TokenSort = .risk, isReversed: Bool = false, filter: Filter = Filter()
    ) throws(PatrolError) -> Page<TokenRow> {
        try look { (transaction, now) throws(StorageError) in
            try transaction.tokenPage(page, sort: sort, isReversed: isReversed, filter: filter, at: now)
        }
    }

    /// The audit log, newest first; after its oldest entry, the log of the system the account was imported from.
    package func audit(_ page: PageRequest, filter: Filter = Filter()) throws(PatrolError) -> Page<AuditRow> {
        try look { (transaction, now) throws(StorageError) in
            try transaction.auditPage(page, filter: filter, at: now)
        }
    }

    /// How many entries the log got in `count` spans of this length, the last one ending now.
    package func activity(span: TimeSpan, count: Int) throws(PatrolError) -> Activity {
        try look { (transaction, now) throws(StorageError) in
            try transaction.activity(span: span, count: count, at: now)
        }
    }

    /// Entries after `sequence`, oldest first, at most `limit`.
    package func auditEntries(after sequence: Int64, limit: Int) throws(PatrolError) -> [AuditEntry] {
        try read { transaction throws(StorageError) in
            try transaction.audit(after: sequence, limit: limit)
        }
    }

    package func lastSequence() throws(PatrolError) -> Int64 {
        try read { transaction throws(StorageError) in try transaction.lastSequence() }
    }

    /// The newest entries about one thing, newest first, at most `limit`.
    package func history(
        of kind: AuditTarget.Kind, id: String, limit: Int
    ) throws(PatrolError) -> [AuditRow] {
        try read { transaction throws(StorageError) in
            try transaction.history(of: kind, id, PageRequest(limit: limit)).items.map(\.row)
        }
    }

    package func member(email: String) throws(PatrolError) -> Member? {
        try read { transaction throws(StorageError) in try transaction.member(email: email) }
    }

    package func member(_ id: MemberID) throws(PatrolError) -> Member? {
        try read { transaction throws(StorageError) in try transaction.member(id) }
    }

    package func role(key: Key) throws(PatrolError) -> Role? {
        try read { transaction throws(StorageError) in try transaction.role(key: key) }
    }

    package func token(_ id: TokenID) throws(PatrolError) -> AccessToken? {
        try read { transaction throws(StorageError) in try transaction.token(id) }
    }

    /// Custom roles in force, by key, at most `limit`.
    package func roleChoices(limit: Int) throws(PatrolError) -> [Role] {
        try read { transaction throws(StorageError) in try transaction.allRoles(limit: limit) }
    }

    package func teams(limit: Int) throws(PatrolError) -> [Team] {
        try read { transaction throws(StorageError) in try transaction.allTeams(limit: limit) }
    }

    package func memberDetail(_ id: MemberID) throws(PatrolError) -> MemberDetail? {
        try look { (transaction, now) throws(StorageError) -> MemberDetail? in
            guard let row = try transaction.memberRow(id) else { return nil }
            let teams = try transaction.teams(of: id)
            let roles = try transaction.roles(
                Set(row.member.customRoles).union(teams.flatMap(\.customRoles)))
            return MemberDetail(
                row: row, roles: roles.values.sorted { $0.key < $1.key }, teams: teams,
                authority: Authority(of: row.member, roles: roles, teams: teams),
                tokens: try transaction.tokenPage(PageRequest(limit: 20), of: id, at: now).items.map(\.row))
        }
    }

    package func roleDetail(_ role: BaseRole) throws(PatrolError) -> RoleDetail? {
        try look { (transaction, now) throws(StorageError) -> RoleDetail? in
            guard let row = try transaction.roleRow(role) else { return nil }
            return RoleDetail(
                row: row, members: try transaction.members(of: role, limit: 20), teams: [],
                tokens: try transaction.tokenPage(PageRequest(limit: 20), scopedBy: role, at: now).items.map(\.row))
        }
    }

    package func roleDetail(_ id: RoleID) throws(PatrolError) -> RoleDetail? {
        try look { (transaction, now) throws(StorageError) -> RoleDetail? in
            guard let row = try transaction.roleRow(id) else { return nil }
            return RoleDetail(
                row: row, members: try transaction.members(holding: id, limit: 20),
                teams: try transaction.teams(holding: id, limit: 20),
                tokens: try transaction.tokenPage(PageRequest(limit: 20), scopedBy: id, at: now).items.map(\.row))
        }
    }

    /// By what the account's tokens are measured.
    package func settings() throws(PatrolError) -> AccountSettings {
        try read { transaction throws(StorageError) in try transaction.settings() }
    }

    /// For which times use is on record.
    package func telemetry() throws(PatrolError) -> Telemetry {
        try look { (transaction, now) throws(StorageError) in
            try transaction.telemetry(at: now, settings: try transaction.settings().hygiene)
        }
    }

    /// What rules rest on and is not on record here at all.
    package func missingBases() throws(PatrolError) -> Set<RuleEntry.Basis> {
        let contents = try read { transaction throws(StorageError) in try transaction.hygieneContents() }
        var missing: Set<RuleEntry.Basis> = []
        if !contents.hasHours { missing.insert(.hours) }
        if !contents.hasSignals { missing.insert(.signals) }
        if !contents.hasReviews { missing.insert(.reviews) }
        if catalogue.versions.isEmpty { missing.insert(.versions) }
        return missing
    }

    /// What is suppressed of a token, in force or not.
    package func suppressions(of token: TokenID) throws(PatrolError) -> [Suppression] {
        try read { transaction throws(StorageError) in try transaction.suppressions(of: token) }
    }

    package func tokenDetail(_ id: TokenID) throws(PatrolError) -> TokenDetail? {
        try look { (transaction, now) throws(StorageError) -> TokenDetail? in
            guard let row = try transaction.tokenRow(id, at: now) else { return nil }
            var lookup = try StandingLookup(transaction, catalogue: catalogue, at: now)
            let (standing, judgement) = try lookup.standing(of: row.token)
            var current = row
            current.risk = judgement.risk
            return TokenDetail(
                row: current, owner: standing.owner,
                scope: standing.authority.scope ?? Authority(grants: [], holder: nil),
                behind: standing.authority.behind, findings: judgement.findings,
                suppressed: judgement.suppressed, withheld: judgement.withheld,
                secrets: try transaction.secrets(of: id),
                use: try transaction.use(of: id, since: now - .days(90)),
                recentNetworks: try transaction.networks(of: id, since: now - .days(7)),
                keptRoleKeys: try transaction.roles(
                    Set((row.token.plan?.scope.roles ?? []) + (row.token.formerScope?.scope.roles ?? []))
                ).mapValues(\.key.text),
                attempts: try transaction.attempts(on: row.token),
                coverage: UseCoverage(
                    of: row.token, windows: try transaction.useWindows(from: now - .days(90), to: now),
                    from: now - .days(90), to: now))
        }
    }
}

/// A token with the person behind it and all that both may do.
struct TokenStanding {
    var owner: Member?
    var authority: TokenAuthority
}

extension ReadTransaction {
    /// What was tried with a token since it is in quarantine.
    func attempts(on token: AccessToken) throws(StorageError) -> TokenSignal? {
        guard token.quarantine != nil else { return nil }
        return try signals(of: token.id).first { $0.kind == .quarantined }
    }

    func standing(of token: AccessToken, at now: Timestamp) throws(StorageError) -> TokenStanding {
        var owner: Member?
        if let id = token.owner { owner = try member(id) }
        let teams = try owner.map { member throws(StorageError) in try self.teams(of: member.id) } ?? []
        let ids = Set(token.scope.roles).union(owner?.customRoles ?? []).union(teams.flatMap(\.customRoles))
        let authority = TokenAuthority(
            of: token, owner: owner, roles: try roles(ids), teams: teams, at: now)
        return TokenStanding(owner: owner, authority: authority)
    }
}
