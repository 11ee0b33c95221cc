import Testing

@testable import PatrolDomain

/// To compare policies is as hard as logic itself, and any member can write a hard one. Each ends in bounded time, and
/// what was not decided is never said to be contained.
@Suite struct `Hard comparisons` {
    private static let see = "A viewProject @ proj/*"

    private func grant(_ lines: [String]) throws -> Grant {
        Grant(GrantName("role", source: .customRole), policy: try policy(lines), basePermissions: .noAccess)
    }

    private func union(_ grants: [Grant]) -> TokenAuthority { TokenAuthority(Authority(grants: grants, holder: nil)) }

    /// All combinations of tags, each allowed by a role of its own: together they allow everything.
    @Test func `every combination of tags is everything, and one less is not`() throws {
        let count = 6
        var grants = try (0..<(1 << count)).map { combination in
            let tags = (0..<count).filter { combination & (1 << $0) != 0 }.map { "t\($0)" }
            let others = (0..<count).filter { combination & (1 << $0) == 0 }.map { "proj/*;t\($0)" }
            let allow = "A x @ proj/*\(tags.isEmpty ? "" : ";")\(tags.joined(separator: ","))"
            return try grant([allow] + (others.isEmpty ? [] : ["D x @ \(others.joined(separator: " + "))"]))
        }
        grants.append(try grant([Self.see]))
        let all = union([try grant([Self.see, "A x @ proj/*"])])
        #expect(all.containment(in: union(grants)) == .contained)
        grants.remove(at: 0b101)
        let witness = try #require(all.containment(in: union(grants)).witness)
        #expect(Set(witness.request.resource.segments[0].tags) == ["t0", "t2"])
    }

    /// A clause of wanted tags is a deny by `notResources`, one of unwanted tags a deny.
    @Test(arguments: [(40, false), (400, true)]) func `a riddle of tags is solved`(clauses: Int, isEmpty: Bool) throws {
        var work = Workload(seed: 11)
        var lines = [Self.see, "A x @ proj/*"]
        for number in 0..<clauses {
            let tags = (0..<3).map { _ in "t\(Int.random(in: 0..<16, using: &work.random))" }
            lines.append(
                number % 2 == 0
                    ? "D x @ proj/*;\(tags.joined(separator: ","))"
                    : "D x @ !\(tags.map { "proj/*;\($0)" }.joined(separator: " + "))")
        }
        let found = union([try grant(lines)]).containment(in: union([try grant([Self.see])]))
        #expect(found.isContained == isEmpty)
    }

    @Test func `infixes can stand in any order, which is too many to try`() throws {
        let words = ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st"]
        let a = union([
            try grant(["A viewProject @ proj/*"] + words.map { "D * @ !proj/*\($0)*" })
        ])
        let one = union([try grant(["A viewProject @ proj/*\(words.joined(separator: "*"))*"])])
        let time = ContinuousClock().measure {
            // Whether one order is all of them: it is not, but that is not seen in time.
            #expect(a.containment(in: one, steps: 200_000) == .undecided)
            #expect(one.containment(in: a) == .contained)
        }
        #expect(time < .seconds(30))
        // The first order that is tried is enough where nothing stands against it.
        #expect(a.containment(in: union([])).isContained == false)
    }

    @Test func `large policies that say the same are found to`() throws {
        var work = Workload(seed: 3)
        let lines = (0..<100).map { number in
            let resources = (0..<20).map { _ in
                "proj/p\(work.pick(["1*", "2", "*3"])):env/\(work.pick(["*", "e*", "*;t"])):flag/f\(Int.random(in: 0..<50, using: &work.random))*"
            }
            return "\(number % 4 == 0 ? "D" : "A") u\(number % 7)*|c\(number % 5) @ \(resources.joined(separator: " + "))"
        }
        let (a, b) = (union([try grant([Self.see] + lines)]), union([try grant(lines.reversed() + [Self.see])]))
        #expect(a.containment(in: b) == .contained)
        let denies = lines.filter { $0.hasPrefix("D") }
        let less = union([try grant([Self.see] + denies + lines.filter { $0.hasPrefix("A") }.dropLast(3))])
        #expect(less.containment(in: a) == .contained)
        #expect(union([try grant([Self.see] + lines.filter { $0.hasPrefix("A") })]).containment(in: a).isContained == false)
    }

    @Test func `ten thousand statements end, one way or the other`() throws {
        let lines = (0..<10_000).map { "\($0 % 3 == 0 ? "D" : "A") a\($0)*b*|*c\($0) @ proj/*p\($0 % 97)*:env/e\($0 % 89)*" }
        let a = union([try grant([Self.see] + lines)])
        let b = union([try grant(lines + [Self.see, "D a3b @ proj/p3:env/e3"])])
        let time = ContinuousClock().measure {
            // It denies one thing more, so whatever is said, it is not beyond.
            #expect(b.containment(in: a, steps: 3_000_000).isContained != false)
            #expect(a.containment(in: a) == .contained)
            #expect(a.containment(in: union([]), steps: 3_000_000).isContained != true)
        }
        #expect(time < .seconds(60))
    }

    @Test func `too many values of role attributes are not looked at, and nothing is said`() throws {
        let values = (0..<50).map { "v\($0)*" }
        let key = (0..<4).map { _ in "${roleAttribute/p}" }.joined(separator: "-")
        let a = TokenAuthority(try holding(["A viewProject @ proj/\(key)"], .noAccess, attributes: ["p": values]))
        let b = TokenAuthority(Authority(grants: [try grant(["A viewProject @ proj/v1-v2-v3-v4"])], holder: nil))
        #expect(b.containment(in: a) == .undecided)
        // What is seen without looking at all of them is seen.
        #expect(a.containment(in: b).isContained == false)
    }

    @Test func `no step is no answer`() throws {
        let a = union([try grant([Self.see, "A a*|*b @ proj/*:env/*"])])
        let b = union([try grant([Self.see, "A * @ proj/*:env/*"])])
        #expect(a.containment(in: b, steps: 0) == .undecided)
        #expect(a.containment(in: b) == .contained)
    }
}
