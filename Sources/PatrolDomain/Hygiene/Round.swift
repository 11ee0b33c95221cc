extension Hygiene {
    /// Judges many tokens while nobody's roles change. Tokens of one scope and owner have in common what is
    /// dearest to find out: it is looked for once.
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
        private var pairs: [Pair: PairFacts] = [:]
        private var granted: [Pair: GrantedActions] = [:]

        package init(catalogue: Catalogue = .launchDarkly) { self.catalogue = catalogue }

        /// As `Hygiene.judge`.
        package mutating func judge(
            _ token: AccessToken, owner: Member?, scope: Authority?, behind: Authority?,
            facts: HygieneFacts = HygieneFacts(), at now: Timestamp
        ) -> Judgement {
            let subject = Subject(
                token, owner: owner, scope: scope, behind: behind, facts: facts, catalogue: catalogue, at: now)
            guard let scope = subject.scope, let behind else {
                return Hygiene.judge(subject, pair: { PairFacts() }, granted: { nil })
            }
            let pair: Pair =
                if token.kind == .personal, let owner {
                    Pair(scope: token.scope, behind: .owner(owner.id))
                } else {
                    Pair(scope: token.scope, behind: .snapshot(behind))
                }
            return Hygiene.judge(
                subject,
                pair: {
                    Self.one(pair, &pairs) { PairFacts(scope: scope, behind: behind, catalogue: catalogue) }
                },
                granted: {
                    Self.one(pair, &granted) { GrantedActions(scope: scope, behind: behind, catalogue: catalogue) }
                })
        }

        private static func one<Value>(_ pair: Pair, _ known: inout [Pair: Value], _ make: () -> Value) -> Value {
            if let value = known[pair] { return value }
            if known.count == capacity { known.removeAll(keepingCapacity: true) }
            let value = make()
            known[pair] = value
            return value
        }
    }
}
