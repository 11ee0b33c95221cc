import PatrolDomain
import PatrolPresentation

/// One thing that is known of a row, as a detail shows it: `owner: Ada Berg`.
struct Fact: Hashable, Sendable {
    let label: SafeText
    let value: SafeText

    init(_ label: SafeText, _ value: SafeText) {
        self.label = label
        self.value = value
    }

    /// For reading aloud.
    var spoken: SafeText { label + ": " + value }

    /// Below the title of a detail, with the values under each other.
    var aligned: SafeText {
        "  " + label + .spaces(max(1, Self.labelCells - label.width)) + value
    }

    private static let labelCells = 12
}

/// How moments and severities are put: short and with signs for the eye, in whole words for the ear.
struct Wording: Hashable, Sendable {
    let now: Timestamp
    let isSpoken: Bool

    /// `3 h ago`, or `3 hours ago`.
    func ago(_ moment: Timestamp) -> SafeText {
        isSpoken ? TimeText.spoken(moment, now: now) : TimeText.relative(moment, now: now)
    }

    /// `2026-11-24 05:57 (in 3 d)`, or `2026-11-24 05:57, in 3 days`.
    func dated(_ moment: Timestamp) -> SafeText {
        let (day, span) = (TimeText.absolute(moment).text, ago(moment).text)
        return isSpoken ? "\(day), \(span)" : "\(day) (\(span))"
    }

    /// What takes the place of an empty text.
    var nothing: SafeText { isSpoken ? "none" : "–" }

    /// `critical risk`
    func risk(_ risk: TokenRisk?) -> SafeText {
        guard let worst = risk?.worst else { return isSpoken ? "no findings" : "–" }
        return isSpoken ? "\(worst.word.text) risk" : worst.word
    }
}
