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
        return [.perform(first.command, comment: comment)]
    }

    mutating func take(_ performed: Performed, of command: Command) -> [Effect] {
        guard var batch, let step = batch.current ?? batch.last, step.command == command else { return [] }
        if let refusal = performed.refusal { return take(refusal, of: &batch, step) }
        undoLog.noteOwn(performed.entry.sequence)
        batch.done.append(Batch.Done(step: step, sequence: performed.entry.sequence))
        if let secret = performed.secret {
            self.batch = nil
            noteDeed(batch)
            closeDialogs(of: batch)
            dialogs.append(.secret(SecretScreen(secret: secret, name: step.label)))
            status = nil
            return noteChange() + seekNew(performed.entry.target, of: command)
        }
        return note(&batch, step, batch.verb, isDone: true) + seekNew(performed.entry.target, of: command)
    }

    private mutating func take(_ refusal: Refusal, of batch: inout Batch, _ step: Step) -> [Effect] {
        guard case .changedMeanwhile(let target, let shown, let now) = refusal else {
            return note(&batch, step, refusal.sentence, isDone: false)
        }
        if batch.turning != nil {
            batch.outdated.insert(step.rowID)
            return note(&batch, step, "it was changed since: left as it is", isDone: false)
        }
        if batch.steps.count == 1 {
            return askAgain(step, of: batch, target: target, shown: shown, now: now)
        }
        batch.stale.append(
            StaleCommand(
                step: step, verb: batch.verb, target: target, shown: shown, now: now, comment: batch.comment))
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
        case (.startReview, .review): return openReviews()
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
                        stale: batch.stale)))
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
        let stale = StaleCommand(
            step: step, verb: batch.verb, target: target, shown: shown, now: now, comment: batch.comment)
        // The lists come first: what a command goes back to is what they show then.
        return noteChange() + settle() + begin(Inquiry(.again([stale]), about: [target]))
    }
}
