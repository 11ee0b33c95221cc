import Testing

@testable import PatrolDomain

/// The token that a rule has nothing to say about, with one thing changed.
struct Case: Sendable, CustomTestStringConvertible {
    var name = "nightly export"
    var purpose = "copies flags to the warehouse"
    var kind = AccessToken.Kind.personal
    var scope = Scope.base(.reader)
    /// In days from the creation of the token.
    var age = 1
    var expiresAfter: Int? = 365
    var usedAfter: Int? = 0
    var useKnownFor: Int?
    var isDeleted = false
    var isPending = false
    var ownerRemovedAfter: Int?
    var isOwnerKnown = true
    var ownerRole = BaseRole.writer
    /// How long it counts as used.
    var recent: Int?

    var testDescription: String { "\(kind) \(scope), \(age) days old" }

    var token: AccessToken {
        get throws {
            let id = try #require(TokenID("t1"))
            let owner = kind == .accountWide ? nil : try memberID("kim")
            return AccessToken(
                id: id, kind: kind, origin: .created, name: name, purpose: purpose, owner: owner, scope: scope,
                createdAt: start, expiresAt: expiresAfter.map { start + .days($0) },
                lastUsedAt: usedAfter.map { start + .days($0) },
                useKnownUntil: useKnownFor.map { start + .days($0) }, networks: NetworkLimit("192.0.2.0/24"),
                deletedAt: isDeleted ? start : nil)
        }
    }

    func judged(after span: TimeSpan? = nil) throws -> Judgement {
        let owner = try member(
            ownerRole, isPending: isPending, removedAt: ownerRemovedAfter.map { start + .days($0) })
        let isOwned = isOwnerKnown && kind != .accountWide
        let scope = kind == .accountWide
            ? nil : Authority(of: self.scope, roles: [:], owner: owner, teams: [])
        return Hygiene.judge(
            try token, owner: isOwned ? owner : nil, scope: scope,
            behind: isOwned ? Authority(of: owner, roles: [:], teams: []) : nil,
            facts: HygieneFacts(settings: HygieneSettings(overrides: recent.map { [.recent: $0] } ?? [:])),
            at: start + (span ?? .days(age)))
    }
}

/// `Case` with some fields set.
private func a(_ change: (inout Case) -> Void) -> Case {
    var made = Case()
    change(&made)
    return made
}

private func inline(_ lines: String...) -> Scope {
    .inline((try? policy(lines)) ?? Policy(statements: []))
}

@Suite struct HygieneTests {
    @Test func `a good token is clean`() throws {
        let judgement = try Case().judged()
        #expect(judgement.findings.isEmpty && judgement.risk == .clean)
    }

    @Test(arguments: [
        (a { $0.kind = .accountWide; $0.scope = .account }, HygieneRule.accountWide, Severity.critical),
        (a { $0.scope = .base(.admin); $0.ownerRole = .owner }, .adminScope, .high),
        (a { $0.scope = .base(.admin); $0.ownerRole = .owner; $0.expiresAfter = nil }, .adminScope, .critical),
        (a { $0.scope = .base(.owner); $0.ownerRole = .owner }, .adminScope, .high),
        (a { $0.scope = inline("A * @ proj/web:env/test:flag/*", "A viewProject @ proj/*") }, .wildcardPolicy, .high),
        (a { $0.scope = inline("A updateOn @ *"); $0.ownerRole = .owner }, .wildcardPolicy, .high),
        (a { $0.scope = inline("A !deleteFlag @ proj/web:env/*:flag/*") }, .wildcardPolicy, .high),
        (a { $0.scope = inline("A updateOn @ !proj/web:env/*:flag/*") }, .wildcardPolicy, .high),
        (a { $0.usedAfter = nil; $0.age = 15 }, .neverUsed, .medium),
        (a { $0.usedAfter = nil; $0.age = 15; $0.scope = .base(.admin); $0.ownerRole = .owner }, .neverUsed, .high),
        (a { $0.usedAfter = nil; $0.age = 30; $0.useKnownFor = 15 }, .neverUsed, .medium),
        (a { $0.age = 91 }, .unused, .medium),
        (a { $0.age = 91; $0.scope = .base(.writer) }, .unused, .high),
        (a { $0.age = 100; $0.useKnownFor = 91 }, .unused, .medium),
        (a { $0.expiresAfter = nil }, .noExpiry, .medium),
        (a { $0.expiresAfter = nil; $0.scope = .base(.writer) }, .noExpiry, .high),
        (a { $0.expiresAfter = nil; $0.scope = inline("A view* @ proj/*") }, .noExpiry, .medium),
        (a { $0.expiresAfter = nil; $0.scope = inline("A v* @ proj/*") }, .noExpiry, .high),
        (a { $0.expiresAfter = 91; $0.age = 61; $0.usedAfter = 60 }, .expiringSoon, .low),
        (a { $0.expiresAfter = 15 }, .expiringSoon, .medium),
        (a { $0.expiresAfter = 8 }, .expiringSoon, .high),
        (a { $0.expiresAfter = 1 }, .expired, .low),
        (a { $0.ownerRemovedAfter = 1 }, .ownerRemoved, .critical),
        (a { $0.isOwnerKnown = false }, .ownerRemoved, .critical),
        (a { $0.ownerRemovedAfter = 1; $0.kind = .service }, .ownerRemoved, .critical),
        (a { $0.isPending = true }, .ownerPending, .high),
        (a { $0.scope = .base(.writer); $0.ownerRole = .reader }, .sleepingPrivilege, .medium),
        (a { $0.scope = inline("A updateOn @ proj/*:env/*:flag/*", "A viewProject @ proj/*"); $0.ownerRole = .reader },
            .sleepingPrivilege, .medium),
        (a { $0.name = "ci" }, .unclearName, .low),
        (a { $0.name = "Test 2" }, .unclearName, .low),
        (a { $0.name = "asdfgh" }, .unclearName, .low),
        (a { $0.name = "2024" }, .unclearName, .low),
        (a { $0.purpose = " " }, .missingPurpose, .low),
    ]) func `a rule says so`(made: Case, rule: HygieneRule, severity: Severity) throws {
        let judgement = try made.judged()
        let finding = judgement.findings.first { $0.rule == rule }
        #expect(finding?.severity == severity, "\(judgement.findings)")
        #expect(judgement.risk.holds(rule))
    }

    @Test(arguments: [
        (a { $0.isDeleted = true; $0.name = "x"; $0.expiresAfter = nil }, nil),
        (a { $0.scope = inline("A updateOn @ proj/web:env/*:flag/*", "A view* @ *") }, HygieneRule.wildcardPolicy),
        (a { $0.scope = inline("D * @ *") }, .wildcardPolicy),
        (a { $0.scope = .base(.writer) }, .wildcardPolicy),
        (a { $0.usedAfter = nil; $0.age = 14 }, .neverUsed),
        (a { $0.usedAfter = nil; $0.age = 60; $0.useKnownFor = 14 }, .neverUsed),
        (a { $0.usedAfter = nil; $0.age = 60; $0.useKnownFor = 29 }, .neverUsed),
        (a { $0.age = 90 }, .unused),
        (a { $0.age = 100; $0.useKnownFor = 90 }, .unused),
        (a { $0.age = 122; $0.useKnownFor = 91 }, .unused),
        (a { $0.expiresAfter = 91; $0.age = 60; $0.usedAfter = 60 }, .expiringSoon),
        (a { $0.expiresAfter = 30; $0.age = 0 }, .expiringSoon),
        (a { $0.expiresAfter = 90; $0.age = 61; $0.usedAfter = 60 }, .expiringSoon),
        (a { $0.expiresAfter = 2 }, .expired),
        (a { $0.scope = .base(.writer) }, .sleepingPrivilege),
        (a { $0.scope = .base(.writer); $0.ownerRole = .reader; $0.ownerRemovedAfter = 1 }, .sleepingPrivilege),
        (a { $0.name = "名前" }, .unclearName),
        (a { $0.name = "newsletter" }, .unclearName),
    ]) func `a rule says nothing`(made: Case, rule: HygieneRule?) throws {
        let judgement = try made.judged()
        if let rule {
            #expect(!judgement.risk.holds(rule), "\(judgement.findings)")
        } else {
            #expect(judgement == .clean)
        }
    }

    @Test(arguments: [
        // What is silent, and for how long before the rule speaks; how it ends.
        (a { $0.usedAfter = nil }, HygieneRule.neverUsed, 14, nil, 1),
        (Case(), .unused, 90, nil, 1),
        (a { $0.expiresAfter = 60; $0.usedAfter = 45; $0.recent = 30 }, .expiringSoon, 46, 60, 0),
        (a { $0.expiresAfter = 120; $0.usedAfter = 90; $0.recent = 30 }, .expiringSoon, 90, 120, 0),
        (a { $0.expiresAfter = 60; $0.usedAfter = 59 }, .expired, 60, nil, 0),
        (a { $0.useKnownFor = 95; $0.expiresAfter = nil }, .unused, 90, 125, 1),
    ] as [(Case, HygieneRule, Int, Int?, Int64)])
    func `a rule speaks from one moment to another`(
        made: Case, rule: HygieneRule, from: Int, until: Int?, moments: Int64
    ) throws {
        let moment = TimeSpan(milliseconds: 1)
        let first = TimeSpan(milliseconds: TimeSpan.days(from).milliseconds + moments)
        let before = TimeSpan(milliseconds: first.milliseconds - moment.milliseconds)
        #expect(try !made.judged(after: before).risk.holds(rule))
        #expect(try made.judged(after: first).risk.holds(rule))
        if let until {
            let end = TimeSpan(milliseconds: TimeSpan.days(until).milliseconds + moments)
            let last = TimeSpan(milliseconds: end.milliseconds - moment.milliseconds)
            #expect(try made.judged(after: last).risk.holds(rule))
            #expect(try !made.judged(after: end).risk.holds(rule))
        }
    }

    @Test func `the evidence names the fact`() throws {
        let evidence = try a {
            $0.scope = inline("A viewProject @ proj/*", "A * @ proj/*:env/*:flag/*")
            $0.ownerRole = .reader
            $0.ownerRemovedAfter = nil
        }.judged().findings.map(\.evidence)
        let inlinePolicy = GrantName("inline policy", source: .inlinePolicy)
        #expect(evidence.contains(.statement(1, of: inlinePolicy)))
        let withheld = try request("updateOn", "proj/any:env/any:flag/any")
        #expect(evidence.contains(.withheld(withheld)))
    }

    @Test func `nobody is said to be removed on a day that is made up`() throws {
        let id = try memberID("left")
        let unknown = Member(
            id: id, email: Member.unknownAddress(id), baseRole: .noAccess, isPending: false, createdAt: start,
            removedAt: start + .days(1))
        let judgement = Hygiene.judge(try Case().token, owner: unknown, scope: nil, behind: nil, at: start + .days(2))
        #expect(judgement.findings.first { $0.rule == .ownerRemoved }?.evidence == .plain)
    }

    @Test func `the worst finding decides the order, then how many there are`() throws {
        let clean = try Case().judged().risk.score
        let oneLow = try a { $0.purpose = "" }.judged().risk.score
        let twoLow = try a { $0.purpose = ""; $0.name = "x" }.judged().risk.score
        let medium = try a { $0.expiresAfter = nil }.judged().risk.score
        let critical = try a { $0.kind = .accountWide; $0.scope = .account }.judged()
        #expect(0 == clean && clean < oneLow && oneLow < twoLow && twoLow < medium)
        #expect(medium < critical.risk.score && critical.risk.score <= Int(Int32.max))
        #expect(critical.findings.first?.rule == .accountWide && critical.risk.worst == .critical)
    }

    @Test func `every rule has a word, a number and a remedy of its own`() {
        #expect(Set(HygieneRule.allCases.map(\.word)).count == HygieneRule.allCases.count)
        #expect(Set(HygieneRule.allCases.map(\.code)).count == HygieneRule.allCases.count)
        for rule in HygieneRule.allCases {
            #expect(HygieneRule(word: rule.word) == rule)
            #expect(rule.remedy(for: .service) != .editScope)
        }
        #expect(HygieneRule(word: "nothing") == nil)
        #expect(HygieneRule.unclearName.remedy == .editName)
    }
}
