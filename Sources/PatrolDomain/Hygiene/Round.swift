extension Hygiene {
    /// Judges many tokens while nobody's roles change. Tokens of one scope and owner have in common what is
    /// dearest to find out: it is looked for once.
    package struct Round: Sendable {
        private struct Pair: Hashable {
            enum Behind: Hashable {
                case owner(MemberID)
                case snapshot(Authority)
                /// Whoever has this base role and nothing else: where no policy names him, all such people are alike.
                case baseRole(String)
            }

            let scope: Scope
            let behind: Behind

            init(_ token: AccessToken, owner: Member?, scope: Authority, behind: Authority) {
                self.scope = token.scope
                if let role = behind.onlyBaseRole, scope.isAlikeToAllMembers {
                    self.behind = .baseRole(role)
                } else if token.kind == .personal, let owner {
                    self.behind = .owner(owner.id)
                } else {
                    self.behind = .snapshot(behind)
                }
            }
        }

        private static let capacity = 65_536

        private let catalogue: Catalogue
        private var analysis: ScopeAnalysis
        private var pairs: [Pair: PairFacts] = [:]
        private var granted: [Pair: ActionsByExample] = [:]

        package init(catalogue: Catalogue = .launchDarkly) {
            self.catalogue = catalogue
            analysis = ScopeAnalysis(catalogue: catalogue)
        }

        /// As `Hygiene.judge`.
        package mutating func judge(
            _ token: AccessToken, owner: Member?, scope: Authority?, behind: Authority?,
            facts: HygieneFacts = HygieneFacts(), at now: Timestamp
        ) -> Judgement {
            let subject = Subject(
                token, owner: owner, scope: scope, behind: behind, facts: facts, catalogue: catalogue, at: now)
            guard let scope = subject.scope, let behind else {
                return Hygiene.judge(subject, pair: PairFacts(), granted: { nil })
            }
            let pair = Pair(token, owner: owner, scope: scope, behind: behind)
            let shared = subject.isJudgedByPair ? together(pair, scope, behind) : PairFacts()
            return Hygiene.judge(subject, pair: shared, granted: { granted(of: pair, scope, behind) })
        }

        private mutating func together(_ pair: Pair, _ scope: Authority, _ behind: Authority) -> PairFacts {
            // What one person lacks could be another's own token.
            if let known = pairs[pair], known.sleeping.map({ !behind.decide($0).isAllowed }) ?? true { return known }
            if pairs.count == Self.capacity { pairs.removeAll(keepingCapacity: true) }
            let sleeping = analysis.containment(
                of: TokenAuthority(scope), in: TokenAuthority(behind), steps: ScopeAnalysis.stepsAmongMany
            ).witness?.request
            let found = PairFacts(sleeping: sleeping, escalation: Escalation.request(allowedBy: scope, and: behind))
            pairs[pair] = found
            return found
        }

        private mutating func granted(of pair: Pair, _ scope: Authority, _ behind: Authority) -> ActionsByExample {
            if let known = granted[pair] { return known }
            if granted.count == Self.capacity { granted.removeAll(keepingCapacity: true) }
            let made = ActionsByExample(scope: scope, behind: behind, catalogue: catalogue)
            granted[pair] = made
            return made
        }
    }
}

extension Authority {
    /// The base role that is all it has; nil where it has anything else.
    fileprivate var onlyBaseRole: String? {
        grants.count == 1 && grants[0].name.source == .baseRole ? grants[0].name.role : nil
    }

    /// Whether it means the same to whoever holds it: no policy of it names a member, and none has role attributes.
    fileprivate var isAlikeToAllMembers: Bool {
        holder == nil && grants.allSatisfy { grant in
            grant.attributes.isEmpty && grant.policy.statements.allSatisfy { statement in
                statement.resources.patterns.allSatisfy { pattern in
                    pattern.chain.first.map { $0.type != "member" || $0.key == .glob(.everything) } ?? true
                }
            }
        }
    }
}
