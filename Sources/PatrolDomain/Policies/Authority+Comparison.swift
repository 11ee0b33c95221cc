extension Authority {
    /// A request that this allows and `other` does not, found by trying examples: what is found is so;
    /// nil proves nothing, unless both are base roles.
    package func example(beyond other: Authority, catalogue: Catalogue = .launchDarkly) -> Request? {
        SleepingPrivilege(scope: self, behind: other, catalogue: catalogue).witness()
    }
}

extension TokenAuthority {
    /// A request that this allows and `other` does not, found by trying examples of both its sides.
    package func example(beyond other: TokenAuthority, catalogue: Catalogue = .launchDarkly) -> Request? {
        guard let scope, let behind, standing == nil else { return nil }
        for (side, otherSide) in [(behind, other.behind), (scope, other.scope)] {
            guard let otherSide, let request = side.example(beyond: otherSide, catalogue: catalogue) else { continue }
            if decide(request).isAllowed && !other.decide(request).isAllowed { return request }
        }
        return nil
    }
}
