import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Entries printed before a log is followed.
    private static let entriesBeforeFollowing = 10
    /// Entries printed when no limit is given.
    private static let standardEntries = 50

    mutating func audit() throws(CommandFailure) {
        if line.has("follow") { return try follow() }
        let patrol = try open().patrol
        let filter = try filter(for: .audit)
        if line.value("limit") == nil && !line.has("filter") && !line.has("view") {
            // A list without end is of no use to a person, and of none by accident to a program.
            line.values["limit"] = [String(Self.standardEntries)]
        }
        try list(Columns.audit, hint: filter.hint(in: .audit), cells: \.cells, json: \.json) { (page) throws(PatrolError) in
            try patrol.audit(page, filter: filter)
        }
    }

    mutating func showAudit() throws(CommandFailure) {
        let number = Int64(line.arguments[0]) ?? 0
        let patrol = try open().patrol
        let found = try Self.door { () throws(PatrolError) in
            try patrol.auditEntries(after: number - 1, limit: 1).first
        }
        guard let entry = found, entry.sequence == number else {
            throw .notFound("there is no audit entry \(number)")
        }
        if isJSON { return try output.json(entry.json, pretty: true) }
        let title: SafeText = "\(entry.sequence)  \(entry.line.sentence.text)"
        let first = isPlain ? [Fact("entry \(entry.sequence)", entry.line.spoken)] : []
        try show(title, first + entry.facts(wording))
        for change in entry.changes {
            if isPlain {
                for fact in change.facts { try output.line(fact.spoken) }
            } else {
                for line in change.lines { try output.line(line) }
            }
        }
    }

    /// Prints entries as they are written, oldest first, until nobody reads any more.
    private mutating func follow() throws(CommandFailure) {
        let patrol = try open().patrol
        let filter = try filter(for: .audit)
        var last = try Self.door { () throws(PatrolError) in try patrol.lastSequence() }
        let request = PageRequest(
            limit: min(line.number("limit") ?? Self.entriesBeforeFollowing, PageRequest.maximumLimit))
        let page = try Self.door { () throws(PatrolError) in try patrol.audit(request, filter: filter) }
        // What was written between the two questions comes with what follows.
        for item in page.items.reversed() where !item.row.isAfter(last) { try printFollowed(item.row) }
        try output.flush()
        while true {
            let newest = try Self.door { () throws(PatrolError) in
                _ = try patrol.drainChanges()
                return try patrol.lastSequence()
            }
            if newest > last { try printEntries(after: last, upTo: newest, filter) }
            last = newest
            try output.flush()
            // Whoever writes rings; the clock is for one who does not.
            guard console.wait(patrol.changeDescriptor, 5_000) else { return }
        }
    }

    /// Oldest first, a page at a time, and none of those after `newest`.
    private mutating func printEntries(
        after last: Int64, upTo newest: Int64, _ filter: Filter
    ) throws(CommandFailure) {
        let patrol = try open().patrol
        let wanted = filter.isEmpty ? nil : try matches(of: filter, after: last, upTo: newest)
        var after = last
        while after < newest {
            let start = after
            let entries = try Self.door { () throws(PatrolError) in
                try patrol.auditEntries(
                    after: start, limit: min(Int(newest - start), PageRequest.maximumLimit))
            }
            for entry in entries where wanted?.contains(entry.sequence) ?? true {
                try printFollowed(.entry(entry))
            }
            guard let end = entries.last?.sequence else { return }
            after = end
        }
    }

    /// The numbers of the entries that a filter wants. The log is searched from its end, as lists are.
    private mutating func matches(
        of filter: Filter, after last: Int64, upTo newest: Int64
    ) throws(CommandFailure) -> Set<Int64> {
        let patrol = try open().patrol
        var found: Set<Int64> = []
        var start = PageRequest.Start.first
        while true {
            // With room for what is written meanwhile.
            let request = PageRequest(
                start, limit: PageRequest.maximumLimit, scanLimit: Int(newest - last) + 1_000)
            let page = try Self.door { () throws(PatrolError) in try patrol.audit(request, filter: filter) }
            for item in page.items {
                guard case .entry(let entry) = item.row, entry.sequence > last else { return found }
                if entry.sequence <= newest { found.insert(entry.sequence) }
            }
            guard page.items.count == request.limit, let oldest = page.items.last else { return found }
            start = .after(oldest.cursor)
        }
    }

    private mutating func printFollowed(_ row: AuditRow) throws(CommandFailure) {
        if isJSON { return try output.json(row.json) }
        let sentence = isPlain ? row.line.spoken : row.line.sentence
        try output.line("\(TimeText.absolute(row.at).text)\(isPlain ? ", " : "  ")\(sentence.text)")
    }
}

extension AuditRow {
    fileprivate func isAfter(_ sequence: Int64) -> Bool {
        guard case .entry(let entry) = self else { return false }
        return entry.sequence > sequence
    }
}

extension AuditEntry {
    fileprivate func facts(_ wording: Wording) -> [Fact] {
        var facts = [
            Fact("when", wording.isSpoken ? wording.dated(at) : SafeText(at.iso8601)),
            Fact("signed in", SafeText(signIn)), Fact("asked for", "\(action) on \(resource)"),
            Fact("decision", "\(isAllowed ? "allowed" : "refused: \(RefusalWords.short(code: reason).text)")\(deciding)"),
        ]
        if let tokenID { facts.append(Fact("with token", SafeText(tokenID))) }
        if !comment.isEmpty { facts.append(Fact("comment", SafeText(comment))) }
        return facts
    }

    private var deciding: String {
        guard !decidingRole.isEmpty else { return "" }
        return decidingStatement.map { ", by statement \($0 + 1) of \(decidingRole)" } ?? ", by \(decidingRole)"
    }
}

extension FieldChange {
    /// Before and after below each other, as programs show differences.
    fileprivate var lines: [SafeText] {
        ["  \(field)"] + Self.side("-", before) + Self.side("+", after)
    }

    /// The same for reading aloud.
    fileprivate var facts: [Fact] {
        let side = { (label: String, text: String?) -> [Fact] in
            (text.map(SafeText.lines(of:)) ?? ["nothing"]).map { Fact("\(field) \(label)", $0) }
        }
        return side("before", before) + side("after", after)
    }

    private static func side(_ sign: String, _ text: String?) -> [SafeText] {
        (text.map(SafeText.lines(of:)) ?? []).map { "    \(sign) \($0.text)" }
    }
}
