extension Authority {
    /// A request that this allows and `other` does not, found by trying examples: what is found is so;
    /// nil proves nothing, unless both are base roles.
    package func example(beyond other: Authority, catalogue: Catalogue = .launchDarkly) -> Request? {
        SleepingPrivilege(scope: self, behind: other, catalogue: catalogue).witness()
    }
}

extension TokenAuthority {
    /// A request that this allows and `other` does not, found by trying examples of both its sides: an
    /// example is one of the whole, never of one side alone. Nil proves nothing.
    package func example(beyond other: TokenAuthority, catalogue: Catalogue = .launchDarkly) -> Request? {
        // Who has nobody behind it may do nothing, unless it is account-wide.
        guard standing == nil, scope == nil || behind != nil, !other.surelyCovers(self) else { return nil }
        let search = WitnessSearch(
            allowing: [scope, behind].compactMap(\.self), narrowing: [other.scope, other.behind].compactMap(\.self),
            isOpen: scope == nil, catalogue: catalogue)
        return search.first(
            allowedBy: { decide($0).isAllowed }, deniedBy: { !other.decide($0).isAllowed })
    }

    /// Whether no request can be found that `other` allows and this does not.
    private func surelyCovers(_ other: TokenAuthority) -> Bool {
        func covers(_ side: Authority, _ otherSide: Authority?) -> Bool {
            guard let otherSide else { return false }
            return side == otherSide || side.surelyCovers(otherSide)
        }
        guard standing == nil else { return false }
        guard let scope else { return true }
        guard let behind else { return false }
        return covers(scope, other.scope) && covers(behind, other.behind)
    }
}
