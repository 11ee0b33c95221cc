import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen

/// What must be so after every message, whatever it was.
struct FuzzRules {
    private(set) var performedCount = 0
    private(set) var secretCount = 0
    private var messages = 0
    /// What the program keeps of the frame before.
    private var memo = FrameMemo()

    /// A new start of the program.
    mutating func forgetFrame() { memo = FrameMemo() }

    /// The first rule that is broken, in words; nil: none is.
    mutating func fault(of effects: [Effect], after message: Message, before: Model, now: Model) -> String? {
        messages += 1
        if effects.count > 40 { return "\(effects.count) effects at once" }
        let performed = effects.compactMap { if case .perform(let command, _) = $0 { command } else { nil } }
        performedCount += performed.count
        if let secret = now.secretScreen, before.secretScreen?.secret != secret.secret { secretCount += 1 }
        // The file's answer may hold views of other sessions.
        var isFromFile = false
        if case .reply(.viewsKept) = message { isFromFile = true }
        if before.views != now.views, !isFromFile, !effects.contains(.saveViews(now.views)) {
            return "the views are others now, and are not kept"
        }
        if before.hasMouse != now.hasMouse, !effects.contains(.captureMouse(now.hasMouse)) { return "the mouse is not as it is said" }
        return changeFault(performed, after: message, before: before) ?? secretFault(effects, message, before, now)
            ?? placeFault(now) ?? boundFault(now) ?? frameFault(now)
    }

    // MARK: Nothing is done that was not confirmed

    private func changeFault(_ performed: [Command], after message: Message, before: Model) -> String? {
        guard let command = performed.first else { return nil }
        if performed.count > 1 { return "two commands at once" }
        switch message {
        case .key(let key):
            if before.batch != nil { return "a command while another one is under way" }
            return isConfirmed(command, by: key, before) ? nil : "`\(key)` did \(command) without a question"
        case .mouse(let event):
            if before.batch != nil { return "a command while another one is under way" }
            return isConfirmed(command, by: event, before) ? nil : "\(event) did \(command) without a question"
        case .reply(.performed(let done, _)), .reply(.commandFailed(let done, _)):
            if before.reviewScreen?.queue?.commands.dropFirst().first == command { return nil }
            guard let batch = before.batch, batch.steps.indices.contains(batch.results.count + 1),
                batch.steps[batch.results.count].command == done,
                batch.steps[batch.results.count + 1].command == command
            else { return "an answer did \(command), which was not the next of those confirmed" }
            return nil
        case .reply(.answered(let query, _)) where query == before.reviewScreen?.awaitedRest: return nil
        default: return "\(message) did \(command)"
        }
    }

    private func isConfirmed(_ command: Command, by key: PatrolScreen.Key, _ before: Model) -> Bool {
        switch before.dialogs.last {
        case .confirmation(let question)?:
            // The word that was asked for may be followed by Enter at once.
            let isThere = question.focus == .go || question.focus == .field && question.word != nil
            return key == .enter && isThere && isAnswered(question, by: command, before)
        case .form(let form)?:
            return key == .control("s") || form.isOnButton && (key == .enter || key == " ")
        case .creation(let creation)?:
            guard case .summary(let summary) = creation.page else { return false }
            return (key == .control("s") || key == .enter && summary.isOnCreate)
                && command == .createToken(summary.command)
        case .commands?: return key == .enter && command == .acceptInvitation
        case .review(let screen)?: return isConfirmed(command, by: key, screen)
        case .secret?, .plain?, .menu?, .results?, .views?, .templates?, nil: return false
        }
    }

    /// A decision is a record: its key is enough where no reason is needed, else Enter behind the reason.
    private func isConfirmed(_ command: Command, by key: PatrolScreen.Key, _ screen: ReviewScreen) -> Bool {
        switch (command, screen.mode) {
        case (.decideReviewItem(let decision), .deciding): key == decision.answer.key && screen.queue == nil
        case (.decideReviewItem(let decision), .why(let answer, _)): key == .enter && decision.answer == answer
        case (.closeReview, .closing(let field)): key == .enter && field.text == "close"
        default: false
        }
    }

    private func isAnswered(_ question: Confirmation, by command: Command, _ before: Model) -> Bool {
        !question.isAwaited && !before.isQuestionNew && (question.word == nil || question.field.text == question.word)
            && question.steps.first?.command == command
    }

    /// A click is enough for what is not dangerous: on its button, or on its line in a list of commands. The bottom
    /// line has keys to click on, which are what they are when they are pressed.
    private func isConfirmed(_ command: Command, by event: MouseEvent, _ before: Model) -> Bool {
        guard event.kind == .click || event.kind == .doubleClick, let hit = before.hitAreas.hit(at: event.position) else { return false }
        switch (hit, before.dialogs.last) {
        case (.goButton, .confirmation(let question)?):
            return !question.isDangerous && isAnswered(question, by: command, before)
        case (.choice, .commands?): return command == .acceptInvitation
        case (.key(let key), _): return isConfirmed(command, by: key, before)
        default: return false
        }
    }

    // MARK: Secrets

    private func secretFault(_ effects: [Effect], _ message: Message, _ before: Model, _ now: Model) -> String? {
        if let status = now.status, status.text.text.contains("ptlp_"), status.text.text.contains(FuzzDesk.secretMark) {
            return "a secret in the status line"
        }
        guard let screen = before.secretScreen else { return nil }
        if case .secret? = now.dialogs.last { return nil }
        guard now.secretScreen == nil else { return "something lies over a secret" }
        guard effects.contains(.scrub) else { return "a secret went without being wiped" }
        let key: PatrolScreen.Key
        switch message {
        case .key(let pressed): key = pressed
        case .mouse(let event):
            guard case .key(let clicked)? = before.hitAreas.hit(at: event.position) else { return "a secret went by \(event)" }
            key = clicked
        default: return "a secret went by \(message)"
        }
        if screen.isKept || key == .control("c") || screen.isLeaving && (key == "y" || key == "Y") { return nil }
        return "a secret was lost by `\(key)`, though nobody said so"
    }

    // MARK: Places and bounds

    private func placeFault(_ now: Model) -> String? {
        placeFault("members", now.members) ?? placeFault("roles", now.roles) ?? placeFault("tokens", now.tokens)
            ?? placeFault("audit", now.audit)
    }

    private func placeFault<Row>(_ name: String, _ list: ListState<Row>) -> String? {
        let count = list.items.count
        if list.selected < 0 || list.selected >= max(1, count) { return "\(name): cursor \(list.selected) of \(count)" }
        if list.top < 0 || list.top >= max(1, count) { return "\(name): top \(list.top) of \(count)" }
        if count > ListState<Row>.windowRows + 2 * ListState<Row>.pageRows { return "\(name): \(count) rows are kept" }
        if list.marked.count > PatrolScreen.Marks<Row>.maximum { return "\(name): \(list.marked.count) marks" }
        return nil
    }

    private func boundFault(_ now: Model) -> String? {
        if now.dialogs.count > 6 { return "\(now.dialogs.count) dialogs: \(now.dialogs.map(\.place))" }
        if now.trail.count > 100 { return "\(now.trail.count) steps back" }
        if now.newest.count > 4 { return "\(now.newest.count) newest entries" }
        if now.detail.history.count > DetailState.historyLength { return "\(now.detail.history.count) entries of history" }
        if now.commandHistory.count > Remembered.historyLength { return "\(now.commandHistory.count) commands kept" }
        if now.filterHistory.values.contains(where: { $0.count > Remembered.historyLength }) { return "too many filters kept" }
        if now.views.count > SavedView.maximumCount { return "\(now.views.count) views" }
        if now.undoLog.done.count > UndoLog.limit || now.undoLog.undone.count > UndoLog.limit { return "too much to undo is kept" }
        if let entry = now.filterEntry, let offer = entry.offer, offer.words.count > 60 { return "\(offer.words.count) words are offered" }
        if now.size != now.size.clamped { return "the size is \(now.size)" }
        if case .confirmation(let question)? = now.dialogs.last, question.scroll > 4_000 { return "it scrolls for ever" }
        return nil
    }

    // MARK: The frame

    private mutating func frameFault(_ now: Model) -> String? {
        let frame = view(now, theme: .standard, memo: &memo)
        let size = now.size
        if frame.rows.count != size.rows { return "\(frame.rows.count) rows on \(size)" }
        let isThorough = messages % 8 == 0
        if isThorough, let fault = keptFault(frame, view(now, theme: .standard)) { return fault }
        let isSecret = if case .secret? = now.dialogs.last { true } else { false }
        for (place, row) in frame.rows.enumerated() {
            let width = row.reduce(0) { $0 + $1.text.width }
            if width != size.columns { return "row \(place) has \(width) cells on \(size)" }
            guard isThorough else { continue }
            let text = row.map(\.text.text).joined()
            if row.reduce(0, { $0 + TextWidth.of($1.text.text) }) != width { return "row \(place) is not as wide as it says" }
            if let unseen = text.unicodeScalars.first(where: { UnseenScalars.contains($0) }) {
                return "row \(place) sends U+\(String(unseen.value, radix: 16))"
            }
            if !isSecret, Self.holdsSecret(text) { return "a secret in row \(place)" }
        }
        guard let cursor = frame.cursor else { return nil }
        let isInside = (0..<size.rows).contains(cursor.row) && (0..<size.columns).contains(cursor.column)
        return isInside ? nil : "the cursor is at \(cursor) on \(size)"
    }
}

extension FuzzRules {
    /// The first row that is not as it is when nothing was kept.
    private func keptFault(_ frame: Frame, _ fresh: Frame) -> String? {
        if frame == fresh { return nil }
        for (place, row) in frame.rows.enumerated() where row != fresh.rows[place] {
            let (kept, new) = (row.map(\.text.text).joined(), fresh.rows[place].map(\.text.text).joined())
            return "row \(place) is one of the frame before:\n\(kept)\n\(new)"
        }
        return "the cursor is at \(frame.cursor.map { "\($0)" } ?? "no place"), as in the frame before"
    }

    private static let secretBytes = Array(FuzzDesk.secretMark.utf8)

    /// Looked for in every row: by its first byte, which is rare, and not as a search for any text does it.
    private static func holdsSecret(_ row: String) -> Bool {
        let bytes = Array(row.utf8)
        return bytes.indices.contains { bytes[$0] == secretBytes[0] && bytes[$0...].starts(with: secretBytes) }
    }
}

extension Model {
    /// The screen of a secret, wherever it lies.
    var secretScreen: SecretScreen? {
        for case .secret(let screen) in dialogs { return screen }
        return nil
    }
}
