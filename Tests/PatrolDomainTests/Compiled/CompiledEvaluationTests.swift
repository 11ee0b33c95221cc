import Glibc
import Testing

@testable import PatrolDomain

/// The compiled evaluation has no answers of its own: they are those of the plain one, with the same reason.
@Suite struct CompiledEvaluationTests {
    /// More with `PATROL_DECISIONS=5000000`.
    static let decisions = getenv("PATROL_DECISIONS").flatMap { Int(String(cString: $0)) } ?? 200_000

    @Test func `all answers are those of the plain evaluation, also after changes`() throws {
        var seen: [String: Int] = [:]
        var decided = 0
        var seed: UInt64 = 0
        while decided < Self.decisions {
            seed += 1
            var comparison = try Comparison(seed: seed)
            decided += try comparison.run(rounds: 6, requests: 25, &seen)
        }
        for fact in Comparison.facts {
            #expect(seen[fact, default: 0] >= 20, "`\(fact)` was seen \(seen[fact, default: 0]) times")
        }
    }

    @Test func `what is not remembered is decided all the same`() throws {
        var limits = VocabularyLimits()
        (limits.resources, limits.segments, limits.actions, limits.blocks) = (20, 15, 60, 40)
        var seen: [String: Int] = [:]
        for seed in 1_000..<1_010 as Range<UInt64> {
            var comparison = try Comparison(seed: seed, limits: limits)
            _ = try comparison.run(rounds: 3, requests: 25, &seen)
        }
        #expect(seen["not remembered", default: 0] > 500)
    }
}

/// One world, asked in both ways.
private struct Comparison {
    static let facts = [
        "a deny decides", "another role rescues", "the base role is replaced", "a not-form decides", "a tag decides",
        "a property decides", "a view decides", "an attribute decides", "a team decides", "the view gate decides",
        "base permissions decide", "withheld", "a snapshot withholds", "account-wide", "not in force",
        "a word is new", "a change changed the answer", "own tokens",
    ]

    var world: MadeAccount
    var account: CompiledAccount

    init(seed: UInt64, limits: VocabularyLimits = VocabularyLimits()) throws {
        world = try MadeAccount(seed: seed)
        account = CompiledAccount(
            roles: world.roles, members: world.members, teams: world.teams, tokens: world.tokens, limits: limits)
    }

    /// How many decisions were compared.
    mutating func run(rounds: Int, requests: Int, _ seen: inout [String: Int]) throws -> Int {
        var decided = 0
        let kept = try (0..<5).map { _ in try world.request(isNew: false) }
        var before: [[Bool]] = []
        for round in 0..<rounds {
            if round > 0 { account.take(try world.change()) }
            let new = try (0..<requests - kept.count).map { _ in try world.request(isNew: world.work.isLucky(40)) }
            let answers = try (kept + new).map { try compare($0, &seen) }
            decided += answers.reduce(0) { $0 + $1.count }
            if round > 0 && before != Array(answers.prefix(kept.count)) { seen["a change changed the answer", default: 0] += 1 }
            before = Array(answers.prefix(kept.count))
        }
        return decided
    }

    private mutating func compare(_ request: Request, _ seen: inout [String: Int]) throws -> [Bool] {
        let text = "\(request.resource)"
        var answers: [Bool] = []
        for token in world.tokens {
            let plain = world.authority(of: token).decide(request)
            let number = try #require(account.number(of: token.id))
            let interned = try account.intern(
                action: request.action.name.utf8Span.span, resource: text.utf8Span.span)
            let compiled = account.decide(interned, for: number, at: world.now)
            let decision = account.decision(compiled, on: interned)
            try #require(decision == plain, "\(request) by \(token)")
            try #require(compiled.isAllowed == plain.isAllowed)
            if interned.resource == 0 { seen["not remembered", default: 0] += 1 }
            note(decision, token, &seen)
            answers.append(plain.isAllowed)
        }
        for member in world.members {
            let authority = world.authority(of: member)
            var plain = authority.decide(request)
            if let why = member.notInForce { plain = Decision(isAllowed: false, reason: .notInForce(why)) }
            let number = try #require(account.number(of: member.id))
            guard let interned = account.intern(request) else { continue }
            let compiled = account.decide(interned, for: number)
            let decision = account.decision(compiled, on: interned)
            try #require(decision == plain, "\(request) by \(member)")
            note(decision, authority, request, member, &seen)
            answers.append(plain.isAllowed)
        }
        if text.contains("we") && text.contains(where: \.isNumber) { seen["a word is new", default: 0] += 1 }
        return answers
    }

    private func note(_ decision: Decision, _ token: AccessToken, _ seen: inout [String: Int]) {
        switch decision.reason {
        case .withheld:
            seen["withheld", default: 0] += 1
            if token.kind == .service { seen["a snapshot withholds", default: 0] += 1 }
        case .accountWide: seen["account-wide", default: 0] += 1
        case .notInForce: seen["not in force", default: 0] += 1
        default: break
        }
    }

    private func note(
        _ decision: Decision, _ authority: Authority, _ request: Request, _ member: Member, _ seen: inout [String: Int]
    ) {
        let asked = AskedFor(request)
        let isDenied = authority.grants.contains {
            if case .deniedByStatement = $0.verdict(on: asked, holder: authority.holder) { true } else { false }
        }
        if isDenied { seen[decision.isAllowed ? "another role rescues" : "a deny decides", default: 0] += 1 }
        let base = Authority(grants: [member.baseRole.grant(holder: member.id)], holder: member.id)
        if !member.customRoles.isEmpty && base.decide(request).isAllowed != decision.isAllowed {
            seen["the base role is replaced", default: 0] += 1
        }
        if case .viewGate = decision.reason { seen["the view gate decides", default: 0] += 1 }
        if case .team? = decision.decidingGrant?.source { seen["a team decides", default: 0] += 1 }
        if case .basePermissions = decision.reason {
            seen["base permissions decide", default: 0] += 1
            if request.resource.isToken(of: member.id) { seen["own tokens", default: 0] += 1 }
        }
        guard let name = decision.decidingGrant, let place = decision.decidingStatement,
            let grant = authority.grants.first(where: { $0.name == name }), place < grant.policy.statements.count
        else { return }
        let statement = grant.policy.statements[place]
        if statement.actions.isNegated || statement.resources.isNegated { seen["a not-form decides", default: 0] += 1 }
        for pattern in statement.resources.patterns where pattern.matches(asked, attributes: grant.attributes) {
            if pattern.text.contains("${") { seen["an attribute decides", default: 0] += 1 }
            if pattern.text.contains("view:") { seen["a view decides", default: 0] += 1 }
            if pattern.text.contains("{critical") { seen["a property decides", default: 0] += 1 }
            if pattern.text.contains(";core") || pattern.text.contains(";C") || pattern.text.contains(";t1") {
                seen["a tag decides", default: 0] += 1
            }
        }
    }
}
