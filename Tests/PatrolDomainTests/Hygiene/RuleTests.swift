import Testing

@testable import PatrolDomain

private typealias S = Situation

private func inline(_ lines: String...) -> Scope {
    .inline((try? policy(lines)) ?? Policy(statements: []))
}

/// Three networks and three clients within a week.
private let many = (0..<3).flatMap { place in
    (58...60).map { S.hour($0, place * 2, network: "192.0.\(place).0/24", client: "client\(place)") }
}

private let denials = (0..<5).map { place in
    S.hour(59, 5, action: "act\(place)", outcome: .denied, calls: 2, minute: place)
}

/// Only views, with a role that may write; enough calls for a verdict.
private let looking = S.daily(10...100)

@Suite struct RuleTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var story: String
        var rule: HygieneRule
        /// Nil: it says nothing.
        var severity: Severity?
        var situation: @Sendable () -> Situation
        var testDescription: String { "\(rule.code): \(story)" }

        init(
            _ rule: HygieneRule, _ severity: Severity?, _ story: String,
            _ change: @escaping @Sendable (inout Situation) -> Void
        ) {
            self.rule = rule
            self.severity = severity
            self.story = story
            situation = { PatrolDomainTests.situation(change) }
        }
    }

    static let rows: [Row] = [
        Row(.adminScope, .critical, "worse without an end") { $0.scope = .base(.admin); $0.expiresAfter = nil },
        Row(.noExpiry, .critical, "worse with admin rights") { $0.scope = .base(.admin); $0.expiresAfter = nil },
        Row(.noExpiry, .high, "alone") { $0.scope = .base(.writer); $0.expiresAfter = nil },
        Row(.selfEscalating, .high, "may edit roles") { $0.scope = inline("A updatePolicy @ role/dev-*") },
        Row(.selfEscalating, .high, "may make service tokens") { $0.scope = inline("A createAccessToken @ service-token/*") },
        Row(.selfEscalating, nil, "the owner could not") { $0.scope = inline("A updatePolicy @ role/*"); $0.ownerRole = .writer },
        Row(.selfEscalating, nil, "flags only") { $0.scope = inline("A update* @ proj/*:env/*:flag/*") },
        Row(.selfEscalating, nil, "an admin token is found by another rule") { $0.scope = .base(.admin) },
        Row(.longLifetime, .medium, "a year and a day") { $0.expiresAfter = 366 },
        Row(.longLifetime, nil, "a year, looking") { $0.expiresAfter = 365 },
        Row(.longLifetime, nil, "a year and some hours of its last day") { $0.expiresLater = 23 },
        Row(.longLifetime, .medium, "a year and the hours of a day") { $0.expiresLater = 24 },
        Row(.longLifetime, .medium, "91 days, writing") { $0.expiresAfter = 91; $0.scope = .base(.writer) },
        Row(.longLifetime, nil, "90 days, writing") { $0.expiresAfter = 90; $0.scope = .base(.writer) },
        Row(.longLifetime, .medium, "strict: 91 days, looking") { $0.expiresAfter = 91; $0.settings.profile = .strict },
        Row(.rotationOverdue, .medium, "181 days") { $0.age = 181; $0.facts.secrets = [S.secret("a", since: 0)] },
        Row(.rotationOverdue, nil, "180 days") { $0.age = 180; $0.facts.secrets = [S.secret("a", since: 0)] },
        Row(.rotationOverdue, nil, "rotated since") {
            $0.age = 181; $0.facts.secrets = [S.secret("a", since: 0, until: 101), S.secret("b", since: 100)]
        },
        Row(.rotationOverdue, .medium, "strict: 91 days") {
            $0.age = 91; $0.settings.profile = .strict; $0.facts.secrets = [S.secret("a", since: 0)]
        },
        Row(.rotationOverdue, nil, "no secret here") { $0.age = 300 },
        Row(.neverUsed, .medium, "strict: 8 days") { $0.usedAfter = nil; $0.age = 8; $0.settings.profile = .strict },
        Row(.neverUsed, nil, "8 days") { $0.usedAfter = nil; $0.age = 8 },
        Row(.unused, .medium, "strict: 46 days") { $0.age = 46; $0.settings.profile = .strict },
        Row(.unused, .medium, "60 days by setting") { $0.age = 61; $0.settings.overrides = [.unused: 60] },
        Row(.unused, nil, "46 days") { $0.age = 46 },
        Row(.overPrivileged, .medium, "writes granted, only looks") {
            $0.age = 100; $0.scope = .base(.writer); $0.hours = looking; $0.usedAfter = 100
        },
        Row(.overPrivileged, .high, "an admin that only looks") {
            $0.age = 100; $0.scope = .base(.admin); $0.hours = looking; $0.usedAfter = 100
        },
        Row(.overPrivileged, nil, "too few calls") {
            $0.age = 100; $0.scope = .base(.writer); $0.hours = Array(looking.suffix(19)); $0.usedAfter = 100
        },
        Row(.overPrivileged, nil, "too young") {
            $0.age = 29; $0.scope = .base(.writer); $0.hours = S.daily(0...29); $0.usedAfter = 29
        },
        Row(.overPrivileged, nil, "does what it may") {
            $0.age = 100; $0.scope = inline("A updateOn @ proj/*:env/*:flag/*", "A viewProject @ proj/*")
            $0.hours = S.daily(10...100, action: "updateOn", on: "proj/web:env/prod:flag/a"); $0.usedAfter = 100
        },
        Row(.overreach, .medium, "one of five projects") {
            $0.age = 100; $0.hours = looking; $0.usedAfter = 100
            $0.facts.places = (["web"] + (0..<4).map { "p\($0)" }).compactMap { try? Resource(parsing: "proj/\($0)") }
        },
        Row(.overreach, nil, "one of four") {
            $0.age = 100; $0.hours = looking; $0.usedAfter = 100
            $0.facts.places = ["web", "a", "b", "c"].compactMap { try? Resource(parsing: "proj/\($0)") }
        },
        Row(.revived, .high, "after 60 days") { $0.age = 70; $0.hours = [S.hour(5), S.hour(65)]; $0.usedAfter = 65 },
        Row(.revived, nil, "after 59 days") { $0.age = 70; $0.hours = [S.hour(6), S.hour(65)]; $0.usedAfter = 65 },
        Row(.revived, nil, "more than a week ago") { $0.age = 73; $0.hours = [S.hour(5), S.hour(65)]; $0.usedAfter = 65 },
        Row(.revived, nil, "a refused call is no use") {
            $0.age = 70; $0.hours = [S.hour(5), S.hour(65, outcome: .denied)]; $0.usedAfter = 5
        },
        Row(.orphanService, .high, "a week after") { $0.kind = .service; $0.age = 9; $0.ownerRemovedAfter = 2 },
        Row(.orphanService, nil, "within the week") { $0.kind = .service; $0.age = 8; $0.ownerRemovedAfter = 2 },
        Row(.orphanService, nil, "a personal token") { $0.age = 9; $0.ownerRemovedAfter = 2 },
        Row(.shared, .medium, "three networks and clients") { $0.age = 61; $0.hours = many; $0.usedAfter = 60 },
        Row(.shared, .high, "that may write") { $0.age = 61; $0.hours = many; $0.usedAfter = 60; $0.scope = .base(.writer) },
        Row(.shared, nil, "two clients") { $0.age = 61; $0.hours = many.filter { $0.client != "client2" }; $0.usedAfter = 60 },
        Row(.shared, nil, "a week ago") { $0.age = 68; $0.hours = many; $0.usedAfter = 60 },
        Row(.shared, .medium, "two networks within a minute") {
            $0.age = 61; $0.usedAfter = 60
            $0.hours = [S.hour(60, network: "a", minute: 5), S.hour(60, network: "b", minute: 6)]
        },
        Row(.shared, nil, "two networks in two minutes") {
            $0.age = 61; $0.usedAfter = 60
            $0.hours = [S.hour(60, network: "a", minute: 5), S.hour(60, network: "b", minute: 7)]
        },
        Row(.newNetwork, .medium, "after two weeks of use") {
            $0.age = 21; $0.usedAfter = 20; $0.hours = S.daily(0...20) + [S.hour(20, 3, network: "198.51.100.0/24")]
        },
        Row(.newNetwork, nil, "while it is learnt") {
            $0.age = 14; $0.usedAfter = 13; $0.hours = S.daily(0...13) + [S.hour(13, 3, network: "198.51.100.0/24")]
        },
        Row(.newNetwork, .medium, "not seen for 30 days") {
            $0.age = 61; $0.usedAfter = 60; $0.hours = [S.hour(0, network: "x")] + S.daily(0...60) + [S.hour(60, 3, network: "x")]
        },
        Row(.newNetwork, nil, "seen 20 days ago") {
            $0.age = 61; $0.usedAfter = 60; $0.hours = [S.hour(40, network: "x")] + S.daily(0...60) + [S.hour(60, 3, network: "x")]
        },
        Row(.newClient, .low, "from a known network") {
            $0.age = 21; $0.usedAfter = 20; $0.hours = S.daily(0...20) + [S.hour(20, 3, client: "curl")]
        },
        Row(.newClient, .medium, "from a new network") {
            $0.age = 21; $0.usedAfter = 20; $0.hours = S.daily(0...20) + [S.hour(20, 3, network: "y", client: "curl")]
        },
        Row(.denialBurst, .high, "ten of five kinds within ten minutes") { $0.age = 60; $0.usedAfter = 59; $0.hours = denials },
        Row(.denialBurst, nil, "of four kinds") {
            $0.age = 60; $0.usedAfter = 59; $0.hours = Array(denials.prefix(4)) + [S.hour(59, 5, action: "act0", outcome: .denied, calls: 9)]
        },
        Row(.denialBurst, nil, "over an hour") {
            $0.age = 60; $0.usedAfter = 59
            $0.hours = (0..<5).map { S.hour(59, 5, action: "act\($0)", outcome: .denied, calls: 2, minutes: 50) }
        },
        Row(.retiredSecret, .critical, "one event") {
            $0.facts.signals = [TokenSignal(kind: .retiredSecret, firstAt: start, lastAt: start, count: 1)]
        },
        Row(.retiredSecret, nil, "rotated since") {
            $0.age = 2; $0.facts.secrets = [S.secret("b", since: 1)]
            $0.facts.signals = [TokenSignal(kind: .retiredSecret, firstAt: start, lastAt: start, count: 1)]
        },
        Row(.leaked, .critical, "even where it has expired") {
            $0.expiresAfter = 1; $0.facts.signals = [TokenSignal(kind: .leaked, firstAt: start, lastAt: start, count: 1)]
        },
        Row(.unsafePresentation, .high, "in a query string") {
            $0.age = 7; $0.facts.signals = [TokenSignal(kind: .inQuery, firstAt: start, lastAt: start, count: 3)]
        },
        Row(.unsafePresentation, nil, "longer ago than a week") {
            $0.age = 8; $0.facts.signals = [TokenSignal(kind: .inQuery, firstAt: start, lastAt: start, count: 3)]
        },
        Row(.rotationUnfinished, .medium, "past half of the overlap") {
            $0.age = 16; $0.usedAfter = 15; $0.hours = [S.hour(15, secret: "old")]
            $0.facts.secrets = [S.secret("old", since: 0, until: 20), S.secret("new", since: 10)]
        },
        Row(.rotationUnfinished, nil, "before half of it") {
            $0.age = 15; $0.usedAfter = 14; $0.hours = [S.hour(14, secret: "old")]
            $0.facts.secrets = [S.secret("old", since: 0, until: 20), S.secret("new", since: 10)]
        },
        Row(.rotationUnfinished, nil, "the old one rests") {
            $0.age = 16; $0.usedAfter = 9; $0.hours = [S.hour(9, secret: "old")]
            $0.facts.secrets = [S.secret("old", since: 0, until: 20), S.secret("new", since: 10)]
        },
        Row(.rotationUnfinished, .medium, "the old one is tried after its end") {
            $0.age = 26; $0.usedAfter = 9; $0.hours = [S.hour(9, secret: "old"), S.hour(21, secret: "old", outcome: .retired)]
            $0.facts.secrets = [S.secret("old", since: 0, until: 20), S.secret("new", since: 10)]
        },
        Row(.rotationUnfinished, nil, "tried more than a week ago") {
            $0.age = 29; $0.usedAfter = 9; $0.hours = [S.hour(9, secret: "old"), S.hour(21, secret: "old", outcome: .retired)]
            $0.facts.secrets = [S.secret("old", since: 0, until: 20), S.secret("new", since: 10)]
        },
        Row(.rotationUnfinished, nil, "another secret is tried") {
            $0.age = 26; $0.usedAfter = 9; $0.hours = [S.hour(21, secret: "other", outcome: .retired)]
            $0.facts.secrets = [S.secret("old", since: 0, until: 20), S.secret("new", since: 10)]
        },
        Row(.unpinned, .medium, "may change things") { $0.networks = nil; $0.scope = .base(.writer) },
        Row(.unpinned, .high, "and never ends") { $0.networks = nil; $0.scope = .base(.writer); $0.expiresAfter = nil },
        Row(.noExpiry, .critical, "worse from everywhere") { $0.networks = nil; $0.scope = .base(.writer); $0.expiresAfter = nil },
        Row(.adminScope, .critical, "worse from everywhere") { $0.networks = nil; $0.scope = .base(.admin) },
        Row(.unpinned, .medium, "of the whole account") { $0.networks = nil; $0.kind = .accountWide; $0.scope = .account },
        Row(.unpinned, nil, "only looks") { $0.networks = nil },
        Row(.unpinned, nil, "limited") { $0.scope = .base(.writer) },
        Row(.unpinned, nil, "checked elsewhere") { $0.networks = nil; $0.scope = .base(.writer); $0.origin = .imported },
        Row(.expiringSoon, nil, "not used for a week") { $0.expiresAfter = 20; $0.age = 8; $0.usedAfter = 0 },
        Row(.expiringSoon, nil, "never used") { $0.expiresAfter = 20; $0.age = 8; $0.usedAfter = nil },
        Row(.expiringSoon, .medium, "used six days ago") { $0.expiresAfter = 20; $0.age = 8; $0.usedAfter = 2 },
        Row(.duplicate, .low, "eleven tokens") { $0.facts.ownedTokens = 11 },
        Row(.duplicate, nil, "ten tokens") { $0.facts.ownedTokens = 10 },
        Row(.duplicate, .low, "a twin") { $0.facts.twin = TokenID("t2") },
        Row(.oldVersion, .low, "two behind") { $0.apiVersion = 20_210_729 },
        Row(.oldVersion, nil, "the newest") { $0.apiVersion = 20_240_415 },
        Row(.crossedLines, .medium, "prod and test") {
            $0.age = 8; $0.usedAfter = 7
            $0.hours = [S.hour(6, on: "proj/web:env/production"), S.hour(7, on: "proj/web;t:env/test:flag/x")]
        },
        Row(.crossedLines, nil, "prod twice") {
            $0.age = 8; $0.usedAfter = 7
            $0.hours = [S.hour(6, on: "proj/web:env/production"), S.hour(7, on: "proj/app:env/prod-eu")]
        },
        Row(.crossedLines, .medium, "a person with a service token") {
            $0.kind = .service; $0.age = 8; $0.usedAfter = 7; $0.hours = [S.hour(7, client: "Firefox")]
        },
        Row(.crossedLines, nil, "a person with his own") { $0.age = 8; $0.usedAfter = 7; $0.hours = [S.hour(7, client: "Firefox")] },
        Row(.reviewOverdue, .low, "181 days") { $0.age = 181; $0.usedAfter = 181; $0.facts.isReviewed = true },
        Row(.reviewOverdue, nil, "180 days") { $0.age = 180; $0.usedAfter = 180; $0.facts.isReviewed = true },
        Row(.reviewOverdue, .medium, "an admin token, 91 days") {
            $0.age = 91; $0.usedAfter = 91; $0.scope = .base(.admin); $0.facts.isReviewed = true
        },
        Row(.reviewOverdue, nil, "decided since") {
            $0.age = 181; $0.usedAfter = 181; $0.facts.isReviewed = true; $0.facts.lastReviewedAt = start + .days(100)
        },
        Row(.reviewOverdue, nil, "no review was ever held") { $0.age = 300; $0.usedAfter = 300 },
        Row(.expiringSoon, .low, "40 days by setting") {
            $0.expiresAfter = 100; $0.age = 60; $0.usedAfter = 60; $0.settings.overrides = [.expiringFirst: 40]
        },
    ]

    @Test(arguments: rows) func `a rule speaks or is silent`(row: Row) throws {
        let judgement = try row.situation().judged()
        let finding = judgement.findings.first { $0.rule == row.rule }
        #expect(finding?.severity == row.severity, "\(judgement.findings.map(\.rule))")
    }

    @Test func `every rule is tried`() {
        let tried = Set(Self.rows.filter { $0.severity != nil }.map(\.rule))
        let elsewhere: Set<HygieneRule> = [
            .accountWide, .wildcardPolicy, .sleepingPrivilege, .ownerRemoved, .ownerPending, .expired, .unclearName,
            .missingPurpose,
        ]
        #expect(tried.union(elsewhere) == Set(HygieneRule.allCases))
    }

    @Test func `what ends while it is used is judged again when it has rested for a week`() throws {
        let judgement = try situation { $0.expiresAfter = 20; $0.age = 8; $0.usedAfter = 2 }.judged()
        #expect(judgement.dueAt == start + .days(9) + TimeSpan(milliseconds: 1))
    }

    @Test func `the networks of a month of use are shown, to limit it to them`() throws {
        let evidence = try situation {
            $0.networks = nil; $0.scope = .base(.writer); $0.age = 60; $0.usedAfter = 59
            $0.hours = [S.hour(20, network: "203.0.113.0/24")] + S.daily(31...59) + [S.hour(40, network: "2001:db8::/48")]
        }.judged().findings.first { $0.rule == .unpinned }?.evidence
        #expect(evidence == .networks(["192.0.2.0/24", "2001:db8::/48"]))
    }

    @Test func `the table has each rule once, in the order of its bits`() {
        #expect(RuleEntry.all.count == HygieneRule.allCases.count)
        for rule in HygieneRule.allCases {
            #expect(rule.entry.rule == rule)
            #expect(!rule.entry.severities.isEmpty && rule.entry.severities == rule.entry.severities.sorted())
        }
        let catalogue = (1...30).map { "HYG-\($0 < 10 ? "0" : "")\($0)" }
        #expect(RuleEntry.all.map(\.code).prefix(30) == catalogue[...])
        #expect(Set(RuleEntry.all.flatMap(\.thresholds) + RuleEntry.guardThresholds) == Set(HygieneThreshold.allCases))
        let mask = RuleEntry.guarded.reduce(UInt64(0)) { $0 | 1 << UInt64($1.rawValue) }
        #expect(mask == 541_261_848, "as in the schema")
    }

    @Test func `thresholds are within their bounds in both profiles`() {
        for threshold in HygieneThreshold.allCases {
            #expect(threshold.measure.bounds.contains(threshold.measure.usual))
            #expect(threshold.measure.bounds.contains(threshold.measure.strict))
        }
    }
}
