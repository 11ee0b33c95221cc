import PatrolDomain
import PatrolPresentation

/// What happened to some things lately is looked up, one after another, before a question about them is asked.
struct Inquiry: Equatable, Sendable {
    enum Purpose: Equatable, Sendable {
        /// Something is to be turned back.
        case turn(UndoDirection, deed: Int)
        /// Commands met things which had changed.
        case again([StaleCommand])
    }

    /// So many things are looked up.
    static let limit = 10

    let purpose: Purpose
    /// Not answered yet; the first one is asked.
    private(set) var queries: [Query]
    private(set) var found: [Query: [AuditRow]] = [:]

    init(_ purpose: Purpose, about targets: [AuditTarget]) {
        self.purpose = purpose
        queries = targets.prefix(Self.limit).map { Model.changes(of: $0) }
    }

    /// False when that was not asked.
    mutating func take(_ rows: [AuditRow], of query: Query) -> Bool {
        guard queries.first == query else { return false }
        queries.removeFirst()
        found[query] = rows
        return true
    }
}

extension Model {
    mutating func begin(_ inquiry: Inquiry) -> [Effect] {
        self.inquiry = inquiry
        return inquiry.queries.prefix(1).map { .load($0) }
    }

    /// The newest entries about one of the things.
    mutating func takeForInquiry(_ rows: [AuditRow], of query: Query) -> [Effect] {
        guard var inquiry, inquiry.take(rows, of: query) else { return [] }
        guard inquiry.queries.isEmpty else { return begin(inquiry) }
        self.inquiry = nil
        switch inquiry.purpose {
        case .turn(let direction, let deed): return askTurn(deed, direction, inquiry.found)
        case .again(let stale): return open(confirmation(of: stale, found: inquiry.found))
        }
    }

    /// Another key means that something else is wanted than to turn something back, or to see a proposal.
    mutating func dropTurning() {
        sizingWanted = nil
        if case .turn? = inquiry?.purpose { inquiry = nil }
    }

    /// The question that tells what happened to a thing.
    static func changes(of target: AuditTarget) -> Query {
        .history(of: target.kind, id: target.id, limit: 10)
    }

    /// What changed and by whom, and whether it is to be done all the same.
    private func confirmation(of stale: [StaleCommand], found: [Query: [AuditRow]]) -> Confirmation {
        let isOne = stale.count == 1
        var lines = [Line(isOne ? "It was changed after you looked at it." : "They were changed after you looked at them.")]
        let told = stale.enumerated().map { place, one in
            place < Inquiry.limit ? one.changes(in: found[Self.changes(of: one.target)] ?? [], now: now) : nil
        }
        let entries = zip(stale, told).flatMap { one, told in
            if isOne { return (told ?? []).map { Roster.Entry(label: "", details: $0) } }
            let note: SafeText = told == nil ? "what changed of it was not looked up" : ""
            return [Roster.Entry(label: one.step.label, note: note)]
                + (told ?? []).map { Roster.Entry(label: "", details: $0, isPart: true) }
        }
        let roster = Roster(sections: [Roster.Section(title: isOne ? "change" : "", heading: nil, entries: entries)])
        let isLasting = stale.contains { $0.step.command.isLasting }
        let steps = stale.map { one in
            // It would go back to what is there now, not to what was there when it was first asked for.
            let command = one.step.command.with(version: one.now)
            return Step(label: one.step.label, rowID: one.step.rowID, command: command, inverse: inverse(of: command))
        }
        lines.append(.blank)
        if isLasting {
            lines.append(Line("This can't be undone.", .warning))
        } else {
            lines.append(Line("Your command goes on from what \(isOne ? "it is" : "they are") now, and may undo that.", .warning))
            lines.append(undoLine(of: steps))
        }
        let comment = stale.first?.comment ?? ""
        var question = Confirmation(
            isOne
                ? "`\(stale[0].target.name)` has changed"
                : "\(Count.of(stale.count, "thing").text) changed meanwhile: do it all the same?",
            lines: lines, roster: roster, button: isLasting ? "delete" : "do it all the same", verb: stale.first?.verb ?? "", steps: steps,
            asksImpact: isLasting && steps.count <= Bulk.impactLimit, asksWhy: !isOne || !comment.isEmpty,
            word: isLasting ? "delete \(steps.count)" : nil)
        question.why = question.why.map { _ in TextField(comment, limit: TextRule.comment.maximumLength) }
        return question
    }
}

extension Model {
    /// Said before it is done: whether there is a way back.
    private func undoLine(of steps: [Step]) -> Line {
        let lost = steps.count { $0.inverse == nil }
        if lost == 0 { return Line("It can be undone, to what is there now.", .muted) }
        if lost == steps.count { return Line("It can't be undone: what is there now is not known here.", .warning) }
        return Line("\(Count.number(lost).text) of them can't be undone: what is there now is not known here.", .warning)
    }

    /// What turns a command back, where the thing is shown here as the command will meet it.
    private func inverse(of command: Command) -> Command? {
        switch command {
        // Only what is not flagged can be flagged.
        case .flagToken(let id, _, _, let version): return .unflagToken(id, version: version)
        case .unflagToken(let id, let version):
            guard let flag = shown(id, version)?.flag else { return nil }
            return .flagToken(id, reason: flag.reason, dueAt: flag.dueAt, version: version)
        case .editToken(let edit): return shown(edit.token, edit.version).map { .editToken(EditToken(as: $0)) }
        case .changeMemberRoles(let change):
            let rows = members.items.map(\.row.member)
            return rows.first { $0.id == change.member && $0.version == change.version }.map { .changeMemberRoles(ChangeMemberRoles(as: $0)) }
        case .editRole(let edit):
            for item in roles.items {
                guard case .custom(let role) = item.row.listing, role.id == edit.role, role.version == edit.version else { continue }
                return .editRole(EditRole(as: role))
            }
            return nil
        default:
            guard let about = command.keeping, let token = shown(about.token, about.version) else { return nil }
            return command.keepingInverse(of: token)
        }
    }

    private func shown(_ id: TokenID, _ version: Int) -> AccessToken? {
        tokens.items.lazy.map(\.row.token).first { $0.id == id && $0.version == version }
    }
}

extension StaleCommand {
    /// Who changed what of it since it was shown; what was refused, our own command first, changed nothing.
    fileprivate func changes(in history: [AuditRow], now: Timestamp) -> [[Line]] {
        let changes = history.compactMap { row -> AuditEntry? in
            if case .entry(let entry) = row, entry.isAllowed { entry } else { nil }
        }
        return changes.prefix(max(1, self.now - shown)).map { entry in
            let head = Line("\(TimeText.relative(entry.at, now: now).text), \(entry.line.sentence.text)")
            return [head] + entry.changes.map { change in
                Line("  \(change.field): ", .muted).adding(SafeText(change.before ?? "–"), .removed)
                    .adding(" → ", .muted).adding(SafeText(change.after ?? "–"), .added)
            }
        }
    }
}

extension Command {
    /// Nothing brings back what it takes away.
    fileprivate var isLasting: Bool {
        switch self {
        case .deleteToken, .deleteRole, .removeMember: true
        default: false
        }
    }
}
