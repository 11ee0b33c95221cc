import PatrolDomain
import PatrolPresentation

/// A finding that is not to count until a day, and one that counts again.
extension Model {
    mutating func openSuppression() {
        guard let row = tokenToSuppress(.suppressFinding) else { return }
        let items = findings(of: row).map { Chooser.Item($0.word, $0.title, note: SafeText($0.code)) }
        dialogs.append(
            .form(
                Form(
                    .suppress(row), "Suppress a finding of \(row.token.label.text)",
                    notes: ["It does not count into the risk, stays in sight, and comes back on that day."],
                    fields: [
                        .choice(.rule, "Finding", items, hint: "← → turn"),
                        .text(.reason, "Reason", limit: TextRule.reason.maximumLength, hint: "why it is borne with"),
                        .text(.until, "Until", "90d", limit: 10, hint: "a day or a span, 400 days at most"),
                    ], button: "Suppress")))
    }

    mutating func openLift() {
        guard let row = tokenToSuppress(.liftSuppression) else { return }
        let items = suppressed(of: row).map {
            Chooser.Item($0.finding.rule.word, $0.finding.rule.title, note: $0.suppression.words)
        }
        dialogs.append(
            .form(
                Form(
                    .liftSuppression(row), "Let a finding of \(row.token.label.text) count again",
                    fields: [.choice(.rule, "Finding", items, hint: "← → turn")], button: "Lift")))
    }

    /// The token in hand may be another than the one under the cursor: a form without a finding to choose is none.
    private mutating func tokenToSuppress(_ intent: Intent) -> TokenRow? {
        guard let row = tokenInHand else { return nil }
        if let why = suppressionObstacle(intent, of: row) {
            status = Status(why, .warning)
            return nil
        }
        return row
    }

    /// Why this can't be done to the token; nil when it can.
    func suppressionObstacle(_ intent: Intent, of row: TokenRow) -> SafeText? {
        if intent == .suppressFinding { return findings(of: row).isEmpty ? "it has no finding to suppress" : nil }
        return suppressed(of: row).isEmpty ? "nothing of it is suppressed, as far as its detail is read" : nil
    }

    func suppressions(by form: Form, of row: TokenRow) -> Step? {
        guard let rule = form.choice(.rule).flatMap({ HygieneRule(word: $0) }),
            let endsAt = form.moment(.until, now: now)
        else { return nil }
        let suppression = SuppressFinding(
            token: row.token.id, version: row.token.version, rule: rule, reason: form.text(.reason), endsAt: endsAt)
        return Step(
            label: row.token.label, rowID: row.rowID, command: .suppressFinding(suppression),
            inverse: .liftSuppression(row.token.id, rule: rule, version: row.token.version))
    }

    func lift(by form: Form, of row: TokenRow) -> Step? {
        let one = suppressed(of: row).first { $0.finding.rule.word == form.choice(.rule) }
        guard let one else { return nil }
        let (id, version, rule) = (row.token.id, row.token.version, one.finding.rule)
        return Step(
            label: row.token.label, rowID: row.rowID, command: .liftSuppression(id, rule: rule, version: version),
            inverse: .suppressFinding(
                SuppressFinding(
                    token: id, version: version, rule: rule, reason: one.suppression.reason,
                    endsAt: one.suppression.endsAt)))
    }

    private func findings(of row: TokenRow) -> [HygieneRule] {
        detail(of: row)?.findings.map(\.rule) ?? row.risk.findingRules
    }

    private func suppressed(of row: TokenRow) -> [SuppressedFinding] { detail(of: row)?.suppressed ?? [] }

    private func detail(of row: TokenRow) -> TokenDetail? {
        guard case .token(let detail) = detail.content, detail.row.rowID == row.rowID else { return nil }
        return detail
    }
}
