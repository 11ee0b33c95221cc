/// What all members and tokens of an account may do, compiled. It is told of what changes (`take(_:)`), and
/// what rests on it is compiled anew before the next answer.
package struct CompiledAccount: Sendable {
    /// The number of a token or of a member here. Good for as long as the account.
    package struct TokenNumber: Hashable, Sendable { let value: Int }
    package struct MemberNumber: Hashable, Sendable { let value: Int }

    /// What is asked about a token in each decision.
    private struct TokenState {
        /// Nil for an account-wide token.
        var scope: AuthorityNumber?
        /// Where the person behind it is as he was when it was created.
        var snapshot: AuthorityNumber?
        /// The person behind it as he is now.
        var person: Int?
        /// Why it is refused before the time of its expiry, and from then on.
        var before: Decision.NotInForce?
        var after: Decision.NotInForce?
        var expiry = Timestamp(milliseconds: .max)
        var isLimitedToNetworks = false
        var isStale = true
    }

    /// What decisions rest on of a token: a fifth of the whole, because there may be a million of them.
    private struct KeptToken {
        let id: TokenID
        let kind: AccessToken.Kind
        var isDeleted: Bool
        /// The place of the owner among the members.
        let owner: Int32?
        var scope: Scope
        let creatorSnapshot: Authority?
        let createdAt: Timestamp
        var expiresAt: Timestamp?
    }

    private struct MemberState {
        var authority: AuthorityNumber
        var notInForce: Decision.NotInForce?
        var isStale = true
    }

    private var authorities: CompiledAuthorities
    private var roles: [RoleID: Role]
    private var teams: [Key: Team] = [:]
    private var members: [Member?] = []
    private var memberStates: [MemberState] = []
    private var memberNumbers: [MemberID: Int] = [:]
    /// The teams and the tokens of each member.
    private var teamsOf: [[Key]] = []
    private var tokensOf: [[Int]] = []
    private var tokens: [KeptToken] = []
    /// Few tokens have these: by the places of those that do.
    private var quarantines: [Int: Quarantine] = [:]
    private var deletionDays: [Int: Timestamp] = [:]
    private var networkLimits: [Int: NetworkLimit] = [:]
    private var tokenStates: [TokenState] = []
    private var tokenNumbers: [TokenID: Int] = [:]
    /// Whose authority a role is part of, or was since all was compiled.
    private var membersWith: [RoleID: Set<Int>] = [:]
    private var tokensWith: [RoleID: Set<Int>] = [:]
    private var sizeWhenWhole = 0

    /// - Parameter tokens: Of each, what decisions rest on is kept.
    package init(
        roles: some Sequence<Role>, members: some Sequence<Member>, teams: some Sequence<Team>,
        tokens: some Sequence<AccessToken>, limits: VocabularyLimits = VocabularyLimits()
    ) {
        authorities = CompiledAuthorities(limits: limits)
        self.roles = Dictionary(roles.map { ($0.id, $0) }) { $1 }
        for member in members { take(member) }
        for team in teams { take(team) }
        for token in tokens { take(token) }
        compileAll()
    }

    package func number(of token: TokenID) -> TokenNumber? { tokenNumbers[token].map(TokenNumber.init) }

    package func number(of member: MemberID) -> MemberNumber? {
        memberNumbers[member].flatMap { members[$0] == nil ? nil : MemberNumber(value: $0) }
    }

    package var tokenCount: Int { tokens.count }

    package func id(of token: TokenNumber) -> TokenID { tokens[token.value].id }

    /// What is told of a token to whoever it was let in by.
    package func identity(of token: TokenNumber) -> TokenIdentity {
        let known = tokens[token.value]
        let owner = known.owner.flatMap { members[Int($0)] }
        return TokenIdentity(
            id: known.id, kind: known.kind, owner: owner?.id, ownerEmail: owner?.email ?? "",
            teams: known.owner.map { teamsOf[Int($0)].sorted().map(\.text) } ?? [], scopes: scopeNames(known.scope), createdAt: known.createdAt, expiresAt: known.expiresAt,
            deletesAt: quarantines[token.value]?.deletesAt ?? deletionDays[token.value])
    }

    /// Why it is not in force; nil where it is.
    package mutating func notInForce(_ token: TokenNumber, at now: Timestamp) -> Decision.NotInForce? {
        if tokenStates[token.value].isStale { compile(token: token.value) }
        let state = tokenStates[token.value]
        return now < state.expiry ? state.before : state.after
    }

    /// Whether a token is limited to networks, and the address (nil where it is not known) is in none of them.
    package func isRefused(_ token: TokenNumber, from address: IPAddress?) -> Bool {
        guard let limit = networkLimits[token.value] else { return false }
        return address.map { !limit.allows($0) } ?? true
    }

    private func scopeNames(_ scope: Scope) -> [String] {
        switch scope {
        case .base(let role): [role.rawValue]
        case .customRoles(let ids): ids.compactMap { roles[$0]?.key.text }
        case .inline: ["inline"]
        case .account: ["account"]
        }
    }

    /// Grants, statements and patterns that are kept, with those that something took the place of. What was
    /// replaced is cleared away when it is more than what counts, and 100,000 more.
    var size: Int { authorities.size }

    // MARK: - Requests

    /// The number of a request; nil where `CompiledAuthorities.intern(_:)` has none.
    package mutating func intern(_ request: Request) -> InternedRequest? { authorities.intern(request) }

    /// As `CompiledAuthorities.intern(action:resource:)`.
    package mutating func intern(
        action: Span<UInt8>, resource: Span<UInt8>
    ) throws(SpecifierFault) -> InternedRequest {
        try authorities.intern(action: action, resource: resource)
    }

    // MARK: - Decisions

    /// As `TokenAuthority.decide`. Where nothing changed since the last one, nothing is allocated.
    ///
    /// - Parameter address: Where the call came from; nil where that is not known.
    package mutating func decide(
        _ request: InternedRequest, for token: TokenNumber, from address: IPAddress? = nil, at now: Timestamp
    ) -> CompiledDecision {
        if tokenStates[token.value].isStale { compile(token: token.value) }
        let state = tokenStates[token.value]
        if let why = now < state.expiry ? state.before : state.after { return .notInForce(why) }
        if state.isLimitedToNetworks, isRefused(token, from: address) { return .notInForce(.networkRefused) }
        var behind = state.snapshot
        if let person = state.person {
            if memberStates[person].isStale { compile(member: person) }
            behind = memberStates[person].authority
        }
        return authorities.decide(request, scope: state.scope, behind: behind)
    }

    /// What a member may do himself, as `Authority.decide`; nothing while he is not in force.
    package mutating func decide(_ request: InternedRequest, for member: MemberNumber) -> CompiledDecision {
        if memberStates[member.value].isStale { compile(member: member.value) }
        if let why = memberStates[member.value].notInForce { return .notInForce(why) }
        return authorities.decide(request, memberStates[member.value].authority)
    }

    /// A decision in words.
    package func decision(_ compiled: CompiledDecision, on request: InternedRequest) -> Decision {
        authorities.decision(compiled, on: request)
    }

    // MARK: - Changes

    package enum Change: Sendable {
        case role(Role)
        case member(Member)
        case team(Team)
        case token(AccessToken)
    }

    /// Takes many tokens, which are compiled when they are first asked about.
    package mutating func take(_ tokens: some Sequence<AccessToken>) { for token in tokens { take(token) } }

    /// Takes a thing as it is now, new or known. From the next decision on it counts.
    package mutating func take(_ change: Change) {
        switch change {
        case .role(let role): take(role)
        case .member(let member): take(member)
        case .team(let team): take(team)
        case .token(let token): take(token)
        }
        if authorities.size > 2 * sizeWhenWhole + 100_000 { compileAll() }
    }

    private mutating func take(_ role: Role) {
        roles[role.id] = role
        for member in membersWith[role.id] ?? [] { memberStates[member].isStale = true }
        for token in tokensWith[role.id] ?? [] { tokenStates[token].isStale = true }
    }

    private mutating func take(_ member: Member) {
        let place = place(of: member.id)
        members[place] = member
        touch(member: place)
    }

    private mutating func take(_ team: Team) {
        let before = teams.updateValue(team, forKey: team.key)
        for id in before?.members ?? [] {
            let place = place(of: id)
            teamsOf[place].removeAll { $0 == team.key }
            touch(member: place)
        }
        for id in team.members {
            let place = place(of: id)
            if !teamsOf[place].contains(team.key) { teamsOf[place].append(team.key) }
            touch(member: place)
        }
    }

    private mutating func take(_ token: AccessToken) {
        let owner = token.owner.map { self.place(of: $0) }
        let kept = KeptToken(
            id: token.id, kind: token.kind, isDeleted: token.deletedAt != nil, owner: owner.map { Int32($0) },
            scope: token.scope, creatorSnapshot: token.creatorSnapshot, createdAt: token.createdAt,
            expiresAt: token.expiresAt)
        let known = tokenNumbers[token.id]
        let place = known ?? tokens.count
        if known == nil {
            tokenNumbers[token.id] = place
            if let owner { tokensOf[owner].append(place) }
            tokens.append(kept)
            tokenStates.append(TokenState())
        } else {
            tokens[place] = kept
            tokenStates[place].isStale = true
        }
        quarantines[place] = token.quarantine
        deletionDays[place] = token.flag?.dueAt
        networkLimits[place] = token.networks
    }

    /// A token as the plain evaluation takes it.
    private func token(at place: Int, owner: Member?) -> AccessToken {
        let kept = tokens[place]
        return AccessToken(
            id: kept.id, kind: kept.kind, origin: .created, name: "", owner: owner?.id, scope: kept.scope,
            creatorSnapshot: kept.creatorSnapshot, createdAt: kept.createdAt, expiresAt: kept.expiresAt,
            quarantine: quarantines[place], deletedAt: kept.isDeleted ? kept.createdAt : nil)
    }

    /// A place also for one who is not on record: a token may name him.
    private mutating func place(of member: MemberID) -> Int {
        if let place = memberNumbers[member] { return place }
        memberNumbers[member] = members.count
        members.append(nil)
        teamsOf.append([])
        tokensOf.append([])
        memberStates.append(MemberState(authority: authorities.add(Authority(grants: [], holder: member))))
        return members.count - 1
    }

    /// His tokens rest on his standing, and their scopes on his role attributes.
    private mutating func touch(member: Int) {
        memberStates[member].isStale = true
        for token in tokensOf[member] { tokenStates[token].isStale = true }
    }

    // MARK: - Compiling

    private mutating func compileAll() {
        authorities.removeAll()
        membersWith.removeAll(keepingCapacity: true)
        tokensWith.removeAll(keepingCapacity: true)
        for place in members.indices {
            memberStates[place] = MemberState(authority: authorities.add(Authority(grants: [], holder: nil)))
            compile(member: place)
        }
        for place in tokens.indices {
            tokenStates[place] = TokenState()
            compile(token: place)
        }
        sizeWhenWhole = authorities.size
    }

    private func teams(of member: Int) -> [Team] { teamsOf[member].sorted().compactMap { teams[$0] } }

    private mutating func compile(member place: Int) {
        memberStates[place].isStale = false
        guard let member = members[place] else { return }
        let teams = teams(of: place)
        for role in member.customRoles + teams.flatMap(\.customRoles) { membersWith[role, default: []].insert(place) }
        memberStates[place].notInForce = member.notInForce
        authorities.replace(
            memberStates[place].authority, with: Authority(of: member, roles: roles, teams: teams))
    }

    private mutating func compile(token place: Int) {
        let person = tokens[place].owner.map { Int($0) }
        let owner = person.flatMap { members[$0] }
        let token = token(at: place, owner: owner)
        let whole = TokenAuthority(
            of: token, owner: owner, roles: roles, teams: person.map(teams) ?? [], at: token.createdAt)
        if case .customRoles(let ids) = token.scope {
            for role in ids { tokensWith[role, default: []].insert(place) }
        }
        var state = TokenState(
            before: token.notInForce(owner: owner, at: Timestamp(milliseconds: .min)),
            after: token.notInForce(owner: owner, at: Timestamp(milliseconds: .max)), isStale: false)
        state.isLimitedToNetworks = networkLimits[place] != nil
        if let expiresAt = token.expiresAt { state.expiry = expiresAt } else { state.after = state.before }
        state.scope = whole.scope.map { put($0, in: tokenStates[place].scope) }
        if token.kind == .personal {
            state.person = owner == nil ? nil : person
        } else {
            state.snapshot = whole.behind.map { put($0, in: tokenStates[place].snapshot) }
        }
        tokenStates[place] = state
    }

    private mutating func put(_ authority: Authority, in number: AuthorityNumber?) -> AuthorityNumber {
        guard let number else { return authorities.add(authority) }
        authorities.replace(number, with: authority)
        return number
    }
}
