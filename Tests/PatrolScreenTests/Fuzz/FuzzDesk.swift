import PatrolDomain
@testable import PatrolScreen

/// A desk with lists that are longer than a window, which others change while somebody looks.
struct FuzzDesk {
    var desk = Desk()
    private var nextID = 0
    private var secrets = 0

    /// What every secret of it holds, and nothing else on the screen.
    static let secretMark = "Qx7fuzzMARKz9"

    init(_ dice: inout Dice) {
        // Mostly longer than the window of a list, sometimes shorter than the screen.
        for _ in 0..<dice.pick([0, 3, 40, 700]) { addToken(&dice) }
        for number in 0..<dice.pick([0, 30, 600]) { addMember(number) }
        let entries = Sample.entries
        desk.entries = (0..<dice.pick([1, 60, 900])).map { number in
            guard case .entry(var entry) = entries[number % entries.count] else { return entries[0] }
            entry.sequence = Int64(10_000 - number)
            return .entry(entry)
        }
        if dice.isIn(70) { desk.startReview(noAnswer: dice.pick(Review.NoAnswer.allCases)) }
        if dice.isIn(5) { (desk.tokens, desk.members, desk.roles) = ([], [desk.me], []) }
    }

    private mutating func addToken(_ dice: inout Dice) {
        let model = dice.pick(Sample.tokens)
        nextID += 1
        let old = model.token
        let name = dice.isIn(20) ? dice.pick(FuzzStory.pastes) : "\(old.name) \(nextID)"
        desk.tokens.append(
            TokenRow(
                token: AccessToken(
                    id: TokenID("65f0c0ffee1\(1_000_000_000_000 + nextID)") ?? old.id,
                    kind: old.kind, origin: old.origin, name: String(name.prefix(200)), purpose: old.purpose,
                    owner: old.owner, scope: old.scope, createdAt: old.createdAt, expiresAt: old.expiresAt,
                    lastUsedAt: old.lastUsedAt, ending: old.ending, flag: old.flag, version: 1),
                ownerName: model.ownerName, ownerStanding: model.ownerStanding, scopeRoleKeys: model.scopeRoleKeys,
                risk: model.risk))
    }

    private mutating func addMember(_ number: Int) {
        guard let id = MemberID("65f0c0ffee2\(1_000_000_000_000 + number)") else { return }
        desk.members.append(
            Member(
                id: id, email: "m\(number)@example.org", firstName: "M", lastName: "\(number)",
                isPending: number % 5 == 0, createdAt: Sample.now))
    }

    /// Another process changes something.
    mutating func change(_ dice: inout Dice) {
        switch dice.roll(6) {
        case 0: addToken(&dice)
        case 1: if !desk.tokens.isEmpty { desk.tokens.remove(at: dice.roll(desk.tokens.count)) }
        case 2: if !desk.members.isEmpty { desk.members.remove(at: dice.roll(desk.members.count)) }
        case 3: desk.tokens.shuffle(using: &dice)
        case 4: desk.roles = desk.roles.isEmpty ? Sample.roles : Array(desk.roles.dropLast())
        default:
            for place in desk.tokens.indices where dice.isIn(10) { desk.tokens[place].token.version += 1 }
        }
        desk.me = dice.isIn(10) ? dice.pick(Sample.members) : Sample.members[0]
        desk.impact = dice.isIn(50) ? Impact() : Self.impact
    }

    private static let impact = Impact(
        touched: Sample.tokens.map {
            Impact.Touched(AuditTarget(.token, id: $0.rowID, name: $0.token.name), effect: .killed, example: nil)
        }, examined: 8, notExamined: 2_000)

    /// What comes of an effect, sometimes not what was hoped for.
    mutating func replies(to effect: Effect, _ dice: inout Dice) -> [Message] {
        switch effect {
        case .load(let query) where dice.isIn(2): return [.reply(.failed(query, "the disk is full\u{1B}[2J"))]
        case .perform(let command, _) where dice.isIn(10):
            return [.reply(.commandFailed(command, "another process holds the file"))]
        case .perform(let command, _):
            desk.refusal = dice.isIn(30) ? Self.refusal(of: command, &dice) : nil
            secrets += 1
            desk.secret = Self.makesSecret(command) ? ShownSecret("ptlp_4fK9aZ0Qw2Lm_\(Self.secretMark)\(secrets)") : nil
            if desk.refusal == nil { carryOut(command) }
        case .writeSecret where dice.isIn(40): return [.reply(.secretNotWritten("there is such a file already"))]
        default: break
        }
        defer { desk.effects = [] }
        return desk.replies(to: [effect])
    }

    private mutating func carryOut(_ command: Command) {
        switch command {
        case .deleteToken(let id, _): desk.tokens.removeAll { $0.token.id == id }
        case .removeMember(let id, _): desk.members.removeAll { $0.id == id }
        case .flagToken(let id, let reason, let due, _):
            for place in desk.tokens.indices where desk.tokens[place].token.id == id {
                desk.tokens[place].token.flag = DeletionFlag(
                    reason: reason, dueAt: due, flaggedBy: desk.me.id, flaggedAt: Sample.now)
                desk.tokens[place].token.version += 1
            }
        default: break
        }
    }

    static func makesSecret(_ command: Command) -> Bool {
        switch command {
        case .createToken, .rotateToken: true
        default: false
        }
    }

    private static func refusal(of command: Command, _ dice: inout Dice) -> Refusal {
        let target = AuditTarget(.token, id: Sample.tokenID(3).text, name: "a\u{1B}[31m")
        switch dice.roll(4) {
        case 0: return .changedMeanwhile(target, shown: 1, now: 2 + dice.roll(30))
        case 1: return .notPermitted(Request(.deleteAccessToken, on: .account), .nothingApplies)
        case 2: return .notFound(.token, id: "x")
        default: return .nothingToChange
        }
    }
}
