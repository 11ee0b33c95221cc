internal import PatrolDomain
internal import PatrolJSON

/// What decided about a request, in the shape of the API: the effect, and the statement with the role it stands in.
struct AccessReason {
    private let authority: TokenAuthority

    init(_ authority: TokenAuthority) { self.authority = authority }

    func json(isAllowed: Bool, _ reason: Decision.Reason) -> JSON {
        var members = [JSONMember("effect", isAllowed ? "allow" : "deny")]
        if let grant = reason.decidingGrant {
            if let place = reason.decidingStatement, let statement = statement(place, of: grant) {
                members += (statement.json.members ?? []).filter { $0.name != "effect" }
            }
            members.append(JSONMember("role_name", .string(grant.role)))
        }
        return .object(members)
    }

    /// Both for what is told of a role: what the caller may do with it, and what not.
    func json(of actions: [Action], on resource: Resource) -> JSON {
        var (allowed, denied): ([JSON], [JSON]) = ([], [])
        for action in actions {
            let decision = authority.decide(Request(action, on: resource))
            let told: JSON = [
                "action": .string(action.name), "reason": json(isAllowed: decision.isAllowed, decision.reason),
            ]
            if decision.isAllowed { allowed.append(told) } else { denied.append(told) }
        }
        return ["denied": .array(denied), "allowed": .array(allowed)]
    }

    private func statement(_ place: Int, of name: GrantName) -> Statement? {
        let grants = (authority.scope?.grants ?? []) + (authority.behind?.grants ?? [])
        for grant in grants where grant.name == name && grant.policy.statements.indices.contains(place) {
            return grant.policy.statements[place]
        }
        return nil
    }
}
