import PatrolCrypto
@testable import PatrolDomain
@testable import PatrolStorage
import Testing

@Suite struct `Records` {
    let folder = TemporaryFolder()

    @Test func `an account is founded and read back`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        try store.read { reading throws(StorageError) in
            #expect(
                try reading.account()
                    == Account(id: Made.account, name: "Acme", createdAt: Made.start))
            #expect(try reading.member(Made.owner) == Made.ownerMember())
            #expect(try reading.owner()?.id == Made.owner)
            #expect(
                try reading.tally()
                    == Tally(members: 1, roles: 5, tokens: 0, flaggedTokens: 0, auditEntries: 1))
        }
    }

    @Test func `members come back as they were written`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        try store.apply(.insertRole(Made.role(1)), .insertRole(Made.role(2)))
        var member = Made.member(1)
        member.customRoles = [Made.role(2).id, Made.role(1).id]
        member.roleAttributes = ["projects": ["web", "mobile-*"], "region": []]
        member.email = "Kim.Ö@Example.org"
        try store.apply(.insertMember(member))
        #expect(try store.read { r throws(StorageError) in try r.member(member.id) } == member)
        member.version += 1
        member.customRoles = [Made.role(1).id]
        member.lastSeenAt = Made.start + .days(3)
        member.lastSeenToken = TokenID("t")
        member.isPending = false
        try store.apply(.updateMember(member))
        try store.read { reading throws(StorageError) in
            #expect(try reading.member(member.id) == member)
            #expect(try reading.member(email: "KIM.ö@EXAMPLE.ORG") == member)
            #expect(try reading.holders(of: Made.role(1).id).members == 1)
            #expect(try reading.holders(of: Made.role(2).id).members == 0)
        }
        member.version += 1
        member.removedAt = Made.start + .days(4)
        try store.apply(.updateMember(member))
        try store.read { reading throws(StorageError) in
            #expect(try reading.member(member.id) == member)
            #expect(try reading.member(email: member.email) == nil)
            #expect(try reading.holders(of: Made.role(1).id).members == 0)
        }
    }

    @Test func `roles and teams come back as they were written`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        var role = Made.role(1)
        role.policy = Policy(statements: [
            Statement(
                .deny, actions: .notMatching([try ActionPattern(parsing: "update*")]),
                resources: .matching([try ResourcePattern(parsing: "proj/*:env/*;qa_*:flag/a*")]))
        ])
        try store.apply(.insertRole(role), .insertMember(Made.member(1)), .insertMember(Made.member(2)))
        var team = Team(
            key: Key("core")!, name: "Core", members: [Made.member(2).id, Made.member(1).id],
            customRoles: [role.id], roleAttributes: ["a": ["b"]])
        try store.apply(.upsertTeam(team))
        role.version += 1
        role.basePermissions = .reader
        role.deletedAt = Made.start + .days(1)
        try store.apply(.updateRole(role))
        try store.read { reading throws(StorageError) in
            #expect(try reading.role(role.id) == role)
            #expect(try reading.role(key: role.key) == nil)
            #expect(try reading.team(team.key) == team)
            #expect(try reading.teams(of: Made.member(1).id).map(\.members) == [[Made.member(1).id]])
            #expect(try reading.teams(holding: role.id, limit: 5).map(\.key) == [team.key])
            #expect(try reading.members(holdingByTeam: role.id, limit: 5).count == 2)
            #expect(try reading.holders(of: role.id).teams == 1)
        }
        team.members = []
        team.customRoles = []
        try store.apply(.upsertTeam(team))
        #expect(try store.read { r throws(StorageError) in try r.team(team.key) } == team)
        #expect(try store.read { r throws(StorageError) in try r.holders(of: role.id).teams } == 0)
    }

    @Test func `tokens of every kind come back as they were written`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        try store.apply(.insertRole(Made.role(1)), .insertRole(Made.role(2)))
        let policy = Policy(statements: [
            Statement(.allow, actions: .matching([.everything]), resources: .matching([.everything]))
        ])
        let snapshot = Authority(grants: [BaseRole.writer.grant(holder: Made.owner)], holder: Made.owner)
        let tokens = [
            Made.token(1), Made.token(2, scope: .customRoles([Made.role(2).id, Made.role(1).id])),
            Made.token(3, scope: .inline(policy)),
            AccessToken(
                id: TokenID("service")!, kind: .service, origin: .created, name: "s",
                owner: Made.owner, scope: .base(.writer), creatorSnapshot: snapshot,
                createdAt: Made.start),
            AccessToken(
                id: TokenID("old")!, kind: .accountWide, origin: .imported, name: "old",
                owner: nil, scope: .account, createdAt: Made.start, expiresAt: Made.start + .days(9),
                lastUsedAt: Made.start, useKnownUntil: Made.start, ending: "9f3c",
                apiVersion: 20_240_415,
                flag: DeletionFlag(
                    reason: "account-wide", dueAt: Made.start + .days(2), flaggedBy: Made.owner,
                    flaggedAt: Made.start)),
        ]
        for token in tokens { try store.apply(.insertToken(token)) }
        try store.read { reading throws(StorageError) in
            for token in tokens { #expect(try reading.token(token.id) == token) }
            #expect(try reading.tally().tokens == 5)
            #expect(try reading.tally().flaggedTokens == 1)
            #expect(try reading.memberRow(Made.owner)?.tokenCount == 4)
        }
        for token in tokens {
            var changed = token
            changed.version += 1
            changed.flag = nil
            changed.name = "changed"
            changed.scope = token.kind == .personal ? .customRoles([Made.role(1).id]) : token.scope
            changed.deletedAt = Made.start + .days(1)
            try store.apply(.updateToken(changed))
            #expect(try store.read { r throws(StorageError) in try r.token(token.id) } == changed)
        }
        #expect(
            try store.read { r throws(StorageError) in try r.tally() }
                == Tally(members: 1, roles: 7, tokens: 0, flaggedTokens: 0, auditEntries: 12))
    }

    @Test func `secrets end at the time they are told`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let token = Made.token(1)
        let secret = StoredSecret(
            id: "4fK9aZ0Qw2Lm", token: token.id, hash: RandomBytes.make(count: 32), keyVersion: 1,
            createdAt: Made.start)
        var ended = StoredSecret(
            id: "old", token: token.id, hash: RandomBytes.make(count: 32), keyVersion: 1,
            createdAt: Made.start - .days(1), validUntil: Made.start - .hours(1))
        try store.apply(.insertToken(token), .insertSecret(ended), .insertSecret(secret))
        try store.apply(.endSecrets(of: token.id, at: Made.start))
        var expected = secret
        expected.validUntil = Made.start
        try store.read { reading throws(StorageError) in
            #expect(try reading.secrets(of: token.id) == [ended, expected])
            #expect(try reading.secret(id: secret.id) == expected)
            #expect(try reading.secret(id: "4FK9aZ0Qw2Lm") == nil)
        }
        try store.apply(.endSecrets(of: token.id, at: Made.start - .days(2)))
        ended.validUntil = Made.start - .days(2)
        expected.validUntil = ended.validUntil
        #expect(
            try store.read { r throws(StorageError) in try r.secrets(of: token.id) } == [ended, expected])
    }

    @Test func `use is counted by day, action and network`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let token = Made.token(1)
        try store.apply(.insertToken(token))
        let noon = Timestamp(milliseconds: 20_254 * 86_400_000 + 43_200_000)
        try store.write { writing throws(StorageError) in
            for (action, network, offset) in [("a", "n1", 0), ("a", "n2", 1), ("b", "n1", -30)] {
                for _ in 0..<3 {
                    try writing.countUse(
                        of: token.id, action, network: network, at: noon + .hours(offset), allowed: 2, denied: 1)
                }
            }
        }
        try store.read { reading throws(StorageError) in
            let use = try reading.use(of: token.id, since: noon - .days(5))
            #expect(use.map(\.action.name) == ["b", "a"])
            #expect(use.map(\.allowed) == [6, 12])
            #expect(use.map(\.denied) == [3, 6])
            #expect(use[1].day == noon - .hours(12))
            #expect(try reading.networks(of: token.id, since: noon) == 2)
            #expect(try reading.networks(of: token.id, since: noon + .days(1)) == 0)
            #expect(try reading.token(token.id)?.lastUsedAt == noon + .hours(1))
            #expect(try reading.member(Made.owner)?.lastSeenToken == token.id)
            #expect(try reading.memberRow(Made.owner)?.lastSeenTokenName == token.name)
        }
    }

    @Test func `risks become due by change and by time`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        try store.apply(
            .insertRole(Made.role(1)), .insertMember(Made.member(1)),
            .insertToken(Made.token(1)), .insertToken(Made.token(2, owner: Made.member(1).id)),
            .insertToken(Made.token(3, scope: .customRoles([Made.role(1).id]))))
        func due(_ at: Timestamp = Made.start) throws -> Set<String> {
            try store.read { r throws(StorageError) in
                Set(try r.dueRisks(limit: 10, at: at).map(\.text))
            }
        }
        func judge(dueAt: Timestamp? = nil) throws {
            try store.write { writing throws(StorageError) in
                for id in try writing.dueRisks(limit: 10, at: Made.start) {
                    try writing.storeRisk(
                        of: id, TokenRisk(rules: 1 << 63 | 2, score: 7, worst: .high), dueAt: dueAt)
                }
            }
        }
        #expect(try due() == ["token-1", "token-2", "token-3"])
        try judge(dueAt: Made.start + .days(1))
        #expect(try due().isEmpty)
        #expect(try due(Made.start + .days(1)).count == 3)
        try store.apply(.staleRisk(.tokensOfMember(Made.member(1).id)))
        #expect(try due() == ["token-2"])
        try judge()
        try store.apply(.staleRisk(.tokensTouchedByRole(Made.role(1).id)))
        #expect(try due() == ["token-3"])
        try store.apply(.staleRisk(.token(Made.token(1).id)))
        #expect(try due() == ["token-1", "token-3"])
        try store.apply(.staleRisk(.everyToken))
        #expect(try due().count == 3)
        try store.read { reading throws(StorageError) in
            let risk = try reading.tokenRow(Made.token(1).id, at: Made.start)?.risk
            #expect(risk == TokenRisk(rules: 1 << 63 | 2, score: 7, worst: .high))
            #expect(try reading.memberRow(Made.owner)?.worst?.score == 7)
        }
    }

    @Test func `use makes the judgement of an idle token stale, and no other`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        try store.apply(.insertToken(Made.token(1)))
        func use(at time: Timestamp) throws -> Int {
            try store.write { writing throws(StorageError) in
                try writing.countUse(of: Made.token(1).id, "a", at: time, allowed: 1)
                return try writing.dueRisks(limit: 10, at: Made.start).count
            }
        }
        func judge(_ rule: HygieneRule) throws {
            try store.write { writing throws(StorageError) in
                let risk = TokenRisk(rules: 1 << UInt64(rule.rawValue), score: 7, worst: .high)
                try writing.storeRisk(of: Made.token(1).id, risk, dueAt: nil)
            }
        }
        try judge(.noExpiry)
        #expect(try use(at: Made.start) == 1)
        try judge(.noExpiry)
        #expect(try use(at: Made.start + .days(1)) == 0)
        try judge(.unused)
        #expect(try use(at: Made.start + .days(2)) == 1)
        try judge(.neverUsed)
        #expect(try use(at: Made.start + .days(3)) == 1)
    }

    @Test func `of much use the newest is told`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        try store.apply(.insertToken(Made.token(1)))
        try store.write { writing throws(StorageError) in
            for number in 0..<2_100 {
                try writing.countUse(
                    of: Made.token(1).id, "a\(number % 30)", at: Made.start + .days(number / 30), allowed: 1)
            }
        }
        try store.read { reading throws(StorageError) in
            let use = try reading.use(of: Made.token(1).id, since: Made.start)
            #expect(use.count == 2_000)
            #expect(use.map(\.day) == use.map(\.day).sorted())
            #expect(use.last.map { (Made.start + .days(69)) - $0.day < .days(1) } == true)
        }
    }

    @Test func `text that is not UTF-8 is read without harm`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let connection = try store.opening.connect(mayWrite: true)
        try connection.execute("UPDATE base_role SET rank = rank; BEGIN IMMEDIATE; ROLLBACK")
        let text = try connection.first(
            "SELECT CAST(x'41FF80C3' AS TEXT)"
        ) { row throws(StorageError) in try row.text(0) }
        #expect(text == "A\u{FFFD}\u{FFFD}\u{FFFD}")
        let zero = try connection.first(
            "SELECT CAST(x'410042' AS TEXT)"
        ) { row throws(StorageError) in try row.text(0) }
        #expect(zero == "A\0B")
    }
}
