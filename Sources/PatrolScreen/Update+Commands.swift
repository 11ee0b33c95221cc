import PatrolDomain
import PatrolPresentation

/// Commands go out one after another, and what came of each is said.
extension Model {
    /// Does these, one after another.
    mutating func perform(
        _ steps: [Step], verb: SafeText, comment: String = "", turning: Confirmation.Turning? = nil
    ) -> [Effect] {
        guard batch == nil, let first = steps.first else { return [] }
        batch = Batch(verb: verb, steps: steps, comment: comment, turning: turning)
        // Of several the status line tells how far it is.
        if steps.count > 1 { (dialogs, filterEntry, marking) = ([], nil, nil) }
        batch?.dialogCount = dialogs.count
        if let turning { undoLog.take(turning.direction) }
        return [.perform(first.command, comment: comment)]
    }

    mutating func take(_ performed: Performed, of command: Command) -> [Effect] {
        guard var batch, let step = batch.current ?? batch.last, step.command == command else { return [] }
        if let refusal = performed.refusal { return take(refusal, of: &batch, step) }
        if let secret = performed.secret {
            self.batch = nil
            closeDialogs(of: batch)
            dialogs.append(.secret(SecretScreen(secret: secret, name: step.label)))
            status = nil
            return noteChange() + seekNew(performed.entry.target, of: command)
        }
        batch.done.append(step)
        batch.sequence = performed.entry.sequence
        return note(&batch, step, batch.verb, isDone: true) + seekNew(performed.entry.target, of: command)
    }

    private mutating func take(_ refusal: Refusal, of batch: inout Batch, _ step: Step) -> [Effect] {
        guard case .changedMeanwhile(let target, let shown, let now) = refusal else {
            return note(&batch, step, refusal.sentence, isDone: false)
        }
        if batch.turning != nil {
            batch.isOutdated = true
            return note(&batch, step, "it was changed since: left as it is", isDone: false)
        }
        if batch.steps.count == 1 {
            return askAgain(step, of: batch, target: target, shown: shown, now: now)
        }
        // What it was before is not what it would go back to.
        batch.stale.append(Step(label: step.label, rowID: step.rowID, command: step.command.with(version: now)))
        return note(&batch, step, "changed meanwhile: Enter asks again", isDone: false)
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
        guard var batch, let step = batch.current ?? batch.last, step.command == command else { return [] }
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
        noteDeed(batch)
        let done = Set(batch.results.filter(\.isDone).map(\.rowID))
        tokens.unmark(ids: done)
        members.unmark(ids: done)
        guard batch.steps.count == 1, let only = batch.results.first else {
            dialogs.append(
                .results(
                    Results(
                        verb: batch.verb, items: batch.results, left: batch.steps.count - batch.results.count,
                        stale: batch.stale, comment: batch.comment)))
            return
        }
        guard only.isDone else { return showFault(only.text, of: batch) }
        closeDialogs(of: batch)
        status = Status("\(only.text.text) `\(only.label.text)`", .good)
    }

    /// Closes what the command was asked from, with what was opened on top of it.
    private mutating func closeDialogs(of batch: Batch) {
        if batch.dialogCount > 0 { dialogs = [] }
    }

    /// After every message: a dialog that was left is the command's no more.
    mutating func settleBatch() {
        if let count = batch?.dialogCount, dialogs.count < count { batch?.dialogCount = dialogs.count }
    }

    /// What was done and has an inverse can be turned back from now on.
    private mutating func noteDeed(_ batch: Batch) {
        let steps = batch.done.filter { $0.inverse != nil }
        guard !steps.isEmpty else {
            // Nothing came of it, though nothing had changed: it can be tried again.
            if let turning = batch.turning, !batch.isOutdated { undoLog.putBack(turning.deed, turning.direction) }
            return
        }
        let deed = Deed(verb: batch.turning?.deed.verb ?? batch.verb, steps: steps, sequence: batch.sequence)
        switch batch.turning?.direction {
        case nil: undoLog.note(deed)
        case .undo: undoLog.noteUndone(deed)
        case .redo: undoLog.noteRedone(deed)
        }
    }

    /// Asks about all that changed meanwhile, together.
    mutating func askAgain(_ results: Results) {
        var lines = results.stale.prefix(10).map { Line($0.label, .strong) }
        if results.stale.count > 10 { lines.append(Line("and \(Count.number(results.stale.count - 10).text) more", .muted)) }
        lines += [
            .blank, Line("Somebody changed them after you looked at them."),
            Line("Your command goes on from what they are now, and may undo that.", .warning),
        ]
        var question = Confirmation(
            "\(Count.of(results.stale.count, "thing").text) changed meanwhile: do it all the same?", lines: lines,
            button: "do it all the same", verb: results.verb, steps: results.stale, asksWhy: true)
        question.why = TextField(results.comment, limit: TextRule.comment.maximumLength)
        dialogs.append(.confirmation(question))
    }

    /// Where what was asked for was written: in its form, if it is still open, else below.
    private mutating func showFault(_ why: SafeText, of batch: Batch) {
        guard batch.dialogCount > 0 else {
            status = Status(why, .bad)
            return
        }
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
        if batch.dialogCount > 0, case .confirmation? = dialogs.last { dialogs.removeLast() }
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
        // What it was before is not what it would go back to.
        step.inverse = nil
        var question = Confirmation(
            "`\(stale.target.name)` has changed", lines: lines, button: "do it all the same",
            verb: stale.verb, steps: [step], asksWhy: !stale.comment.isEmpty)
        question.why = question.why.map { _ in TextField(stale.comment, limit: TextRule.comment.maximumLength) }
        return question
    }
}
