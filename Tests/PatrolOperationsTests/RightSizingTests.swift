import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

/// Proposals and replays of real accounts: what was used is on record, and what would become of it is asked.
@Suite struct RightSizingTests {
    private static func request(_ action: String, _ resource: String) throws -> Request {
        Request(Action(action), on: try Resource(parsing: resource))
    }

    /// Writes `calls` calls a day of each request, on each of the last days.
    private func use(
        _ token: AccessToken, _ requests: [Request], calls: Int = 20, days: ClosedRange<Int> = 1...88,
        outcome: UseOutcome = .allowed, in account: TestAccount
    ) throws {
        var batch = UseBatch()
        for day in days {
            for request in requests {
                batch.hours.append(
                    HourOfUse(
                        of: token.id, at: account.clock.now - .days(day), action: request.action,
                        resource: request.resource.description, network: "192.0.2.0/24", client: "terraform",
                        outcome: outcome, calls: calls))
            }
        }
        try account.patrol.countUse(batch)
    }

    /// A token of this scope that Ada made a hundred days ago.
    private func token(_ scope: Scope = .base(.writer), in account: TestAccount) throws -> AccessToken {
        let token = try account.createToken(scope, expiresIn: nil).token
        account.clock.now = account.clock.now + .days(100)
        return token
    }

    @Test func `a token is proposed what it was used for, and loses no call by it`() throws {
        let account = try TestAccount()
        let token = try token(in: account)
        try use(token, [try Self.request("updateOn", "proj/web:env/production:flag/checkout")], in: account)
        // What was denied is no use.
        try use(token, [try Self.request("createMember", "member/x")], outcome: .denied, in: account)
        let sized = try #require(try account.patrol.proposal(for: token.id))
        let proposal = try #require(sized.proposal)
        #expect(proposal.grade == .a)
        #expect(proposal.use.calls == 1_760)
        #expect(proposal.use.coverage.known == .days(90))
        #expect(sized.replay?.failingCalls == 0)
        #expect(sized.replay?.calls == 1_760)
        guard case .inline(let policy) = proposal.option.scope else {
            Issue.record("no policy: \(proposal.option.scope)")
            return
        }
        #expect(policy.statements.count == 2)
        // It can be given, and the way back is there.
        var edit = EditToken(
            token: token.id, version: token.version, name: token.name, purpose: token.purpose,
            scope: proposal.option.scope, expiresAt: nil)
        #expect(try account.patrol.perform(.editToken(edit), as: account.ada).refusal == nil)
        let narrowed = try #require(try account.patrol.token(token.id))
        #expect(narrowed.formerScope?.scope == .base(.writer))
        guard case .fits? = try account.patrol.proposal(for: token.id)?.answer else {
            Issue.record("it has what it needs")
            return
        }
        edit.version = narrowed.version
        let restored = try account.patrol.perform(.restoreScope(token.id, version: narrowed.version), as: account.ada)
        #expect(restored.refusal == nil)
        #expect(try account.patrol.token(token.id)?.scope == .base(.writer))
    }

    @Test func `a proposal can be planned`() throws {
        let account = try TestAccount()
        let token = try token(in: account)
        try use(token, [try Self.request("updateOn", "proj/web:env/production:flag/checkout")], in: account)
        let proposal = try #require(try account.patrol.proposal(for: token.id)?.proposal)
        let plan = PlanScope(
            token: token.id, version: token.version, scope: proposal.option.scope,
            appliesAt: account.clock.now + .days(7), reason: "covers its use")
        #expect(try account.patrol.perform(.planScope(plan), as: account.ada).refusal == nil)
        #expect(try account.patrol.replay(of: .planScope(plan)).failingCalls == 0)
    }

    @Test func `tokens of the same purpose are asked what they use`() throws {
        let account = try TestAccount()
        let first = try token(in: account)
        let (toggle, tag) = (
            try Self.request("updateOn", "proj/web:env/production:flag/checkout"), try Self.request("updateTags", "proj/web")
        )
        try use(first, [toggle], in: account)
        for _ in 0..<3 {
            let sibling = try account.createToken(.base(.writer), expiresIn: nil).token
            try use(sibling, [tag], days: 0...0, in: account)
        }
        let needs = try #require(try account.patrol.proposal(for: first.id)?.proposal?.needs)
        #expect(needs.contains { $0.request == tag && $0.reason == .siblings(3, of: 3) })
    }

    @Test func `work that comes once a quarter is looked for in 400 days`() throws {
        let account = try TestAccount()
        let token = try token(in: account)
        account.clock.now = account.clock.now + .days(400)
        let (toggle, report) = (
            try Self.request("updateOn", "proj/web:env/production:flag/checkout"),
            try Self.request("updateTags", "proj/web")
        )
        try use(token, [toggle], days: 1...300, in: account)
        try use(token, [report], days: 110...112, in: account)
        let once = try #require(try account.patrol.proposal(for: token.id)?.proposal)
        #expect(!once.use.hasBeat)
        #expect(!once.needs.contains { $0.request == report })
        try use(token, [report], days: 200...202, in: account)
        let quarterly = try #require(try account.patrol.proposal(for: token.id)?.proposal)
        #expect(quarterly.use.hasBeat)
        #expect(quarterly.needs.contains { $0.request == report })
    }

    @Test func `a deletion and a quarantine are replayed`() throws {
        let account = try TestAccount()
        let token = try token(in: account)
        try use(token, [try Self.request("updateOn", "proj/web:env/production:flag/checkout")], calls: 2, in: account)
        for command in [
            Command.deleteToken(token.id, version: token.version),
            .quarantineToken(QuarantineToken(token: token.id, version: token.version, reason: "who knows it", deletesAt: nil)),
        ] {
            let replay = try account.patrol.replay(of: command)
            #expect(replay.calls == 176)
            #expect(replay.failingCalls == 176)
            #expect(replay.failing.first?.replay.failures.first?.client == "terraform")
            #expect(replay.only?.replay.coverage.known == .days(90))
        }
    }

    @Test func `an edit of a role is replayed for all that it touches, and what was not looked at is said`() throws {
        let account = try TestAccount()
        func policy(_ actions: [String]) throws -> Policy {
            Policy(statements: [
                Statement(
                    .allow, actions: .matching(try actions.map { try ActionPattern(parsing: $0) }),
                    resources: .matching([try ResourcePattern(parsing: "*")]))
            ])
        }
        let key = try #require(Key("release"))
        _ = try account.patrol.perform(
            .createRole(CreateRole(key: key, name: "Release", policy: try policy(["viewProject", "updateOn"]))),
            as: account.ada)
        let role = try #require(try account.patrol.role(key: key))
        let (busy, idle) = (
            try token(.customRoles([role.id]), in: account), try account.createToken(.customRoles([role.id]), expiresIn: nil).token
        )
        let toggle = try Self.request("updateOn", "proj/web:env/production:flag/checkout")
        try use(busy, [toggle, try Self.request("viewProject", "proj/web")], calls: 1, in: account)
        try use(idle, [try Self.request("viewProject", "proj/web")], calls: 1, days: 0...0, in: account)
        let edit = Command.editRole(
            EditRole(
                role: role.id, version: role.version, name: role.name, description: "", basePermissions: .noAccess,
                policy: try policy(["viewProject"])))
        let replay = try account.patrol.replay(of: edit)
        #expect(replay.tokens == 2)
        #expect(replay.failing.map(\.target.id) == [busy.id.text])
        #expect(replay.failingCalls == 88)
        #expect(replay.calls == 177)
        #expect(replay.notExamined == 0)
        // With room for a part of the record, the rest is counted as not looked at.
        let cut = try account.patrol.replay(of: edit, rows: 10)
        #expect(cut.notExamined > 0)
        // Another way of writing the same takes nothing away.
        let same = Command.editRole(
            EditRole(
                role: role.id, version: role.version, name: role.name, description: "", basePermissions: .noAccess,
                policy: try policy(["updateOn", "viewProject"])))
        #expect(try account.patrol.replay(of: same).failingCalls == 0)
    }

    @Test func `a downgrade and a removal take the calls of a member's personal tokens`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .writer)
        let token = try account.createToken(.base(.writer), expiresIn: nil, by: kim).token
        account.clock.now = account.clock.now + .days(100)
        try use(token, [try Self.request("updateOn", "proj/web:env/production:flag/checkout")], calls: 1, in: account)
        try use(token, [try Self.request("viewProject", "proj/web")], calls: 1, in: account)
        let member = try #require(try account.patrol.member(kim.actor.member))
        let downgrade = ChangeMemberRoles(
            member: member.id, version: member.version, baseRole: .reader, customRoles: [], roleAttributes: [:])
        #expect(try account.patrol.replay(of: .changeMemberRoles(downgrade)).failingCalls == 88)
        #expect(try account.patrol.replay(of: .removeMember(member.id, version: member.version)).failingCalls == 176)
    }

    @Test func `of a token that is not there nothing is said`() throws {
        let account = try TestAccount()
        #expect(try account.patrol.proposal(for: try #require(TokenID("nobody"))) == nil)
    }
}
