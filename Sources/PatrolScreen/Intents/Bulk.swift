import PatrolDomain
import PatrolPresentation

/// What is to be done to several things at once, and what is left out of it.
struct Bulk: Hashable, Sendable {
    /// Something that can't be done, and why.
    struct LeftOut: Hashable, Sendable {
        var label: SafeText
        /// What else is known of it.
        var note: SafeText
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

    mutating func add(_ step: Step, note: SafeText) {
        steps.append(step)
        notes.append(note)
    }

    mutating func leaveOut(_ label: SafeText, note: SafeText, _ why: SafeText) {
        leftOut.append(LeftOut(label: label, note: note, why: why))
    }

    /// Whether it is about one thing, which needs no list.
    private var isOne: Bool { steps.count == 1 && leftOut.isEmpty }

    /// All of them, then what is left out by its reasons: to be read in the question.
    var roster: Roster? {
        guard !isOne else { return nil }
        let named = zip(steps, notes).map { Roster.Entry(label: $0.label, note: $1) }
        let (reasons, entries) = reasons
        let others = reasons.map { why in
            Roster.Section(
                title: "left out", heading: Line("Left out: \(why.text)", .warning),
                entries: entries[why] ?? [])
        }
        return Roster(sections: [Roster.Section(title: "", heading: nil, entries: named)] + others)
    }

    /// How many were used lately, and how many are left out for which reasons.
    var summary: [Line] {
        let name = isOne ? zip(steps, notes).map { Line($0.label, .strong).adding("  " + $1, .muted) } : []
        guard let usedLately else { return name + leftOutLines }
        let days = Self.lately.wholeDays
        let used: Line =
            usedLately == 0
            ? Line("None of them is known to have been used in the last \(days) days.", .good)
            : Line("Used in the last \(days) days: \(Count.number(usedLately).text) of them.", .warning)
        return name + [used] + leftOutLines
    }

    /// Said where so many things would be touched that nobody looks whom.
    static func limitLines(_ count: Int) -> [Line] {
        guard count > impactLimit else { return [] }
        return [.blank] + Line("Whom it touches is not looked at: these are more than \(impactLimit) at once.", .warning).wrapped(to: 70)
    }

    private var leftOutLines: [Line] {
        guard !leftOut.isEmpty else { return [] }
        let (reasons, entries) = reasons
        var lines = [Line("Left out: \(Count.number(leftOut.count).text), at the end of the list", .warning)]
        for why in reasons.prefix(3) { lines.append(Line("  \(Count.number(entries[why]?.count ?? 0).text): \(why.text)", .muted)) }
        if reasons.count > 3 { lines.append(Line("  and for \(Count.of(reasons.count - 3, "more reason").text)", .muted)) }
        return lines
    }

    /// In the order they came, and the things for each.
    private var reasons: (order: [SafeText], entries: [SafeText: [Roster.Entry]]) {
        var order: [SafeText] = []
        var entries: [SafeText: [Roster.Entry]] = [:]
        for item in leftOut {
            if entries[item.why] == nil { order.append(item.why) }
            entries[item.why, default: []].append(Roster.Entry(label: item.label, note: item.note))
        }
        return (order, entries)
    }
}

extension Model {
    /// Sorts the tokens by whether this can be done to them.
    func bulk(_ rows: [TokenRow], _ intent: Intent, _ step: (TokenRow) -> Step?) -> Bulk {
        var bulk = Bulk()
        var used = 0
        for row in rows {
            // Names are not unique.
            let owner = SafeText(row.ownerName ?? "nobody")
            let whose: SafeText = row.token.ending.isEmpty ? owner : "\(owner.text) · …\(row.token.ending)"
            if let why = obstacle(intent, of: row, isAmongOthers: rows.count > 1) {
                bulk.leaveOut(row.token.label, note: whose, why)
            } else if let step = step(row) {
                let words = row.token.lastUsedAt.map { "last used \(TimeText.relative($0, now: now).text)" }
                bulk.add(step, note: "\(whose.text) · \(words ?? "no use is known")")
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
            let address = SafeText(row.member.email)
            if let why = obstacle(intent, of: row) {
                bulk.leaveOut(name, note: address, why)
            } else if let step = step(row) {
                bulk.add(step, note: "\(address.text) · \(Count.of(row.tokenCount, "token").text)")
            } else {
                bulk.leaveOut(name, note: address, "these are the roles already")
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
