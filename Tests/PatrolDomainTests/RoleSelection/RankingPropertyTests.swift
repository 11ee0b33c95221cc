import Testing

@testable import PatrolDomain

/// The ranking, held against asking for everything in a small world.
@Suite struct `The ranking of roles, beside enumeration` {
    private static let catalogue = """
        proj/* viewProject deleteProject updateOn
        proj/*:env/* updateOn updateRules viewProject
        proj/*:env/*:flag/* updateOn updateRules deleteProject
        proj/*:metric/* updateOn updateRules
        acct updateOn
        team/* updateOn deleteProject
        """

    private struct Tally {
        var covering = 0
        var pairs = 0
        var misses = 0
        var inside = 0
        var withheld = 0
    }

    @Test func `nothing in a small world contradicts it`() throws {
        let catalogue = try Catalogue(parsing: Self.catalogue)
        var make = ScopeGenerator(.nested, seed: 1)
        let requests = try SmallWorld.nested.requests()
        var tally = Tally()
        for _ in 0..<120 {
            let desk = try desk(&make)
            let need = try make.authority().grants.first?.policy ?? Policy(statements: [])
            let ranking = RoleRanking(
                need: need, roles: desk.roles, creator: desk.creator, catalogue: catalogue, scope: desk.scope)
            let needed = desk.scope(.inline(ranking.need))
            guard !ranking.isEmpty else {
                #expect(requests.allSatisfy { !needed.decide($0).isAllowed })
                continue
            }
            #expect(ranking.undecided.isEmpty)
            for miss in ranking.misses {
                #expect(needed.decide(miss.lacking).isAllowed)
                #expect(!desk.scope(miss.way.scope).decide(miss.lacking).isAllowed)
            }
            for candidate in ranking.candidates {
                let given = desk.scope(candidate.way.scope)
                #expect(requests.allSatisfy { given.decide($0).isAllowed || !needed.decide($0).isAllowed })
                check(candidate.excess, of: given, beyond: needed, requests)
                if case .custom(let roles) = candidate.way, roles.count == 2 { tally.pairs += 1 }
            }
            if let creator = desk.creator {
                check(ranking.withheld, of: needed, beyond: creator, requests)
                if !ranking.withheld.isNothing { tally.withheld += 1 }
            }
            tally.inside += checkOrder(ranking, desk, catalogue)
            tally.covering += ranking.candidates.count - 1
            tally.misses += ranking.misses.count
        }
        #expect(tally.covering > 50 && tally.misses > 50 && tally.pairs > 0, "\(tally)")
        #expect(tally.inside > 50 && tally.withheld > 10, "\(tally)")
    }

    private func desk(_ make: inout ScopeGenerator) throws -> RankingDesk {
        var desk = RankingDesk()
        desk.attributes = make.work.pick([[:], ["p": ["a"]], ["p": ["b*", "a"]]])
        for number in 0..<6 {
            let grant = try make.authority().grants.first
            try desk.add("r\(number)", [], grant?.basePermissions ?? .noAccess)
            desk.roles[number].policy = grant?.policy ?? Policy(statements: [])
        }
        desk.creator = try make.authority()
        return desk
    }

    private func check(_ excess: Excess, of given: Authority, beyond needed: Authority, _ requests: [Request]) {
        #expect(!excess.isPartial)
        var told: Set<String> = []
        for part in excess.parts {
            for (action, example) in zip(part.actions, part.examples) {
                #expect(example.action == action && example.resource.chain == part.chain)
                #expect(given.decide(example).isAllowed && !needed.decide(example).isAllowed, "\(example)")
                told.insert("\(action.name) \(part.chain)")
            }
        }
        for request in requests where given.decide(request).isAllowed && !needed.decide(request).isAllowed {
            #expect(!excess.isNothing)
            let name = "\(request.action.name) \(request.resource.chain)"
            // The catalogue is closed: what it does not know is not counted.
            let isKnown = Self.catalogue.split(separator: "\n").contains { line in
                let words = line.split(separator: " ").map(String.init)
                return words[0] == request.resource.chain && words.contains(request.action.name)
            }
            #expect(told.contains(name) || !isKnown, "\(request)")
        }
    }

    /// Nothing stands behind what contains it. Returns how many pairs were inside each other.
    private func checkOrder(_ ranking: RoleRanking, _ desk: RankingDesk, _ catalogue: Catalogue) -> Int {
        var inside = 0
        let scopes = ranking.candidates.map { desk.scope($0.way.scope) }
        for place in scopes.indices {
            for later in scopes.indices.dropFirst(place + 1) {
                let isWithin = scopes[later].containment(in: scopes[place], catalogue: catalogue) == .contained
                let contains = scopes[place].containment(in: scopes[later], catalogue: catalogue) == .contained
                #expect(!isWithin || contains, "\(ranking.names), \(later) is inside \(place)")
                if contains { inside += 1 }
            }
        }
        return inside
    }
}
