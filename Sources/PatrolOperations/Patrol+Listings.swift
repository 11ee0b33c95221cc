package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// Tokens in force that whoever acts with a token gets to see: service tokens, a member's own, and, for an admin who
    /// asks for them, everybody's.
    package func tokens(
        seenBy caller: TokenSession, isAll: Bool, _ span: PageSpan
    ) throws(PatrolError) -> Listing<AccessToken> {
        try read { transaction throws(StorageError) in
            if isAll { return try transaction.tokens(seenBy: nil, span) }
            guard caller.token.kind == .personal else { return try transaction.serviceTokens(span) }
            return try transaction.tokens(seenBy: caller.session.actor.member, span)
        }
    }

    package func members(_ query: MemberQuery, _ span: PageSpan) throws(PatrolError) -> Listing<Member> {
        try read { transaction throws(StorageError) in try transaction.members(query, span) }
    }

    package func members(_ ids: [MemberID]) throws(PatrolError) -> [MemberID: Member] {
        try read { transaction throws(StorageError) in
            var found: [MemberID: Member] = [:]
            for id in ids where found[id] == nil { found[id] = try transaction.member(id) }
            return found
        }
    }

    /// The teams of each of the members, and every role that a team of them holds.
    package func memberships(
        of members: [MemberID]
    ) throws(PatrolError) -> (teams: [MemberID: [Team]], roles: [RoleID: Role]) {
        try read { transaction throws(StorageError) in
            var teams: [MemberID: [Team]] = [:]
            for id in members { teams[id] = try transaction.teams(of: id) }
            return (teams, try transaction.roles(Set(teams.values.joined().flatMap(\.customRoles))))
        }
    }

    package func roles(_ span: PageSpan) throws(PatrolError) -> Listing<RoleRow> {
        try read { transaction throws(StorageError) in try transaction.roles(span) }
    }

    /// A custom role in force by its key, or else by its id, with the numbers of those who hold it.
    package func role(named name: String) throws(PatrolError) -> RoleRow? {
        try read { transaction throws(StorageError) in
            var found: Role?
            if let key = Key(name) { found = try transaction.role(key: key) }
            if found == nil, let id = RoleID(name) { found = try transaction.role(id) }
            guard let found, found.deletedAt == nil else { return nil }
            return try transaction.roleRow(found.id)
        }
    }

    package func teams(_ span: PageSpan) throws(PatrolError) -> Listing<Team> {
        try read { transaction throws(StorageError) in try transaction.teams(span) }
    }

    package func team(_ key: Key) throws(PatrolError) -> Team? {
        try read { transaction throws(StorageError) in try transaction.team(key) }
    }

    package func roles(_ ids: [RoleID]) throws(PatrolError) -> [RoleID: Role] {
        try read { transaction throws(StorageError) in try transaction.roles(ids) }
    }

    // MARK: The log

    /// The time that counts: never before the newest entry.
    package func currentTime() throws(PatrolError) -> Timestamp {
        try look { (_, now) throws(StorageError) in now }
    }

    /// The numbers of the log's entries after one moment and before another.
    package func sequences(after: Timestamp?, before: Timestamp?) throws(PatrolError) -> Range<Int64> {
        try read { transaction throws(StorageError) in try transaction.sequences(after: after, before: before) }
    }

    /// How many changes, refusals apart, the log has in these numbers.
    package func changeCount(in sequences: Range<Int64>) throws(PatrolError) -> Int {
        try read { transaction throws(StorageError) in try transaction.changeCount(in: sequences) }
    }

    /// Up to `limit` entries from a place on, towards the older ones, each with the place after it.
    ///
    /// - Parameters:
    ///   - first: Entries of the own log with smaller numbers are not wanted.
    ///   - after: Imported entries that are as old or older are not wanted.
    ///   - actor: Of the own log, only what this member did.
    package func audit(
        from place: AuditPlace, first: Int64, after: Timestamp?, actor: MemberID?, limit: Int
    ) throws(PatrolError) -> [(row: AuditRow, next: AuditPlace)] {
        try read { transaction throws(StorageError) in
            switch place {
            case .own(let below):
                let entries = try transaction.audit(below: below, from: first, actor: actor, limit: limit)
                return entries.map { (.entry($0), .own(below: $0.sequence)) }
            case .past(let below, let number):
                let entries = try transaction.pastEntries(below: below, number: number, after: after, limit: limit)
                return entries.map { (.past($0.entry), .past(below: $0.entry.at, number: $0.number)) }
            }
        }
    }

    /// The entry of an operation, or the imported entry with this id.
    package func auditRow(operation: [UInt8]?, id: String) throws(PatrolError) -> AuditRow? {
        try read { transaction throws(StorageError) in
            if let operation, let entry = try transaction.entry(operation: operation) { return .entry(entry) }
            return try transaction.pastEntry(id: id).map(AuditRow.past)
        }
    }

    /// Which tokens the ids belong to.
    package func tokens(_ ids: [TokenID]) throws(PatrolError) -> [TokenID: AccessToken] {
        try read { transaction throws(StorageError) in
            var found: [TokenID: AccessToken] = [:]
            for id in ids where found[id] == nil { found[id] = try transaction.token(id) }
            return found
        }
    }
}
