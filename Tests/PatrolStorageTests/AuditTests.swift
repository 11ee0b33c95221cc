import PatrolCrypto
@testable import PatrolDomain
@testable import PatrolStorage
import Testing

@Suite struct `The log` {
    let folder = TemporaryFolder()

    @Test func `an entry says all that its event said`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let event = AuditEvent(
            name: .tokenEdited,
            actor: Actor(
                member: Made.owner, token: TokenID("tok"), signIn: .localUserAs(uid: 7, name: "root")),
            actorName: "Ada \u{1F}\u{1B}Berg",
            request: Request(
                .updateAccessTokenName, on: .personalToken(TokenID("tok")!, of: Made.owner)),
            target: AuditTarget(.token, id: "tok", name: "nightly\0 é"), versionBefore: 3,
            versionAfter: nil,
            changes: [
                FieldChange("name", before: nil, after: "a\u{1E}b"),
                FieldChange("purpose", before: "", after: nil),
            ],
            comment: String(repeating: "long ", count: 400),
            decision: Decision(
                isAllowed: false, reason: .statement(300, of: GrantName("ops", source: .customRole))),
            refusal: .changedMeanwhile(AuditTarget(.token, id: "tok", name: ""), shown: 1, now: 3))
        let operation = RandomBytes.make(count: 16)
        let entry = try store.write { w throws(StorageError) in
            try w.record(Made.ruling(event), operation: operation, at: Made.start + .days(1))
        }
        #expect(entry.sequence == 2)
        #expect(entry.operation == operation)
        #expect(entry.at == Made.start + .days(1))
        #expect(entry.name == "token.edited")
        #expect(entry.actorID == "owner" && entry.actorName == event.actorName)
        #expect(entry.tokenID == "tok" && entry.signIn == "localUserAs:7:root")
        #expect(entry.action == "updateAccessTokenName")
        #expect(entry.resource == "member/owner:token/tok")
        #expect(entry.target == event.target && entry.changes == event.changes)
        #expect(entry.comment == event.comment)
        #expect(!entry.isAllowed && entry.reason == "changedMeanwhile")
        #expect(entry.decidingRole == "ops" && entry.decidingStatement == 300)
        try store.read { reading throws(StorageError) in
            #expect(try reading.audit(after: 1, limit: 9) == [entry])
            #expect(try reading.entry(operation: operation) == entry)
            #expect(try reading.audit(after: 1, limit: 10) == [entry])
            #expect(try reading.lastSequence() == 2)
            #expect(try reading.lastEventTime() == entry.at)
        }
        #expect(try store.verifyAudit().isWhole)
    }

    @Test func `a refusal leaves one entry and no change`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let before = try store.stateDigest()
        _ = try store.write { w throws(StorageError) in
            try w.record(Made.ruling(Made.event(refusal: .ownRoles)))
        }
        #expect(try store.stateDigest() == before)
        #expect(try store.read { r throws(StorageError) in try r.lastSequence() } == 2)
    }

    @Test func `an operation that is repeated changes nothing`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let operation = RandomBytes.make(count: 16)
        let ruling = Made.ruling(Made.event(), [.insertMember(Made.member(1))])
        let entries = try (0..<3).map { day in
            try store.write { w throws(StorageError) in
                try w.record(ruling, operation: operation, at: Made.start + .days(day))
            }
        }
        #expect(entries[1] == entries[0] && entries[2] == entries[0])
        #expect(try store.read { r throws(StorageError) in try r.tally().auditEntries } == 2)
        // In one transaction too, and what comes after goes on from the right place.
        try store.write { writing throws(StorageError) in
            try writing.record(Made.ruling())
            try writing.record(ruling, operation: operation, at: Made.start)
            try writing.record(Made.ruling())
        }
        #expect(try store.verifyAudit() == AuditVerdict(entries: 4, faults: []))
    }

    @Test func `a change of more text than an entry holds is cut, and the log is whole`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let long = String(repeating: "é", count: 4_001)
        let fits = String(repeating: "é", count: 4_000)
        let event = Made.event(changes: [FieldChange("policy", before: fits, after: long)])
        let entry = try store.write { w throws(StorageError) in try w.record(Made.ruling(event)) }
        let change = try #require(entry.changes.first)
        #expect(change.before == fits)
        #expect(change.after == String(repeating: "é", count: 3_999) + "…")
        #expect(try store.read { r throws(StorageError) in try r.entry(operation: entry.operation) } == entry)
        #expect(try store.verifyAudit().isWhole)
    }

    @Test func `time never goes back`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let times = try [5, 3, 9].map { day in
            try store.write { w throws(StorageError) in
                try w.record(Made.ruling(), at: Made.start + .days(day)).at
            }
        }
        #expect(times == [5, 5, 9].map { Made.start + .days($0) })
    }

    @Test func `a change to a thing that has changed is refused as a whole`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let before = try store.stateDigest()
        var owner = Made.ownerMember()
        owner.version = 5
        #expect(throws: StorageError.conflict(detail: "there is no member owner at version 4")) {
            try store.apply(.insertMember(Made.member(1)), .updateMember(owner))
        }
        #expect(try store.stateDigest() == before)
        #expect(try store.read { r throws(StorageError) in try r.lastSequence() } == 1)
    }

    @Test(arguments: [
        "UPDATE audit SET actor = 'x' WHERE seq = 1", "UPDATE audit SET seq = 9 WHERE seq = 1",
        "DELETE FROM audit", "DELETE FROM audit_body", "UPDATE audit_body SET body = x''",
        "REPLACE INTO audit SELECT 2, op_id, at, actor, verb, action, target, is_refused, payload, leaf, chain FROM audit WHERE seq = 1",
        "INSERT INTO audit SELECT 3, x'00112233445566778899aabbccddeeff', at, actor, verb, action, target, is_refused, payload, leaf, chain FROM audit WHERE seq = 1",
        "INSERT INTO audit SELECT 2, x'00112233445566778899aabbccddeeff', at - 1, actor, verb, action, target, is_refused, payload, leaf, chain FROM audit WHERE seq = 1",
        "DELETE FROM member", "DELETE FROM token", "DELETE FROM role", "DELETE FROM account",
        "UPDATE member SET base_role = 'admin'", "UPDATE member SET event = 1",
        "INSERT INTO role (id, key, key_key, name, name_key, description, base_permissions, created_at, version, event, policy) VALUES ('r', 'r', 'r', 'r', 'r', '', 'reader', 1, 1, 1, '[]')",
        "INSERT INTO secret VALUES ('s', 'token-1', zeroblob(32), 1, 1, NULL, 1)",
        "INSERT INTO token_role VALUES ('token-1', 0, 'role-1', 1)",
        "INSERT INTO team VALUES (1, 'k', 'n', '{}', 1)",
        "UPDATE secret SET valid_until = NULL",
    ])
    func `the tables themselves refuse what no event stands for`(sql: String) throws {
        let store = try Store.founded(at: folder["patrol.db"])
        try store.apply(
            .insertRole(Made.role(1)), .insertToken(Made.token(1)),
            .insertSecret(
                StoredSecret(
                    id: "z", token: Made.token(1).id, hash: RandomBytes.make(count: 32),
                    keyVersion: 1, createdAt: Made.start, validUntil: Made.start)))
        _ = try store.write { w throws(StorageError) in try w.record(Made.ruling()) }
        let connection = try store.opening.connect(mayWrite: true)
        let error = #expect(throws: StorageError.self) { try connection.execute(sql) }
        guard case .sql(let code, _) = error else {
            Issue.record("not refused by a constraint")
            return
        }
        #expect(code & 0xFF == 19)
        #expect(try store.verifyAudit().isWhole)
    }

    /// Whoever opens the file with another program can take the triggers away; the log still tells.
    @Test(arguments: [
        ("UPDATE audit SET payload = CAST(replace(payload, 'token', 'tokem') AS BLOB) WHERE seq = 3", [3]),
        ("UPDATE audit SET actor = 'nobody' WHERE seq = 3", [3]),
        ("UPDATE audit SET is_refused = 1 WHERE seq = 3", [3]),
        ("UPDATE audit SET at = at - 1 WHERE seq = 3", [3]),
        ("UPDATE audit SET chain = zeroblob(32) WHERE seq = 3", [3, 4]),
        ("UPDATE audit_body SET body = CAST(replace(body, 'Ada', 'Eve') AS BLOB) WHERE seq = 3", [3]),
        ("DELETE FROM audit_body WHERE seq = 3; DELETE FROM audit WHERE seq = 3", [4]),
        ("UPDATE audit SET seq = 9 WHERE seq = 5", [9]),
    ])
    func `verifying names the entries that were tampered with`(sql: String, places: [Int64]) throws {
        let store = try Store.founded(at: folder["patrol.db"])
        for _ in 0..<4 { _ = try store.write { w throws(StorageError) in try w.record(Made.ruling()) } }
        #expect(try store.verifyAudit() == AuditVerdict(entries: 5, faults: []))
        try spoil(store, sql)
        #expect(try Set(store.verifyAudit().faults.map(\.sequence)) == Set(places))
    }

    @Test(arguments: [
        "UPDATE audit SET payload = CAST(replace(payload, 'token', 'tokem') AS BLOB) WHERE seq = 3",
        "UPDATE audit SET chain = zeroblob(32) WHERE seq = 3",
        "UPDATE audit SET chain = zeroblob(32) WHERE seq = 2",
    ])
    func `nothing is added to a log whose end was tampered with`(sql: String) throws {
        let store = try Store.founded(at: folder["patrol.db"])
        for _ in 0..<2 { _ = try store.write { w throws(StorageError) in try w.record(Made.ruling()) } }
        try spoil(store, sql)
        #expect(throws: StorageError.auditBroken(sequence: 3)) {
            try store.apply(.insertMember(Made.member(1)))
        }
        #expect(try store.read { r throws(StorageError) in try r.lastSequence() } == 3)
    }

    private func spoil(_ store: Store, _ sql: String) throws {
        let connection = try store.opening.connect(mayWrite: true)
        try connection.execute(
            """
            PRAGMA foreign_keys = OFF;
            DROP TRIGGER audit_not_updated; DROP TRIGGER audit_not_deleted;
            DROP TRIGGER audit_body_not_updated; DROP TRIGGER audit_body_not_deleted;
            """)
        try connection.execute(sql)
    }
}

extension Store {
    /// A digest of everything but the log, in a fixed order.
    func stateDigest() throws -> [UInt8] {
        let tables = [
            "account", "member", "member_role", "role", "base_role", "team", "team_member",
            "team_role", "token", "token_role", "secret", "usage", "past_entry", "tally",
        ]
        var digest: [UInt8] = []
        for table in tables {
            let columns = try reader.rows(
                "SELECT group_concat('quote(' || name || ')', '||') FROM pragma_table_info(?)",
                [.text(table)]
            ) { row throws(StorageError) in try row.text(0) }
            for row in try reader.rows(
                "SELECT \(columns[0]) AS line FROM \(table) ORDER BY line", []
            , { row throws(StorageError) in try row.text(0) }) {
                digest = SHA256.digest(of: digest, and: Array(row.utf8))
            }
        }
        return digest
    }
}
