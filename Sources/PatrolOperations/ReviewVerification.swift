internal import PatrolDomain
internal import PatrolStorage

/// Holds a report of a review against the log.
struct ReviewVerification {
    private(set) var check: ReviewCheck
    private let report: ReviewReport
    /// The last decision about each token that the log has from before the report was made.
    private var decisions: [String: AuditEntry] = [:]
    private var closing: AuditEntry?

    private static let entriesAtOnce = 500

    init(_ report: ReviewReport, entries: Int64) {
        self.report = report
        check = ReviewCheck(entries: entries)
    }

    mutating func note(_ fault: ReviewCheck.Fault) {
        if check.faults.count < ReviewCheck.maximumFaults { check.faults.append(fault) }
    }

    mutating func run(in transaction: ReadTransaction) throws(StorageError) {
        let account = try transaction.theAccount()
        guard account.id == report.head.account else { return note(.otherAccount(report.head.account.text)) }
        try checkLog(in: transaction)
        try readDecisions(in: transaction)
        try checkStart(in: transaction)
        try checkClosing(in: transaction)
        for line in report.lines { try checkItem(line, in: transaction) }
    }

    /// Whether the log is still the one that the report was made from.
    private mutating func checkLog(in transaction: ReadTransaction) throws(StorageError) {
        let told = report.head.log
        guard let seal = try transaction.seal(of: told.sequence) else { return note(.noEntry(told.sequence)) }
        if seal != told { note(.otherLog(told.sequence)) }
    }

    private mutating func readDecisions(in transaction: ReadTransaction) throws(StorageError) {
        var last: Int64 = 0
        while true {
            let entries = try transaction.entries(
                of: .review, report.head.review.id.text, after: last, limit: Self.entriesAtOnce)
            for entry in entries where entry.isAllowed {
                if entry.sequence > report.head.log.sequence {
                    if entry.name == EventName.reviewDecided.rawValue { check.later += 1 }
                } else if entry.name == EventName.reviewClosed.rawValue {
                    closing = entry
                } else if let token = entry.after(ReviewField.token) {
                    decisions[token] = entry
                }
            }
            guard let newest = entries.last?.sequence else { return }
            last = newest
        }
    }

    /// The entry that a seal of the report speaks of, if it is that of the log and of this review.
    private mutating func entry(
        of seal: AuditSeal, _ name: EventName, in transaction: ReadTransaction
    ) throws(StorageError) -> AuditEntry? {
        guard let found = try transaction.seal(of: seal.sequence),
            let entry = try transaction.audit(after: seal.sequence - 1, limit: 1).first,
            entry.sequence == seal.sequence
        else {
            note(.noEntry(seal.sequence))
            return nil
        }
        if found != seal { note(.otherEntry(seal.sequence)) }
        let isRight =
            entry.name == name.rawValue && entry.target.kind == .review
            && entry.target.id == report.head.review.id.text && entry.isAllowed
        if !isRight { note(.otherMatter(seal.sequence)) }
        return isRight ? entry : nil
    }

    private mutating func checkStart(in transaction: ReadTransaction) throws(StorageError) {
        let review = report.head.review
        guard let entry = try entry(of: report.head.started, .reviewStarted, in: transaction) else { return }
        compare("name", review.name, entry.after("name"))
        compare("filter", review.filter.isEmpty ? "every token" : review.filter, entry.after("filter"))
        compare("due", review.dueAt.iso8601, entry.after("due"))
        compare("no answer", review.noAnswer.rawValue, entry.after("no answer"))
        compare("started at", review.startedAt.iso8601, entry.at.iso8601)
        compare("started by", review.startedBy.text, entry.actorID)
        compare("name of who started", report.head.starterName, entry.actorName)
        var digest = ReviewDigest()
        for line in report.lines { digest.add(line.item.token, line.item.facts) }
        let (told, logged) = (digest.population, entry.after(ReviewField.digest) ?? "")
        let count = entry.after(ReviewField.items) ?? ""
        if String(told.count) != count { note(.list(field: ReviewField.items, report: String(told.count), log: count)) }
        if told.digest != logged {
            note(.list(field: ReviewField.digest, report: told.digest, log: logged))
            try findDifferences(in: transaction)
        }
    }

    /// Which items are not those on record: the digest tells only that there are some.
    private mutating func findDifferences(in transaction: ReadTransaction) throws(StorageError) {
        for line in report.lines {
            let stored = try transaction.reviewItem(of: line.item.token, in: report.head.review.id)
            guard let stored else {
                note(.item(place: line.item.place, field: "token", report: line.item.token.text, log: "not on the list"))
                continue
            }
            for (field, told, kept) in line.item.differences(from: stored) {
                note(.item(place: line.item.place, field: field, report: told, log: kept))
            }
        }
    }

    private mutating func checkClosing(in transaction: ReadTransaction) throws(StorageError) {
        let closedAt = report.head.review.closedAt?.iso8601 ?? "open"
        if closedAt != closing?.at.iso8601 ?? "open" { compare("closed at", closedAt, closing?.at.iso8601 ?? "open") }
        guard let seal = report.head.closed,
            let entry = try entry(of: seal, .reviewClosed, in: transaction)
        else { return }
        var undecided = ReviewDigest()
        for line in report.lines where line.item.decision.map({ $0.answer == nil }) ?? false {
            undecided.add(line.item.token)
        }
        let population = undecided.population
        compare("without an answer", String(population.count), entry.after(ReviewField.items))
        if population.count > 0 {
            compare("digest of those without an answer", population.digest, entry.after(ReviewField.digest))
        }
    }

    private mutating func checkItem(
        _ line: ReviewReport.Line, in transaction: ReadTransaction
    ) throws(StorageError) {
        let place = line.item.place
        let logged = decisions[line.item.token.text]
        guard let decision = line.item.decision, decision.answer != nil else {
            // Nobody answered, or it is open yet.
            if let logged {
                note(
                    .item(
                        place: place, field: ReviewField.answer, report: line.item.decision?.word ?? "none",
                        log: "\(logged.after(ReviewField.answer) ?? "") (entry \(logged.sequence))"))
            }
            return
        }
        check.decisions += 1
        guard let logged else {
            return note(.item(place: place, field: ReviewField.answer, report: decision.word, log: "none"))
        }
        if let seal = line.seal {
            if seal.sequence != logged.sequence {
                note(.item(place: place, field: "entry", report: String(seal.sequence), log: String(logged.sequence)))
            }
            _ = try entry(of: seal, .reviewDecided, in: transaction)
        } else {
            note(.item(place: place, field: "entry", report: "none", log: String(logged.sequence)))
        }
        let told: [(String, String?, String?)] = [
            (ReviewField.answer, decision.word, logged.after(ReviewField.answer)),
            (ReviewField.why, decision.why, logged.after(ReviewField.why) ?? ""),
            (ReviewField.took, decision.took.map { String($0.milliseconds) }, logged.after(ReviewField.took)),
            (ReviewField.batch, String(decision.batch), logged.after(ReviewField.batch)),
            ("decided by", decision.decidedBy.text, logged.actorID),
            ("name of who decided", line.deciderName, logged.actorName),
            ("decided at", decision.decidedAt.iso8601, logged.at.iso8601),
        ]
        for (field, told, logged) in told where told != logged {
            note(.item(place: place, field: field, report: told ?? "none", log: logged ?? "none"))
        }
    }

    private mutating func compare(_ field: String, _ told: String, _ logged: String?) {
        if told != logged { note(.review(field: field, report: told, log: logged ?? "none")) }
    }
}

extension AuditEntry {
    /// What a field became by it.
    fileprivate func after(_ field: String) -> String? { changes.first { $0.field == field }?.after }
}

extension ReviewItem {
    /// The fields of which two items of one token do not say the same.
    fileprivate func differences(from other: ReviewItem) -> [(field: String, told: String, kept: String)] {
        let pairs: [(String, String?, String?)] = [
            ("place", String(place), String(other.place)),
            ("name", facts.name, other.facts.name), ("purpose", facts.purpose, other.facts.purpose),
            ("kind", facts.kind.rawValue, other.facts.kind.rawValue),
            ("owner", facts.owner?.text, other.facts.owner?.text),
            ("owner's name", facts.ownerName, other.facts.ownerName),
            ("owner's standing", facts.ownerStanding?.rawValue, other.facts.ownerStanding?.rawValue),
            ("scope", facts.scope, other.facts.scope), ("ending", facts.ending, other.facts.ending),
            ("created", facts.createdAt.iso8601, other.facts.createdAt.iso8601),
            ("expires", facts.expiresAt?.iso8601, other.facts.expiresAt?.iso8601),
            ("last used", facts.lastUsedAt?.iso8601, other.facts.lastUsedAt?.iso8601),
            ("findings", facts.findings.joined(separator: " "), other.facts.findings.joined(separator: " ")),
            (
                "severity", facts.severity.map { String($0.rawValue) },
                other.facts.severity.map { String($0.rawValue) }
            ),
        ]
        return pairs.compactMap { field, told, kept in
            told == kept ? nil : (field, told ?? "none", kept ?? "none")
        }
    }
}
