package import PatrolDomain

/// The report of a review for people: the lines of a Markdown document, or of comma-separated values.
package enum ReviewDocument {
    // MARK: Markdown

    package static func markdownHead(_ head: ReviewReport.Head, _ figures: ReviewFigures) -> [String] {
        let review = head.review
        let filter = review.filter.isEmpty ? "every token" : review.filter
        var lines = [
            "# Review \(ReportText.markdown(review.name))", "",
            "| | |", "|---|---|",
            row(["account", head.accountName]), row(["tokens", "\(review.itemCount), frozen at the start: \(filter)"]),
            row(["started", "\(review.startedAt.iso8601) by \(head.starterName), audit entry \(head.started.sequence)"]),
            row(["due", review.dueAt.iso8601]),
            row(["closed", closing(head)]),
            row(["without an answer", review.noAnswer.words.text]),
            row(["report made", "\(head.madeAt.iso8601), when the log ended with entry \(head.log.sequence)"]),
            "", "## How it was decided", "",
        ]
        lines += figures.sentences(of: review).map { "- \(ReportText.markdown($0))" }
        lines += [
            "", "## Tokens", "",
            "| no. | token | owner | scope | findings | decision | why | by | when | took | together | done | entry |",
            "|--:|---|---|---|---|---|---|---|---|--:|--:|---|--:|",
        ]
        return lines
    }

    package static func markdown(_ line: ReviewReport.Line) -> String {
        let facts = line.item.facts
        let decision = line.item.decision
        return row([
            "\(line.item.place)", "\(facts.name) \(line.item.token.text)\(line.isGone ? " (gone)" : "")",
            facts.ownerWords, facts.scope, facts.findings.joined(separator: ", "),
            decision?.shortWords.text ?? "open", decision?.why ?? "", line.deciderName ?? "",
            decision?.decidedAt.iso8601 ?? "", decision?.took.map(seconds) ?? "",
            decision.map { "\($0.batch)" } ?? "", line.item.decision == nil ? "" : line.outcome.words.text,
            line.seal.map { "\($0.sequence)" } ?? "",
        ])
    }

    package static func markdownEnd(_ head: ReviewReport.Head) -> [String] {
        [
            "", "`patrol review report --format json` writes the same with the hashes of the audit entries, and",
            "`patrol review verify` checks that file against the log.",
        ]
    }

    private static func closing(_ head: ReviewReport.Head) -> String {
        guard let closedAt = head.review.closedAt, let seal = head.closed else { return "not yet" }
        return "\(closedAt.iso8601), audit entry \(seal.sequence)"
    }

    private static func row(_ cells: [String]) -> String {
        "| \(cells.map(ReportText.markdown).joined(separator: " | ")) |"
    }

    /// `2.3 s`
    private static func seconds(_ span: TimeSpan) -> String {
        "\(span.milliseconds / 1_000).\(span.milliseconds % 1_000 / 100) s"
    }

    // MARK: Comma-separated values

    package static let csvHead = csv([
        "review", "place", "token", "name", "purpose", "kind", "owner", "owner standing", "scope", "ending", "created",
        "expires", "last used", "findings", "severity", "decision", "why", "decided by", "decided at",
        "took milliseconds", "decided together", "outcome", "gone", "audit entry", "entry hash",
    ])

    package static func csv(_ line: ReviewReport.Line, of review: Review) -> String {
        let (facts, decision) = (line.item.facts, line.item.decision)
        let token = [
            review.name, "\(line.item.place)", line.item.token.text, facts.name, facts.purpose, facts.kind.rawValue,
            facts.ownerName ?? "", facts.ownerStanding?.rawValue ?? "", facts.scope, facts.ending,
            facts.createdAt.iso8601, facts.expiresAt?.iso8601 ?? "", facts.lastUsedAt?.iso8601 ?? "",
            facts.findings.joined(separator: " "), facts.severity?.word.text ?? "",
        ]
        let decided = [
            decision?.word ?? "", decision?.why ?? "", line.deciderName ?? "", decision?.decidedAt.iso8601 ?? "",
            decision?.took.map { "\($0.milliseconds)" } ?? "", decision.map { "\($0.batch)" } ?? "",
        ]
        let done = [
            line.outcome.rawValue, line.isGone ? "yes" : "no", line.seal.map { "\($0.sequence)" } ?? "",
            line.seal.map { $0.leaf.hexadecimal } ?? "",
        ]
        return csv(token + decided + done)
    }

    private static func csv(_ fields: [String]) -> String { fields.map(ReportText.csv).joined(separator: ",") }
}

extension FrozenToken {
    /// `Ada Berg (removed)`, `whole account`, `nobody`.
    package var ownerWords: String {
        if kind == .accountWide { return "whole account" }
        let standing = ownerStanding.map { $0 == .active ? "" : " (\($0.rawValue))" } ?? ""
        return "\(kind == .service ? "service, by " : "")\(ownerName ?? "nobody")\(standing)"
    }
}

extension ReviewFigures {
    /// What tells a look from a rubber stamp, a sentence each without a full stop.
    package func sentences(of review: Review) -> [String] {
        let answers = ReviewAnswer.allCases.compactMap { answer in
            self.answers[answer.rawValue].map { "\($0) \(answer.rawValue)" }
        }
        let unanswered = self.answers[ReviewDecision.noAnswerWord] ?? 0
        var sentences = [
            "\(decided) of \(review.itemCount) decided\(answers.isEmpty ? "" : ": " + answers.joined(separator: ", "))"
        ]
        if unanswered > 0 { sentences.append("\(unanswered) without an answer: \(review.noAnswer.words.text)") }
        if let medianTime {
            sentences.append(
                "half of the \(measured) measured decisions took \(medianTime.milliseconds) ms or less, \(hasty) of them less than 2 seconds")
        } else if decided > 0 {
            sentences.append("no decision was timed: they were made on the command line")
        }
        sentences.append(
            inBatches == 0
                ? "each was decided by itself" : "\(inBatches) were decided in batches, the largest of \(largestBatch)")
        let people = byPerson.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) by \($0.key)" }
        if !people.isEmpty { sentences.append(people.joined(separator: ", ")) }
        let open = outcomes[.open] ?? 0
        sentences.append(
            open == 0 ? "everything that was decided is done" : "\(open) of the decisions \(open == 1 ? "is" : "are") still to be carried out")
        return sentences
    }
}
