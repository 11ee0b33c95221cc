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
        if line.value("limit") == nil && !line.has("filter") {
            // A list without end is of no use to a person, and of none by accident to a program.
            line.values["limit"] = [String(Self.standardEntries)]
        }
        try list(Columns.audit, cells: \.cells, json: \.json) { (page) throws(PatrolError) in
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
        for line in entry.lines { try output.line(line) }
    }

    /// Prints entries as they are written, oldest first, until nobody reads any more.
    private mutating func follow() throws(CommandFailure) {
        let patrol = try open().patrol
        let filter = try filter(for: .audit)
        var last = try Self.door { () throws(PatrolError) in try patrol.lastSequence() }
        let request = PageRequest(
            limit: min(line.number("limit") ?? Self.entriesBeforeFollowing, PageRequest.maximumLimit))
        let page = try Self.door { () throws(PatrolError) in try patrol.audit(request, filter: filter) }
        for item in page.items.reversed() { try printFollowed(item.row) }
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

    /// Oldest first. Where a filter is given, the log is searched backwards for what it wants.
    private mutating func printEntries(
        after last: Int64, upTo newest: Int64, _ filter: Filter
    ) throws(CommandFailure) {
        let patrol = try open().patrol
        guard !filter.isEmpty else {
            var after = last
            while after < newest {
                let start = after
                let entries = try Self.door { () throws(PatrolError) in
                    try patrol.auditEntries(after: start, limit: PageRequest.maximumLimit)
                }
                for entry in entries { try printFollowed(.entry(entry)) }
                after = entries.last?.sequence ?? newest
            }
            return
        }
        let request = PageRequest(
            limit: PageRequest.maximumLimit, scanLimit: Int(min(newest - last, 100_000)))
        let page = try Self.door { () throws(PatrolError) in try patrol.audit(request, filter: filter) }
        for item in page.items.reversed() {
            guard case .entry(let entry) = item.row, entry.sequence > last, entry.sequence <= newest
            else { continue }
            try printFollowed(item.row)
        }
    }

    private mutating func printFollowed(_ row: AuditRow) throws(CommandFailure) {
        if isJSON { return try output.json(row.json) }
        try output.line("\(TimeText.absolute(row.at).text)  \(row.line.sentence.text)")
    }
}

extension AuditEntry {
    fileprivate var lines: [SafeText] {
        var lines: [SafeText] = [
            "\(sequence)  \(line.sentence.text)", "  when        \(at.iso8601)", "  signed in   \(signIn)",
            "  asked for   \(action) on \(resource)",
            "  decision    \(isAllowed ? "allowed" : "refused: \(RefusalWords.short(code: reason).text)")\(deciding)",
        ]
        if let tokenID { lines.append("  with token  \(tokenID)") }
        if !comment.isEmpty { lines.append("  comment     \(comment)") }
        for change in changes {
            lines.append("  \(change.field)")
            lines += Self.side("-", change.before) + Self.side("+", change.after)
        }
        return lines
    }

    private var deciding: String {
        guard !decidingRole.isEmpty else { return "" }
        return decidingStatement.map { ", by statement \($0 + 1) of \(decidingRole)" } ?? ", by \(decidingRole)"
    }

    private static func side(_ sign: String, _ text: String?) -> [SafeText] {
        (text.map(SafeText.lines(of:)) ?? []).map { "    \(sign) \($0.text)" }
    }
}
