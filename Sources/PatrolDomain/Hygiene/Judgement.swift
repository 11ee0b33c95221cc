/// What the hygiene rules say about a token at one moment.
package struct Judgement: Hashable, Sendable {
    /// Worst first, then in the order of the rules.
    package let findings: [Finding]
    package let risk: TokenRisk
    /// The first later moment at which the judgement is another though nothing was changed or used;
    /// nil: there is none.
    package let dueAt: Timestamp?

    init(findings: [Finding], dueAt: Timestamp?) {
        self.findings = findings.sorted { left, right in
            left.severity == right.severity
                ? left.rule.rawValue < right.rule.rawValue : left.severity > right.severity
        }
        self.dueAt = dueAt
        let worst = self.findings.first?.severity
        // The worst finding says more than any number of lesser ones; there are fewer than 64 rules.
        risk = TokenRisk(
            rules: findings.reduce(0) { $0 | 1 << UInt64($1.rule.rawValue) },
            score: (worst?.rawValue ?? 0) * 100 + findings.count,
            worst: worst)
    }

    package static let clean = Judgement(findings: [], dueAt: nil)
}
