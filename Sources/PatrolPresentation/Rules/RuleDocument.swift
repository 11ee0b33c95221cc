import PatrolDomain

/// `docs/rules.md`: the rules of hygiene with their default and strict thresholds.
package enum RuleDocument {
    package static var text: String {
        let rules = RuleEntry.all.flatMap { section($0) }
        return (opening + rules + guardSection + thresholds).joined(separator: "\n") + "\n"
    }

    private static let opening = [
        "# Rules of token hygiene", "",
        "Made from the table of rules: `PATROL_RECORD=1 swift test --filter RuleDocument` writes it anew. `patrol rules` shows the same with",
        "the thresholds of the account, `patrol settings` changes them, `patrol tokens list --filter finding:WORD` finds the tokens.", "",
        "Findings of no expiry and of an admin scope are one step worse where a token has both. A rule that rests on something that is",
        "not on record says nothing; it never guesses.", "",
    ]

    private static func section(_ entry: RuleEntry) -> [String] {
        let words = RuleWords(of: entry.rule)
        var lines = ["## \(entry.code) \(words.title.text)", "", "`\(entry.word)`, \(entry.severityWords.text). Found when \(words.condition.text)."]
        if entry.basis != .account { lines.append("It is \(entry.basis.words.text).") }
        lines += [
            "", "* Do: \(words.advice.text).", "* Touches: \(words.blast.text).",
            "* Doubt: \(words.doubt.text).",
        ]
        if !entry.thresholds.isEmpty {
            lines.append("* Thresholds: \(entry.thresholds.map { "`\($0.rawValue)`" }.joined(separator: ", ")).")
        }
        if !entry.standards.isEmpty { lines.append("* Standards: \(entry.standards.joined(separator: ", ")).") }
        return lines + [""]
    }

    private static var guardSection: [String] {
        [
            "## The guard", "",
            "Silence counts only while use is on record. Use by the hour comes with the times for which it is whole (`patrol usage`); where no",
            "gateway counts, calls are counted as they are checked, and a time of which nothing at all is on record is either a clock that",
            "jumped or an account at rest. In both cases \(RuleEntry.guarded.map(\.code).joined(separator: ", ")) say nothing as long as that lies in the time they look",
            "at, and the token's detail says so. A jump that is shorter than the threshold moves a finding by no more than it is long.", "",
        ]
    }

    private static var thresholds: [String] {
        ["## Thresholds", "", "| name | what it is | default | strict | bounds |", "|--|--|--|--|--|"]
            + HygieneThreshold.allCases.map { threshold in
                let measure = threshold.measure
                return "| `\(threshold.rawValue)` | \(threshold.title.text) | \(threshold.words(measure.usual).text) | \(threshold.words(measure.strict).text) | \(measure.bounds.lowerBound)–\(measure.bounds.upperBound) |"
            }
    }
}
