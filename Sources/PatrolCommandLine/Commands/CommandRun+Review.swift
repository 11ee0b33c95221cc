import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Tokens in one review that is not told a limit.
    private static let standardReview = 1_000

    /// What is wrong with which token, the worst first, with the evidence and the command that mends it.
    mutating func review() throws(CommandFailure) {
        let patrol = try current()
        let filter = try filter(for: .tokens)
        let now = now
        let isPlain = isPlain
        let limit = line.number("limit") ?? Self.standardReview
        var review = ReviewCounts()
        let isJSON = isJSON
        if isJSON { try output.own("[") }
        // One more than is shown, to know whether there are more.
        try Self.pages(limit: limit + 1) { (page) throws(PatrolError) in
            try patrol.tokens(page, sort: .risk, filter: filter)
        } _: { (rows) throws(CommandFailure) in
            for row in rows where row.risk.worst != nil {
                guard review.shown < limit else { return review.hasMore = true }
                let found = try Self.door { () throws(PatrolError) in try patrol.tokenDetail(row.token.id) }
                guard let detail = found, let worst = detail.row.risk.worst else { continue }
                if isJSON {
                    try output.own(review.shown == 0 ? "\n" : ",\n")
                    let findings = detail.findings.map { $0.json(of: detail.row.token.kind, now: now) }
                    try output.part(.object(detail.row.fields + [JSONMember("findings", .array(findings))]))
                } else {
                    if review.severity != worst, !isPlain {
                        try output.line("\(worst.symbol.text) \(worst.word.text.uppercased())")
                        try output.line()
                    }
                    try printReview(of: detail)
                }
                review.count(detail, worst)
            }
        }
        if isJSON {
            try output.own(review.shown == 0 ? "]\n" : "\n]\n")
        } else {
            let tally = try Self.door { () throws(PatrolError) in try patrol.tally() }
            for line in review.lines(of: tally) { try output.line(line) }
            let telemetry = try Self.door { () throws(PatrolError) in try patrol.telemetry() }
            for gap in telemetry.gaps.filter({ $0.end > now - .days(90) }) {
                try output.line("guard: use was not on record for \(gap.words(now: now).text), and rules about use are withheld where they look there")
            }
        }
    }
}

extension CommandRun {
    private mutating func printReview(of detail: TokenDetail) throws(CommandFailure) {
        if isPlain {
            for fact in detail.row.facts(wording) { try output.line(fact.spoken) }
        } else {
            for line in detail.reviewHead { try output.line(line) }
        }
        try printFindings(of: detail)
        try output.line()
    }
}

private struct ReviewCounts {
    var shown = 0
    var flagged = 0
    var hasMore = false
    private(set) var severity: Severity?
    private var bySeverity: [Severity: Int] = [:]

    mutating func count(_ detail: TokenDetail, _ worst: Severity) {
        shown += 1
        severity = worst
        bySeverity[worst, default: 0] += 1
        if detail.row.token.flag != nil { flagged += 1 }
    }

    func lines(of tally: Tally) -> [SafeText] {
        let tokens = Count.of(tally.tokens, "token").text
        guard shown > 0 else { return ["\(tokens), nothing found"] }
        let parts = Severity.allCases.reversed().compactMap { severity in
            bySeverity[severity].map { "\(Count.number($0).text) \(severity.word.text)" }
        }
        let severities = parts.joined(separator: ", ")
        var lines: [SafeText] = [
            "\(tokens); \(Count.number(shown).text) with findings: \(severities); \(Count.number(flagged).text) of them flagged"
        ]
        if hasMore { lines.append("there are more: `patrol review --limit N` shows them") }
        return lines
    }
}

extension TokenDetail {
    fileprivate var reviewHead: [SafeText] {
        let token = row.token
        let flag = token.flag.map { flag in
            ", flagged\(flag.dueAt.map { " for deletion by \(TimeText.day($0).text)" } ?? "")"
        }
        return [
            "\(token.name.isEmpty ? "(no name)" : token.name)  \(token.id.text)  ends in \(token.ending)\(flag ?? "")",
            "  owner: \(row.ownerText.text)\(standing); given: \(token.scope.long(roleKeys: row.scopeRoleKeys).text)",
        ]
    }

    private var standing: String {
        row.ownerStanding.map { $0 == .active ? "" : " (\($0.rawValue))" } ?? ""
    }
}
