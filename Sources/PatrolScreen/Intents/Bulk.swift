import PatrolDomain
import PatrolPresentation

/// What is to be done to several things at once, and what is left out of it.
struct Bulk: Hashable, Sendable {
    /// Something that can't be done, and why.
    struct LeftOut: Hashable, Sendable {
        var label: SafeText
        var why: SafeText
    }

    var steps: [Step] = []
    var leftOut: [LeftOut] = []
    /// How many of the steps' things were used lately; nil where that is not known of them.
    var usedLately: Int?
    /// What else is known of each thing, beside its name.
    private var notes: [SafeText] = []

    /// For so many things it is looked at beforehand whom a change touches.
    static let impactLimit = 50
    /// How long ago `lately` is.
    static let lately = TimeSpan.days(7)
    private static let names = 10

    mutating func add(_ step: Step, note: SafeText) {
        steps.append(step)
        if notes.count < Self.names { notes.append(note) }
    }

    mutating func leaveOut(_ label: SafeText, _ why: SafeText) {
        leftOut.append(LeftOut(label: label, why: why))
    }

    /// The first names, how many were used lately, and what is left out by its reasons.
    var summary: [Line] {
        var lines = zip(steps, notes).map { Line($0.label, .strong).adding("  " + $1, .muted) }
        if steps.count > lines.count { lines.append(Line("and \(Count.number(steps.count - lines.count).text) more", .muted)) }
        if let usedLately {
            let days = Self.lately.wholeDays
            lines += [
                .blank,
                usedLately == 0
                    ? Line("None of them is known to have been used in the last \(days) days.", .good)
                    : Line("Used in the last \(days) days: \(Count.number(usedLately).text) of them.", .warning),
            ]
        }
        return lines + leftOutLines
    }

    /// Said where so many things would be touched that nobody looks whom.
    static func limitLines(_ count: Int) -> [Line] {
        guard count > impactLimit else { return [] }
        return [.blank] + Line("Whom it touches is not looked at: these are more than \(impactLimit) at once.", .warning).wrapped(to: 70)
    }

    private var leftOutLines: [Line] {
        guard !leftOut.isEmpty else { return [] }
        var reasons: [SafeText] = []
        var counts: [SafeText: Int] = [:]
        for item in leftOut {
            if counts[item.why] == nil { reasons.append(item.why) }
            counts[item.why, default: 0] += 1
        }
        var lines: [Line] = [.blank, Line("Left out: \(Count.number(leftOut.count).text)", .warning)]
        for why in reasons.prefix(5) { lines.append(Line("  \(counts[why] ?? 0): \(why.text)", .muted)) }
        if reasons.count > 5 { lines.append(Line("  and for \(reasons.count - 5) more reasons", .muted)) }
        return lines
    }
}

extension Model {
    /// Sorts the tokens by whether this can be done to them.
    func bulk(_ rows: [TokenRow], _ intent: Intent, _ step: (TokenRow) -> Step?) -> Bulk {
        var bulk = Bulk()
        var used = 0
        for row in rows {
            if let why = obstacle(intent, of: row, isAmongOthers: rows.count > 1) {
                bulk.leaveOut(row.token.label, why)
            } else if let step = step(row) {
                bulk.add(step, note: useWords(row))
                if let last = row.token.lastUsedAt, now - last <= Bulk.lately { used += 1 }
            }
        }
        bulk.usedLately = used
        return bulk
    }

    /// Sorts the members by whether this can be done to them. A step that is nil would change nothing.
    func bulk(_ rows: [MemberRow], _ intent: Intent, _ step: (MemberRow) -> Step?) -> Bulk {
        var bulk = Bulk()
        for row in rows {
            let name = SafeText(row.member.displayName)
            if let why = obstacle(intent, of: row) {
                bulk.leaveOut(name, why)
            } else if let step = step(row) {
                bulk.add(step, note: "\(row.member.email) · \(Count.of(row.tokenCount, "token").text)")
            } else {
                bulk.leaveOut(name, "these are the roles already")
            }
        }
        return bulk
    }

    /// One question for all of it; where nothing can be done, why.
    mutating func ask(_ bulk: Bulk, _ question: (Bulk) -> Confirmation) -> [Effect] {
        guard !bulk.steps.isEmpty else {
            status = Status(bulk.leftOut.first.map { "none of them: \($0.why.text)" } ?? "there is nothing to do", .warning)
            if case .form? = dialogs.last { dialogs.removeLast() }
            return []
        }
        return open(question(bulk))
    }
}
