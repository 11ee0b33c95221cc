/// Finds what covers a need.
struct CoverSearch {
    private let needed: Authority
    private var analysis: ScopeAnalysis
    private let steps: Int
    private let scope: (Scope) -> Authority

    private var covering: [RoleRanking.Candidate] = []
    private(set) var misses: [RoleRanking.Miss] = []
    private(set) var undecided: [RoleRanking.Way] = []

    /// How many pairs of roles are compared with the need at most, and how many that cover it are looked for.
    private static let maximumPairs = 500
    private static let maximumCoveringPairs = 20

    init(
        needed: Authority, analysis: ScopeAnalysis, steps: Int, scope: @escaping (Scope) -> Authority
    ) {
        self.needed = needed
        self.analysis = analysis
        self.steps = steps
        self.scope = scope
    }

    mutating func look(at way: RoleRanking.Way) {
        switch containment(in: way) {
        case .contained: covering.append(candidate(way))
        case .undecided: undecided.append(way)
        case .beyond(let witness): misses.append(RoleRanking.Miss(way: way, lacking: witness.request))
        }
    }

    private mutating func containment(in way: RoleRanking.Way) -> Containment {
        analysis.containment(of: TokenAuthority(needed), in: TokenAuthority(scope(way.scope)), steps: steps)
    }

    private mutating func candidate(_ way: RoleRanking.Way) -> RoleRanking.Candidate {
        let excess = analysis.excess(of: scope(way.scope), beyond: needed, steps: steps)
        return RoleRanking.Candidate(way: way, excess: excess)
    }

    /// Looks at custom roles that do not cover the need alone, two at a time, for what gives less than any single one
    /// that does.
    ///
    /// Each request that a pair was found to lack is asked of every role at once, and a pair of which neither allows
    /// it is not compared any more.
    ///
    /// - Returns: How many pairs were not decided.
    mutating func lookAtPairs() -> Int {
        let least = covering.filter { $0.way.isCustom }.map(\.measure).min()
        if least?.isNothing == true { return 0 }
        let missing = misses.compactMap { miss -> Role? in
            if case .custom(let roles) = miss.way, roles.count == 1 { roles[0] } else { nil }
        }
        var samples = Samples(missing.map { scope(.customRoles([$0.id])) })
        for miss in misses { samples.add(miss.lacking) }
        var (compared, found, leftOut) = (0, 0, 0)
        for one in missing.indices {
            for other in missing.indices.dropFirst(one + 1) where samples.mayCover(one, other) {
                guard compared < Self.maximumPairs, found < Self.maximumCoveringPairs else {
                    leftOut += 1
                    continue
                }
                compared += 1
                let pair = RoleRanking.Way.custom([missing[one], missing[other]])
                switch containment(in: pair) {
                case .contained:
                    found += 1
                    let candidate = candidate(pair)
                    if least.map({ candidate.measure < $0 }) ?? true { covering.append(candidate) }
                case .undecided: undecided.append(pair)
                case .beyond(let witness): samples.add(witness.request)
                }
            }
        }
        return leftOut
    }
}

extension RoleRanking.Way {
    fileprivate var isCustom: Bool { if case .custom = self { true } else { false } }
}

/// Requests of a need, and which roles allow which of them once the project can be seen.
private struct Samples {
    private static let maximum = 64

    private let alone: [Authority]
    /// Each with the viewing of every project: the other one of a pair may give it.
    private let seeing: [Authority]
    private var allowed: [UInt64]
    private var all: UInt64 = 0
    private var requests: [Request] = []

    init(_ authorities: [Authority]) {
        let viewing = Grant(
            GrantName("viewing", source: .inlinePolicy),
            policy: Policy(statements: [
                Statement(
                    .allow, actions: .matching([ActionPattern(.viewProject)]),
                    resources: .matching([ResourcePattern(allOf: ["proj"])]))
            ]), basePermissions: .noAccess)
        alone = authorities
        seeing = authorities.map { Authority(grants: $0.grants + [viewing], holder: $0.holder) }
        allowed = [UInt64](repeating: 0, count: authorities.count)
    }

    mutating func add(_ request: Request) {
        guard requests.count < Self.maximum, !requests.contains(request) else { return }
        let bit: UInt64 = 1 << requests.count
        requests.append(request)
        all |= bit
        let authorities = request.action == .viewProject ? alone : seeing
        for (place, authority) in authorities.enumerated() where authority.decide(request).isAllowed {
            allowed[place] |= bit
        }
    }

    func mayCover(_ one: Int, _ other: Int) -> Bool { allowed[one] | allowed[other] == all }
}

// MARK: - Order

extension CoverSearch {
    /// What covers the need, the smallest excess first.
    mutating func ranked() -> [RoleRanking.Candidate] {
        // Where one is contained in another its excess is, too: it has a smaller count, or the same parts.
        let sorted = covering.enumerated().sorted { left, right in
            (left.element.measure, left.offset) < (right.element.measure, right.offset)
        }.map(\.element)
        var ranked: [RoleRanking.Candidate] = []
        var comparisons = RoleRanking.maximumComparisons
        var rest = sorted[...]
        while let first = rest.first {
            let alike = rest.prefix { $0.measure == first.measure }
            ranked += inner(first: Array(alike), &comparisons)
            rest = rest.dropFirst(alike.count)
        }
        return ranked
    }

    /// Those contained in others before these.
    private mutating func inner(
        first candidates: [RoleRanking.Candidate], _ comparisons: inout Int
    ) -> [RoleRanking.Candidate] {
        var rest = candidates
        var ordered: [RoleRanking.Candidate] = []
        while rest.count > 1, comparisons > 0 {
            // Containment is transitive, so one pass finds one that contains no other of them.
            var least = 0
            for place in rest.indices.dropFirst()
            where rest[place].excess.parts.map(\.actions) == rest[least].excess.parts.map(\.actions) {
                comparisons -= 1
                if isWithin(rest[place], rest[least]), !isWithin(rest[least], rest[place]) { least = place }
            }
            ordered.append(rest.remove(at: least))
        }
        return ordered + rest
    }

    private mutating func isWithin(_ one: RoleRanking.Candidate, _ other: RoleRanking.Candidate) -> Bool {
        let (inner, outer) = (scope(one.way.scope), scope(other.way.scope))
        return inner == outer
            || analysis.containment(of: TokenAuthority(inner), in: TokenAuthority(outer), steps: steps) == .contained
    }
}

extension RoleRanking.Candidate {
    /// How many actions it gives beyond; what gives nothing at all beyond comes first, also among those of no action.
    fileprivate var measure: Measure {
        Measure(count: excess.count, isBeyond: !excess.isNothing, isUncertain: excess.isPartial)
    }

    fileprivate struct Measure: Hashable, Comparable {
        var count: Int
        var isBeyond: Bool
        var isUncertain: Bool

        var isNothing: Bool { count == 0 && !isBeyond }

        static func < (left: Self, right: Self) -> Bool {
            if left.count != right.count { return left.count < right.count }
            if left.isBeyond != right.isBeyond { return right.isBeyond }
            return !left.isUncertain && right.isUncertain
        }
    }
}
