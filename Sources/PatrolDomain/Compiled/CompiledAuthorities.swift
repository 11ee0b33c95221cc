/// Authorities compiled for deciding many requests: the same answers as `Authority.decide`, also in what
/// decided, but an interned request is decided without allocating.
///
/// A policy is sorted by chains of types. What is left to find out about a request is which keys, tags and
/// actions match which patterns: that is found out by the patterns themselves, once for each pair, and
/// remembered in a bit (`AnswerTable`).
package struct CompiledAuthorities: Sendable {
    struct Grant: Sendable {
        var program: UInt32
        /// The place of its name in `names`.
        var name: UInt32
        var isReader: Bool
        var isEmpty: Bool
    }

    struct Holding: Sendable {
        /// Places in `grants`.
        var grants = 0..<0
        /// The holder's id as a key, the place in `policies.exactKeys`; nil for a token's scope.
        var holder: Int?
    }

    private(set) var vocabulary: Vocabulary
    private(set) var policies = CompiledPolicies()
    private(set) var answers: AnswerTable
    private(set) var grants: [Grant] = []
    private(set) var holdings: [Holding] = []
    private var names: [GrantName] = []
    private var knownNames: [GrantName: UInt32] = [:]
    private var knownHolders: [MemberID: Int] = [:]
    /// What an account-wide token may do.
    private var accountWide = 0

    package init(limits: VocabularyLimits = VocabularyLimits()) {
        var answers = AnswerTable(limit: limits.blocks)
        vocabulary = Vocabulary(limits: limits, &answers)
        self.answers = answers
        addAccountWide()
    }

    /// Forgets all authorities. Interned requests stay good.
    package mutating func removeAll() {
        policies.removeAll()
        (grants, holdings, names) = ([], [], [])
        knownNames.removeAll(keepingCapacity: true)
        knownHolders.removeAll(keepingCapacity: true)
        layOut()
        addAccountWide()
    }

    private mutating func addAccountWide() {
        accountWide = add(Authority(grants: [BaseRole.admin.grant(holder: nil)], holder: nil)).value
    }

    /// Grants, statements and patterns, with those of authorities that were replaced.
    var size: Int { grants.count + policies.size }

    // MARK: - Authorities

    package mutating func add(_ authority: Authority) -> AuthorityNumber {
        holdings.append(Holding())
        let number = AuthorityNumber(value: holdings.count - 1)
        fill(number, with: authority)
        return number
    }

    package mutating func add(_ authority: TokenAuthority) -> CompiledTokenAuthority {
        CompiledTokenAuthority(
            scope: authority.scope.map { add($0) }, behind: authority.behind.map { add($0) },
            standing: authority.standing)
    }

    /// Puts another authority in the place of one.
    package mutating func replace(_ number: AuthorityNumber, with authority: Authority) {
        fill(number, with: authority)
    }

    private mutating func fill(_ number: AuthorityNumber, with authority: Authority) {
        let start = grants.count
        for grant in authority.grants {
            grants.append(
                Grant(
                    program: policies.program(grant.policy, attributes: grant.attributes, &vocabulary),
                    name: self.number(of: grant.name), isReader: grant.basePermissions == .reader,
                    isEmpty: grant.isEmpty))
        }
        holdings[number.value] = Holding(
            grants: start..<grants.count, holder: authority.holder.map { self.number(of: $0) })
        if !answers.suffices(selections: policies.selections.count, matchers: policies.matcherCounts) { layOut() }
    }

    private mutating func number(of name: GrantName) -> UInt32 {
        if let known = knownNames[name] { return known }
        names.append(name)
        knownNames[name] = UInt32(names.count - 1)
        return UInt32(names.count - 1)
    }

    private mutating func number(of holder: MemberID) -> Int {
        if let known = knownHolders[holder] { return known }
        let number = Int(policies.number(ofKey: Array(holder.text.utf8)))
        knownHolders[holder] = number
        return number
    }

    // MARK: - Rows

    /// Gives every word a row that is long enough for twice the patterns of today.
    private mutating func layOut() {
        answers.begin(selections: policies.selections.count, matchers: policies.matcherCounts)
        vocabulary.layOut(&answers)
    }

    mutating func remember(_ answer: Bool, for pattern: UInt32, in row: AnswerTable.Row) {
        answers.remember(answer, for: pattern, in: row)
    }

    // MARK: - Requests

    /// The number of a request; nil where there is no room for it, or it has what the notation of resources
    /// can't write. Then `Authority.decide` has to answer.
    package mutating func intern(_ request: Request) -> InternedRequest? {
        let text = request.resource.description
        do throws(SpecifierFault) {
            guard try Resource(parsing: text) == request.resource else { return nil }
            let number = try self.number(ofResource: text.utf8Span.span)
            let action = self.number(ofAction: request.action.name.utf8Span.span)
            return number == 0 || action == 0 ? nil : InternedRequest(action: action, resource: number)
        } catch {
            return nil
        }
    }

    /// The number of a request in texts; nil where one of them was not interned before, or is not remembered.
    package func known(action: Span<UInt8>, resource: Span<UInt8>) -> InternedRequest? {
        guard let action = vocabulary.known(action: action), let resource = vocabulary.known(resource: resource)
        else { return nil }
        return InternedRequest(action: action, resource: resource)
    }

    /// The number of a request in texts, the action's not looked at (see `ActionPattern`). Where there is no room
    /// to remember it, it is good until another request is interned.
    package mutating func intern(
        action: Span<UInt8>, resource: Span<UInt8>
    ) throws(SpecifierFault) -> InternedRequest {
        InternedRequest(action: number(ofAction: action), resource: try number(ofResource: resource))
    }

    private mutating func number(ofAction text: Span<UInt8>) -> UInt32 {
        if let known = vocabulary.known(action: text) { return known }
        return vocabulary.add(action: text, &answers)
    }

    private mutating func number(ofResource text: Span<UInt8>) throws(SpecifierFault) -> UInt32 {
        if let known = vocabulary.known(resource: text) { return known }
        return try vocabulary.add(resource: text, &answers)
    }

    // MARK: - Decisions

    /// As `TokenAuthority.decide`.
    package mutating func decide(
        _ request: InternedRequest, _ authority: CompiledTokenAuthority
    ) -> CompiledDecision {
        if let why = authority.standing { return .notInForce(why) }
        return decide(request, scope: authority.scope, behind: authority.behind)
    }

    /// What a token may do with this scope and this person behind it. Nil for the scope of an account-wide token.
    package mutating func decide(
        _ request: InternedRequest, scope: AuthorityNumber?, behind: AuthorityNumber?
    ) -> CompiledDecision {
        guard let scope else {
            var decision: CompiledDecision = decide(request, AuthorityNumber(value: accountWide))
            if decision.isAllowed { decision.cause = .accountWide }
            return decision
        }
        let given: CompiledDecision = decide(request, scope)
        if !given.isAllowed { return given }
        guard let behind else {
            return CompiledDecision(isAllowed: false, cause: .nothingApplies, isWithheld: true)
        }
        var personal = decide(request, behind)
        if personal.isAllowed { return given }
        personal.isWithheld = true
        return personal
    }

    /// A decision in words, with all that stands behind it.
    package func decision(_ compiled: CompiledDecision, on request: InternedRequest) -> Decision {
        var reason: Decision.Reason =
            switch compiled.cause {
            case .statement(let place, let name): .statement(Int(place), of: names[Int(name)])
            case .basePermissions(let name): .basePermissions(of: names[Int(name)])
            case .nothingApplies: .nothingApplies
            case .accountWide: .accountWide
            case .notInForce(let why): .notInForce(why)
            }
        if compiled.isByViewGate {
            let resource = vocabulary.resources[Int(request.resource)]
            reason = .viewGate(project: vocabulary.key(of: vocabulary.parts[Int(resource.first)]), reason)
        }
        return Decision(
            isAllowed: compiled.isAllowed, reason: compiled.isWithheld ? .withheld(reason) : reason)
    }
}
