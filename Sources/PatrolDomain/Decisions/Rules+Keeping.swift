// Quarantine, scopes for later, and the way back to the scope before.
extension Rules {
    static func quarantineToken(_ asked: QuarantineToken, _ facts: Facts) throws(Refusal) -> Consequence {
        var token = try token(version: asked.version, facts)
        try check(asked.reason, .reason, field: "reason")
        let before = token.quarantine
        if let deletesAt = asked.deletesAt {
            if !Timestamp.accepted.contains(deletesAt) { throw .expiryOutOfRange }
            if deletesAt <= facts.now { throw .momentInThePast }
        }
        let quarantine = Quarantine(
            reason: asked.reason, since: before?.since ?? facts.now, setBy: facts.actor.id, deletesAt: asked.deletesAt)
        token.quarantine = quarantine
        let fields = fields(before: before, after: quarantine)
        if fields.isEmpty { throw .alreadyQuarantined }
        // Attempts are counted from the beginning of a quarantine.
        let changes: [Change] = before == nil ? [.forgetSignal(.quarantined, of: token.id)] : []
        return updated(token, fields: fields, changes: changes, facts)
    }

    /// Where a token is checked elsewhere, nobody would hold it to what is said here.
    static func editNetworks(_ edit: EditNetworks, _ facts: Facts) throws(Refusal) -> Consequence {
        let before = try token(version: edit.version, facts)
        if before.origin == .imported { throw .checkedElsewhere }
        var after = before
        after.networks = edit.networks
        let fields = fields(before: before, after: after, facts)
        if fields.isEmpty { throw .nothingToChange }
        return updated(after, fields: fields, facts)
    }

    static func thawToken(version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        var token = try token(version: version, facts)
        guard let before = token.quarantine else { throw .notQuarantined }
        token.quarantine = nil
        return updated(token, fields: fields(before: before, after: nil), facts)
    }

    /// What is planned is a scope like any other, and gives nothing that the token has not: who is to have more
    /// gets it by an edit.
    static func planScope(_ asked: PlanScope, _ facts: Facts) throws(Refusal) -> Consequence {
        var token = try token(version: asked.version, facts)
        try check(asked.reason, .reason, field: "reason")
        try requireGivable(asked.scope, to: token, facts)
        if !Timestamp.accepted.contains(asked.appliesAt) { throw .expiryOutOfRange }
        if asked.appliesAt <= facts.now { throw .momentInThePast }
        if asked.scope == token.scope { throw .nothingToChange }
        try requireNarrower(asked.scope, than: token, facts)
        let plan = ScopePlan(
            scope: asked.scope, appliesAt: asked.appliesAt, plannedBy: facts.actor.id, reason: asked.reason)
        let before = token.plan
        token.plan = plan
        var fields = fields(before: before, after: plan, facts)
        // Two inline policies may have one summary.
        if let before, before.scope != plan.scope, !fields.contains(where: { $0.field == plannedScope }) {
            fields.append(FieldChange(plannedScope, before: facts.text(of: before.scope), after: facts.text(of: plan.scope)))
        }
        if fields.isEmpty { throw .nothingToChange }
        return updated(token, fields: fields, facts)
    }

    static func cancelPlan(version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        var token = try token(version: version, facts)
        guard let before = token.plan else { throw .notPlanned }
        token.plan = nil
        return updated(token, fields: fields(before: before, after: nil, facts), facts)
    }

    /// When its time has come, or at once. A role may have been given more since it was planned.
    static func applyPlan(version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        let before = try token(version: version, facts)
        guard let plan = before.plan else { throw .notPlanned }
        try requireGivable(plan.scope, to: before, facts)
        try requireNarrower(plan.scope, than: before, facts)
        return given(plan.scope, to: before, facts)
    }

    static func restoreScope(version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        let before = try token(version: version, facts)
        guard let former = before.formerScope else { throw .noFormerScope }
        try requireGivable(former.scope, to: before, facts)
        try requireNoMore(former.scope, than: before, facts)
        return given(former.scope, to: before, facts)
    }

    private static func given(_ scope: Scope, to before: AccessToken, _ facts: Facts) -> Consequence {
        var after = before
        after.give(scope, at: facts.now)
        return updated(after, fields: fields(before: before, after: after, facts), facts)
    }

    /// The rules of an edit of the scope.
    private static func requireGivable(
        _ scope: Scope, to token: AccessToken, _ facts: Facts
    ) throws(Refusal) {
        if token.kind != .personal { throw .scopeIsFixed(token.kind) }
        try requireScope(scope, facts)
        if token.owner == facts.actor.id { try requireReaderScope(scope, facts) }
    }

    private static func requireNarrower(
        _ scope: Scope, than token: AccessToken, _ facts: Facts
    ) throws(Refusal) {
        func authority(_ scope: Scope) -> TokenAuthority {
            let given = Authority(of: scope, roles: facts.roles, owner: facts.tokenOwner, teams: facts.tokenOwnerTeams)
            let behind = facts.tokenOwner.map { Authority(of: $0, roles: facts.roles, teams: facts.tokenOwnerTeams) }
            return TokenAuthority(scope: given, behind: behind)
        }
        // Where it is too much to compare, the impact says so, and a person decides.
        if case .beyond(let witness) = authority(scope).containment(in: authority(token.scope)) {
            throw .planIsWider(witness.request)
        }
    }

    private static let plannedScope = "planned scope"

    private static func fields(before: Quarantine?, after: Quarantine?) -> [FieldChange] {
        [
            FieldChange("quarantine", before: before?.reason, after: after?.reason),
            FieldChange("to be deleted at", before: before?.deletesAt?.iso8601, after: after?.deletesAt?.iso8601),
        ].filter { $0.before != $0.after }
    }

    private static func fields(before: ScopePlan?, after: ScopePlan?, _ facts: Facts) -> [FieldChange] {
        [
            FieldChange(
                plannedScope, before: before.map { facts.text(of: $0.scope) },
                after: after.map { facts.text(of: $0.scope) }),
            FieldChange("planned for", before: before?.appliesAt.iso8601, after: after?.appliesAt.iso8601),
            FieldChange("why planned", before: before?.reason, after: after?.reason),
        ].filter { $0.before != $0.after }
    }
}

extension AccessToken {
    /// Another scope, and the way back to the one before. What was planned for the old one is void.
    mutating func give(_ scope: Scope, at now: Timestamp) {
        guard scope != self.scope else { return }
        formerScope = FormerScope(scope: self.scope, changedAt: now)
        self.scope = scope
        plan = nil
    }
}
