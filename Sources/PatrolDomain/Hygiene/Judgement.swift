/// What the hygiene rules say about a token at one moment.
package struct Judgement: Hashable, Sendable {
    /// Worst first, then in the order of the rules.
    package let findings: [Finding]
    /// Those that do not count, in the same order.
    package let suppressed: [SuppressedFinding]
    /// Rules that say nothing because use was not on record.
    package let withheld: [WithheldRule]
    package let risk: TokenRisk
    /// The first later moment at which to judge again, though nothing was changed or used; nil: there is none.
    package let dueAt: Timestamp?

    init(_ verdict: Verdict, suppressions: [Suppression], at now: Timestamp) {
        var (findings, suppressed): ([Finding], [SuppressedFinding]) = ([], [])
        var dueAt = verdict.dueAt
        for finding in verdict.findings.sorted(by: Self.isBefore) {
            let one = suppressions.first { $0.rule == finding.rule && $0.isInForce(at: now) }
            guard let one else {
                findings.append(finding)
                continue
            }
            suppressed.append(SuppressedFinding(finding, one))
            dueAt = min(dueAt ?? one.endsAt, one.endsAt)
        }
        self.init(findings: findings, suppressed: suppressed, withheld: verdict.withheld, dueAt: dueAt)
    }

    private init(
        findings: [Finding], suppressed: [SuppressedFinding], withheld: [WithheldRule], dueAt: Timestamp?
    ) {
        self.findings = findings
        self.suppressed = suppressed
        self.withheld = withheld
        self.dueAt = dueAt
        let worst = findings.first?.severity
        // The worst finding says more than any number of lesser ones; there are fewer than 64 rules.
        risk = TokenRisk(
            rules: findings.reduce(0) { $0 | 1 << UInt64($1.rule.rawValue) },
            score: (worst?.rawValue ?? 0) * 100 + findings.count,
            worst: worst)
    }

    private static func isBefore(_ left: Finding, _ right: Finding) -> Bool {
        left.severity == right.severity
            ? left.rule.rawValue < right.rule.rawValue : left.severity > right.severity
    }

    package static let clean = Judgement(findings: [], suppressed: [], withheld: [], dueAt: nil)
}
