extension Rules {
    static func createRole(_ creation: CreateRole, _ facts: Facts) throws(Refusal) -> Consequence {
        try check(creation.name, .name, field: "name")
        try check(creation.description, .purpose, field: "description")
        if facts.isKeyInUse || BaseRole(rawValue: creation.key.text) != nil { throw .keyInUse(creation.key) }
        if facts.isNameInUse { throw .nameInUse(creation.name) }
        try requireLength(creation.policy)
        let role = Role(
            id: facts.fresh.roleID, key: creation.key, name: creation.name,
            description: creation.description, basePermissions: creation.basePermissions,
            policy: creation.policy, createdAt: facts.now)
        return Consequence(
            target: target(role), versionAfter: 1,
            fields: [FieldChange("key", before: nil, after: role.key.text)] + fields(before: nil, after: role),
            changes: [.insertRole(role)])
    }

    static func editRole(_ edit: EditRole, _ facts: Facts) throws(Refusal) -> Consequence {
        let before = try role(edit.role, version: edit.version, facts)
        try check(edit.name, .name, field: "name")
        try check(edit.description, .purpose, field: "description")
        if facts.isNameInUse { throw .nameInUse(edit.name) }
        try requireLength(edit.policy)
        let changesRights = edit.policy != before.policy || edit.basePermissions != before.basePermissions
        if changesRights && facts.isRoleOfActor { throw .roleOfOwn }
        var after = before
        after.name = edit.name
        after.description = edit.description
        after.basePermissions = edit.basePermissions
        after.policy = edit.policy
        let fields = fields(before: before, after: after)
        if fields.isEmpty { throw .nothingToChange }
        after.version += 1
        return Consequence(
            target: target(after), versionAfter: after.version, fields: fields,
            changes: [.updateRole(after)]
                + (changesRights ? [.staleRisk(.tokensTouchedByRole(after.id))] : []))
    }

    /// A role that somebody holds stays: taking a member's only custom role would bring back his
    /// base role, which may allow more. A token that holds it keeps nothing of it.
    static func deleteRole(version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        guard let before = facts.role else { throw .notFound(.role, id: "") }
        let role = try role(before.id, version: version, facts)
        let holders = facts.roleHolders
        if holders.members > 0 || holders.teams > 0 {
            throw .roleHeld(members: holders.members, teams: holders.teams)
        }
        var after = role
        after.deletedAt = facts.now
        after.version += 1
        return Consequence(
            target: target(after), versionAfter: after.version,
            fields: [FieldChange("standing", before: "in force", after: "deleted")],
            changes: [.updateRole(after), .staleRisk(.tokensTouchedByRole(role.id))])
    }

    private static func role(_ id: RoleID, version: Int, _ facts: Facts) throws(Refusal) -> Role {
        guard let role = facts.role, role.deletedAt == nil else { throw .notFound(.role, id: id.text) }
        try requireUnchanged(target(role), shown: version, now: role.version)
        return role
    }

    static func requireLength(_ policy: Policy) throws(Refusal) {
        if policy.statements.count > Policy.maximumStatements {
            throw .policyTooLong(statements: policy.statements.count)
        }
    }

    private static func target(_ role: Role) -> AuditTarget {
        AuditTarget(.role, id: role.id.text, name: role.name)
    }

    private static func fields(before: Role?, after: Role) -> [FieldChange] {
        let pairs: [(String, String?, String)] = [
            ("name", before?.name, after.name),
            ("description", before?.description, after.description),
            ("base permissions", before?.basePermissions.rawValue, after.basePermissions.rawValue),
            ("policy", before?.policy.summary, after.policy.summary),
        ]
        return pairs.compactMap { field, before, after in
            before == after || (before == nil && after.isEmpty) ? nil : FieldChange(field, before: before, after: after)
        }
    }
}

extension Policy {
    /// The policy as text, one statement a line: `allow updateOn, updateRules on proj/*:env/*:flag/*`.
    package var summary: String {
        statements.map(\.summary).joined(separator: "\n")
    }
}

extension Statement {
    package var summary: String {
        let actions = actions.summary(\.text)
        let resources = resources.summary(\.text)
        return "\(effect.rawValue) \(actions) on \(resources)"
    }
}

extension Selection {
    fileprivate func summary(_ text: (Pattern) -> String) -> String {
        switch self {
        case .matching(let patterns): patterns.map(text).joined(separator: ", ")
        case .notMatching(let patterns): "all but " + patterns.map(text).joined(separator: ", ")
        }
    }
}
