import PatrolDomain
import PatrolJSON
import PatrolPresentation

extension Model {
    mutating func treatTokens(_ intent: Intent) -> [Effect] {
        let choices: [Effect] = [.load(.roleChoices(limit: Self.roleChoices))]
            + (intent == .createToken ? [.load(.templates)] : [])
        switch intent {
        case .createToken:
            dialogs.append(.creation(Creation(catalogue: catalogue)))
            return choices
        case .cloneToken:
            guard let row = tokenInHand else { return [] }
            dialogs.append(.creation(Creation(cloning: row, catalogue: catalogue)))
            return choices
        case .editToken:
            guard let row = tokenInHand else { return [] }
            dialogs.append(.form(tokenForm(row)))
            return choices
        case .rotateToken: openRotation()
        case .expireToken: openExpiry()
        case .flagToken: return openFlag()
        case .unflagToken: return askUnflag(tokensInHand)
        case .suppressFinding: openSuppression()
        case .liftSuppression: openLift()
        default: return askTokenDeletion()
        }
        return []
    }

    // MARK: Editing

    private func tokenForm(_ row: TokenRow) -> Form {
        let token = row.token
        var fields: [Field] = [
            .text(.name, "Name", token.name, limit: TextRule.name.maximumLength),
            .text(.purpose, "Purpose", token.purpose, limit: TextRule.purpose.maximumLength),
            .text(.expiry, "Expires", Self.expiryText(token.expiresAt), limit: 10, hint: Self.expiryHint),
        ]
        var notes: [SafeText] = []
        if token.kind == .personal {
            fields += scopeFields(token.scope)
        } else {
            notes.append("Its scope can't be changed: \(token.scope.long(roleKeys: row.scopeRoleKeys).text)")
        }
        return Form(.editToken(row), "Token \(token.label.text)", notes: notes, fields: fields, button: "Save")
    }

    static let expiryHint: SafeText = "a day like 2027-01-31, a span like 30d, or never"

    static func expiryText(_ moment: Timestamp?) -> String { moment.map { TimeText.day($0).text } ?? "never" }

    func scopeFields(_ scope: Scope) -> [Field] {
        var way = "base"
        var base = BaseRole.reader
        var marked: [String] = []
        var policy = "[\n]"
        switch scope {
        case .base(let role): base = role
        case .customRoles(let roles):
            way = "roles"
            marked = roles.map(\.text)
        case .inline(let inline):
            way = "inline"
            policy = inline.json.text(pretty: true)
        case .account: break
        }
        return [
            .choice(
                .scopeWay, "Scope",
                [
                    Chooser.Item("base", "a base role"), Chooser.Item("roles", "custom roles"),
                    Chooser.Item("inline", "an inline policy"),
                ], selected: way, hint: "← → turn"),
            .choice(
                .baseRole, "Base role",
                [BaseRole.reader, .writer, .admin].map {
                    Chooser.Item($0.rawValue, "\($0.rawValue)", note: $0.explanation)
                }, selected: base.rawValue, hint: "← → turn"),
            Field(.customRoles, "Custom roles", hint: "Space marks", .list(Chooser([], isMultiple: true, marked: marked))),
            Field(.policy, "Policy", hint: "JSON, as LaunchDarkly writes it", .editor(TextEditor(policy))),
        ]
    }

    // MARK: A new secret, another end

    private mutating func openRotation() {
        guard let row = tokenInHand else { return }
        let items = [
            Chooser.Item("0", "at once", note: "for a secret that leaked: whoever still uses it is refused"),
            Chooser.Item("1", "in an hour"),
            Chooser.Item("24", "in a day", note: "time to change a program over"),
            Chooser.Item("168", "in a week", note: "for a secret that many places use"),
        ]
        dialogs.append(
            .menu(
                Menu(
                    title: "New secret for \(row.token.label.text): the old one stops", purpose: .overlap(row),
                    chooser: Chooser(items, selected: "24"))))
    }

    private mutating func openExpiry() {
        let rows = tokensInHand
        guard let first = rows.first else { return }
        let isOne = rows.count == 1
        let text = isOne ? Self.expiryText(first.token.expiresAt ?? now + .days(30)) : "30d"
        dialogs.append(
            .form(
                Form(
                    .expire(rows), isOne ? "Expiry of \(first.token.label.text)" : "Expiry of \(Count.of(rows.count, "token").text)",
                    fields: [.text(.expiry, "Expires", text, limit: 10, hint: Self.expiryHint)],
                    button: isOne ? "Set" : "Look at what is set")))
    }

    // MARK: Flags

    private mutating func openFlag() -> [Effect] {
        let rows = tokensInHand
        guard let first = rows.first else { return [] }
        let isOne = rows.count == 1
        if rows.allSatisfy({ $0.token.flag != nil }) { return askUnflag(rows) }
        let reason = reason(for: rows)
        let due = TimeText.day(now + .days(30)).text
        dialogs.append(
            .form(
                Form(
                    .flag(rows), isOne ? "Flag \(first.token.label.text) for deletion" : "Flag \(Count.of(rows.count, "token").text) for deletion",
                    notes: ["It goes on working until it is deleted."],
                    fields: [
                        .text(.reason, "Reason", reason, limit: TextRule.reason.maximumLength, isSuggestion: true, hint: "why it should go"),
                        .text(.due, "By", due, limit: 10, hint: "a day or a span; empty: no day"),
                    ], button: isOne ? "Flag" : "Look at what is flagged")))
        return []
    }

    /// As it was just judged, if the detail is that of the one token; else as the list has it.
    /// The worst finding of each of several, worst first, three at most: one reason has to do for all.
    private static func reasons(for rows: [TokenRow]) -> String {
        var titles: [String] = []
        for row in rows.sorted(by: { $0.risk.score > $1.risk.score }) {
            guard let title = row.risk.findingRules.first?.title.text, !titles.contains(title) else { continue }
            titles.append(title)
        }
        return titles.prefix(3).joined(separator: ", ")
    }

    /// What is worst about them, as a reason to begin with.
    func reason(for rows: [TokenRow]) -> String {
        rows.count == 1 ? worstRule(of: rows).map { $0.title.text } ?? "" : Self.reasons(for: rows)
    }

    private func worstRule(of rows: [TokenRow]) -> HygieneRule? {
        if rows.count == 1, case .token(let detail) = detail.content, detail.row.rowID == rows[0].rowID {
            return detail.findings.first?.rule
        }
        return rows.max { $0.risk.score < $1.risk.score }?.risk.findingRules.first
    }

    private mutating func askUnflag(_ rows: [TokenRow]) -> [Effect] {
        let bulk = bulk(rows, .unflagToken) { row in
            row.token.flag.map { flag in
                Step(
                    label: row.token.label, rowID: row.rowID,
                    command: .unflagToken(row.token.id, version: row.token.version),
                    inverse: .flagToken(
                        row.token.id, reason: flag.reason, dueAt: flag.dueAt, version: row.token.version))
            }
        }
        let now = now
        return ask(bulk) { bulk in
            var (title, lines, roster): (SafeText, [Line], Roster?) = (
                "Take the flags off \(Count.of(bulk.steps.count, "token").text)?", bulk.summary, bulk.roster
            )
            if rows.count == 1, let row = rows.first, let flag = row.token.flag {
                title = "Take the flag off \(row.token.label.text)?"
                roster = nil
                lines = [
                    Line("Flagged \(TimeText.relative(flag.flaggedAt, now: now).text): ", .muted)
                        .adding(SafeText(flag.reason)),
                    Line(flag.dueAt.map { "to be deleted by \(TimeText.day($0).text)" } ?? "no day named", .muted),
                ]
            }
            return Confirmation(
                title, lines: lines, roster: roster, button: "take off", verb: "took the flag off", steps: bulk.steps, isDangerous: false)
        }
    }

    // MARK: Deletion

    private mutating func askTokenDeletion() -> [Effect] {
        let rows = tokensInHand
        let bulk = bulk(rows, .deleteToken) { row in
            Step(
                label: row.token.label, rowID: row.rowID,
                command: .deleteToken(row.token.id, version: row.token.version))
        }
        let only = rows.count == 1 ? rows.first : nil
        let lines =
            (only.map { deletionLines($0) } ?? bulk.summary)
            + [.blank, Line("Whoever uses \(only == nil ? "them" : "it") is refused from then on. This can't be undone.", .warning)]
        return ask(bulk) { bulk in
            Confirmation(
                only.map { "Delete \($0.token.label.text)?" } ?? "Delete \(Count.of(bulk.steps.count, "token").text)?",
                lines: lines, roster: only == nil ? bulk.roster : nil, button: "delete", verb: "deleted", steps: bulk.steps,
                asksReplay: bulk.steps.count <= Bulk.impactLimit, asksWhy: true,
                word: only.map { Self.word(for: $0.token.name) } ?? "delete \(bulk.steps.count)")
        }
    }

    func deletionLines(_ row: TokenRow) -> [Line] {
        var lines = [
            Line("id ", .muted).adding(SafeText(row.token.id.text)),
            Line("of ", .muted).adding(SafeText(row.ownerName ?? "nobody"))
                .adding("  ends in ", .muted).adding(SafeText(row.token.ending.isEmpty ? "?" : row.token.ending)),
            Line(useWords(row), row.token.lastUsedAt == nil ? .text : .warning),
        ]
        if case .token(let detail) = detail.content, detail.row.token.id == row.token.id {
            lines.append(Line(UseSummary(detail.use, now: now).weekWords(networks: detail.recentNetworks)))
        }
        return lines
    }

    /// What is known of its use, never more.
    func useWords(_ row: TokenRow) -> SafeText {
        let until = row.token.useKnownUntil.map { " (known until \(TimeText.day($0).text))" } ?? ""
        guard let used = row.token.lastUsedAt else { return "no use is known\(until)" }
        return "last used \(TimeText.relative(used, now: now).text)\(until)"
    }
}
