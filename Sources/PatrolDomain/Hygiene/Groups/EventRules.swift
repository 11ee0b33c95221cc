/// Single events that are alarming enough.
enum EventRules {
    static let entries = [
        RuleEntry(
            .retiredSecret, "HYG-21", "retired-secret", .events, [.critical], remedy: .rotate, basis: .signals,
            standards: ["NHI1", "NHI2", "OWASP authn_token_reuse"]),
        RuleEntry(
            .leaked, "HYG-22", "leaked", .events, [.critical], remedy: .delete, basis: .signals,
            standards: ["NHI2"]),
    ]

    /// A secret made after the event answers it.
    static func judge(_ subject: Subject, into verdict: inout Verdict) {
        let newest = subject.facts.secrets.map(\.createdAt).max()
        for signal in subject.facts.signals {
            switch signal.kind {
            case .retiredSecret where newest.map({ $0 > signal.lastAt }) != true:
                verdict.add(.retiredSecret, .critical, .signal(signal.kind, count: signal.count, lastAt: signal.lastAt))
            case .leaked where newest.map({ $0 > signal.lastAt }) != true:
                verdict.add(.leaked, .critical, .signal(signal.kind, count: signal.count, lastAt: signal.lastAt))
            case .retiredSecret, .leaked, .inQuery, .inClear, .quarantined: break
            }
        }
    }
}
