package import PatrolDomain

extension RuleEntry {
    /// `medium to high`
    package var severityWords: SafeText {
        guard let least = severities.first, let worst = severities.last, least != worst else {
            return severities.first?.word ?? ""
        }
        return "\(least.word.text) to \(worst.word.text)"
    }

    /// The rule in a few lines: what, when, by which numbers, what to do, and by which standards.
    ///
    /// - Parameter missing: What is not on record in the account.
    package func lines(_ settings: HygieneSettings, missing: Set<Basis> = []) -> [SafeText] {
        let words = RuleWords(of: rule, settings: settings)
        var lines: [SafeText] = [
            "\(code)  \(word)  \(severityWords.text)\(words.title.text == word ? "" : "  \(words.title.text)")",
            "    when \(words.condition.text)",
        ]
        if basis != .account {
            lines.append("    \(basis.words.text)\(missing.contains(basis) ? ": not here, so far" : "")")
        }
        if !thresholds.isEmpty {
            let numbers = thresholds.map { "\($0.rawValue) \(settings[$0])" }
            lines.append("    by \(numbers.joined(separator: ", "))")
        }
        lines.append("    do: \(words.advice.text)")
        if !standards.isEmpty { lines.append("    see \(standards.joined(separator: ", "))") }
        return lines
    }
}

/// What is said of the guard of the rules.
package enum GuardWords {
    package static func lines(_ settings: HygieneSettings, _ telemetry: Telemetry?) -> [SafeText] {
        let words = RuleEntry.guarded.map(\.code).joined(separator: ", ")
        let gap = HygieneThreshold.gap.words(settings[.gap]).text
        let quiet = HygieneThreshold.quiet.words(settings[.quiet]).text
        var lines: [SafeText] = [
            "GUARD  high",
            "    when use is not on record for more than \(gap), or nothing at all for more than \(quiet) where it is not recorded by the hour:",
            "    \(words) are withheld as long as that lies in the time they look at",
        ]
        guard let telemetry else { return lines }
        for gap in telemetry.gaps.suffix(5) {
            lines.append("    now: nothing from \(TimeText.absolute(gap.start).text) to \(TimeText.absolute(gap.end).text)")
        }
        return lines
    }
}
