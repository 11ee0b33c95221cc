internal import PatrolDomain

/// Ids, hashes and old records for a made-up account: all from the one source of numbers.
enum DemoFresh {
    static func make(for command: Command, at time: Timestamp, with random: inout DemoRandom) -> Facts.Fresh {
        var fresh = Facts.Fresh(
            memberID: MemberID(at: time, random: random.next()), roleID: RoleID(at: time, random: random.next()),
            tokenID: TokenID(at: time, random: random.next()))
        switch command {
        case .createToken: fresh.secret = secret(of: fresh.tokenID, at: time, with: &random)
        case .rotateToken(let rotation): fresh.secret = secret(of: rotation.token, at: time, with: &random)
        default: return fresh
        }
        fresh.ending = characters(4, with: &random)
        return fresh
    }

    /// 6 bytes of milliseconds and 10 random ones, as `OperationID` has them.
    static func operation(at time: Timestamp, with random: inout DemoRandom) -> [UInt8] {
        let milliseconds = UInt64(bitPattern: time.milliseconds)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        for shift in stride(from: 40, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: milliseconds >> UInt64(shift))) }
        append(random.next(), to: &bytes, count: 8)
        append(random.next(), to: &bytes, count: 2)
        return bytes
    }

    /// Nobody knows what would have this hash: the secrets of a made-up account open nothing.
    private static func secret(of token: TokenID, at time: Timestamp, with random: inout DemoRandom) -> StoredSecret {
        var hash: [UInt8] = []
        hash.reserveCapacity(32)
        for _ in 0..<4 { append(random.next(), to: &hash, count: 8) }
        return StoredSecret(
            id: characters(SecretFormat.publicIDLength, with: &random), token: token, hash: hash,
            keyVersion: SecretKey.version, createdAt: time)
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8], count: Int) {
        for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * place))) }
    }

    private static func characters(_ count: Int, with random: inout DemoRandom) -> String {
        var number = random.next()
        var spare = random.next()
        var text: [UInt8] = []
        for place in 0..<count {
            if place == 10 { swap(&number, &spare) }
            text.append(SecretFormat.alphabet[Int(number % 62)])
            number /= 62
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Three teams, and forty entries of the log of the system before.
    static func teams(
        of world: DemoWorld, before start: Timestamp, with random: inout DemoRandom
    ) -> AccountImport {
        var teams: [Team] = []
        for (key, name, role) in [
            ("checkout", "Checkout", "release-manager"), ("platform", "Platform", "core-maintainer"),
            ("quality", "Quality", "qa"),
        ] {
            guard let key = Key(key), let role = world.role(role) else { continue }
            let members = world.members.dropFirst(4).filter { _ in random.chance(14) }.prefix(40).map(\.id)
            teams.append(Team(key: key, name: name, members: Array(members), customRoles: [role.id]))
        }
        return AccountImport(
            source: "the old system", members: [], roles: [], teams: teams, tokens: [],
            pastEntries: pastEntries(of: world, before: start, with: &random))
    }

    /// Two account-wide tokens from before there were others, and those of people who have not come yet.
    static func oldTokens(
        of world: DemoWorld, at now: Timestamp, with random: inout DemoRandom
    ) -> AccountImport {
        var tokens: [AccessToken] = []
        for (name, lastUse) in [("account token (2017)", TimeSpan.minutes(4)), ("account token (jenkins)", .days(210))] {
            tokens.append(
                AccessToken(
                    id: TokenID(at: now, random: random.next()), kind: .accountWide, origin: .imported,
                    name: name, owner: nil, scope: .account, createdAt: now - .days(1_300), lastUsedAt: now - lastUse,
                    useKnownUntil: now, ending: characters(4, with: &random), apiVersion: 20_160_426))
        }
        for member in world.members.filter({ $0.isPending }).prefix(3) {
            tokens.append(
                AccessToken(
                    id: TokenID(at: now, random: random.next()), kind: .personal, origin: .imported,
                    name: "laptop of \(member.firstName)", owner: member.id, scope: .base(.writer),
                    createdAt: now - .days(120), useKnownUntil: now, ending: characters(4, with: &random)))
        }
        return AccountImport(
            source: "the old system", members: [], roles: [], teams: [], tokens: tokens, pastEntries: [])
    }

    private static func pastEntries(
        of world: DemoWorld, before start: Timestamp, with random: inout DemoRandom
    ) -> [PastEntry] {
        (0..<40).map { number in
            let actor = random.pick(world.members)
            let target = random.pick(world.members)
            return PastEntry(
                id: "past-\(number)", at: start - .hours(9 * (number + 1)), actorID: actor.id.text,
                actorName: actor.displayName, tokenID: nil, action: "updateRole",
                resource: "member/\(target.id.text)", kind: "member", targetID: target.id.text,
                targetName: target.email, title: "updated the member",
                text: "* changed the role from ~~`reader`~~ to `writer`", comment: "")
        }
    }
}

extension DemoWords {
    /// `tomas.silva@example.org`, and a number where a name comes round again.
    static func email(_ first: String, _ last: String, _ number: Int) -> String {
        let plain = (first + "." + last).unicodeScalars.compactMap { scalar -> Character? in
            switch scalar {
            case "á", "à": "a"
            case "ë", "é": "e"
            case "ı": "i"
            case " ": nil
            default: scalar.isASCII ? Character(scalar) : nil
            }
        }
        let round = number / firstNames.count
        return String(plain).lowercased() + (round > 0 ? "\(round)" : "") + "@example.org"
    }
}
