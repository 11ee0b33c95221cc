extension Rules {
    /// Thresholds within their bounds; every token is judged anew by them.
    static func changeSettings(_ change: ChangeSettings, _ facts: Facts) throws(Refusal) -> Consequence {
        let before = facts.settings
        let target = AuditTarget(.account, id: facts.account.id.text, name: facts.account.name)
        try requireUnchanged(target, shown: change.version, now: before.version)
        for threshold in HygieneThreshold.allCases {
            guard let value = change.hygiene.overrides[threshold] else { continue }
            let bounds = threshold.measure.bounds
            if !bounds.contains(value) { throw .thresholdOutOfRange(threshold, value) }
        }
        var after = AccountSettings(hygiene: change.hygiene, version: before.version + 1)
        // What the profile says anyway is not set.
        after.hygiene.overrides = after.hygiene.overrides.filter { after.hygiene.value(of: $0.key) != $0.value }
        let fields = fields(before: before.hygiene, after: after.hygiene)
        if fields.isEmpty { throw .nothingToChange }
        return Consequence(
            target: target, versionAfter: after.version, fields: fields,
            changes: [.writeSettings(after), .staleRisk(.everyToken)])
    }

    private static func fields(before: HygieneSettings, after: HygieneSettings) -> [FieldChange] {
        let profile = FieldChange("profile", before: before.profile.rawValue, after: after.profile.rawValue)
        let thresholds = HygieneThreshold.allCases.map { threshold in
            FieldChange(
                threshold.rawValue, before: "\(before[threshold])", after: "\(after[threshold])")
        }
        return ([profile] + thresholds).filter { $0.before != $0.after }
    }

    /// A finding that is to be borne with: it needs a reason and an end.
    static func suppressFinding(_ suppression: SuppressFinding, _ facts: Facts) throws(Refusal) -> Consequence {
        let token = try token(version: suppression.version, facts)
        try check(suppression.reason, .reason, field: "reason")
        if !Timestamp.accepted.contains(suppression.endsAt) { throw .expiryOutOfRange }
        if suppression.endsAt <= facts.now { throw .dayInThePast }
        if suppression.endsAt > facts.now + Suppression.maximum { throw .suppressionTooLong }
        let before = facts.suppression
        if let before, before.reason == suppression.reason, before.endsAt == suppression.endsAt { throw .nothingToChange }
        let after = Suppression(
            suppression.rule, reason: suppression.reason, suppressedBy: facts.actor.id, since: facts.now,
            endsAt: suppression.endsAt)
        let field = "suppressed \(suppression.rule.word)"
        return updated(
            token,
            fields: [
                FieldChange(field, before: before?.reason, after: after.reason),
                FieldChange("until", before: before?.endsAt.date, after: after.endsAt.date),
            ].filter { $0.before != $0.after },
            changes: [.upsertSuppression(after, of: token.id)], facts)
    }

    static func liftSuppression(of rule: HygieneRule, version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        let token = try token(version: version, facts)
        guard let suppression = facts.suppression else { throw .notSuppressed(rule) }
        return updated(
            token, fields: [FieldChange("suppressed \(rule.word)", before: suppression.reason, after: nil)],
            changes: [.deleteSuppression(of: rule, from: token.id)], facts)
    }
}
