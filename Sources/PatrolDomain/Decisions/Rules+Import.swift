extension Facts {
    /// The things of the account that an import may meet again, by every name it may use for them.
    package struct Existing: Hashable, Sendable {
        package var membersByID: [MemberID: Member] = [:]
        /// By e-mail address in lower case; nobody who was removed.
        package var membersByEmail: [String: Member] = [:]
        package var rolesByID: [RoleID: Role] = [:]
        package var rolesByKey: [Key: Role] = [:]
        package var teams: [Key: Team] = [:]
        package var tokens: [TokenID: AccessToken] = [:]

        package init() {}
    }
}

extension Rules {
    /// At most so many single changes are written out in the audit entry; the counts are always there.
    static let maximumListedImportChanges = 200

    /// Adds what is new and updates what is known, by id, or by e-mail address and key where ids differ.
    /// Nothing is taken away. The owner stays the owner, and the actor's own roles stay as they are.
    static func importAccount(_ contents: AccountImport, _ facts: Facts) throws(Refusal) -> Consequence {
        var merge = AccountMerge(facts)
        merge.add(roles: contents.roles)
        merge.add(members: contents.members)
        merge.add(teams: contents.teams)
        merge.add(tokens: contents.tokens)
        merge.changes += contents.pastEntries.map(Change.upsertPastEntry)
        if !contents.pastEntries.isEmpty {
            merge.counts.append(
                FieldChange("past audit entries", before: nil, after: "\(contents.pastEntries.count) read"))
        }
        let hidden = merge.fields.count - maximumListedImportChanges
        var fields = [FieldChange("source", before: nil, after: contents.source)] + merge.counts
        fields += merge.fields.prefix(maximumListedImportChanges)
        if hidden > 0 { fields.append(FieldChange("more changes", before: nil, after: "\(hidden)")) }
        return Consequence(
            target: AuditTarget(.account, id: facts.account.id.text, name: facts.account.name),
            versionAfter: nil, fields: fields, changes: merge.changes + [.staleRisk(.everyToken)])
    }
}

/// Brings what was read together with what is there.
private struct AccountMerge {
    let facts: Facts
    var changes: [Change] = []
    var counts: [FieldChange] = []
    var fields: [FieldChange] = []
    private var memberIDs: [MemberID: MemberID] = [:]
    private var roleIDs: [RoleID: RoleID] = [:]
    private var roleKeys: [RoleID: String] = [:]
    /// What the import itself brings, by the names that must be unique.
    private var newRoles: [Key: RoleID] = [:]
    private var newMembers: [String: MemberID] = [:]

    init(_ facts: Facts) { self.facts = facts }

    mutating func add(roles: [Role]) {
        var count = Count()
        for read in roles {
            let known = facts.existing.rolesByID[read.id] ?? facts.existing.rolesByKey[read.key]
            if known == nil, let same = newRoles[read.key] {
                roleIDs[read.id] = same
                continue
            }
            newRoles[read.key] = known?.id ?? read.id
            roleIDs[read.id] = known?.id ?? read.id
            roleKeys[known?.id ?? read.id] = read.key.text
            guard var after = known else {
                count.added += 1
                changes.append(.insertRole(read))
                continue
            }
            after.name = read.name
            after.description = read.description
            after.basePermissions = read.basePermissions
            after.policy = read.policy
            note(
                &count, .role, after.key.text, before: known, after: after,
                [
                    ("name", known?.name, after.name),
                    ("description", known?.description, after.description),
                    ("base permissions", known?.basePermissions.rawValue, after.basePermissions.rawValue),
                    ("policy", known?.policy.summary, after.policy.summary),
                ])
            guard after != known else { continue }
            after.version += 1
            changes.append(.updateRole(after))
        }
        report("roles", count)
    }

    mutating func add(members: [Member]) {
        var count = Count()
        for read in members {
            let known =
                facts.existing.membersByID[read.id]
                ?? facts.existing.membersByEmail[read.email.lowercased()]
            if known == nil, let same = newMembers[read.email.lowercased()] {
                memberIDs[read.id] = same
                continue
            }
            newMembers[read.email.lowercased()] = known?.id ?? read.id
            memberIDs[read.id] = known?.id ?? read.id
            var wanted = read
            wanted.customRoles = read.customRoles.map { roleHere($0) }
            if wanted.baseRole == .owner, known?.baseRole != .owner { wanted.baseRole = .admin }
            guard var after = known else {
                count.added += 1
                changes.append(.insertMember(wanted))
                continue
            }
            after.firstName = wanted.firstName
            after.lastName = wanted.lastName
            if after.baseRole != .owner && after.id != facts.actor.id {
                after.baseRole = wanted.baseRole
                after.customRoles = wanted.customRoles
                after.roleAttributes = wanted.roleAttributes
                after.isPending = wanted.isPending
            }
            note(
                &count, .member, after.email, before: known, after: after,
                [
                    ("name", known?.displayName, after.displayName),
                    ("base role", known?.baseRole.rawValue, after.baseRole.rawValue),
                    ("custom roles", known.map { keys($0.customRoles) }, keys(after.customRoles)),
                    ("invitation", known?.standing.rawValue, after.standing.rawValue),
                ])
            after.lastSeenAt = later(known?.lastSeenAt, wanted.lastSeenAt)
            if after.lastSeenAt != known?.lastSeenAt { after.lastSeenToken = wanted.lastSeenToken }
            guard after != known else { continue }
            after.version += 1
            changes.append(.updateMember(after))
        }
        report("members", count)
    }

    mutating func add(teams: [Team]) {
        var count = Count()
        for read in teams {
            var team = read
            team.members = read.members.compactMap { id in
                memberIDs[id] ?? (facts.existing.membersByID[id] != nil ? id : nil)
            }
            team.customRoles = read.customRoles.map { roleHere($0) }
            let known = facts.existing.teams[read.key]
            if known == team {
                count.unchanged += 1
                continue
            }
            if known == nil { count.added += 1 } else { count.updated += 1 }
            changes.append(.upsertTeam(team))
        }
        report("teams", count)
    }

    mutating func add(tokens: [AccessToken]) {
        var count = Count()
        var leftAlone = 0
        for read in tokens {
            let known = facts.existing.tokens[read.id]
            // A token that was made, or deleted, here is this account's own affair.
            if let known, known.origin != .imported || known.deletedAt != nil {
                leftAlone += 1
                continue
            }
            let owner = read.owner.map { ownerHere($0) }
            let scope = mapped(read.scope)
            guard var after = known else {
                count.added += 1
                changes.append(.insertToken(copy(of: read, owner: owner, scope: scope)))
                continue
            }
            after.name = read.name
            after.purpose = read.purpose
            if after.kind == .personal { after.scope = scope }
            after.expiresAt = read.expiresAt
            after.ending = read.ending
            note(
                &count, .token, read.name, before: known, after: after,
                [
                    ("name", known?.name, after.name),
                    ("purpose", known?.purpose, after.purpose),
                    ("scope", known.map { text($0.scope) }, text(after.scope)),
                    ("expires", known?.expiresAt?.iso8601, after.expiresAt?.iso8601),
                ])
            after.lastUsedAt = later(known?.lastUsedAt, read.lastUsedAt)
            after.useKnownUntil = later(known?.useKnownUntil, read.useKnownUntil)
            guard after != known else { continue }
            after.modifiedAt = read.modifiedAt
            after.version += 1
            changes.append(.updateToken(after))
        }
        report("tokens", count)
        if leftAlone > 0 {
            counts.append(
                FieldChange("tokens left alone", before: nil, after: "\(leftAlone), made or deleted here"))
        }
    }

    /// The owner as he is known here. One who is not among the members read has left, and stays on
    /// record as removed.
    private mutating func ownerHere(_ id: MemberID) -> MemberID {
        if let known = memberIDs[id] { return known }
        if facts.existing.membersByID[id] == nil {
            changes.append(
                .insertMember(
                    Member(
                        id: id, email: "\(id.text)@unknown.invalid", baseRole: .noAccess, isPending: false,
                        createdAt: facts.now, removedAt: facts.now)))
        }
        memberIDs[id] = id
        return id
    }

    /// The role as it is known here. One that is not among those read is put on record as deleted: who
    /// holds it gets nothing by it, and does not fall back on his base role.
    private mutating func roleHere(_ id: RoleID) -> RoleID {
        if let known = roleIDs[id] { return known }
        roleIDs[id] = id
        if facts.existing.rolesByID[id] == nil, let key = Key("unknown-\(id.text)") {
            changes.append(
                .insertRole(Role(id: id, key: key, name: "unknown role \(id.text)", createdAt: facts.now, deletedAt: facts.now)))
        }
        return id
    }

    private mutating func mapped(_ scope: Scope) -> Scope {
        guard case .customRoles(let roles) = scope else { return scope }
        return .customRoles(roles.map { roleHere($0) })
    }

    private func copy(of token: AccessToken, owner: MemberID?, scope: Scope) -> AccessToken {
        AccessToken(
            id: token.id, kind: token.kind, origin: .imported, name: token.name, purpose: token.purpose,
            owner: owner, scope: scope, creatorSnapshot: token.creatorSnapshot, createdAt: token.createdAt,
            modifiedAt: token.modifiedAt, expiresAt: token.expiresAt, lastUsedAt: token.lastUsedAt,
            useKnownUntil: token.useKnownUntil, ending: token.ending, apiVersion: token.apiVersion)
    }

    private func keys(_ roles: [RoleID]) -> String {
        roles.map { roleKeys[$0] ?? facts.existing.rolesByID[$0]?.key.text ?? $0.text }.joined(separator: ", ")
    }

    private func text(_ scope: Scope) -> String {
        switch scope {
        case .base(let role): role.rawValue
        case .customRoles(let roles): "roles \(keys(roles))"
        case .inline(let policy): policy.summary
        case .account: "the whole account"
        }
    }

    private func later(_ one: Timestamp?, _ other: Timestamp?) -> Timestamp? {
        guard let one, let other else { return one ?? other }
        return max(one, other)
    }

    private struct Count {
        var added = 0
        var updated = 0
        var unchanged = 0
    }

    private mutating func note<Thing: Equatable>(
        _ count: inout Count, _ kind: AuditTarget.Kind, _ name: String, before: Thing?, after: Thing,
        _ pairs: [(field: String, before: String?, after: String?)]
    ) {
        if before == after {
            count.unchanged += 1
            return
        }
        count.updated += 1
        for pair in pairs where pair.before != pair.after {
            fields.append(
                FieldChange("\(kind.rawValue) \(name): \(pair.field)", before: pair.before, after: pair.after))
        }
    }

    private mutating func report(_ things: String, _ count: Count) {
        guard count.added + count.updated + count.unchanged > 0 else { return }
        counts.append(
            FieldChange(
                things, before: nil,
                after: "\(count.added) added, \(count.updated) updated, \(count.unchanged) as before"))
    }
}
