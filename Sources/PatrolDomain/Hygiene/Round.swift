extension Hygiene {
    /// Judges many tokens while nobody's roles change. Tokens of one scope and owner have their sleeping
    /// privilege in common, which is by far the dearest rule: it is looked for once.
    package struct Round: Sendable {
        private struct Pair: Hashable {
            enum Behind: Hashable {
                case owner(MemberID)
                case snapshot(Authority)
            }

            let scope: Scope
            let behind: Behind
        }

        private static let capacity = 65_536

        private let catalogue: Catalogue
        private var witnesses: [Pair: Request?] = [:]

        package init(catalogue: Catalogue = .launchDarkly) { self.catalogue = catalogue }

        /// As `Hygiene.judge`.
        package mutating func judge(
            _ token: AccessToken, owner: Member?, scope: Authority?, behind: Authority?, at now: Timestamp
        ) -> Judgement {
            Hygiene.judge(token, owner: owner, scope: scope, at: now) {
                guard let scope, let behind else { return nil }
                return witness(token, owner, SleepingPrivilege(scope: scope, behind: behind, catalogue: catalogue))
            }
        }

        private mutating func witness(
            _ token: AccessToken, _ owner: Member?, _ search: SleepingPrivilege
        ) -> Request? {
            let behind: Pair.Behind =
                if token.kind == .personal, let owner { .owner(owner.id) } else { .snapshot(search.behind) }
            let pair = Pair(scope: token.scope, behind: behind)
            if let known = witnesses[pair] { return known }
            if witnesses.count == Self.capacity { witnesses.removeAll(keepingCapacity: true) }
            let found = search.witness()
            witnesses[pair] = .some(found)
            return found
        }
    }
}
