/// One set of permissions that counts for somebody: a role as he holds it.
package struct Grant: Hashable, Sendable {
    package var name: GrantName
    package var policy: Policy
    package var basePermissions: BasePermissions
    /// What `${roleAttribute/…}` in the policy stands for, for this holder.
    package var attributes: RoleAttributes

    package init(
        _ name: GrantName, policy: Policy, basePermissions: BasePermissions,
        attributes: RoleAttributes = [:]
    ) {
        self.name = name
        self.policy = policy
        self.basePermissions = basePermissions
        self.attributes = attributes
    }

    init(_ role: Role, source: GrantName.Source, attributes: RoleAttributes) {
        self.init(
            GrantName(role.key.text, source: source), policy: role.policy,
            basePermissions: role.basePermissions, attributes: attributes)
    }
}

/// All that a member may do, or all that a token was given: the union of its grants.
package struct Authority: Hashable, Sendable {
    package var grants: [Grant]
    /// Whose own tokens are his to create: the member, for a member; nil for a token's scope.
    package var holder: MemberID?

    package init(grants: [Grant], holder: MemberID?) {
        self.grants = grants
        self.holder = holder
    }

    /// What a member's roles give him, whether or not he is in force (see `Member.notInForce`).
    ///
    /// Custom roles of his own replace the base role, also where they are deleted and give nothing;
    /// the roles of his teams are added to either.
    ///
    /// - Parameters:
    ///   - roles: Every custom role that he or his teams name. One that is missing or deleted gives nothing.
    ///   - teams: Those that do not list him among their members are left out.
    package init(of member: Member, roles: [RoleID: Role], teams: [Team]) {
        var grants: [Grant] = []
        if member.customRoles.isEmpty {
            if member.baseRole != .noAccess { grants.append(member.baseRole.grant(holder: member.id)) }
        } else {
            grants = Self.live(member.customRoles, in: roles).map {
                Grant($0, source: .customRole, attributes: member.roleAttributes)
            }
        }
        for team in teams where team.members.contains(member.id) {
            grants += Self.live(team.customRoles, in: roles).map {
                Grant($0, source: .team(team.key), attributes: team.roleAttributes)
            }
        }
        self.init(grants: grants, holder: member.id)
    }

    /// What a token was given, before the person behind it is looked at.
    ///
    /// - Parameters:
    ///   - roles: Every custom role of the scope. One that is missing or deleted gives nothing.
    ///   - owner: Role attributes in the scope's roles stand for the values of the owner, and of his
    ///     teams that hold the role.
    ///   - teams: Those of the owner.
    package init(of scope: Scope, roles: [RoleID: Role], owner: Member?, teams: [Team]) {
        self.init(of: scope, roles: roles) { role in
            var attributes = owner?.roleAttributes ?? [:]
            for team in teams where team.customRoles.contains(role) {
                guard let owner, team.members.contains(owner.id) else { continue }
                attributes.merge(team.roleAttributes) { $0 + $1 }
            }
            return attributes
        }
    }

    init(of scope: Scope, roles: [RoleID: Role], attributes: (RoleID) -> RoleAttributes) {
        let grants: [Grant] =
            switch scope {
            case .base(.noAccess): []
            case .base(let role): [role.grant(holder: nil)]
            case .customRoles(let ids):
                Self.live(ids, in: roles).map { Grant($0, source: .customRole, attributes: attributes($0.id)) }
            case .inline(let policy):
                [
                    Grant(
                        GrantName("inline policy", source: .inlinePolicy), policy: policy,
                        basePermissions: .noAccess)
                ]
            case .account: [BaseRole.admin.grant(holder: nil)]
            }
        self.init(grants: grants, holder: nil)
    }

    private static func live(_ ids: [RoleID], in roles: [RoleID: Role]) -> [Role] {
        ids.compactMap { id in roles[id].flatMap { $0.deletedAt == nil ? $0 : nil } }
    }
}
