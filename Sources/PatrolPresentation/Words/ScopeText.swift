package import PatrolDomain

extension Scope {
    /// For a column: `reader`, `release +2`, `inline: 3 statements`, `whole account`.
    /// - Parameter roleKeys: the keys of its custom roles, as far as they are known.
    package func short(roleKeys: [String]) -> SafeText {
        switch self {
        case .base(let role): return "\(role.rawValue)"
        case .customRoles(let roles):
            guard let first = roleKeys.first else { return Count.of(roles.count, "role") }
            return roles.count > 1 ? "\(first) +\(roles.count - 1)" : SafeText(first)
        case .inline(let policy): return "inline, \(Count.of(policy.statements.count, "rule").text)"
        case .account: return "whole account"
        }
    }

    /// In full: `the base role reader`, `the roles `a`, `b``.
    package func long(roleKeys: [String]) -> SafeText {
        switch self {
        case .base(let role): return "the base role \(role.rawValue)"
        case .customRoles(let roles):
            guard !roleKeys.isEmpty else { return Count.of(roles.count, "role") }
            let names = roleKeys.map { "`\($0)`" }.joined(separator: ", ")
            return "the \(roles.count == 1 ? "role" : "roles") \(names)"
        case .inline(let policy):
            return "an inline policy of \(Count.of(policy.statements.count, "statement").text)"
        case .account: return "the whole account: all that an admin may do"
        }
    }
}

extension BaseRole {
    /// What the role means, in a few words.
    package var explanation: SafeText {
        switch self {
        case .noAccess: "sees and does nothing by itself"
        case .reader: "sees everything, changes nothing"
        case .writer: "changes flags, projects, environments; no members or roles"
        case .admin: "does everything but billing and choosing the owner"
        case .owner: "does everything"
        }
    }
}

extension BasePermissions {
    package var explanation: SafeText {
        switch self {
        case .noAccess: "where no statement decides: nothing is allowed"
        case .reader: "where no statement decides: everything can be viewed"
        }
    }
}
