/// How long a token and its secret live.
enum LifeRules {
    static let entries = [
        RuleEntry(
            .noExpiry, "HYG-06", "no-expiry", .life, [.medium, .high, .critical], remedy: .setExpiry,
            standards: ["NHI7", "ASVS 13.3.4"]),
        RuleEntry(
            .longLifetime, "HYG-07", "lifetime", .life, [.medium], [.lifetimeWriting, .lifetimeReading],
            remedy: .setExpiry, standards: ["NHI7"]),
        RuleEntry(
            .rotationOverdue, "HYG-08", "rotation-overdue", .life, [.medium], [.rotation], remedy: .rotate,
            basis: .secrets, standards: ["NHI7", "CIS-AWS 2.12", "PCI 8.6.3"]),
        RuleEntry(
            .expiringSoon, "HYG-24", "expiring", .life, [.low, .medium, .high],
            [.expiringFirst, .expiringSecond, .expiringLast, .recent], remedy: .setExpiry, basis: .lastUse, standards: ["NHI7"]),
        RuleEntry(
            .rotationUnfinished, "HYG-25", "rotation-unfinished", .life, [.medium], [.overlap, .recent], remedy: .ask,
            basis: .hours, standards: ["NHI7"]),
        RuleEntry(.expired, "HYG-32", "expired", .life, [.low], remedy: .delete, standards: ["NHI1"]),
    ]

    static func judge(_ subject: Subject, into verdict: inout Verdict) {
        if let end = subject.token.expiresAt {
            ending(subject, end, into: &verdict)
        } else {
            verdict.add(.noExpiry, subject.mayWrite ? .high : .medium, .plain)
        }
        rotation(subject, into: &verdict)
    }

    private static func ending(_ subject: Subject, _ end: Timestamp, into verdict: inout Verdict) {
        let lifetime = end - subject.token.createdAt
        let limit = subject.settings.span(subject.mayWrite ? .lifetimeWriting : .lifetimeReading)
        // In whole days, as people give and read them: hours beyond the last one are no fault.
        if lifetime.wholeDays > limit.wholeDays { verdict.add(.longLifetime, .medium, .lifetime(lifetime, limit: limit)) }
        let steps = steps(subject.settings, lifetime: lifetime)
        // What nobody uses may end: from this moment on it rests.
        let rests = subject.token.lastUsedAt.map { $0 + subject.settings.span(.recent) + Verdict.moment } ?? subject.now
        if subject.now < rests, let step = steps.first(where: { subject.now >= end - $0.within }) {
            verdict.add(.expiringSoon, step.severity, .expiresAt(end))
            verdict.look(at: rests)
        }
        verdict.look(at: steps.map { end - $0.within }.filter { $0 > subject.now && $0 < rests }.min() ?? end)
    }

    /// From how long before its end a token expires soon, and how bad that is. The first step only of one that
    /// was made for long: a token that was made for a month is not unclean from its birth.
    private static func steps(
        _ settings: HygieneSettings, lifetime: TimeSpan
    ) -> [(within: TimeSpan, severity: Severity)] {
        let near: [(within: TimeSpan, severity: Severity)] = [
            (settings.span(.expiringLast), .high), (settings.span(.expiringSecond), .medium),
        ]
        return lifetime > .days(90) ? near + [(settings.span(.expiringFirst), .low)] : near
    }

    private static func rotation(_ subject: Subject, into verdict: inout Verdict) {
        let secrets = subject.facts.secrets.sorted { $0.createdAt < $1.createdAt }
        guard let newest = secrets.last else { return }
        let limit = newest.createdAt + subject.settings.span(.rotation)
        if subject.now > limit {
            verdict.add(.rotationOverdue, .medium, .secretSince(newest.createdAt))
        } else {
            verdict.look(at: limit + Verdict.moment)
        }
        for old in secrets.dropLast() { replaced(old, by: newest, subject, into: &verdict) }
    }

    /// A secret that was replaced: still used in the second half of its overlap, or presented after its end.
    private static func replaced(
        _ old: StoredSecret, by newest: StoredSecret, _ subject: Subject, into verdict: inout Verdict
    ) {
        guard let end = old.validUntil, let use = subject.facts.use, !verdict.holds(.rotationUnfinished) else { return }
        if end <= subject.now {
            guard let tried = use.retiredSecrets[old.id], tried >= end else { return }
            let rests = tried + subject.settings.span(.recent) + Verdict.moment
            guard subject.now < rests else { return }
            verdict.add(.rotationUnfinished, .medium, .endedSecret(lastAt: tried, endedAt: end))
            return verdict.look(at: rests)
        }
        guard let seen = use.secrets[old.id] else { return }
        let overlap = end - newest.createdAt
        let part = TimeSpan(milliseconds: overlap.milliseconds / 100 * Int64(subject.settings[.overlap]))
        let half = newest.createdAt + part
        if subject.now <= half {
            verdict.look(at: half + Verdict.moment)
        } else if seen.lastAt > newest.createdAt {
            verdict.add(.rotationUnfinished, .medium, .oldSecret(lastAt: seen.lastAt, until: end))
            verdict.look(at: end)
        }
    }
}
