/// What a token did not do. Silence counts only as far as use is on record: a gap in that, or a clock that
/// jumped, withholds these rules.
enum UseRules {
    static let entries = [
        RuleEntry(
            .neverUsed, "HYG-09", "never-used", .use, [.medium, .high], [.neverUsed], remedy: .flag, basis: .lastUse,
            standards: ["NHI1", "CISv8 5.3"]),
        RuleEntry(
            .unused, "HYG-10", "unused", .use, [.medium, .high], [.unused], remedy: .flag, basis: .lastUse,
            standards: ["CISv8 5.3", "CIS-AWS 2.11", "PCI 8.2.6", "800-53 AC-2(3)"]),
        RuleEntry(
            .overPrivileged, "HYG-11", "over-privileged", .use, [.medium, .high], [.window, .minimumCalls, .excess],
            remedy: .editScope, basis: .hours, standards: ["NHI5", "800-53 AC-6(7)", "CISv8 6.8"]),
        RuleEntry(
            .overreach, "HYG-12", "overreach", .use, [.medium], [.window, .minimumCalls, .touchedPlaces, .reachedPlaces],
            remedy: .editScope, basis: .hours, standards: ["NHI5"]),
        RuleEntry(
            .revived, "HYG-18", "revived", .use, [.high], [.dormant, .recent], remedy: .ask, basis: .hours,
            standards: ["CISv8 8.11"]),
    ]

    static func judge(_ subject: Subject, granted: () -> ActionsByExample?, into verdict: inout Verdict) {
        silence(subject, into: &verdict)
        revival(subject, into: &verdict)
        excess(subject, granted, into: &verdict)
    }

    /// How long what is known until then, and only then, says something about today.
    private static let day = TimeSpan.days(1)

    private static func silence(_ subject: Subject, into verdict: inout Verdict) {
        let (token, now, telemetry) = (subject.token, subject.now, subject.telemetry)
        let known = Recording(token, telemetry, at: now)
        let limit = subject.settings.span(token.lastUsedAt == nil ? .neverUsed : .unused)
        let silence = (token.lastUsedAt ?? token.createdAt) + limit
        guard known.isFresh, known.until > silence else {
            // Silence grows with time as far as use is known, and then stays as it was.
            let isGrowing = known.isFresh && (known.growsUntil.map { $0 > silence } ?? true)
            if isGrowing { verdict.look(at: silence < now ? now + .days(7) : silence + Verdict.moment) }
            return
        }
        let rule: HygieneRule = token.lastUsedAt == nil ? .neverUsed : .unused
        if let stale = known.staleAt { verdict.look(at: stale + Verdict.moment) }
        if let gap = known.gap(since: max(known.until - limit, token.lastUsedAt ?? token.createdAt)) {
            verdict.withhold(rule, gap)
            return verdict.look(at: max(gap.end + limit, now + day))
        }
        if let lastUsedAt = token.lastUsedAt {
            verdict.add(rule, subject.mayWrite ? .high : .medium, .lastUsedAt(lastUsedAt), basis: subject.basis)
        } else {
            let isWide = subject.isAdmin || verdict.holds(.wildcardPolicy)
            verdict.add(rule, isWide ? .high : .medium, .createdAt(token.createdAt), basis: subject.basis)
        }
    }

    private static func revival(_ subject: Subject, into verdict: inout Verdict) {
        let recent = subject.settings.span(.recent)
        guard let silence = subject.facts.use?.silence, subject.now - silence.until <= recent else { return }
        verdict.look(at: silence.until + recent + Verdict.moment)
        if let gap = subject.telemetry.gaps.last(where: { $0.end > silence.from && $0.start < silence.until }) {
            return verdict.withhold(.revived, gap)
        }
        verdict.add(
            .revived, .high, .revived(silentFrom: silence.from, at: silence.until), basis: subject.basis)
    }

    private static func excess(
        _ subject: Subject, _ granted: () -> ActionsByExample?, into verdict: inout Verdict
    ) {
        guard let use = subject.facts.use, let basis = subject.basis, subject.scope != nil else { return }
        let window = subject.settings.span(.window)
        let needed = max(TimeSpan.days(14), TimeSpan(milliseconds: window.milliseconds / 3))
        // Both grow and shrink as days go by, without any change.
        verdict.look(at: max(subject.recordedSince + needed, subject.now + day))
        guard subject.now - subject.recordedSince >= needed, use.calls >= subject.settings[.minimumCalls] else { return }
        if let gap = subject.telemetry.gap(since: max(subject.now - window, subject.recordedSince)) {
            verdict.withhold(.overPrivileged, gap)
            return verdict.withhold(.overreach, gap)
        }
        if let granted = granted() { overPrivilege(subject, use, granted, basis, into: &verdict) }
        overreach(subject, use, basis, into: &verdict)
    }

    private static func overPrivilege(
        _ subject: Subject, _ use: UseFacts, _ granted: ActionsByExample, _ basis: UseBasis, into verdict: inout Verdict
    ) {
        let unused = granted.unused(use.actions)
        guard !unused.isEmpty else { return }
        let percent = ActionsByExample.weight(unused) * 100 / max(ActionsByExample.weight(granted.granted), 1)
        let escalating = unused.filter(Escalation.isEscalating).sorted { $0.name < $1.name }
        let writes = unused.filter { !$0.isView }
        let onlyLooks = !writes.isEmpty && use.actions.keys.allSatisfy(\.isView)
        guard percent >= subject.settings[.excess] || !escalating.isEmpty || onlyLooks,
            let example = escalating.first ?? writes.min(by: { $0.name < $1.name })
                ?? unused.min(by: { $0.name < $1.name })
        else { return }
        verdict.add(
            .overPrivileged, escalating.isEmpty ? .medium : .high,
            .excess(percent: percent, unused: unused.count, granted: granted.granted.count, example: example), basis: basis)
    }

    private static func overreach(
        _ subject: Subject, _ use: UseFacts, _ basis: UseBasis, into verdict: inout Verdict
    ) {
        let places = Places(use, of: subject.facts.places, catalogue: subject.catalogue)
        let reached = places.reached { subject.allows($0) }
        guard reached >= subject.settings[.reachedPlaces], places.touched > 0,
            places.touched * 100 <= reached * subject.settings[.touchedPlaces]
        else { return }
        verdict.add(.overreach, .medium, .places(touched: places.touched, reached: reached), basis: basis)
    }
}

/// For how long a token's use is on record.
private struct Recording {
    let until: Timestamp
    /// Until when it goes on by itself, as time passes; nil: without end.
    let growsUntil: Timestamp?
    /// From when on it says nothing about today; nil: it is recorded now.
    let staleAt: Timestamp?
    let isFresh: Bool
    private let gaps: [Telemetry.Gap]

    init(_ token: AccessToken, _ telemetry: Telemetry.Record, at now: Timestamp) {
        let here = min(telemetry.knownUntil, now)
        let isLive = here == now
        guard let elsewhere = token.useKnownUntil else {
            self.init(
                until: here, growsUntil: nil, staleAt: isLive ? nil : here + Hygiene.useKnownFor, gaps: telemetry.gaps,
                at: now)
            return
        }
        // What another system knew, until it was imported; then what is recorded by the hour, if anything is.
        guard let start = telemetry.startedAt, here > elsewhere else {
            self.init(
                until: min(elsewhere, now), growsUntil: elsewhere, staleAt: elsewhere + Hygiene.useKnownFor, gaps: [],
                at: now)
            return
        }
        let between = start > elsewhere ? [Telemetry.Gap(start: elsewhere, end: start)] : []
        self.init(
            until: here, growsUntil: nil, staleAt: isLive ? nil : here + Hygiene.useKnownFor,
            gaps: between + telemetry.gaps.filter { $0.end > elsewhere }, at: now)
    }

    private init(
        until: Timestamp, growsUntil: Timestamp?, staleAt: Timestamp?, gaps: [Telemetry.Gap], at now: Timestamp
    ) {
        self.until = until
        self.growsUntil = growsUntil
        self.staleAt = staleAt
        self.gaps = gaps
        isFresh = staleAt.map { now <= $0 } ?? true
    }

    func gap(since start: Timestamp) -> Telemetry.Gap? { gaps.last { $0.end > start } }
}
