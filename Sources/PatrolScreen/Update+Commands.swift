import PatrolDomain
import PatrolPresentation

/// Commands go out one after another, and what came of each is said.
extension Model {
    /// Does these, one after another.
    mutating func perform(_ steps: [Step], verb: SafeText, comment: String = "") -> [Effect] {
        guard batch == nil, let first = steps.first else { return [] }
        batch = Batch(verb: verb, steps: steps, comment: comment)
        return [.perform(first.command, comment: comment)]
    }

    mutating func take(_ performed: Performed, of command: Command) -> [Effect] {
        guard var batch, let step = batch.current, step.command == command else { return [] }
        if let refusal = performed.refusal {
            if case .changedMeanwhile(let target, let shown, let now) = refusal, batch.steps.count == 1 {
                return askAgain(step, of: batch, target: target, shown: shown, now: now)
            }
            return note(&batch, step, refusal.sentence, isDone: false)
        }
        if let secret = performed.secret {
            self.batch = nil
            dialogs = [.secret(SecretScreen(secret: secret, name: step.label))]
            status = nil
            return noteChange() + seekNew(performed.entry.target, of: command)
        }
        return note(&batch, step, batch.verb, isDone: true) + seekNew(performed.entry.target, of: command)
    }

    /// The cursor goes to a thing that was just made, so that the next key is about nothing else.
    private mutating func seekNew(_ target: AuditTarget, of command: Command) -> [Effect] {
        switch (command, target.kind) {
        case (.inviteMember, .member):
            members.seek(target.id)
            return restart(.members)
        case (.createRole, .role):
            roles.seek(target.id)
            return restart(.roles)
        case (.createToken, .token):
            tokens.seek(target.id)
            return restart(.tokens)
        default: return []
        }
    }

    /// A new thing that its list does not hold, because of a filter or among too many, opens in the detail.
    mutating func showSought() {
        let missed: [(AuditTarget.Kind, String?)] = [
            (.member, members.stopSeeking()), (.role, roles.stopSeeking()), (.token, tokens.stopSeeking()),
        ]
        for (kind, id) in missed {
            guard let id, let subject = Subject(AuditTarget(kind, id: id, name: "")), subject.pane == front else {
                continue
            }
            trail.append(Visit(pane: front, isDetailFocused: isDetailFocused, subject: detail.pinned))
            detail.pinned = subject
            isDetailFocused = true
        }
    }

    mutating func fail(_ command: Command, _ why: SafeText) -> [Effect] {
        guard var batch, let step = batch.current, step.command == command else { return [] }
        return note(&batch, step, why, isDone: false)
    }

    private mutating func note(
        _ batch: inout Batch, _ step: Step, _ text: SafeText, isDone: Bool
    ) -> [Effect] {
        batch.results.append(
            Results.Item(label: step.label, rowID: step.rowID, text: text, isDone: isDone))
        self.batch = batch
        if let next = batch.current { return [.perform(next.command, comment: batch.comment)] }
        self.batch = nil
        finish(batch)
        return noteChange()
    }

    private mutating func finish(_ batch: Batch) {
        let done = Set(batch.results.filter(\.isDone).map(\.rowID))
        tokens.unmark(ids: done)
        members.unmark(ids: done)
        guard batch.results.count == 1, let only = batch.results.first else {
            dialogs = [.results(Results(verb: batch.verb, items: batch.results))]
            return
        }
        guard only.isDone else { return showFault(only.text) }
        dialogs = []
        status = Status("\(only.text.text) `\(only.label.text)`", .good)
    }

    /// Where what was asked for was written: in its form, if it is still open, else below.
    private mutating func showFault(_ why: SafeText) {
        if case .confirmation? = dialogs.last { dialogs.removeLast() }
        switch dialogs.last {
        case .form(var form)?:
            form.fault = why
            replaceTop(.form(form))
        case .creation(var creation)?:
            creation.setFault(why)
            replaceTop(.creation(creation))
        default: status = Status(why, .bad)
        }
    }

    // MARK: Things that changed meanwhile

    private mutating func askAgain(
        _ step: Step, of batch: Batch, target: AuditTarget, shown: Int, now: Int
    ) -> [Effect] {
        self.batch = nil
        if case .confirmation? = dialogs.last { dialogs.removeLast() }
        stale = StaleCommand(
            step: step, verb: batch.verb, target: target, shown: shown, now: now, comment: batch.comment)
        return noteChange() + [.load(Self.changes(of: target))]
    }

    /// The question that tells what happened to a thing.
    static func changes(of target: AuditTarget) -> Query {
        .history(of: target.kind, id: target.id, limit: 10)
    }

    /// What changed, and whether it is to be done all the same.
    static func confirmation(of stale: StaleCommand, history: [AuditRow], now: Timestamp) -> Confirmation {
        var lines = [Line("It was changed after you looked at it:"), .blank]
        for row in history.prefix(max(1, stale.now - stale.shown)) {
            guard case .entry(let entry) = row else { continue }
            lines.append(
                Line("\(TimeText.relative(entry.at, now: now).text), ", .muted).adding(entry.line.sentence, .strong))
            for change in entry.changes {
                lines.append(
                    Line("  \(change.field): ", .muted).adding(SafeText(change.before ?? "–"), .removed)
                        .adding(" → ", .muted).adding(SafeText(change.after ?? "–"), .added))
            }
        }
        lines += [.blank, Line("Your command goes on from what it is now, and may undo that.")]
        var step = stale.step
        step.command = step.command.with(version: stale.now)
        var question = Confirmation(
            "`\(stale.target.name)` has changed", lines: lines, button: "do it all the same",
            verb: stale.verb, steps: [step], asksWhy: !stale.comment.isEmpty)
        question.why = question.why.map { _ in TextField(stale.comment, limit: TextRule.comment.maximumLength) }
        return question
    }
}

extension Command {
    /// The same, for the thing as it is now.
    func with(version: Int) -> Command {
        switch self {
        case .changeMemberRoles(var change):
            change.version = version
            return .changeMemberRoles(change)
        case .removeMember(let id, _): return .removeMember(id, version: version)
        case .transferOwnership(let id, _): return .transferOwnership(to: id, version: version)
        case .editRole(var edit):
            edit.version = version
            return .editRole(edit)
        case .deleteRole(let id, _): return .deleteRole(id, version: version)
        case .editToken(var edit):
            edit.version = version
            return .editToken(edit)
        case .rotateToken(var rotation):
            rotation.version = version
            return .rotateToken(rotation)
        case .flagToken(let id, let reason, let dueAt, _):
            return .flagToken(id, reason: reason, dueAt: dueAt, version: version)
        case .unflagToken(let id, _): return .unflagToken(id, version: version)
        case .deleteToken(let id, _): return .deleteToken(id, version: version)
        case .inviteMember, .acceptInvitation, .createRole, .createToken, .adoptToken, .importAccount:
            return self
        }
    }
}
