/// Who stands behind a token, and when somebody last looked at it.
enum PeopleRules {
    static let entries = [
        RuleEntry(
            .ownerRemoved, "HYG-13", "owner-removed", .people, [.critical], remedy: .delete,
            standards: ["NHI1", "CISv8 6.2", "800-53 AC-2(3)(b)", "ASVS 7.4.2"]),
        RuleEntry(
            .orphanService, "HYG-14", "orphan", .people, [.high], [.orphan], remedy: .flag,
            standards: ["NHI1", "CISv8 5.5"]),
        RuleEntry(
            .reviewOverdue, "HYG-30", "review-overdue", .people, [.low, .medium], [.reviewAdmin, .review], remedy: .ask,
            basis: .reviews, standards: ["PCI 7.2.4", "PCI 7.2.5.1", "CISv8 6.8", "800-53 AC-2(j)"]),
        RuleEntry(
            .ownerPending, "HYG-31", "owner-pending", .people, [.high], remedy: .flag, standards: ["CISv8 6.1"]),
    ]

    static func judge(_ subject: Subject, into verdict: inout Verdict) {
        owner(subject, into: &verdict)
        review(subject, into: &verdict)
    }

    private static func owner(_ subject: Subject, into verdict: inout Verdict) {
        guard subject.token.kind != .accountWide else { return }
        switch subject.owner?.standing {
        case .active: return
        case .pending: return verdict.add(.ownerPending, .high, .plain)
        case .removed, nil: break
        }
        // Of one who is on record only because the token names him, no removal is known.
        let removedAt = subject.owner.flatMap { $0.isUnknown ? nil : $0.removedAt }
        verdict.add(.ownerRemoved, .critical, removedAt.map(Finding.Evidence.removedAt) ?? .plain)
        guard subject.token.kind == .service, let removedAt else { return }
        let limit = removedAt + subject.settings.span(.orphan)
        if subject.now >= limit {
            verdict.add(.orphanService, .high, .removedAt(removedAt))
        } else {
            verdict.look(at: limit)
        }
    }

    /// An account that never held a review has none that is overdue.
    private static func review(_ subject: Subject, into verdict: inout Verdict) {
        if let old = subject.facts.suppressions.filter({ $0.isInForce(at: subject.now) }).min(by: { $0.since < $1.since }) {
            let limit = old.since + subject.settings.span(.review)
            if subject.now > limit {
                return verdict.add(
                    .reviewOverdue, subject.isAdmin ? .medium : .low, .suppressedSince(old.since, old.rule))
            }
            verdict.look(at: limit + Verdict.moment)
        }
        guard subject.facts.isReviewed else { return }
        let last = subject.facts.lastReviewedAt
        let limit = max(last ?? subject.token.createdAt, subject.token.createdAt)
            + subject.settings.span(subject.isAdmin ? .reviewAdmin : .review)
        if subject.now > limit {
            verdict.add(.reviewOverdue, subject.isAdmin ? .medium : .low, .reviewed(last))
        } else {
            verdict.look(at: limit + Verdict.moment)
        }
    }
}
