import PatrolDomain
import PatrolPresentation

extension DetailText {
    /// Its quarantine, the scope that is planned, and the one before, each with the key that ends it.
    mutating func keeping(_ detail: TokenDetail) {
        let token = detail.row.token
        if let quarantine = token.quarantine {
            pair("refused", "⊘ quarantined: \(quarantine.reason)", .flag)
            pair("since", times.fullWords(quarantine.since))
            pair(
                "tried", detail.attempts?.attemptWords(now: now) ?? "nobody has tried it since",
                detail.attempts == nil ? .good : .warning)
            pair("deleted", quarantine.deletesAt.map { times.fullWords($0) } ?? "when somebody decides")
            pair("", "\(key(.thawToken).text) lets it out", .muted)
        }
        if let plan = token.plan {
            pair("planned", "⇣ \(plan.scope.long(roleKeys: detail.keys(of: plan.scope)).text)", .accent)
            pair("from", times.fullWords(plan.appliesAt), plan.appliesAt <= now ? .warning : .text)
            pair("because", SafeText(plan.reason))
            pair("", "\(key(.applyPlan).text) applies it now, \(key(.cancelPlan).text) drops it", .muted)
        }
        if let former = token.formerScope {
            pair("before", former.words(roleKeys: detail.keys(of: former.scope)))
            pair("", "\(key(.restoreScope).text) gives it back", .muted)
        }
    }

    private func key(_ intent: Intent) -> SafeText {
        keys.keys(of: intent, in: [.tokens]).first?.words ?? keys.binding(of: intent).map { ":\($0.name.text)" } ?? ""
    }
}
