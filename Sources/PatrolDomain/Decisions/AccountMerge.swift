/// Brings what was read together with what is there.
struct AccountMerge {
    let facts: Facts
    var changes: [Change] = []
    var counts: [FieldChange] = []
    var fields: [FieldChange] = []
    var memberIDs: [MemberID: MemberID] = [:]
    var roleIDs: [RoleID: RoleID] = [:]
    var roleKeys: [RoleID: String] = [:]
    /// What the import itself brings, by the names that must be unique.
    var newRoles: [Key: RoleID] = [:]
    var newMembers: [String: MemberID] = [:]

    /// The custom roles that the actor holds, himself or by a team.
    let heldRoles: Set<RoleID>
    /// The e-mail addresses in use, in lower case, as they are after the changes so far.
    var addresses: [String: MemberID]

    init(_ facts: Facts) {
        self.facts = facts
        heldRoles = Set(facts.actor.customRoles + facts.actorTeams.flatMap(\.customRoles))
        addresses = facts.existing.membersByEmail.mapValues(\.id)
    }

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
            if !heldRoles.contains(after.id) {
                after.basePermissions = read.basePermissions
                after.policy = read.policy
            } else if after.policy != read.policy || after.basePermissions != read.basePermissions {
                leave("role \(after.key.text): policy", "the one who imports holds it")
            }
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

    func keys(_ roles: [RoleID]) -> String {
        roles.map { roleKeys[$0] ?? facts.existing.rolesByID[$0]?.key.text ?? $0.text }.joined(separator: ", ")
    }

    func text(_ scope: Scope) -> String {
        switch scope {
        case .base(let role): role.rawValue
        case .customRoles(let roles): "roles \(keys(roles))"
        case .inline(let policy): policy.summary
        case .account: "the whole account"
        }
    }

    func later(_ one: Timestamp?, _ other: Timestamp?) -> Timestamp? {
        guard let one, let other else { return one ?? other }
        return max(one, other)
    }

    struct Count {
        var added = 0
        var updated = 0
        var unchanged = 0
    }

    mutating func note<Thing: Equatable>(
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

    /// Says that something was read, but not taken over.
    mutating func leave(_ what: String, _ why: String) {
        fields.append(FieldChange(what, before: nil, after: "left as it was: \(why)"))
    }

    /// Role attributes as they may be given by hand, or others in their place: they end up in policies.
    mutating func acceptable(_ read: RoleAttributes, of what: String, orElse known: RoleAttributes) -> RoleAttributes {
        guard read.fault != nil else { return read }
        leave("\(what): role attributes", "those that were read can't be accepted")
        return known
    }

    mutating func report(_ things: String, _ count: Count) {
        guard count.added + count.updated + count.unchanged > 0 else { return }
        counts.append(
            FieldChange(
                things, before: nil,
                after: "\(count.added) added, \(count.updated) updated, \(count.unchanged) as before"))
    }
}
