extension Grant {
    /// What one grant says about a request, by itself.
    enum Verdict {
        case deniedByStatement(Int)
        case allowedByStatement(Int)
        case allowedByBasePermissions
        /// Nothing in it speaks of the request.
        case silent
    }

    /// In one grant a deny wins over every allow, and what no statement speaks of is left to the base permissions.
    func verdict(on request: Request, holder: MemberID?) -> Verdict {
        var allowing: Int?
        for (place, statement) in policy.statements.enumerated() {
            // An allow that has been found already makes further ones uninteresting.
            if statement.effect == .allow && allowing != nil { continue }
            guard statement.applies(to: request, attributes: attributes) else { continue }
            if statement.effect == .deny { return .deniedByStatement(place) }
            allowing = place
        }
        if let allowing { return .allowedByStatement(allowing) }
        return isAllowedByDefault(request, holder: holder) ? .allowedByBasePermissions : .silent
    }

    /// Whether it gives anything at all.
    package var isEmpty: Bool {
        basePermissions == .noAccess && !policy.statements.contains { $0.effect == .allow }
    }

    private func isAllowedByDefault(_ request: Request, holder: MemberID?) -> Bool {
        if basePermissions == .reader && request.action.isView { return true }
        // Members can create tokens limited to what they may do, unless their role says no; a grant
        // that gives nothing does not give this either.
        guard let holder, !isEmpty else { return false }
        if request.resource.isToken(of: holder) { return Action.ofOwnTokens.contains(request.action) }
        return basePermissions == .reader && request.action == .createAccessToken
            && request.resource.isServiceToken
    }
}

extension Authority {
    /// Whether the union of the grants allows it. What one grant denies another may allow. Who can't
    /// view a project can change nothing in it, whatever is allowed there.
    package func decide(_ request: Request) -> Decision {
        let decision = decideWithoutGate(request)
        guard decision.isAllowed, let viewing = request.viewingItsProject else { return decision }
        let gate = decideWithoutGate(viewing)
        if gate.isAllowed { return decision }
        let project = viewing.resource.segments[0].key
        return Decision(isAllowed: false, reason: .viewGate(project: project, gate.reason))
    }

    private func decideWithoutGate(_ request: Request) -> Decision {
        var denial: Decision.Reason?
        for grant in grants {
            switch grant.verdict(on: request, holder: holder) {
            case .allowedByStatement(let place):
                return Decision(isAllowed: true, reason: .statement(place, of: grant.name))
            case .allowedByBasePermissions:
                return Decision(isAllowed: true, reason: .basePermissions(of: grant.name))
            case .deniedByStatement(let place):
                if denial == nil { denial = .statement(place, of: grant.name) }
            case .silent: break
            }
        }
        return Decision(isAllowed: false, reason: denial ?? .nothingApplies)
    }
}

extension Action {
    /// What a member may do with tokens of his own where his role says nothing.
    static let ofOwnTokens: [Action] = [
        .createAccessToken, .updateAccessTokenName, .updateAccessTokenDescription, .updateAccessTokenExpiry,
        .updateAccessTokenPolicy, .resetAccessToken, .deleteAccessToken,
    ]
}

extension Resource {
    func isToken(of member: MemberID) -> Bool {
        segments.count == 2 && segments[1].type == "token" && segments[0].type == "member"
            && segments[0].key == member.text
    }

    var isServiceToken: Bool { segments.count == 1 && segments[0].type == "service-token" }
}

extension Request {
    /// The request to view the project that this one is about; nil when it is about none, or is that request.
    var viewingItsProject: Request? {
        guard let first = resource.segments.first, first.type == "proj" else { return nil }
        if resource.segments.count == 1 {
            return action == .viewProject ? nil : Request(.viewProject, on: resource)
        }
        return Request(.viewProject, on: Resource(segments: [first]))
    }
}
