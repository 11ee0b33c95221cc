/// Rights that lead to more rights: making tokens, giving roles, editing what roles allow.
enum Escalation {
    /// By the type of the last segment of what they are done to.
    private static let actions: [(type: String, actions: [Action])] = [
        ("service-token", [.createAccessToken, .resetAccessToken]),
        ("token", [.createAccessToken, .resetAccessToken, .updateAccessTokenPolicy]),
        ("role", [.createRole, .updatePolicy, .updateBasePermissions]),
        ("member", [.createMember, .updateRole, .updateCustomRole, .updateMemberRoleAttributes]),
        ("team", [Action("updateTeamMembers"), Action("updateTeamCustomRoles"), Action("updateTeamPermissionGrants")]),
        ("acct", [.updateAccountOwner, .updateAccountToken, .updateOrganization]),
    ]

    private static let all = Set(actions.flatMap(\.actions))

    static func isEscalating(_ action: Action) -> Bool { all.contains(action) }

    /// An example on a thing of each type, and on those that the scope names, which both allow.
    static func request(allowedBy scope: Authority, and behind: Authority) -> Request? {
        guard scope.grants.contains(where: \.mayEscalate) else { return nil }
        for (type, actions) in actions {
            for resource in usual(type) + named(type, in: scope) {
                for action in actions {
                    let request = Request(action, on: resource)
                    if scope.decide(request).isAllowed, behind.decide(request).isAllowed { return request }
                }
            }
        }
        return nil
    }

    private static func usual(_ type: String) -> [Resource] {
        let last = Resource.Segment(type: type, key: type == "acct" ? "" : "any")
        if type != "token" { return [Resource(segments: [last])] }
        return [Resource(segments: [Resource.Segment(type: "member", key: "any"), last])]
    }

    private static let maximumNamed = 200

    private static func named(_ type: String, in scope: Authority) -> [Resource] {
        var found: [Resource] = []
        for grant in scope.grants {
            for statement in grant.policy.statements where statement.effect == .allow {
                for pattern in statement.resources.patterns where found.count < maximumNamed {
                    guard let resource = pattern.example(attributes: grant.attributes),
                        resource.segments.last?.type == type
                    else { continue }
                    found.append(resource)
                }
            }
        }
        return found
    }

    /// Whether a statement allows such an action somewhere, at first sight.
    fileprivate static func mayMatch(_ statement: Statement) -> Bool {
        guard statement.effect == .allow else { return false }
        switch statement.actions {
        case .notMatching: return true
        case .matching(let patterns): return patterns.contains { pattern in all.contains { pattern.matches($0) } }
        }
    }
}

extension Grant {
    fileprivate var mayEscalate: Bool { policy.statements.contains(where: Escalation.mayMatch) }
}
