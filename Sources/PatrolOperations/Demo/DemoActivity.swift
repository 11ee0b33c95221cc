internal import PatrolCrypto
internal import PatrolDomain

/// Somebody else at work in a made-up account, so that its feed lives: another process calls `step`
/// every few seconds.
package struct DemoActivity {
    private let patrol: Patrol
    private var random: DemoRandom
    private var sessions: [Session]

    package init(_ patrol: Patrol) throws(PatrolError) {
        self.patrol = patrol
        random = DemoRandom(seed: RandomBytes.number())
        sessions = [try patrol.signIn(as: "kim@example.org")]
        let people = try patrol.members(PageRequest(.first, limit: 30)).items.map(\.row.member)
        for member in people.filter({ $0.standing == .active && $0.baseRole == .admin && $0.customRoles.isEmpty }).prefix(3) {
            sessions.append(try patrol.signIn(as: member.email))
        }
    }

    /// Does one thing that an admin might do.
    package mutating func step() throws(PatrolError) {
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
