/// What is known of a token's use. Silence counts only as far as use is known.
struct UseRecord {
    let finding: Finding?
    /// When time alone brings or ends the finding.
    let dueAt: Timestamp?

    private static let moment = TimeSpan(milliseconds: 1)

    init(_ token: AccessToken, reach: Reach, at now: Timestamp) {
        let knownUntil = min(token.useKnownUntil ?? now, now)
        // The moment from which on the silence is too long.
        let silence = token.lastUsedAt.map { $0 + Hygiene.unusedAfter } ?? token.createdAt + Hygiene.neverUsedAfter
        let stale = token.useKnownUntil.map { $0 + Hygiene.useKnownFor }
        let isKnown = stale.map { now <= $0 } ?? true
        guard isKnown, knownUntil > silence else {
            finding = nil
            // Silence grows with time as far as use is known, and then stays as it was.
            let isGrowing = token.useKnownUntil.map { $0 > silence } ?? true
            dueAt = isGrowing && isKnown ? silence + Self.moment : nil
            return
        }
        if let lastUsedAt = token.lastUsedAt {
            finding = Finding(
                .unused, severity: reach.mayWrite ? .high : .medium, evidence: .lastUsedAt(lastUsedAt))
        } else {
            finding = Finding(
                .neverUsed, severity: reach.isWide ? .high : .medium, evidence: .createdAt(token.createdAt))
        }
        dueAt = stale.map { $0 + Self.moment }
    }
}

/// What there is to say about a token's end, before it has come.
struct Expiry {
    let finding: Finding?
    let dueAt: Timestamp?

    init(_ token: AccessToken, reach: Reach, at now: Timestamp) {
        guard let end = token.expiresAt else {
            finding = Finding(.noExpiry, severity: reach.mayWrite ? .high : .medium, evidence: .plain)
            dueAt = nil
            return
        }
        let steps = Hygiene.expiringSoon(lifetime: end - token.createdAt)
        let step = steps.first { now >= end - $0.within }
        finding = step.map { Finding(.expiringSoon, severity: $0.severity, evidence: .expiresAt(end)) }
        dueAt = steps.map { end - $0.within }.filter { $0 > now }.min() ?? end
    }
}
