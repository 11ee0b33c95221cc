internal import PatrolDomain
internal import PatrolStorage

/// Tells a year of an account that never was: every entry is a command, judged by the rules and recorded
/// like any other, only with the time it is told to have happened.
struct DemoHistory {
    private let size: DemoSize
    private let now: Timestamp
    private(set) var world: DemoWorld
    private(set) var random: DemoRandom
    private(set) var told = 1
    private var live = 0
    private let owner: MemberID

    static let length = TimeSpan.days(365)
    /// How many entries `endBadly` adds.
    private static let endingCount = 6

    init(
        size: DemoSize, seed: UInt64, now: Timestamp, account: Account, owner: Member
    ) {
        self.size = size
        self.now = now
        self.owner = owner.id
        world = DemoWorld(account: account)
        world.apply([.insertMember(owner)])
        random = DemoRandom(seed: seed)
    }

    /// How it began: roles, people, and what was brought over from the system before.
    mutating func begin(_ transaction: WriteTransaction) throws(StorageError) {
        try createRoles(transaction)
        try invitePeople(transaction)
        try importTeams(transaction)
    }

    /// What came then: at most `count` entries of it.
    ///
    /// - Returns: Whether there is more to tell.
    mutating func goOn(_ count: Int, _ transaction: WriteTransaction) throws(StorageError) -> Bool {
        let end = min(told + count, size.entries - Self.endingCount)
        while told < end {
            if live < wantedLive { try createToken(transaction) } else { try somethingElse(transaction) }
        }
        return told < size.entries - Self.endingCount
    }

    /// The time of the entry that comes next: evenly over the year, a little out of step.
    private mutating func nextTime() -> Timestamp {
        let slot = (Self.length.milliseconds - 1_200_000) / Int64(size.entries)
        let jitter = slot > 2 ? Int64(random.below(Int(slot))) : 0
        return now - Self.length + TimeSpan(milliseconds: Int64(told) * slot + jitter)
    }

    /// The owner and the first three invited.
    private var admins: [MemberID] { world.members.prefix(4).map(\.id) }

    /// Tokens are made over the first nine tenths.
    private var wantedLive: Int {
        min(size.tokens, size.tokens * told * 10 / (max(size.entries, 1) * 9) + 1)
    }

    @discardableResult
    private mutating func say(
        _ command: Command, by actor: MemberID, comment: String = "", _ transaction: WriteTransaction,
        prepare: (inout Facts, DemoWorld) -> Void = { _, _ in }
    ) throws(StorageError) -> Ruling {
        let time = nextTime()
        let fresh = DemoFresh.make(for: command, at: time, with: &random)
        var facts = world.facts(actor: actor, at: time, fresh: fresh)
        prepare(&facts, world)
        let ruling = Rules.rule(
            on: command, by: Actor(member: actor, signIn: .localUserAs(uid: 1_000, name: "patrol")),
            comment: comment, knowing: facts)
        try transaction.record(ruling, operation: DemoFresh.operation(at: time, with: &random), at: time)
        world.apply(ruling.changes)
        live += ruling.changes.reduce(0) { $0 + $1.tokensMore }
        told += 1
        return ruling
    }

    private mutating func createRoles(_ transaction: WriteTransaction) throws(StorageError) {
        for draft in DemoRoles.all {
            guard let key = Key(draft.key) else { preconditionFailure("`\(draft.key)` is a key") }
            try say(
                .createRole(
                    CreateRole(
                        key: key, name: draft.name, description: draft.description,
                        basePermissions: draft.basePermissions, policy: Policy(statements: draft.statements))),
                by: owner, transaction)
        }
    }

    private mutating func invitePeople(_ transaction: WriteTransaction) throws(StorageError) {
        for number in 1..<size.members {
            let first = DemoWords.firstNames[number % DemoWords.firstNames.count]
            let last = DemoWords.lastNames[(number * 7 + number / 36) % DemoWords.lastNames.count]
            let isKim = number == 1
            let email = isKim ? "kim@example.org" : DemoWords.email(first, last, number)
            let admin = number <= 3
            let custom = !admin && random.chance(45) ? [random.pick(world.roles).id] : []
            let base: BaseRole = admin ? .admin : random.pick([.reader, .reader, .writer, .writer, .noAccess])
            let ruling = try say(
                .inviteMember(
                    InviteMember(
                        email: email, firstName: first, lastName: last, baseRole: base, customRoles: custom,
                        roleAttributes: custom.isEmpty ? [:] : ["projects": [random.pick(DemoWords.projects)]])),
                by: owner, transaction)
            let isLate = number > 3 && random.chance(8)
            guard case .insertMember(let member)? = ruling.changes.first, !isLate else { continue }
            try say(.acceptInvitation, by: member.id, transaction)
        }
    }

    private mutating func importTeams(_ transaction: WriteTransaction) throws(StorageError) {
        try bringOver(
            DemoFresh.teams(of: world, before: now - Self.length, with: &random), "the teams of the old system", transaction)
    }

    private mutating func bringOver(
        _ contents: AccountImport, _ comment: String, _ transaction: WriteTransaction
    ) throws(StorageError) {
        try say(.importAccount(contents), by: owner, comment: comment, transaction) { facts, world in
            for member in world.members { facts.existing.membersByID[member.id] = member }
            for role in world.roles { facts.existing.rolesByID[role.id] = role }
        }
    }

    private mutating func createToken(_ transaction: WriteTransaction) throws(StorageError) {
        guard let maker = activeMember() else { return }
        let use = random.pick(DemoWords.uses)
        let isUnclear = random.chance(4)
        let name =
            isUnclear
            ? random.pick(DemoWords.unclearNames)
            : random.chance(60) ? "\(use.name) \(random.pick(DemoWords.projects))" : use.name
        let time = nextTime()
        let scope = scope(for: maker, actions: use.actions)
        let creation = CreateToken(
            kind: random.chance(12) ? .service : .personal, name: name,
            purpose: isUnclear || random.chance(10) ? "" : use.purpose,
            scope: scope, expiresAt: expiry(from: time), networks: networks())
        try say(.createToken(creation), by: maker.id, transaction)
    }

    /// Three in four are limited to a network. Nothing is drawn for it, so that all else stays as it was.
    private func networks() -> NetworkLimit? {
        let place = world.tokens.count
        return place % 4 == 0 ? nil : NetworkLimit(DemoWords.networks[place % DemoWords.networks.count])
    }

    private mutating func scope(for maker: Member, actions: [String]) -> Scope {
        let isReader = maker.customRoles.isEmpty && maker.baseRole == .reader
        if isReader && random.chance(92) { return .base(.reader) }
        let isWriter = maker.customRoles.isEmpty && (maker.baseRole == .writer || maker.baseRole == .admin)
        switch random.below(100) {
        case 0..<42: return .base(.reader)
        case 42..<60: return isWriter || random.chance(15) ? .base(.writer) : .base(.reader)
        case 60..<64: return .base(.admin)
        case 64..<82:
            return .customRoles([maker.customRoles.first ?? random.pick(Array(world.roles.prefix(4))).id])
        case 82..<84: return .inline(Policy(statements: [DemoRoles.allow(["*"], ["*"])]))
        default:
            let project = random.pick(DemoWords.projects)
            let environment = random.pick(DemoWords.environments)
            let writes = actions.filter { $0 != "viewProject" }
            var statements = [DemoRoles.allow(["viewProject"], ["proj/\(project)"])]
            if !writes.isEmpty {
                statements.append(DemoRoles.allow(writes, ["proj/\(project):env/\(environment):flag/*"]))
            }
            return .inline(Policy(statements: statements))
        }
    }

    private mutating func expiry(from time: Timestamp) -> Timestamp? {
        switch random.below(100) {
        case 0..<22: nil
        case 22..<40: max(time + .days(90), now + .days(random.below(60)))
        case 40..<50: max(time + .days(30), now + .days(random.below(30)))
        case 50..<54: time + .days(30)
        default: max(time + .days(365), now + .days(20 + random.below(200)))
        }
    }

    private mutating func activeMember() -> Member? {
        for _ in 0..<20 {
            let member = random.pick(world.members)
            if member.standing == .active { return member }
        }
        return world.member(owner)
    }

    private mutating func somethingElse(_ transaction: WriteTransaction) throws(StorageError) {
        guard !world.tokens.isEmpty else { return try createToken(transaction) }
        let token = random.pick(world.tokens)
        let admin = random.pick(admins)
        let actor = token.owner.flatMap(world.member).flatMap { $0.standing == .active ? $0.id : nil } ?? admin
        switch random.below(100) {
        case 0..<34: try say(.editToken(edit(of: token)), by: actor, comment: comment(), transaction, prepare: facts(about: token))
        case 34..<62:
            try say(
                .rotateToken(RotateToken(token: token.id, version: token.version, oldSecretUntil: nil)),
                by: actor, transaction, prepare: facts(about: token))
        case 62..<68:
            try say(
                .flagToken(
                    token.id, reason: random.pick(DemoWords.flagReasons),
                    dueAt: random.chance(60) ? now + .days(random.below(60)) : nil, version: token.version),
                by: admin, comment: comment(), transaction, prepare: facts(about: token))
        case 68..<73:
            try say(.unflagToken(token.id, version: token.version), by: admin, transaction, prepare: facts(about: token))
        case 73..<79:
            try say(
                .deleteToken(token.id, version: token.version), by: admin, comment: comment(), transaction,
                prepare: facts(about: token))
        case 79..<83:
            // Somebody tries what is not his to do.
            guard let member = activeMember() else { return }
            try say(.deleteToken(token.id, version: token.version), by: member.id, transaction, prepare: facts(about: token))
        case 83..<92: try changeRoles(by: admin, transaction)
        default: try editRole(transaction)
        }
    }

    private mutating func edit(of token: AccessToken) -> EditToken {
        EditToken(
            token: token.id, version: token.version, name: token.name,
            purpose: random.pick(DemoWords.uses).purpose, scope: token.scope,
            expiresAt: token.isExpired(at: now) || random.chance(70) ? token.expiresAt : now + .days(40 + random.below(300)))
    }

    private func facts(about token: AccessToken) -> (inout Facts, DemoWorld) -> Void {
        { facts, world in
            facts.token = token
            facts.tokenOwner = token.owner.flatMap(world.member)
        }
    }

    private mutating func changeRoles(by admin: MemberID, _ transaction: WriteTransaction) throws(StorageError) {
        guard let member = activeMember(), !admins.contains(member.id) else { return }
        let custom = random.chance(50) ? [random.pick(world.roles).id] : member.customRoles
        try say(
            .changeMemberRoles(
                ChangeMemberRoles(
                    member: member.id, version: member.version,
                    baseRole: random.chance(30) ? random.pick([.reader, .writer]) : member.baseRole,
                    customRoles: custom, roleAttributes: member.roleAttributes)),
            by: admin, comment: comment(), transaction
        ) { facts, world in facts.member = world.member(member.id) }
    }

    private mutating func editRole(_ transaction: WriteTransaction) throws(StorageError) {
        let role = random.pick(world.roles)
        let suffix = random.pick(["", " (reviewed)", " — see the handbook"])
        let plain = DemoRoles.all.first { $0.key == role.key.text }?.description ?? ""
        try say(
            .editRole(
                EditRole(
                    role: role.id, version: role.version, name: role.name, description: plain + suffix,
                    basePermissions: role.basePermissions, policy: role.policy)),
            by: owner, transaction
        ) { facts, _ in facts.role = role }
    }

    private mutating func comment() -> String { random.pick(DemoWords.comments) }

    /// The last days: old tokens turn up, people are downgraded and leave, and their tokens stay behind.
    mutating func endBadly(_ transaction: WriteTransaction) throws(StorageError) {
        try bringOver(
            DemoFresh.oldTokens(of: world, at: now, with: &random), "found in the old system", transaction)
        var busy: [Member] = []
        for token in world.tokens where token.kind == .personal {
            guard let member = token.owner.flatMap(world.member), member.standing == .active,
                !admins.contains(member.id), !busy.contains(where: { $0.id == member.id })
            else { continue }
            busy.append(member)
            if busy.count == 40 { break }
        }
        let writers = busy.filter { $0.customRoles.isEmpty && $0.baseRole == .writer }
        for member in writers.prefix(3) {
            try say(
                .changeMemberRoles(
                    ChangeMemberRoles(
                        member: member.id, version: member.version, baseRole: .reader, customRoles: [],
                        roleAttributes: [:])), by: owner, comment: "moved to another team", transaction
            ) { facts, world in facts.member = world.member(member.id) }
        }
        let others = busy.filter { member in !writers.prefix(3).contains { $0.id == member.id } }
        for member in others.prefix(2) {
            try say(.removeMember(member.id, version: member.version), by: owner, comment: "left the company", transaction) {
                facts, world in facts.member = world.member(member.id)
            }
        }
    }
}

extension Change {
    /// By how many the tokens in force grow.
    fileprivate var tokensMore: Int {
        switch self {
        case .insertToken: 1
        case .updateToken(let token): token.deletedAt == nil ? 0 : -1
        default: 0
        }
    }
}
