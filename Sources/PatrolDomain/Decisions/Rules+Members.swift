extension Rules {
    static func invite(_ invitation: InviteMember, _ facts: Facts) throws(Refusal) -> Consequence {
        if let fault = TextRule.emailFault(in: invitation.email) {
            throw .badText(field: "e-mail address", fault)
        }
        try check(invitation.firstName, .personName, field: "first name")
        try check(invitation.lastName, .personName, field: "last name")
        if facts.isEmailInUse { throw .emailInUse(invitation.email) }
        try requireGivable(invitation.baseRole, facts)
        try requireKnown(invitation.customRoles, facts)
        try check(invitation.roleAttributes)
        let member = Member(
            id: facts.fresh.memberID, email: invitation.email, firstName: invitation.firstName,
            lastName: invitation.lastName, baseRole: invitation.baseRole,
            customRoles: invitation.customRoles, roleAttributes: invitation.roleAttributes,
            isPending: true, createdAt: facts.now)
        var fields = [FieldChange("e-mail address", before: nil, after: member.email)]
        if !member.firstName.isEmpty || !member.lastName.isEmpty {
            fields.append(FieldChange("name", before: nil, after: member.displayName))
        }
        fields += roleFields(before: nil, after: member, facts)
        return Consequence(
            target: AuditTarget(.member, id: member.id.text, name: member.email), versionAfter: 1,
            fields: fields, changes: [.insertMember(member)])
    }

    static func acceptInvitation(_ facts: Facts) throws(Refusal) -> Consequence {
        var member = facts.actor
        guard member.isPending else { throw .alreadyAccepted }
        member.isPending = false
        member.lastSeenAt = facts.now
        return updated(
            member, fields: [FieldChange("invitation", before: "pending", after: "accepted")],
            changes: [.staleRisk(.tokensOfMember(member.id))])
    }

    static func changeRoles(_ change: ChangeMemberRoles, _ facts: Facts) throws(Refusal) -> Consequence {
        let before = try member(change.member, version: change.version, facts)
        if before.id == facts.actor.id { throw .ownRoles }
        if before.baseRole == .owner { throw .ownerIsFixed }
        if change.baseRole != before.baseRole { try requireGivable(change.baseRole, facts) }
        // Taking an admin's custom roles away gives him back his base role.
        if change.customRoles.isEmpty, !before.customRoles.isEmpty { try requireGivable(change.baseRole, facts) }
        try requireKnown(change.customRoles.filter { !before.customRoles.contains($0) }, facts)
        if change.roleAttributes != before.roleAttributes { try check(change.roleAttributes) }
        var after = before
        after.baseRole = change.baseRole
        after.customRoles = change.customRoles
        after.roleAttributes = change.roleAttributes
        let fields = roleFields(before: before, after: after, facts)
        if fields.isEmpty { throw .nothingToChange }
        return updated(after, fields: fields, changes: [.staleRisk(.tokensOfMember(after.id))])
    }

    static func removeMember(version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        guard let member = facts.member else { throw .notFound(.member, id: "") }
        try requireStanding(member, version: version)
        if member.id == facts.actor.id { throw .ownRemoval }
        if member.baseRole == .owner { throw .ownerIsFixed }
        var after = member
        after.removedAt = facts.now
        return updated(
            after, fields: [FieldChange("standing", before: member.standing.rawValue, after: "removed")],
            changes: [.staleRisk(.tokensOfMember(member.id))])
    }

    /// The old owner becomes an admin. The new one loses his custom roles: with one, he would not
    /// have an owner's rights.
    static func transferOwnership(version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        guard let member = facts.member, let owner = facts.owner else { throw .notFound(.member, id: "") }
        try requireStanding(member, version: version)
        guard member.standing == .active, member.id != owner.id else { throw .ownershipOnlyToActiveMember }
        // A role may let others hand over, but nobody takes.
        if member.id == facts.actor.id { throw .ownRoles }
        var heir = member
        heir.baseRole = .owner
        heir.customRoles = []
        var former = owner
        former.baseRole = .admin
        former.version += 1
        let handover = FieldChange("owner", before: owner.email, after: member.email)
        return updated(
            heir, fields: [handover] + roleFields(before: member, after: heir, facts),
            // The old owner first: there is never a moment with two.
            before: [.updateMember(former)],
            changes: [.staleRisk(.tokensOfMember(heir.id)), .staleRisk(.tokensOfMember(former.id))])
    }

    private static func check(_ attributes: RoleAttributes) throws(Refusal) {
        let field = "role attributes"
        if let fault = attributes.fault { throw .badText(field: field, fault) }
    }

    private static func updated(
        _ member: Member, fields: [FieldChange], before: [Change] = [], changes: [Change]
    ) -> Consequence {
        var member = member
        member.version += 1
        return Consequence(
            target: AuditTarget(.member, id: member.id.text, name: member.email),
            versionAfter: member.version, fields: fields,
            changes: before + [.updateMember(member)] + changes)
    }

    private static func member(_ id: MemberID, version: Int, _ facts: Facts) throws(Refusal) -> Member {
        guard let member = facts.member else { throw .notFound(.member, id: id.text) }
        try requireStanding(member, version: version)
        return member
    }

    private static func requireStanding(_ member: Member, version: Int) throws(Refusal) {
        if member.standing == .removed { throw .notFound(.member, id: member.id.text) }
        try requireUnchanged(
            AuditTarget(.member, id: member.id.text, name: member.email), shown: version, now: member.version)
    }

    private static func requireGivable(_ role: BaseRole, _ facts: Facts) throws(Refusal) {
        if role == .owner { throw .ownerRoleNotGivable }
        if role == .admin && !facts.isActorAdmin { throw .adminRoleNotGivable }
    }

    static func requireKnown(_ roles: [RoleID], _ facts: Facts) throws(Refusal) {
        for id in roles {
            guard let role = facts.roles[id], role.deletedAt == nil else { throw .unknownRole(id.text) }
        }
    }

    private static func roleFields(before: Member?, after: Member, _ facts: Facts) -> [FieldChange] {
        var fields: [FieldChange] = []
        if before?.baseRole != after.baseRole {
            fields.append(
                FieldChange("base role", before: before?.baseRole.rawValue, after: after.baseRole.rawValue))
        }
        if (before?.customRoles ?? []) != after.customRoles {
            fields.append(
                FieldChange(
                    "custom roles", before: before.map { facts.keys(of: $0.customRoles) },
                    after: facts.keys(of: after.customRoles)))
        }
        if (before?.roleAttributes ?? [:]) != after.roleAttributes {
            fields.append(
                FieldChange(
                    "role attributes", before: before.map { text(of: $0.roleAttributes) },
                    after: text(of: after.roleAttributes)))
        }
        return fields
    }

    private static func text(of attributes: RoleAttributes) -> String {
        attributes.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.joined(separator: ","))" }.joined(separator: " ")
    }
}

extension Facts {
    /// Keys of the roles, for people to read; the id of one that is not known.
    func keys(of roles: [RoleID]) -> String {
        roles.map { self.roles[$0]?.key.text ?? $0.text }.joined(separator: ", ")
    }
}
