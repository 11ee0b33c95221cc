import PatrolDomain
import PatrolOperations
import PatrolStorage
import PatrolTestSupport
import Testing

/// What the rules said is right after whatever it rests on changed, without judging all from nothing.
@Suite struct CurrencyTests {
    @Test func `changed thresholds are in force at once, for every token`() throws {
        let account = try TestAccount()
        let token = try account.createToken(.base(.writer), expiresIn: .days(60)).token
        #expect(try !rules(of: token, account).contains(.longLifetime))
        let before = try account.patrol.settings()
        var hygiene = before.hygiene
        hygiene.overrides[.lifetimeWriting] = 59
        let outcome = try account.patrol.perform(
            .changeSettings(ChangeSettings(hygiene: hygiene, version: before.version)), as: account.ada)
        #expect(outcome.entry.changes == [FieldChange("lifetime.write", before: "90", after: "59")])
        #expect(try rules(of: token, account).contains(.longLifetime))
        let reread = try account.reopened().settings()
        #expect(reread.hygiene == hygiene && reread.version == before.version + 1)
    }

    @Test func `settings that changed meanwhile are not written over`() throws {
        let account = try TestAccount()
        var hygiene = HygieneSettings(profile: .strict)
        _ = try account.patrol.perform(.changeSettings(ChangeSettings(hygiene: hygiene, version: 1)), as: account.ada)
        hygiene.overrides[.hoard] = 5
        let late = try account.patrol.perform(.changeSettings(ChangeSettings(hygiene: hygiene, version: 1)), as: account.ada)
        #expect(late.refusal?.code == "changedMeanwhile")
        hygiene.overrides[.hoard] = 0
        let bad = try account.patrol.perform(.changeSettings(ChangeSettings(hygiene: hygiene, version: 2)), as: account.ada)
        #expect(bad.refusal == .thresholdOutOfRange(.hoard, 0))
        let same = try account.patrol.perform(
            .changeSettings(ChangeSettings(hygiene: HygieneSettings(profile: .strict), version: 2)), as: account.ada)
        #expect(same.refusal == .nothingToChange)
        #expect(try account.patrol.settings().hygiene == HygieneSettings(profile: .strict))
    }

    @Test func `only who runs the account sets thresholds and suppresses`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .writer)
        let token = try account.createToken(expiresIn: nil, by: kim).token
        let outcome = try account.patrol.perform(
            .changeSettings(ChangeSettings(hygiene: HygieneSettings(profile: .strict), version: 1)), as: kim)
        #expect(outcome.refusal?.code == "notPermitted")
        #expect(try suppress(token, .noExpiry, in: account, by: kim)?.code == "notPermitted")
        #expect(try account.patrol.suppressions(of: token.id).isEmpty)
    }

    @Test func `a suppressed finding does not count, and comes back at its end`() throws {
        let account = try TestAccount()
        let token = try account.createToken(expiresIn: nil).token
        #expect(try rules(of: token, account) == [.noExpiry])
        #expect(try suppress(token, .noExpiry, in: account) == nil)
        #expect(try rules(of: token, account).isEmpty)
        let detail = try #require(try account.patrol.tokenDetail(token.id))
        #expect(detail.findings.isEmpty && detail.suppressed.map(\.suppression.reason) == ["moves in spring"])
        account.clock.now = account.clock.now + .days(31)
        #expect(try rules(of: token, account).contains(.noExpiry))
    }

    @Test func `a suppression that is lifted is over at once`() throws {
        let account = try TestAccount()
        let token = try account.createToken(expiresIn: nil).token
        #expect(try suppress(token, .noExpiry, in: account) == nil)
        let version = try #require(try account.patrol.token(token.id)).version
        let lifted = try account.patrol.perform(
            .liftSuppression(token.id, rule: .noExpiry, version: version), as: account.ada)
        #expect(lifted.refusal == nil && lifted.entry.name == "token.suppressionLifted")
        #expect(try rules(of: token, account) == [.noExpiry])
        let again = try account.patrol.perform(
            .liftSuppression(token.id, rule: .noExpiry, version: version + 1), as: account.ada)
        #expect(again.refusal == .notSuppressed(.noExpiry))
    }

    @Test(arguments: [0, 401, 10]) func `a suppression has an end within 400 days, and a reason`(days: Int) throws {
        let account = try TestAccount()
        let token = try account.createToken(expiresIn: nil).token
        let reason = days == 10 ? " " : "moves in spring"
        let refusal = try suppress(token, .noExpiry, in: account, for: .days(days), reason: reason)
        #expect(["dayInThePast", "suppressionTooLong", "badText"].contains(refusal?.code ?? ""))
    }

    @Test func `the eleventh token of somebody is a finding of all of them, until one goes`() throws {
        let account = try TestAccount()
        var tokens = [try account.createToken().token]
        for place in 1..<11 { tokens.append(try account.createToken(name: "export \(place)").token) }
        #expect(try rules(of: tokens[0], account) == [.duplicate])
        _ = try account.patrol.perform(.deleteToken(tokens[10].id, version: 1), as: account.ada)
        #expect(try rules(of: tokens[0], account).isEmpty)
    }

    @Test func `what is recorded by the hour is judged when it comes`() throws {
        let account = try TestAccount()
        let token = try account.createToken().token
        #expect(try rules(of: token, account).isEmpty)
        try account.count([
            HourOfUse(
                of: token.id, at: account.clock.now, action: Action("viewProject"), network: "192.0.2.0/24",
                outcome: .allowed, calls: 1),
            HourOfUse(
                of: token.id, at: account.clock.now + TimeSpan(milliseconds: 30_000), action: Action("viewProject"),
                network: "198.51.100.0/24", outcome: .allowed, calls: 1),
        ])
        account.clock.now = account.clock.now + .minutes(1)
        #expect(try rules(of: token, account) == [.shared])
        account.clock.now = account.clock.now + .days(8)
        #expect(try !rules(of: token, account).contains(.shared))
    }

    @Test func `a signal is judged when it comes`() throws {
        let account = try TestAccount()
        let token = try account.createToken().token
        #expect(try rules(of: token, account).isEmpty)
        try account.noteLeak(of: token)
        #expect(try rules(of: token, account) == [.leaked])
        account.clock.now = account.clock.now + .minutes(1)
        let version = try #require(try account.patrol.token(token.id)).version
        _ = try account.patrol.perform(
            .rotateToken(RotateToken(token: token.id, version: version, oldSecretUntil: nil)), as: account.ada)
        #expect(try rules(of: token, account).isEmpty)
    }

    /// Half the account looked unused when the clock of the machine was set half a year ahead.
    @Test func `a clock that jumped makes no token unused`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken(expiresIn: .days(365))
        _ = try account.reason(secret, Request(Action("viewProject"), on: Resource(segments: [.init(type: "proj", key: "web")])))
        let idle = try account.createToken(expiresIn: .days(365)).token
        #expect(try rules(of: token, account).isEmpty)
        account.clock.now = account.clock.now + .days(180)
        #expect(try rules(of: token, account).isDisjoint(with: [.unused, .neverUsed]))
        // Somebody does something by the wrong time.
        try account.createToken(name: "another one")
        #expect(try rules(of: token, account).isDisjoint(with: [.unused, .neverUsed]))
        #expect(try rules(of: idle, account).isDisjoint(with: [.unused, .neverUsed]))
        let detail = try #require(try account.patrol.tokenDetail(idle.id))
        #expect(detail.withheld.map(\.rule) == [.neverUsed])
    }

    private func rules(of token: AccessToken, _ account: TestAccount) throws -> Set<HygieneRule> {
        while try account.patrol.refreshRisks() {}
        let rows = try account.patrol.tokens(PageRequest(limit: 50)).items.map(\.row)
        let risk = try #require(rows.first { $0.token.id == token.id }).risk
        let shown = try #require(try account.patrol.tokenDetail(token.id)).row.risk
        #expect(risk == shown, "the list and the detail agree")
        return Set(HygieneRule.allCases.filter(risk.holds))
    }

    private func suppress(
        _ token: AccessToken, _ rule: HygieneRule, in account: TestAccount, by session: Session? = nil,
        for span: TimeSpan = .days(30), reason: String = "moves in spring"
    ) throws -> Refusal? {
        try account.patrol.perform(
            .suppressFinding(
                SuppressFinding(
                    token: token.id, version: token.version, rule: rule, reason: reason, endsAt: account.clock.now + span)),
            as: session ?? account.ada
        ).refusal
    }
}

extension TestAccount {
    fileprivate func count(_ hours: [HourOfUse]) throws {
        var batch = UseBatch()
        batch.hours = hours
        try patrol.countUse(batch)
    }

    fileprivate func noteLeak(of token: AccessToken) throws {
        let now = clock.now
        try Store(opening: location.database).write { transaction throws(StorageError) in
            try transaction.countSignal(.leaked, of: token.id, at: now)
        }
    }
}
