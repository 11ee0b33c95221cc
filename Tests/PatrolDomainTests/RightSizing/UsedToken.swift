import Testing

@testable import PatrolDomain

/// A token of Kim's, an admin, which was used for so many things so often.
struct UsedToken {
    var scope = Scope.base(.writer)
    var ownerRole = BaseRole.admin
    var roles: [Role] = []
    var kind = AccessToken.Kind.personal
    var age = TimeSpan.days(400)
    var scopeChanged: TimeSpan?
    var scopeBefore = Scope.base(.reader)
    /// What was called, each this often.
    var used: [Request] = []
    var callsOfEach = 1_000
    var unknownResource = false
    /// Of the window, this is not on record.
    var gap = TimeSpan.days(0)
    var hasBeat = false
    var isCut = false
    var siblings: [[Request]] = []
    var isExpired = false

    static let now = start + .days(1_000)

    var useKnown: KnownUse {
        let window = hasBeat ? KnownUse.longWindow : KnownUse.window
        let from = max(Self.now - window, Self.now - age)
        let windows = [UseWindow(start: from + gap, end: Self.now, source: "test")]
        var calls = used.map { request in
            UsedCalls(
                action: request.action, resource: request.resource.description, calls: callsOfEach, firstAt: from,
                lastAt: Self.now)
        }
        if unknownResource {
            calls.append(
                UsedCalls(action: Action("updateOn"), resource: "", calls: 5, firstAt: from, lastAt: Self.now))
        }
        return KnownUse(
            calls: calls, coverage: UseCoverage(of: windows, from: from, to: Self.now), hasBeat: hasBeat, isCut: isCut)
    }

    func sizing() throws -> RightSizing {
        let owner = try member(ownerRole, [], id: "kim")
        let token = AccessToken(
            id: try #require(TokenID("t1")), kind: kind, origin: .created, name: "robot", purpose: "toggles",
            owner: kind == .accountWide ? nil : owner.id, scope: kind == .accountWide ? .account : scope,
            creatorSnapshot: kind == .service ? Authority(of: owner, roles: byID(roles), teams: []) : nil,
            createdAt: Self.now - age, expiresAt: isExpired ? Self.now - .days(1) : nil,
            formerScope: scopeChanged.map { FormerScope(scope: scopeBefore, changedAt: Self.now - $0) })
        return RightSizing(
            token: token, owner: kind == .accountWide ? nil : owner, teams: [], roles: byID(roles), use: useKnown,
            siblings: siblings.map { RightSizing.Sibling(used: Set($0)) })
    }

    func answer() throws -> RightSizingAnswer { try sizing().answer(at: Self.now) }

    func proposal() throws -> Proposal {
        let answer = try answer()
        guard case .proposed(let proposal) = answer else { throw NoProposal(answer: answer) }
        return proposal
    }

    /// The statements of the inline policy that is proposed, in the notation of tests.
    func policy() throws -> [String] {
        let proposal = try proposal()
        for case .inline(let policy)? in [proposal.option.scope, proposal.alternative?.scope] {
            return policy.statements.map(\.written)
        }
        return []
    }
}

struct NoProposal: Error {
    let answer: RightSizingAnswer
}

extension Statement {
    /// `A updateOn|updateTags @ proj/a + proj/b`
    fileprivate var written: String {
        func list(_ isNegated: Bool, _ texts: [String], _ separator: String) -> String {
            (isNegated ? "!" : "") + texts.joined(separator: separator)
        }
        let actionTexts = list(actions.isNegated, actions.patterns.map(\.text), "|")
        let resourceTexts = list(resources.isNegated, resources.patterns.map(\.text), " + ")
        return "\(effect == .allow ? "A" : "D") \(actionTexts) @ \(resourceTexts)"
    }
}
