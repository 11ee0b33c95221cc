/// A token with all that the rules of hygiene look at.
struct Subject {
    let token: AccessToken
    let owner: Member?
    let scope: Authority?
    let behind: Authority?
    let facts: HygieneFacts
    let catalogue: Catalogue
    let now: Timestamp
    let mayWrite: Bool
    /// A base role of its scope that may do what an admin may.
    let adminRole: BaseRole?

    init(
        _ token: AccessToken, owner: Member?, scope: Authority?, behind: Authority?, facts: HygieneFacts,
        catalogue: Catalogue, at now: Timestamp
    ) {
        self.token = token
        self.owner = owner
        self.scope = token.kind == .accountWide ? nil : scope
        self.behind = behind
        self.facts = facts
        self.catalogue = catalogue
        self.now = now
        mayWrite = self.scope?.mayWrite ?? true
        if case .base(let role) = token.scope, role == .admin || role == .owner { adminRole = role } else { adminRole = nil }
    }

    var settings: HygieneSettings { facts.settings }
    /// For which times its use is on record.
    var telemetry: Telemetry.Record { (facts.telemetry ?? .whole(until: now)).record(of: token) }
    var isAdmin: Bool { scope == nil || adminRole != nil }

    /// Whether somebody's rights limit what it may do.
    var isSomebodyBehind: Bool {
        switch token.kind {
        case .accountWide: false
        case .service: true
        case .personal: owner?.standing == .active
        }
    }

    /// Whether its scope and the person behind it have to be compared.
    var isJudgedByPair: Bool { token.deletedAt == nil && !token.isExpired(at: now) && isSomebodyBehind }

    /// Whether it may do this now, as far as its scope and the person behind it go.
    func allows(_ request: Request) -> Bool {
        guard let scope else { return true }
        return scope.decide(request).isAllowed && (behind?.decide(request).isAllowed ?? false)
    }

    /// What use the rules about use look at.
    var basis: UseBasis? {
        guard let use = facts.use else { return nil }
        let start = max(now - settings.span(.window), recordedSince)
        return UseBasis(days: max((now - start).wholeDays, 0), calls: use.calls, minimumCalls: settings[.minimumCalls])
    }

    /// From when its use is on record by the hour and its scope was what it is.
    var recordedSince: Timestamp {
        let granted = max(token.createdAt, token.formerScope?.changedAt ?? token.createdAt)
        return max(granted, telemetry.startedAt ?? facts.use?.firstAllowedAt ?? granted)
    }
}

/// What the rules say, while they say it.
struct Verdict {
    private(set) var findings: [Finding] = []
    private(set) var withheld: [WithheldRule] = []
    private(set) var dueAt: Timestamp?

    static let moment = TimeSpan(milliseconds: 1)

    mutating func add(
        _ rule: HygieneRule, _ severity: Severity, _ evidence: Finding.Evidence, basis: UseBasis? = nil
    ) {
        findings.append(Finding(rule, severity: severity, evidence: evidence, basis: basis))
    }

    mutating func withhold(_ rule: HygieneRule, _ gap: Telemetry.Gap) {
        withheld.append(WithheldRule(rule, gap: gap))
    }

    /// Time alone may change what is said, then.
    mutating func look(at moment: Timestamp) { dueAt = min(dueAt ?? moment, moment) }

    func holds(_ rule: HygieneRule) -> Bool { findings.contains { $0.rule == rule } }

    /// Powers that make each other worse: where two of them meet, each is one step worse.
    mutating func raiseWhatCoincides() {
        let places = findings.indices.filter { Self.coinciding.contains(findings[$0].rule) }
        guard places.count > 1 else { return }
        for place in places {
            findings[place].severity = Severity(rawValue: findings[place].severity.rawValue + 1) ?? .critical
        }
    }

    private static let coinciding: [HygieneRule] = [.adminScope, .noExpiry, .unpinned]
}
