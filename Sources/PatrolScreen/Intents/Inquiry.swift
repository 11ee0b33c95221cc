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
        case .again(let stale): return open(Self.confirmation(of: stale, found: inquiry.found, now: now))
        }
    }

    /// Another key means that something else is wanted than to turn something back.
    mutating func dropTurning() {
        if case .turn? = inquiry?.purpose { inquiry = nil }
    }

    /// The question that tells what happened to a thing.
    static func changes(of target: AuditTarget) -> Query {
        .history(of: target.kind, id: target.id, limit: 10)
    }

    /// What changed and by whom, and whether it is to be done all the same.
    private static func confirmation(
        of stale: [StaleCommand], found: [Query: [AuditRow]], now: Timestamp
    ) -> Confirmation {
        let isOne = stale.count == 1
        var lines = isOne ? [Line("It was changed after you looked at it:"), .blank] : [Line("They were changed after you looked at them:")]
        for one in stale.prefix(Inquiry.limit) {
            if !isOne { lines += [.blank, Line(one.step.label, .strong)] }
            lines += one.lines(of: found[changes(of: one.target)] ?? [], now: now)
        }
        if stale.count > Inquiry.limit {
            lines += [.blank, Line("and \(Count.number(stale.count - Inquiry.limit).text) more", .muted)]
        }
        let isLasting = stale.contains { $0.step.command.isLasting }
        lines += [
            .blank,
            isLasting
                ? Line("This can't be undone.", .warning)
                : Line("Your command goes on from what \(isOne ? "it is" : "they are") now, and may undo that.", .warning),
        ]
        let steps = stale.map { one in
            // What it was before is not what it would go back to.
            Step(label: one.step.label, rowID: one.step.rowID, command: one.step.command.with(version: one.now))
        }
        let comment = stale.first?.comment ?? ""
        var question = Confirmation(
            isOne
                ? "`\(stale[0].target.name)` has changed"
                : "\(Count.of(stale.count, "thing").text) changed meanwhile: do it all the same?",
            lines: lines, button: isLasting ? "delete" : "do it all the same", verb: stale.first?.verb ?? "", steps: steps,
            asksImpact: isLasting && steps.count <= Bulk.impactLimit, asksWhy: !isOne || !comment.isEmpty,
            word: isLasting ? "delete \(steps.count)" : nil)
        question.why = question.why.map { _ in TextField(comment, limit: TextRule.comment.maximumLength) }
        return question
    }
}

extension StaleCommand {
    /// Who changed what of it since it was shown; what was refused, our own command first, changed nothing.
    fileprivate func lines(of history: [AuditRow], now: Timestamp) -> [Line] {
        let changes = history.compactMap { row -> AuditEntry? in
            if case .entry(let entry) = row, entry.isAllowed { entry } else { nil }
        }
        return changes.prefix(max(1, self.now - shown)).flatMap { entry in
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
