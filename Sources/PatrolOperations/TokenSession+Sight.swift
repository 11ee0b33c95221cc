package import PatrolDomain

extension TokenSession {
    /// Whether it gets to see a token: itself, every service token, its member's own, and what it may manage. An admin
    /// sees all.
    package func sees(_ other: AccessToken) -> Bool {
        if other.id == token.id || other.kind == .service || isAdmin { return true }
        if other.kind == .accountWide { return mayDo(to: other.resource, [.updateAccountToken, .deleteAccountToken]) }
        if token.kind == .personal, other.owner == token.owner { return true }
        return mayManageTokens(other.resource)
    }

    /// Whether it gets to see what is on record about a thing: of personal tokens, as of the tokens themselves.
    package func sees(recordOf resource: Resource) -> Bool {
        guard resource.segments.count == 2, resource.segments[1].type == "token" else { return true }
        if isAdmin || resource.segments[1].key == token.id.text { return true }
        if token.kind == .personal, resource.segments[0].key == token.owner?.text { return true }
        return mayManageTokens(resource)
    }

    private func mayManageTokens(_ resource: Resource) -> Bool {
        mayDo(
            to: resource,
            [
                .updateAccessTokenName, .updateAccessTokenDescription, .updateAccessTokenPolicy,
                .updateAccessTokenExpiry, .resetAccessToken, .deleteAccessToken,
            ])
    }

    private func mayDo(to resource: Resource, _ actions: [Action]) -> Bool {
        actions.contains { authority.decide(Request($0, on: resource)).isAllowed }
    }
}
