extension Hygiene {
    /// Judges many tokens while nobody's roles change. Tokens of one scope and owner have their sleeping
    /// privilege in common, which is by far the dearest rule: it is looked for once.
    package struct Round: Sendable {
        private struct Pair: Hashable {
            enum Behind: Hashable {
                case owner(MemberID)
                case snapshot(Authority)
                /// Whoever has this base role and nothing else: where no policy names a member, all such people are
                /// alike.
                case baseRole(String)
                /// Whoever has these, in the same way.
                case grants([Grant])
            }

            let scope: Scope
            let behind: Behind
        }

        private static let capacity = 65_536

        private var analysis: ScopeAnalysis
        private var witnesses: [Pair: Request?] = [:]

        package init(catalogue: Catalogue = .launchDarkly) { analysis = ScopeAnalysis(catalogue: catalogue) }

        /// As `Hygiene.judge`.
        package mutating func judge(
            _ token: AccessToken, owner: Member?, scope: Authority?, behind: Authority?, at now: Timestamp
        ) -> Judgement {
            Hygiene.judge(token, owner: owner, scope: scope, at: now) {
                guard let scope, let behind else { return nil }
                return witness(token, owner, scope, behind)
            }
        }

        private mutating func witness(
            _ token: AccessToken, _ owner: Member?, _ scope: Authority, _ behind: Authority
        ) -> Request? {
            let pair = Pair(scope: token.scope, behind: Self.person(token, owner, scope, behind))
            // What one person lacks could be another's own token.
            if let known = witnesses[pair], known.map({ !behind.decide($0).isAllowed }) ?? true { return known }
            if witnesses.count == Self.capacity { witnesses.removeAll(keepingCapacity: true) }
            let found = analysis.containment(
                of: TokenAuthority(scope), in: TokenAuthority(behind), steps: ScopeAnalysis.stepsAmongMany
            ).witness?.request
            witnesses[pair] = .some(found)
            return found
        }

        private static func person(
            _ token: AccessToken, _ owner: Member?, _ scope: Authority, _ behind: Authority
        ) -> Pair.Behind {
            if scope.namesNoMember, scope.grants.allSatisfy(\.attributes.isEmpty) {
                if let role = behind.onlyBaseRole { return .baseRole(role) }
                if behind.namesNoMember { return .grants(behind.grants) }
            }
            if token.kind == .personal, let owner { return .owner(owner.id) }
            return .snapshot(behind)
        }
    }
}

extension Authority {
    /// The base role that is all it has; nil where it has anything else.
    fileprivate var onlyBaseRole: String? {
        grants.count == 1 && grants[0].name.source == .baseRole ? grants[0].name.role : nil
    }

    /// Whether its policies are about all members or about none.
    fileprivate var namesNoMember: Bool {
        grants.allSatisfy { grant in
            grant.policy.statements.allSatisfy { statement in
                statement.resources.patterns.allSatisfy { pattern in
                    pattern.chain.first.map { $0.type != "member" || $0.key == .glob(.everything) } ?? true
                }
            }
        }
    }
}
