/// Compares scopes exactly, and remembers what it has read of them: to compare many, ask one analysis.
///
/// The names of actions, and the keys and tags of resources, are open: any may be asked for. The kinds of resources are
/// those of the catalogue, and those that the policies name.
package struct ScopeAnalysis: Sendable {
    /// How many steps one comparison may take: far more than those of people's roles take, and less than a second.
    package static let maximumSteps = 20_000_000
    /// The same where many are compared one after the other, so that a few absurd policies do not hold up all.
    package static let stepsAmongMany = 1_000_000
    /// From so many conditions on, what is remembered is forgotten.
    private static let capacity = 500_000
    /// As many scopes are remembered at most.
    private static let maximumPrepared = 4_096
    private static let canonicalAttempts = 8

    private struct Key: Hashable {
        var authority: Int
        var kind: KindID
    }

    private struct Pair: Hashable {
        var left: Formula
        var right: Formula
    }

    let catalogue: Catalogue
    var writer: FormulaWriter
    private(set) var prepared: [PreparedAuthority] = []
    private var places: [Authority: Int] = [:]
    private var formulas: [Key: Formula] = [:]
    /// Conditions that no request meets together, whatever its kind.
    private var impossible: Set<Pair> = []
    private var scratch: [Int8] = []

    package init(catalogue: Catalogue = .launchDarkly) {
        self.catalogue = catalogue
        writer = FormulaWriter()
    }

    private static let admin = Authority(grants: [BaseRole.admin.grant(holder: nil)], holder: nil)

    /// What has to allow a request; nil where nothing is allowed.
    private static func sides(of scope: TokenAuthority) -> [Authority]? {
        guard scope.standing == nil else { return nil }
        guard let given = scope.scope else { return [admin] }
        guard let behind = scope.behind else { return nil }
        return given == behind ? [given] : [given, behind]
    }
}

extension ScopeAnalysis {
    /// Whether everything that `inner` allows, `outer` allows too.
    ///
    /// - Parameter steps: After so many the answer is `undecided`.
    package mutating func containment(
        of inner: TokenAuthority, in outer: TokenAuthority, steps: Int = maximumSteps
    ) -> Containment {
        if let witness = canonicalWitness(inner, outer) { return .beyond(witness) }
        switch find(inner, outer, isAllowedByBoth: false, steps: steps) {
        case .none: return .contained
        case .unknown: return .undecided
        case .found(let request):
            let decision = inner.decide(request)
            // What is said to go beyond does: the evaluation itself is asked.
            guard decision.isAllowed, !outer.decide(request).isAllowed else { return .undecided }
            return .beyond(Witness(request, reason: decision.reason))
        }
    }

    /// Whether there is a request that both allow.
    package mutating func overlap(
        of left: TokenAuthority, with right: TokenAuthority, steps: Int = maximumSteps
    ) -> Overlap {
        switch find(left, right, isAllowedByBoth: true, steps: steps) {
        case .none: return .disjoint
        case .unknown: return .undecided
        case .found(let request):
            guard left.decide(request).isAllowed, right.decide(request).isAllowed else { return .undecided }
            return .overlapping(request)
        }
    }

    /// What a statement names goes beyond, more often than not, and asking for it costs less than reading two scopes.
    private func canonicalWitness(_ inner: TokenAuthority, _ outer: TokenAuthority) -> Witness? {
        guard let sides = Self.sides(of: inner), sides != Self.sides(of: outer),
            sides.contains(where: { places[$0] == nil })
        else { return nil }
        for request in sides[0].canonicalRequests(catalogue).prefix(Self.canonicalAttempts) {
            let decision = inner.decide(request)
            if decision.isAllowed, !outer.decide(request).isAllowed { return Witness(request, reason: decision.reason) }
        }
        return nil
    }

    enum Finding {
        case found(Request)
        case none
        case unknown
    }

    /// Looks for a request that one scope allows and the other allows, too, or does not.
    private mutating func find(
        _ left: TokenAuthority, _ right: TokenAuthority, isAllowedByBoth: Bool, steps: Int
    ) -> Finding {
        if writer.pool.nodes.count > Self.capacity || prepared.count >= Self.maximumPrepared {
            self = Self(catalogue: catalogue)
        }
        guard let sides = Self.sides(of: left) else { return .none }
        let others = Self.sides(of: right)
        if isAllowedByBoth ? others == nil : others == sides { return .none }
        let (first, second) = (sides.map { prepare($0) }, (others ?? []).map { prepare($0) })
        var left = steps
        var isUnknown = (first + second).contains { prepared[$0].isTooBroad }
        // An action that nobody knows proves as much, but says less.
        var unfamiliar: Request?
        for kind in kinds(of: first + second) {
            let allowed = formula(of: first, for: kind, steps: &left)
            let other = others == nil ? Formula.never : formula(of: second, for: kind, steps: &left)
            switch find(allowed, isAllowedByBoth ? other : !other, kind, steps: &left) {
            case .found(let request):
                if actions(on: kind).contains(request.action) { return .found(request) }
                unfamiliar = unfamiliar ?? request
            case .unknown: isUnknown = true
            case .none: break
            }
            if left <= 0 {
                isUnknown = true
                break
            }
        }
        if let unfamiliar { return .found(unfamiliar) }
        return isUnknown ? .unknown : .none
    }

    mutating func find(_ one: Formula, _ other: Formula, _ kind: KindID, steps: inout Int) -> Finding {
        if one == .never || other == .never || one == !other { return .none }
        let pair = Pair(left: one, right: other)
        if impossible.contains(pair) { return .none }
        let types = writer.kinds.types[kind]
        var tableau = Tableau(writer, segments: types.count, steps: steps, scratch: scratch)
        scratch = []
        let outcome = tableau.search([one, other])
        steps = tableau.steps
        scratch = tableau.end()
        switch outcome {
        case .none:
            if impossible.count == Self.capacity { impossible.removeAll(keepingCapacity: true) }
            impossible.insert(pair)
            return .none
        case .unknown: return .unknown
        case .found(let parts):
            let request = Spelling(parts, writer.patterns).request(types: types, actions: actions(on: kind))
            return request.map(Finding.found) ?? .unknown
        }
    }

    private func actions(on kind: KindID) -> [Action] {
        catalogue.actions(for: ResourcePattern(allOf: writer.kinds.types[kind]).text)
    }

    // MARK: - What is remembered

    mutating func prepare(_ authority: Authority) -> Int {
        if let known = places[authority] { return known }
        places[authority] = prepared.count
        prepared.append(writer.prepare(authority))
        return prepared.count - 1
    }

    mutating func formula(of authorities: [Int], for kind: KindID, steps: inout Int) -> Formula {
        let parts = authorities.map { authority in
            let key = Key(authority: authority, kind: kind)
            if let known = formulas[key] { return known }
            steps -= prepared[authority].size
            let formula = writer.formula(of: prepared[authority], for: kind)
            formulas[key] = formula
            return formula
        }
        return writer.pool.all(parts)
    }

    /// The kinds that something is said of, and one for all others of the catalogue: what no policy names is alike to
    /// all of them, but that only what is in a project has to be seen. Those that are named to be allowed come first,
    /// since what is found there is easiest to understand.
    private mutating func kinds(of authorities: [Int]) -> [KindID] {
        let named = Set(authorities.flatMap { prepared[$0].named })
        var kinds = authorities.flatMap { prepared[$0].allowed } + [KindTable.project]
        var (isInsideThere, isOutsideThere) = (false, false)
        for type in catalogue.types where !(isInsideThere && isOutsideThere) {
            let kind = writer.kinds.add(type.pattern.chain.map(\.type))
            let isInside = writer.kinds.isInProject(kind)
            guard !named.contains(kind), !KindTable.special.contains(kind), !(isInside ? isInsideThere : isOutsideThere)
            else { continue }
            if isInside { isInsideThere = true } else { isOutsideThere = true }
            kinds.append(kind)
        }
        kinds += authorities.flatMap { prepared[$0].named } + KindTable.special
        var known: Set<KindID> = []
        return kinds.filter { known.insert($0).inserted }
    }
}
