import PatrolDomain
import PatrolJSON
import PatrolPresentation

extension Deed.Change {
    /// What turns it this way, for the thing as it is then.
    func step(_ direction: UndoDirection) -> Step {
        switch direction {
        case .undo: Step(label: label, rowID: rowID, command: inverse.with(version: after), inverse: command)
        case .redo: Step(label: label, rowID: rowID, command: command.with(version: before), inverse: inverse)
        }
    }
}

extension Model {
    // MARK: Choosing

    mutating func treatUndo(_ direction: UndoDirection) -> [Effect] {
        guard batch == nil else { return [] }
        guard direction == .undo else { return undoLog.undone.last.map { inquire($0, .redo) } ?? [] }
        let items = undoLog.done.reversed().map { deed in
            Chooser.Item(
                "\(deed.id)", deed.words, note: undoNote(deed), obstacle: undoObstacle(deed))
        }
        let first = items.first { $0.obstacle == nil }
        dialogs.append(.menu(Menu(title: "Undo", purpose: .undo, chooser: Chooser(items, selected: first?.id))))
        return []
    }

    private func undoObstacle(_ deed: Deed) -> SafeText? {
        deed.obstacle ?? (undoLog.hasLater(than: deed) ? "first undo what was done to it later" : nil)
    }

    /// When it was, and of one thing what becomes of it.
    private func undoNote(_ deed: Deed) -> SafeText {
        let when = TimeText.relative(deed.at, now: now)
        guard deed.changes.count == 1, let line = deed.changes[0].step(.undo).turnLines.first else { return when }
        return line.runs.reduce("\(when.text)  ") { $0 + $1.text }
    }

    /// What was chosen in the list.
    mutating func undo(_ id: String) -> [Effect] {
        guard let deed = Int(id).flatMap({ undoLog.deed($0, .undo) }) else { return [] }
        return inquire(deed, .undo)
    }

    /// Asks what happened to its things since.
    private mutating func inquire(_ deed: Deed, _ direction: UndoDirection) -> [Effect] {
        let targets = deed.changes.prefix(Inquiry.limit).compactMap(\.command.target)
        return begin(Inquiry(.turn(direction, deed: deed.id), about: targets))
    }

    // MARK: Asking

    /// Asks whether those are to be turned back that are as they were left.
    mutating func askTurn(_ id: Int, _ direction: UndoDirection, _ found: [Query: [AuditRow]]) -> [Effect] {
        guard let deed = undoLog.deed(id, direction) else { return [] }
        var changed: [String: AuditEntry] = [:]
        for change in deed.changes {
            guard let target = change.command.target, let rows = found[Self.changes(of: target)],
                let entry = later(rows, than: change)
            else { continue }
            changed[change.rowID] = entry
        }
        let open = deed.changes.filter { changed[$0.rowID] == nil }
        guard !open.isEmpty else {
            guard let entry = deed.changes.first.flatMap({ changed[$0.rowID] }) else { return [] }
            undoLog.close(id, direction, "changed since by \(SafeText(entry.actorName).text)")
            let words = words(of: entry)
            status = Status(
                deed.changes.count == 1
                    ? "\(deed.label.text) was changed since (\(words.text)): that can't be undone any more"
                    : "all of them were changed since (the first: \(words.text)): that can't be undone any more", .warning)
            return []
        }
        let left = deed.changes.compactMap { change in
            changed[change.rowID].map { entry in
                Roster.Entry(label: change.label, details: [Line("  \(words(of: entry).text)", .muted)])
            }
        }
        var question = question(deed, direction, open.map { $0.step(direction) }, left: left)
        question.turning = Confirmation.Turning(direction: direction, deed: id, lost: Set(changed.keys))
        return self.open(question)
    }

    /// What was done to it since; nil where nothing was. Somebody else comes before ourselves.
    private func later(_ rows: [AuditRow], than change: Deed.Change) -> AuditEntry? {
        let later = rows.compactMap { row -> AuditEntry? in
            guard case .entry(let entry) = row, entry.sequence > change.sequence, entry.isAllowed else { return nil }
            return entry
        }
        return later.first { !undoLog.own.contains($0.sequence) } ?? later.first
    }

    private func words(of entry: AuditEntry) -> SafeText {
        "\(entry.line.sentence.text), \(TimeText.relative(entry.at, now: now).text)"
    }

    private func question(_ deed: Deed, _ direction: UndoDirection, _ turned: [Step], left: [Roster.Entry]) -> Confirmation {
        let isUndo = direction == .undo
        let steps = Array(isUndo ? turned.reversed() : turned)
        var lines = Array(steps.count == 1 ? steps[0].turnLines[...] : steps[0].turnLines.prefix(1))
        var roster: Roster?
        if steps.count > 1 || !left.isEmpty {
            lines.append(Line("What was changed since by somebody else stays as it is.", .muted))
            let meant = Roster.Section(title: "", heading: nil, entries: steps.map { Roster.Entry(label: $0.label) })
            let others = Roster.Section(
                title: "staying", heading: Line("Changed since, so it stays as it is:", .warning), entries: left)
            roster = Roster(sections: left.isEmpty ? [meant] : [meant, others])
        }
        let what: SafeText = "\(deed.verb.text) \(Deed.label(steps.map(\.label)).text)"
        return Confirmation(
            isUndo ? "Undo: \(what.text)?" : "Do again: \(what.text)?", lines: lines, roster: roster,
            button: isUndo ? "undo" : "do again",
            verb: isUndo ? "undone: \(deed.verb.text)" : "done again: \(deed.verb.text)", steps: steps,
            asksImpact: steps[0].command.changesRights && steps.count <= Bulk.impactLimit, asksWhy: true, isDangerous: false)
    }

    // MARK: Noting

    /// What was done is told in the list of what can be undone.
    mutating func noteDeed(_ batch: Batch) {
        if let turning = batch.turning {
            let entries = Dictionary(batch.done.map { ($0.step.rowID, $0.sequence) }) { $1 }
            guard !entries.isEmpty || !batch.outdated.isEmpty else { return }
            return undoLog.turn(turning.deed, turning.direction, entries: entries, lost: turning.lost.union(batch.outdated))
        }
        guard let first = batch.done.first else { return }
        let changes = batch.done.compactMap { done -> Deed.Change? in
            guard let inverse = done.step.inverse, let version = done.step.command.version else { return nil }
            return Deed.Change(
                label: done.step.label, rowID: done.step.rowID, command: done.step.command, inverse: inverse,
                before: version, after: version + 1, sequence: done.sequence)
        }
        undoLog.note(
            Deed(
                verb: batch.verb, label: Deed.label(changes.isEmpty ? batch.done.map(\.step.label) : changes.map(\.label)),
                at: now, changes: changes, obstacle: changes.isEmpty ? first.step.command.whyLasting : nil))
    }
}

extension Command {
    /// The thing it is about, where that can be turned back.
    var target: AuditTarget? {
        switch self {
        case .changeMemberRoles(let change): AuditTarget(.member, id: change.member.text, name: "")
        case .editRole(let edit): AuditTarget(.role, id: edit.role.text, name: "")
        case .editToken(let edit): AuditTarget(.token, id: edit.token.text, name: "")
        case .editNetworks(let edit): AuditTarget(.token, id: edit.token.text, name: "")
        case .suppressFinding(let suppression): AuditTarget(.token, id: suppression.token.text, name: "")
        case .liftSuppression(let id, _, _): AuditTarget(.token, id: id.text, name: "")
        case .flagToken(let id, _, _, _), .unflagToken(let id, _): AuditTarget(.token, id: id.text, name: "")
        default: keeping.map { AuditTarget(.token, id: $0.token.text, name: "") }
        }
    }

    /// Why nothing turns it back.
    fileprivate var whyLasting: SafeText {
        switch self {
        case .deleteToken, .deleteRole: "a deletion can't be undone"
        case .rotateToken: "a rotation can't be undone: it made a new secret"
        case .createToken, .createRole, .adoptToken: "what is new is deleted, not undone"
        case .inviteMember: "an invitation is taken back by removing the member"
        case .removeMember: "a removal can't be undone: invite the member again"
        case .transferOwnership: "only the new owner can give the account back"
        case .saveTemplate, .deleteTemplate: "a template is saved anew, not undone"
        case .acceptInvitation, .importAccount, .startReview, .closeReview: "it can't be undone"
        case .decideReviewItem: "a decision is replaced by another, not undone"
        case .changeMemberRoles, .editRole, .editToken, .editNetworks, .flagToken, .unflagToken, .quarantineToken, .thawToken,
            .planScope,
            .cancelPlan, .applyPlan, .restoreScope, .suppressFinding, .liftSuppression, .changeSettings:
            "done over a change not seen here"
        }
    }

    /// Whether somebody else's rights may hang on it.
    fileprivate var changesRights: Bool {
        switch self {
        case .changeMemberRoles, .editRole: true
        default: false
        }
    }
}

extension Step {
    /// What it does, told from what it turns back: before → after.
    var turnLines: [Line] {
        switch (command, inverse) {
        case (.unflagToken, _): return [Line("The flag comes off again.")]
        case (.flagToken(_, let reason, let due, _), _):
            let day = due.map { ", to be deleted by \(TimeText.day($0).text)" } ?? ""
            return [Line("It is flagged for deletion: ").adding(SafeText(reason), .strong).adding("\(day)")]
        case (.editToken(let edit), .editToken(let now)?):
            return Self.changes([
                ("Name", now.name, edit.name), ("Purpose", now.purpose, edit.purpose),
                ("Expires", Model.expiryText(now.expiresAt), Model.expiryText(edit.expiresAt)),
                ("Scope", now.scope.long(roleKeys: []).text, edit.scope.long(roleKeys: []).text),
            ])
        case (.editRole(let edit), .editRole(let now)?):
            return Self.changes([
                ("Name", now.name, edit.name), ("Description", now.description, edit.description),
                ("Base permissions", now.basePermissions.rawValue, edit.basePermissions.rawValue),
                ("Policy", now.policy.json.text(pretty: false), edit.policy.json.text(pretty: false)),
            ])
        case (.changeMemberRoles(let change), .changeMemberRoles(let now)?):
            return Self.changes([
                ("Base role", now.baseRole.rawValue, change.baseRole.rawValue),
                ("Custom roles", "\(now.customRoles.count)", "\(change.customRoles.count)"),
            ], else: "Other custom roles, as they were.")
        default: return command.keepingLines
        }
    }

    private static func changes(_ fields: [(SafeText, String, String)], else words: SafeText = "") -> [Line] {
        let changed = fields.filter { $0.1 != $0.2 }
        guard !changed.isEmpty else { return [Line(words)] }
        return changed.map { name, before, after in
            Line("\(name.text): ", .muted).adding(SafeText(before.isEmpty ? "–" : before), .removed)
                .adding(" → ", .muted).adding(SafeText(after.isEmpty ? "–" : after), .added)
        }
    }
}
