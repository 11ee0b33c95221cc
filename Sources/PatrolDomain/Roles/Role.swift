/// What a role says where no statement decides.
package enum BasePermissions: String, CaseIterable, Hashable, Sendable {
    /// Everything is denied.
    case noAccess = "no_access"
    /// Viewing is allowed, and so is creating tokens of one's own; all else is denied.
    case reader
}

/// A custom role: a named policy.
package struct Role: Hashable, Sendable {
    package let id: RoleID
    package let key: Key
    package var name: String
    package var description: String
    package var basePermissions: BasePermissions
    package var policy: Policy
    package let createdAt: Timestamp
    package var deletedAt: Timestamp?
    /// Grows by one with each change: what a confirmation was shown for.
    package var version: Int

    package init(
        id: RoleID, key: Key, name: String, description: String = "",
        basePermissions: BasePermissions = .noAccess, policy: Policy = Policy(statements: []),
        createdAt: Timestamp, deletedAt: Timestamp? = nil, version: Int = 1
    ) {
        self.id = id
        self.key = key
        self.name = name
        self.description = description
        self.basePermissions = basePermissions
        self.policy = policy
        self.createdAt = createdAt
        self.deletedAt = deletedAt
        self.version = version
    }
}
