import Testing

@testable import PatrolDomain

/// The exact comparison, held against asking for everything in a small world.
@Suite struct `The comparison of scopes, beside enumeration` {
    /// How often each answer was given.
    struct Tally {
        var relations: [ScopeComparison.Relation: Int] = [:]
        var contained = 0
        var beyond = 0
    }

    @Test(arguments: SmallWorld.all, [1, 2] as [UInt64])
    func `nothing in a small world contradicts it`(world: SmallWorld, seed: UInt64) throws {
        var make = ScopeGenerator(world, seed: seed)
        let requests = try world.requests()
        var analysis = ScopeAnalysis()
        var tally = Tally()
        for _ in 0..<120 {
            let (a, b) = (try make.scope(), try make.scope())
            var (onlyA, onlyB, both) = (0, 0, 0)
            for request in requests {
                switch (a.decide(request).isAllowed, b.decide(request).isAllowed) {
                case (true, true): both += 1
                case (true, false): onlyA += 1
                case (false, true): onlyB += 1
                default: break
                }
            }
            let found = analysis.comparison(of: a, with: b)
            try check(found.aInB, a, b, counterexamples: onlyA)
            try check(found.bInA, b, a, counterexamples: onlyB)
            #expect(found.relation != .undecided)
            if both > 0 { #expect(found.relation != .disjoint, "\(a)\n\(b)") }
            // Remembering says the same as looking anew, in either order.
            #expect(a.containment(in: b).isContained == found.aWithinB)
            #expect(analysis.comparison(of: b, with: a).relation == found.relation)
            tally.relations[found.relation, default: 0] += 1
            if found.aWithinB == true { tally.contained += 1 } else { tally.beyond += 1 }
        }
        #expect(tally.contained > 10 && tally.beyond > 40, "\(tally)")
        for relation in [ScopeComparison.Relation.contained, .overlapping, .disjoint] {
            #expect(tally.relations[relation, default: 0] > 0, "\(tally)")
        }
        let missing = ScopeGenerator.Feature.allCases.filter { make.occurred[$0, default: 0] == 0 }
        let isAlwaysThere = missing.filter { !($0 == .selectors && ["keys", "people"].contains(world.name)) }
            .filter { !($0 == .attributes && world.name == "selectors") }
        #expect(isAlwaysThere.isEmpty, "\(isAlwaysThere) never occurred")
    }

    private func check(
        _ found: Containment, _ a: TokenAuthority, _ b: TokenAuthority, counterexamples: Int
    ) throws {
        switch found {
        case .contained: #expect(counterexamples == 0, "\(a)\nis not within\n\(b)")
        case .undecided: Issue.record("undecided: \(a)\n\(b)")
        case .beyond(let witness):
            let decision = a.decide(witness.request)
            #expect(decision.isAllowed && decision.reason == witness.reason)
            #expect(!b.decide(witness.request).isAllowed)
            // It can be written, and read again.
            let resource = try Resource(parsing: witness.request.resource.description)
            #expect(a.decide(Request(witness.request.action, on: resource)).isAllowed)
        }
    }

    @Test(arguments: SmallWorld.all) func `what is the same, or less, is contained`(world: SmallWorld) throws {
        var make = ScopeGenerator(world, seed: 7)
        var analysis = ScopeAnalysis()
        for _ in 0..<60 {
            let a = try make.authority()
            var more = a
            more.grants.append(contentsOf: try make.authority().grants)
            more.grants.shuffle(using: &make.work.random)
            var less = a
            for place in less.grants.indices {
                less.grants[place].policy.statements.append(try statement("D u*|*e @ *"))
                less.grants[place].policy.statements.shuffle(using: &make.work.random)
            }
            #expect(analysis.containment(of: TokenAuthority(a), in: TokenAuthority(more)) == .contained)
            #expect(analysis.containment(of: TokenAuthority(less), in: TokenAuthority(a)) == .contained)
            let narrowed = TokenAuthority(scope: more, behind: a)
            #expect(analysis.containment(of: narrowed, in: TokenAuthority(a)) == .contained)
            #expect(analysis.comparison(of: narrowed, with: TokenAuthority(scope: a, behind: more)).relation == .equal)
        }
    }
}

/// What the comparison rests on: facts about globs, held against all short texts.
@Suite struct `Globs beside each other` {
    private static let texts: [[UInt8]] = {
        var all: [[UInt8]] = [[]]
        var last = all
        for _ in 0..<6 {
            last = last.flatMap { start in "abz".utf8.map { start + [$0] } }
            all += last
        }
        return all
    }()

    @Test(arguments: [1, 2] as [UInt64]) func `inside, disjoint and in common are what the texts say`(
        seed: UInt64
    ) throws {
        var work = Workload(seed: seed)
        var table = PatternTable()
        var counts: [String: Int] = [:]
        for _ in 0..<250 {
            let globs = (0..<5).map { _ in (0..<work.pick([1, 2, 3, 3, 4])).map { _ in work.pick(Array("ab**".utf8)) } }
            let ids = globs.map { table.add($0) }
            let matched = ids.map { id in
                Set(Self.texts.indices.filter { place in
                    let text = Self.texts[place]
                    return table.matches(id, text.span)
                })
            }
            if table.isInside(ids[0], ids[1]) {
                #expect(matched[0].isSubset(of: matched[1]))
                counts["inside", default: 0] += 1
            } else {
                // The text that is not inside has a character of its own for each star.
                #expect(!matched[0].isSubset(of: matched[1]), "\(globs[0]) \(globs[1])")
            }
            #expect(table.areDisjoint(ids[0], ids[1]) == matched[0].isDisjoint(with: matched[1]))
            var steps = 1_000_000
            let (wanted, unwanted) = (Array(ids[0..<3]), Array(ids[3...]))
            let left = matched[0].intersection(matched[1]).intersection(matched[2])
                .subtracting(matched[3]).subtracting(matched[4])
            switch table.common(wanted, without: unwanted, steps: &steps) {
            case .found(let glob):
                let text = PatternTable.canonical(glob)
                #expect(wanted.allSatisfy { table.matches($0, text.span) })
                #expect(!unwanted.contains { table.matches($0, text.span) })
                counts["found", default: 0] += 1
            case .none:
                #expect(left.isEmpty, "\(globs)")
                counts["none", default: 0] += 1
            case .unknown: Issue.record("unknown: \(globs)")
            }
        }
        #expect(counts.count == 3 && counts.values.allSatisfy { $0 > 20 }, "\(counts)")
    }
}
