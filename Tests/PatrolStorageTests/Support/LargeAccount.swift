@testable import PatrolDomain
@testable import PatrolStorage

/// An account with some of everything, and the values that it holds, to compare lists with.
struct LargeAccount {
    static let now = Made.start + .days(200)

    let store: Store
    var members: [Member] = [Made.ownerMember()]
    var roles: [Role] = []
    var tokens: [AccessToken] = []
    var risks: [TokenID: TokenRisk] = [:]

    init(at path: String, members memberCount: Int = 60, tokens tokenCount: Int = 300) throws {
        store = try Store.founded(at: path)
        makeRoles()
        makeMembers(memberCount)
        makeTokens(tokenCount)
        try record()
    }

    private mutating func makeRoles() {
        for number in 0..<12 {
            var role = Made.role(number)
            if number % 6 == 5 { role.deletedAt = Made.start }
            roles.append(role)
        }
    }

    private mutating func makeMembers(_ count: Int) {
        for number in 0..<count {
            var member = Made.member(number, baseRole: number % 4 == 0 ? .writer : .reader)
            if number % 3 == 0 { member.customRoles = [roles[number % 10].id] }
            if number % 2 == 0 { member.lastSeenAt = Made.start + .days(number % 9) }
            if number % 11 == 0 { member.removedAt = Made.start + .days(1) }
            if number % 8 == 0 { (member.firstName, member.lastName) = ("", "") }
            members.append(member)
        }
    }

    private mutating func makeTokens(_ count: Int) {
        var random = SplitMix(seed: 11)
        func pick(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
        for number in 0..<count {
            let scope: Scope =
                number % 3 == 0 ? .customRoles([roles[pick(10)].id, roles[10].id]) : .base(number % 2 == 0 ? .reader : .writer)
            let isOld = number % 40 == 7
            tokens.append(
                AccessToken(
                    id: TokenID("token-\(pick(1_000_000))-\(number)")!,
                    kind: isOld ? .accountWide : .personal,
                    origin: number % 5 == 0 ? .imported : .created,
                    name: ["Nightly", "deploy", "ÉTÉ", "Zed", "deploy 100%_"][pick(5)] + " \(pick(4))",
                    purpose: pick(3) == 0 ? "" : "Purpose \(pick(30))",
                    owner: isOld ? nil : members[pick(members.count)].id,
                    scope: isOld ? .account : scope, createdAt: Made.start + .days(pick(190)),
                    expiresAt: pick(3) == 0 ? nil : Self.now + .days(pick(60) - 20),
                    lastUsedAt: pick(4) == 0 ? nil : Self.now - .days(pick(190)),
                    useKnownUntil: number % 5 == 0 ? Self.now - .days(pick(40)) : nil,
                    ending: "e\(pick(100))",
                    flag: pick(9) == 0
                        ? DeletionFlag(
                            reason: "r", dueAt: nil, flaggedBy: Made.owner, flaggedAt: Made.start) : nil,
                    quarantine: number % 7 == 0
                        ? Quarantine(reason: "q", since: Made.start, setBy: Made.owner, deletesAt: nil) : nil,
                    plan: number % 8 == 0
                        ? ScopePlan(scope: .base(.reader), appliesAt: Self.now, plannedBy: Made.owner, reason: "p") : nil,
                    deletedAt: pick(12) == 0 ? Made.start : nil))
            let worst = pick(5)
            risks[tokens[number].id] = worst == 0
                ? .clean
                : TokenRisk(
                    rules: UInt64(pick(4_096)), score: worst * 100 + pick(3),
                    worst: Severity(rawValue: worst))
        }
    }

    private func record() throws {
        try store.write { writing throws(StorageError) in
            for role in roles { try writing.apply(.insertRole(role)) }
            for member in members.dropFirst() {
                try writing.record(
                    Made.ruling(
                        Made.event(
                            .memberInvited,
                            target: AuditTarget(.member, id: member.id.text, name: member.email)),
                        [.insertMember(member)]), at: member.createdAt)
            }
            try writing.apply(
                .upsertTeam(
                    Team(
                        key: Key("core")!, name: "Core", members: members[3..<9].map(\.id),
                        customRoles: [roles[2].id])))
            for token in tokens {
                try writing.record(
                    Made.ruling(
                        Made.event(
                            target: AuditTarget(.token, id: token.id.text, name: token.name),
                            comment: token.purpose,
                            refusal: nil,
                            actor: Actor(
                                member: token.owner ?? Made.owner, signIn: .initialization)),
                        [.insertToken(token)]))
            }
            for number in 0..<30 {
                try writing.record(
                    Made.ruling(
                        Made.event(.roleEdited, comment: "no \(number)", refusal: .ownRoles), []))
            }
            for number in 0..<70 {
                try writing.apply(
                    .upsertPastEntry(
                        PastEntry(
                            id: "past-\(number)", at: Made.start - .hours(number % 9),
                            actorID: "member-\(number % 3)", actorName: "Old \(number % 3)",
                            tokenID: nil, action: number % 2 == 0 ? "updateOn" : "deleteFlag",
                            resource: "proj/web:env/test:flag/f\(number)", kind: "flag",
                            targetID: "f\(number % 4)", targetName: "Flag \(number)",
                            title: "turned on", text: "* text", comment: "")))
            }
            for (token, risk) in risks { try writing.storeRisk(of: token, risk, dueAt: nil) }
        }
    }
}

/// Walks a whole list by pages.
enum Walk {
    static func forward<Row>(
        limit: Int, scanLimit: Int = 20_000, lookLimit: Int = 2_000,
        _ page: (PageRequest) throws -> Page<Row>
    ) throws -> [Page<Row>.Item] {
        var items: [Page<Row>.Item] = []
        var start = PageRequest.Start.first
        while true {
            let part = try page(PageRequest(start, limit: limit, scanLimit: scanLimit, lookLimit: lookLimit))
            items += part.items
            precondition(part.items.count <= limit)
            guard part.hasAfter, let next = part.resume ?? part.items.last?.cursor else { return items }
            start = .after(next)
        }
    }

    static func backward<Row>(
        limit: Int, scanLimit: Int = 20_000, lookLimit: Int = 2_000,
        _ page: (PageRequest) throws -> Page<Row>
    ) throws -> [Page<Row>.Item] {
        var items: [Page<Row>.Item] = []
        var start = PageRequest.Start.last
        while true {
            let part = try page(PageRequest(start, limit: limit, scanLimit: scanLimit, lookLimit: lookLimit))
            items = part.items + items
            guard part.hasBefore, let next = part.resume ?? part.items.first?.cursor else { return items }
            start = .before(next)
        }
    }
}

/// What a word of a filter means, said once more in Swift.
func hasWord(_ text: String, _ part: String) -> Bool {
    func lowered(_ text: String) -> [UInt8] { text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 } }
    func isLetter(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) || byte > 127 }
    let (field, part) = (lowered(text), lowered(part))
    return field.indices.contains { place in
        guard field[place...].starts(with: part) else { return false }
        return place == 0 || !isLetter(part[0]) || !isLetter(field[place - 1])
    }
}
