import PatrolDomain

/// A small made-up account, the same in every test.
enum Sample {
    static let now = Timestamp(milliseconds: 1_795_500_000_000)  // 2026-11-24 06:00 UTC

    static func ago(_ span: TimeSpan) -> Timestamp { now - span }

    static func memberID(_ number: Int) -> MemberID { MemberID("65f0c0ffee0000000000b0\(number + 10)")! }
    static func tokenID(_ number: Int) -> TokenID { TokenID("65f0c0ffee0000000000a\(number + 100)")! }
    static func roleID(_ number: Int) -> RoleID { RoleID("65f0c0ffee0000000000c0\(number + 10)")! }

    static func policy(_ allows: [(actions: [String], resource: String)], deny: [(actions: [String], resource: String)] = []) -> Policy {
        func statement(_ effect: Statement.Effect, _ part: (actions: [String], resource: String)) -> Statement {
            Statement(
                effect, actions: .matching(part.actions.map { name in certain { try ActionPattern(parsing: name) } }),
                resources: .matching([certain { try ResourcePattern(parsing: part.resource) }]))
        }
        return Policy(statements: allows.map { statement(.allow, $0) } + deny.map { statement(.deny, $0) })
    }

    static let roles: [Role] = [
        Role(
            id: roleID(0), key: Key("export-reader")!, name: "Reads everything for exports", basePermissions: .reader,
            createdAt: ago(.days(400))),
        Role(
            id: roleID(1), key: Key("flag-operator")!, name: "Turns flags on and off",
            description: "for people on call",
            policy: policy(
                [(["viewProject"], "proj/*"), (["updateOn", "updateTargets", "updateRules"], "proj/*:env/*:flag/*")],
                deny: [(["*"], "proj/*:env/*;critical:flag/*")]),
            createdAt: ago(.days(200))),
        Role(
            id: roleID(2), key: Key("release-robot")!, name: "Releases by machine",
            policy: policy([
                (["viewProject"], "proj/web"), (["updateOn"], "proj/web:env/production:flag/*"),
                (["createFlag", "deleteFlag", "updateTags"], "proj/web:env/*:flag/*"),
            ]), createdAt: ago(.days(90))),
    ]

    static let members: [Member] = [
        member(0, "ada@example.org", "Ada", "Berg", .owner, seen: .minutes(2)),
        member(1, "kim@example.org", "Kim", "Roe", .admin, seen: .hours(5)),
        member(2, "lea@example.org", "Lea", "Okafor", .writer, roles: [roleID(1)], seen: .days(3)),
        member(3, "noor@example.org", "Noor", "Haddad", .reader, seen: .days(90)),
        member(4, "sam.with.a.rather.long.address@subsidiary.example.org", "Sam", "", .writer, seen: nil),
        member(5, "new@example.org", "", "", .reader, isPending: true, seen: nil),
        member(6, "gone@example.org", "Gus", "Gone", .writer, seen: .days(200), removed: .days(40)),
        member(7, "evil@example.org", "名前", "é👩‍💻\u{1B}[31m", .reader, seen: .days(1)),
    ]

    private static func member(
        _ number: Int, _ email: String, _ first: String, _ last: String, _ role: BaseRole, roles: [RoleID] = [],
        isPending: Bool = false, seen: TimeSpan?, removed: TimeSpan? = nil
    ) -> Member {
        Member(
            id: memberID(number), email: email, firstName: first, lastName: last, baseRole: role, customRoles: roles,
            isPending: isPending, createdAt: ago(.days(500 - number)), lastSeenAt: seen.map { ago($0) },
            removedAt: removed.map { ago($0) })
    }

    static func risk(_ rules: [HygieneRule], _ worst: Severity?) -> TokenRisk {
        TokenRisk(
            rules: rules.reduce(0) { $0 | 1 << UInt64($1.rawValue) }, score: (worst?.rawValue ?? 0) * 100 + rules.count,
            worst: worst)
    }

    static let tokens: [TokenRow] = [
        token(0, "legacy api", nil, .account, kind: .accountWide, ending: "9b7e", used: .minutes(3), risk: risk([.accountWide, .noExpiry, .missingPurpose], .critical)),
        token(1, "deploy everything", 1, .base(.admin), ending: "aa01", used: .days(120), risk: risk([.adminScope, .unused], .high), flag: DeletionFlag(reason: "admin scope, unused", dueAt: now + .days(20), flaggedBy: memberID(0), flaggedAt: ago(.days(2)))),
        token(2, "old sync", 6, .base(.writer), ending: "k2k2", used: .days(60), risk: risk([.ownerRemoved], .critical)),
        token(3, "nightly export", 0, .customRoles([roleID(0)]), purpose: "copies flags to the warehouse", ending: "x81q", used: .hours(6), expires: .days(12), risk: risk([.expiringSoon], .low)),
        token(4, "release robot", 2, .inline(policy([(["viewProject"], "proj/web"), (["updateOn", "deleteFlag"], "proj/web:env/production:flag/*")])), purpose: "turns releases on", ending: "Zz19", used: .minutes(41), expires: .days(80), risk: risk([.sleepingPrivilege], .medium)),
        token(5, "test", 3, .base(.reader), ending: "0001", used: nil, risk: risk([.neverUsed, .unclearName], .medium)),
        token(6, "metrics of the front end, second attempt with a very long name", 0, .base(.reader), kind: .service, purpose: "dashboards", ending: "pp33", used: .minutes(1), expires: .days(300), risk: .clean),
        token(7, "👩‍💻 名前\u{202E}gpj.exe", 7, .base(.reader), purpose: "hostile\rname", ending: "6b6b", used: .days(1), expires: .days(30), risk: .clean),
    ]

    private static func token(
        _ number: Int, _ name: String, _ owner: Int?, _ scope: Scope, kind: AccessToken.Kind = .personal,
        purpose: String = "", ending: String, used: TimeSpan?, expires: TimeSpan? = nil, risk: TokenRisk,
        flag: DeletionFlag? = nil
    ) -> TokenRow {
        let keys: [String] = if case .customRoles(let ids) = scope { ids.compactMap { id in roles.first { $0.id == id }?.key.text } } else { [] }
        return TokenRow(
            token: AccessToken(
                id: tokenID(number), kind: kind, origin: kind == .accountWide ? .adopted : .created, name: name,
                purpose: purpose, owner: owner.map { memberID($0) }, scope: scope, createdAt: ago(.days(300 - number)),
                expiresAt: expires.map { now + $0 }, lastUsedAt: used.map { ago($0) }, ending: ending, flag: flag,
                version: 2),
            ownerName: owner.map { members[$0].displayName }, ownerStanding: owner.map { members[$0].standing },
            scopeRoleKeys: keys, risk: risk,
            recentUse: used == nil ? [] : (0..<TokenRow.recentDays).map { ($0 * 37 + number * 11) % 9 * number })
    }

    static let entries: [AuditRow] = (0..<60).map { number in
        let isRefused = number % 7 == 3
        let target = tokens[number % tokens.count].token
        let names: [EventName] = [.tokenFlagged, .tokenCreated, .tokenEdited, .tokenDeleted]
        return .entry(
            AuditEntry(
                sequence: Int64(60 - number), operation: Array(0..<16), at: ago(.minutes(number * 37 + 1)),
                name: names[number % 4].rawValue, actorID: memberID(number % 4).text,
                actorName: members[number % 4].displayName, tokenID: nil, signIn: "local user ada (uid 1000)",
                action: "deleteAccessToken", resource: target.resource.description,
                target: AuditTarget(.token, id: target.id.text, name: target.name),
                changes: [
                    FieldChange("deletion flag", before: nil, after: "admin scope, unused"),
                    FieldChange("to be deleted by", before: "2026-12-01", after: "2027-01-31"),
                ], comment: "", isAllowed: !isRefused, decidingRole: isRefused ? "" : "owner",
                decidingStatement: isRefused ? nil : 0, reason: isRefused ? "notPermitted" : "statement"))
    }

    static let account = Account(id: AccountID("65f0c0ffee00000000000001")!, name: "Acme", createdAt: ago(.days(600)))
}

/// What can't fail in a test that is written right.
func certain<Value>(_ make: () throws -> Value) -> Value {
    do { return try make() } catch { preconditionFailure("\(error)") }
}
