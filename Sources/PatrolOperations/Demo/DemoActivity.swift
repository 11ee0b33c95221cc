internal import PatrolCrypto
internal import PatrolDomain

/// Somebody else at work in a made-up account, so that its feed lives: another process calls `step`
/// every few seconds.
package struct DemoActivity {
    private let patrol: Patrol
    private var random: DemoRandom
    private var sessions: [Session]
    private var calls: DemoCalls

    package init(_ patrol: Patrol) throws(PatrolError) {
        self.patrol = patrol
        random = DemoRandom(seed: RandomBytes.number())
        sessions = [try patrol.signIn(as: "kim@example.org")]
        calls = try DemoCalls(patrol)
        let people = try patrol.members(PageRequest(.first, limit: 30)).items.map(\.row.member)
        for member in people.filter({ $0.standing == .active && $0.baseRole == .admin && $0.customRoles.isEmpty }).prefix(3) {
            sessions.append(try patrol.signIn(as: member.email))
        }
    }

    /// Does one thing that an admin might do, while programs call.
    package mutating func step() throws(PatrolError) {
        try calls.step(patrol, &random)
        let session = random.pick(sessions)
        let start: PageRequest.Start = random.chance(50) ? .first : .last
        let page = try patrol.tokens(PageRequest(start, limit: 60), sort: .created)
        guard !page.items.isEmpty else { return }
        let token = random.pick(page.items).row.token
        _ = try patrol.perform(command(about: token), as: session, comment: random.pick(DemoWords.comments))
    }

    /// Milliseconds until the next step.
    package mutating func pause() -> Int32 { Int32(1_200 + random.below(4_000)) }

    private mutating func command(about token: AccessToken) -> Command {
        switch random.below(10) {
        case 0..<3 where token.flag == nil:
            .flagToken(
                token.id, reason: random.pick(DemoWords.flagReasons), dueAt: patrol.now + .days(7 + random.below(30)),
                version: token.version)
        case 3..<5 where token.flag != nil: .unflagToken(token.id, version: token.version)
        case 5..<7 where token.origin == .created && token.kind == .service:
            .rotateToken(
                RotateToken(token: token.id, version: token.version, oldSecretUntil: patrol.now + .hours(24)))
        default:
            .editToken(
                EditToken(
                    token: token.id, version: token.version, name: token.name,
                    purpose: random.pick(DemoWords.uses).purpose, scope: token.scope, expiresAt: token.expiresAt))
        }
    }
}

/// Programs that go on calling what they called before. Their calls are gathered, and written together.
private struct DemoCalls {
    private var habits: [(token: TokenID, action: UsedAction, origin: UseOrigin)] = []
    private var collector: UseCollector

    private static let callers = 25

    init(_ patrol: Patrol) throws(PatrolError) {
        // Others call too, in a real account: nothing is claimed to be all there was.
        collector = UseCollector(source: nil, from: patrol.now)
        let page = try patrol.tokens(PageRequest(.first, limit: Self.callers), sort: .lastUsed)
        for row in page.items.map(\.row) where row.token.lastUsedAt.map({ patrol.now - $0 < .days(2) }) ?? false {
            let summary = try patrol.useSummary(of: row.token.id, since: patrol.now - .days(7))
            guard let origin = summary.origins.first else { continue }
            habits += summary.actions.filter { $0.outcome == .allowed }.map { (row.token.id, $0, origin) }
        }
    }

    mutating func step(_ patrol: Patrol, _ random: inout DemoRandom) throws(PatrolError) {
        guard !habits.isEmpty else { return }
        for _ in 0..<1 + random.below(6) {
            let (token, used, origin) = random.pick(habits)
            guard let now = try patrol.token(token), now.deletedAt == nil else { continue }
            collector.count(
                token, at: patrol.now, action: used.action, resource: used.resource, network: origin.network,
                client: origin.client, secret: origin.secret, outcome: now.quarantine == nil ? .allowed : .quarantined,
                calls: 1 + random.below(4))
        }
        try patrol.write(&collector)
    }
}
