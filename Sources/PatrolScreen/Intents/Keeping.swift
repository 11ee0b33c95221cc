import PatrolDomain
import PatrolJSON
import PatrolPresentation

// Quarantine, scopes for later, and the way back.
extension Model {
    mutating func treatKeeping(_ intent: Intent) -> [Effect] {
        let rows = tokensInHand
        guard let first = rows.first else { return [] }
        switch intent {
        case .quarantineToken:
            if rows.allSatisfy({ $0.token.quarantine != nil }) { return thaw(rows) }
            openQuarantine(rows)
            return []
        case .thawToken: return thaw(rows)
        case .planScope:
            dialogs.append(.form(planForm(first)))
            return [.load(.roleChoices(limit: Self.roleChoices))]
        case .cancelPlan: return askEach(rows, intent, "Drop what is planned for", "drop the plan", "dropped the plan for") { $0.dropLines(now: $1) }
        case .applyPlan: return askEach(rows, intent, "Apply what is planned for", "apply", "applied the plan for") { $0.planLines(now: $1) }
        default: return askEach(rows, intent, "Give back the former scope of", "give back", "gave back the former scope of") { token, _ in token.formerLines }
        }
    }

    // MARK: Quarantine

    private mutating func openQuarantine(_ rows: [TokenRow]) {
        let what = rows.count == 1 ? rows[0].token.label : Count.of(rows.count, "token")
        let day = TimeText.day(now + Quarantine.standardLength).text
        dialogs.append(
            .form(
                Form(
                    .quarantine(rows), "Quarantine \(what.text)",
                    notes: ["Refused from then on, whatever is asked for. Each attempt is counted, and one key lets it out."],
                    fields: [
                        .text(.reason, "Reason", reason(for: rows), limit: TextRule.reason.maximumLength, isSuggestion: true, hint: "why it is refused"),
                        .text(.deletesAt, "Deleted", day, limit: 10, hint: "a day or a span; empty: kept until somebody decides"),
                    ], button: "Look at who would miss it")))
    }

    /// Who used them last, and what becomes of them.
    mutating func ask(quarantine form: Form, of rows: [TokenRow]) -> [Effect] {
        let now = now
        let only = rows.count == 1 ? rows.first : nil
        let bulk = bulk(rows, .quarantineToken) { form.quarantine(of: $0, now: now) }
        let day = form.deletesAt(now: now).map {
            Line("Deleted on \(TimeText.day($0).text), \(TimeText.relative($0, now: now).text), by whoever runs Patrol then and may do it.")
        }
        let lines =
            [Line("Reason: ", .muted).adding(SafeText(form.text(.reason))), day ?? Line("Kept until somebody decides."), .blank]
            + (only.map { deletionLines($0) } ?? bulk.summary)
            + Self.elsewhere(rows)
            + [.blank, Line("Whoever uses \(only == nil ? "them" : "it") is refused from then on. It can be undone.", .warning)]
        return ask(bulk) { bulk in
            Confirmation(
                only.map { "Quarantine \($0.token.label.text)?" } ?? "Quarantine \(Count.of(bulk.steps.count, "token").text)?",
                lines: lines, roster: only == nil ? bulk.roster : nil, button: "quarantine", verb: "quarantined",
                steps: bulk.steps, asksReplay: bulk.steps.count <= Bulk.impactLimit, asksWhy: true, isDangerous: false)
        }
    }

    /// What is only known from an import is checked by another system, which knows nothing of a quarantine here.
    private static func elsewhere(_ rows: [TokenRow]) -> [Line] {
        let count = rows.count { $0.token.origin == .imported }
        guard count > 0 else { return [] }
        let words: SafeText =
            rows.count == 1
            ? "Its secret is checked elsewhere: there it goes on working, until it is stopped there."
            : "The secrets of \(Count.number(count).text) of them are checked elsewhere: there they go on working, until they are stopped there."
        return Line(words, .warning).wrapped(to: 70)
    }

    /// One is let out at once: the same key brings it back.
    private mutating func thaw(_ rows: [TokenRow]) -> [Effect] {
        let bulk = bulk(rows, .thawToken) { Step(.thawToken, on: $0) }
        if rows.count == 1 { return perform(bulk.steps, verb: "thawed") }
        return ask(bulk) { bulk in
            Confirmation(
                "Let \(Count.of(bulk.steps.count, "token").text) out of quarantine?",
                lines: [Line("They work again at once."), .blank] + bulk.summary, roster: bulk.roster, button: "thaw",
                verb: "thawed", steps: bulk.steps, asksWhy: true, isDangerous: false)
        }
    }

    // MARK: Scopes

    private func planForm(_ row: TokenRow) -> Form {
        let plan = row.token.plan
        let day = TimeText.day(plan?.appliesAt ?? now + ScopePlan.standardNotice).text
        return Form(
            .planScope(row), "A narrower scope for \(row.token.label.text)",
            notes: ["Now: \(row.token.scope.long(roleKeys: row.scopeRoleKeys).text)"],
            fields: scopeFields(plan?.scope ?? row.token.scope) + [
                .text(.appliesAt, "From", day, limit: 10, hint: "a day like 2027-01-31, or a span like 14d"),
                .text(.reason, "Reason", plan?.reason ?? "", limit: TextRule.reason.maximumLength, hint: "why it gets less"),
            ], button: "Look at what it loses")
    }

    /// What it would lose, before it is planned.
    mutating func ask(plan form: Form, of row: TokenRow) -> [Effect] {
        guard let step = form.plan(of: row, now: now), case .planScope(let plan) = step.command else { return [] }
        guard plan.scope != row.token.scope else {
            var form = form
            form.fault = "this is its scope already: nothing would change"
            replaceTop(.form(form))
            return []
        }
        return open(
            Confirmation(
                "Plan a narrower scope for \(row.token.label.text)?",
                lines: [
                    Line("From ", .muted).adding(row.token.scope.long(roleKeys: row.scopeRoleKeys), .removed)
                        .adding(" to ", .muted).adding(form.words(of: plan.scope), .added),
                    Line("on \(TimeText.day(plan.appliesAt).text), \(TimeText.relative(plan.appliesAt, now: now).text), by whoever runs Patrol then and may do it."),
                ], button: "plan", verb: "planned a narrower scope for", steps: [step], asksImpact: true, asksWhy: true,
                isDangerous: false))
    }

    /// What is known of the one token, or of all of them, before what stands ready is done.
    private mutating func askEach(
        _ rows: [TokenRow], _ intent: Intent, _ title: String, _ button: SafeText, _ verb: SafeText,
        _ lines: (AccessToken, Timestamp) -> [Line]
    ) -> [Effect] {
        let only = rows.count == 1 ? rows.first : nil
        let bulk = bulk(rows, intent) { Step(intent, on: $0) }
        let known = only.map { lines($0.token, now) } ?? bulk.summary + Bulk.limitLines(bulk.steps.count)
        return ask(bulk) { bulk in
            Confirmation(
                "\(title) \(only?.token.label.text ?? Count.of(bulk.steps.count, "token").text)?", lines: known,
                roster: only == nil ? bulk.roster : nil, button: button, verb: verb, steps: bulk.steps,
                asksImpact: intent != .cancelPlan && bulk.steps.count <= Bulk.impactLimit, asksWhy: true, isDangerous: false)
        }
    }
}

extension Step {
    /// What stands ready to be done to the token, and what turns it back. Nil where nothing does.
    fileprivate init?(_ intent: Intent, on row: TokenRow) {
        let token = row.token
        let command: Command
        switch intent {
        case .thawToken: command = .thawToken(token.id, version: token.version)
        case .cancelPlan: command = .cancelPlan(token.id, version: token.version)
        case .applyPlan: command = .applyPlan(token.id, version: token.version)
        case .restoreScope: command = .restoreScope(token.id, version: token.version)
        default: return nil
        }
        self.init(command, on: row)
    }

    fileprivate init(_ command: Command, on row: TokenRow) {
        self.init(
            label: row.token.label, rowID: row.rowID, command: command, inverse: command.keepingInverse(of: row.token))
    }
}

extension Command {
    /// What turns a command about quarantine, plan or former scope back, for the token as the command met it.
    func keepingInverse(of token: AccessToken) -> Command? {
        let (id, version) = (token.id, token.version)
        switch self {
        case .quarantineToken: return token.quarantine.map { $0.command(id, version) } ?? .thawToken(id, version: version)
        case .thawToken: return token.quarantine.map { $0.command(id, version) }
        case .planScope: return token.plan.map { $0.command(id, version) } ?? .cancelPlan(id, version: version)
        case .cancelPlan: return token.plan.map { $0.command(id, version) }
        case .applyPlan, .restoreScope: return .restoreScope(id, version: version)
        default: return nil
        }
    }

    /// What a command about quarantine, plan or former scope does, where it turns something back.
    var keepingLines: [Line] {
        switch self {
        case .quarantineToken(let quarantine):
            let day = quarantine.deletesAt.map { ", to be deleted on \(TimeText.day($0).text)" } ?? ""
            return [Line("It is refused again: ").adding(SafeText(quarantine.reason), .strong).adding("\(day)")]
        case .thawToken: return [Line("It is let out of quarantine, and works again.")]
        case .planScope(let plan):
            return [
                Line("Planned for \(TimeText.day(plan.appliesAt).text): ").adding(plan.scope.long(roleKeys: []), .strong)
            ]
        case .cancelPlan: return [Line("What is planned is dropped.")]
        case .restoreScope: return [Line("Its scope is again what it was before.")]
        default: return []
        }
    }
}

extension Quarantine {
    fileprivate func command(_ id: TokenID, _ version: Int) -> Command {
        .quarantineToken(QuarantineToken(token: id, version: version, reason: reason, deletesAt: deletesAt))
    }
}

extension ScopePlan {
    fileprivate func command(_ id: TokenID, _ version: Int) -> Command {
        .planScope(PlanScope(token: id, version: version, scope: scope, appliesAt: appliesAt, reason: reason))
    }
}

extension AccessToken {
    /// Why its scope can't be planned, or what is planned or was before can't be had.
    func scopeObstacle(_ intent: Intent) -> SafeText? {
        if kind != .personal { return Refusal.scopeIsFixed(kind).sentence }
        switch intent {
        case .cancelPlan, .applyPlan: return plan == nil ? Refusal.notPlanned.sentence : nil
        case .restoreScope: return formerScope == nil ? Refusal.noFormerScope.sentence : nil
        default: return nil
        }
    }

    fileprivate func planLines(now: Timestamp) -> [Line] {
        guard let plan else { return [] }
        return [
            Line("From ", .muted).adding(scope.long(roleKeys: []), .removed).adding(" to ", .muted)
                .adding(plan.scope.long(roleKeys: []), .added),
            Line("planned for \(TimeText.day(plan.appliesAt).text): ", .muted).adding(SafeText(plan.reason)),
        ]
    }

    fileprivate func dropLines(now: Timestamp) -> [Line] {
        planLines(now: now) + [Line("It keeps the scope that it has.", .muted)]
    }

    fileprivate var formerLines: [Line] {
        guard let formerScope else { return [] }
        return [
            Line("From ", .muted).adding(scope.long(roleKeys: []), .removed).adding(" back to ", .muted)
                .adding(formerScope.scope.long(roleKeys: []), .added),
            Line("which it had until \(TimeText.day(formerScope.changedAt).text)", .muted),
        ]
    }
}

extension Form {
    func deletesAt(now: Timestamp) -> Timestamp? { moment(.deletesAt, now: now) }

    fileprivate func quarantine(of row: TokenRow, now: Timestamp) -> Step {
        let quarantine = QuarantineToken(
            token: row.token.id, version: row.token.version, reason: text(.reason), deletesAt: deletesAt(now: now))
        return Step(.quarantineToken(quarantine), on: row)
    }

    fileprivate func plan(of row: TokenRow, now: Timestamp) -> Step? {
        guard let scope = scope(else: row.token.plan?.scope ?? row.token.scope), let appliesAt = moment(.appliesAt, now: now)
        else { return nil }
        let plan = PlanScope(
            token: row.token.id, version: row.token.version, scope: scope, appliesAt: appliesAt, reason: text(.reason))
        return Step(.planScope(plan), on: row)
    }

    /// In full, with the keys of its roles as the choice has them.
    fileprivate func words(of scope: Scope) -> SafeText {
        guard case .customRoles(let roles) = scope else { return scope.long(roleKeys: []) }
        return "the \(roles.count == 1 ? "role" : "roles") \(names(of: roles).text)"
    }
}
