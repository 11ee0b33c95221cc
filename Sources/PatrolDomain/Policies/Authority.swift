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
}
