import PatrolDomain
import PatrolJSON
import PatrolPresentation

/// Something that was done here, and how it is turned back.
struct Deed: Hashable, Sendable {
    /// In the past tense: `flagged`.
    var verb: SafeText
    /// Those that were done, each with its inverse.
    var steps: [Step]
    /// The audit entry of the last one.
    var sequence: Int64

    /// One name, or how many.
    var label: SafeText {
        steps.count == 1 ? "`\(steps[0].label.text)`" : Count.of(steps.count, "thing")
    }
}

/// What can be undone and done again: the last thing last, so many of each.
struct UndoLog: Hashable, Sendable {
    static let limit = 50

    private(set) var done: [Deed] = []
    private(set) var undone: [Deed] = []

    /// Something new was done: what was undone before can't be done again.
    mutating func note(_ deed: Deed) {
        undone = []
        done = (done + [deed]).suffix(Self.limit)
    }

    mutating func noteUndone(_ deed: Deed) { undone = (undone + [deed]).suffix(Self.limit) }

    mutating func noteRedone(_ deed: Deed) { done = (done + [deed]).suffix(Self.limit) }

    /// Takes out what is turned back now, whatever comes of it.
    mutating func take(_ direction: UndoDirection) {
        switch direction {
        case .undo: _ = done.popLast()
        case .redo: _ = undone.popLast()
        }
    }

    mutating func putBack(_ deed: Deed, _ direction: UndoDirection) {
        direction == .undo ? noteRedone(deed) : noteUndone(deed)
    }

    func last(_ direction: UndoDirection) -> Deed? { direction == .undo ? done.last : undone.last }
}

enum UndoDirection: Hashable, Sendable { case undo, redo }

/// A deed that is to be turned back, until it is known whether its thing is still as it was left.
struct Undoing: Hashable, Sendable {
    var direction: UndoDirection
    var deed: Deed
    var query: Query
}

extension Step {
    /// The command that turns it back, for the thing as this one left it; its own inverse is this one again.
    var turned: Step? {
        guard let inverse, let version = command.version else { return nil }
        return Step(label: label, rowID: rowID, command: inverse.with(version: version + 1), inverse: command)
    }
}

extension Model {
    mutating func treatUndo(_ direction: UndoDirection) -> [Effect] {
        guard batch == nil, let deed = undoLog.last(direction) else { return [] }
        guard deed.steps.count == 1, let target = deed.steps[0].command.target else {
            return askUndo(deed, direction)
        }
        let query = Self.changes(of: target)
        undoing = Undoing(direction: direction, deed: deed, query: query)
        return [.load(query)]
    }

    /// The newest entries about the thing that is to be turned back.
    mutating func takeForUndo(_ rows: [AuditRow], of query: Query) -> [Effect] {
        guard let undoing, undoing.query == query else { return [] }
        self.undoing = nil
        let later = rows.compactMap { row -> AuditEntry? in
            guard case .entry(let entry) = row, entry.sequence > undoing.deed.sequence, entry.isAllowed else { return nil }
            return entry
        }
        guard let last = later.first else { return askUndo(undoing.deed, undoing.direction) }
        undoLog.take(undoing.direction)
        status = Status(
            "\(undoing.deed.label.text) was changed since (\(last.line.sentence.text), \(TimeText.relative(last.at, now: now).text)): that can't be undone any more",
            .warning)
        return []
    }

    private mutating func askUndo(_ deed: Deed, _ direction: UndoDirection) -> [Effect] {
        let steps = deed.steps.reversed().compactMap(\.turned)
        guard let first = steps.first else { return [] }
        var lines: [Line]
        if steps.count == 1 {
            lines = first.turnLines
        } else {
            lines = steps.prefix(10).map { Line($0.label, .strong) }
            if steps.count > 10 { lines.append(Line("and \(Count.number(steps.count - 10).text) more", .muted)) }
            lines += [.blank] + first.turnLines.prefix(1)
            lines.append(Line("What was changed since by somebody else stays as it is.", .muted))
        }
        let title: SafeText = direction == .undo ? "Undo: \(deed.verb.text) \(deed.label.text)?" : "Do again: \(deed.verb.text) \(deed.label.text)?"
        if first.command.changesRights { lines += Bulk.limitLines(steps.count) }
        var question = Confirmation(
            title, lines: lines, button: direction == .undo ? "undo" : "do again",
            verb: direction == .undo ? "undone: \(deed.verb.text)" : "done again: \(deed.verb.text)", steps: steps,
            asksImpact: first.command.changesRights && steps.count <= Bulk.impactLimit, asksWhy: true, isDangerous: false)
        question.turning = Confirmation.Turning(direction: direction, deed: deed)
        return open(question)
    }
}

extension Command {
    /// The thing it is about, where that can be turned back.
    var target: AuditTarget? {
        switch self {
        case .changeMemberRoles(let change): AuditTarget(.member, id: change.member.text, name: "")
        case .editRole(let edit): AuditTarget(.role, id: edit.role.text, name: "")
        case .editToken(let edit): AuditTarget(.token, id: edit.token.text, name: "")
        case .flagToken(let id, _, _, _), .unflagToken(let id, _): AuditTarget(.token, id: id.text, name: "")
        default: nil
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
    fileprivate var turnLines: [Line] {
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
        default: return []
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
