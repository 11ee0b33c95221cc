import PatrolDomain
import PatrolPresentation

extension KeyTable {
    /// Among the tokens of a review.
    static let reviewKeys =
        ReviewAnswer.allCases.map { DialogKey($0.key.words, $0.word, $0.keyWords) } + [
            DialogKey("Tab", "next open", "the next token about which nobody decided"),
            DialogKey("Space", "mark", "mark and go down: a decision is about all that are marked"),
            DialogKey("o", "go to", "to the token itself, where the keys are that do what was decided"),
            DialogKey("C", "close", "close the review, and do what its rule says about tokens without an answer"),
            DialogKey("s", "skip", "to the next token; ↓ and ↑ go through the list"),
            DialogKey("PgDn", "read", "read on in the token (PgUp: back)"),
            DialogKey("Esc", "back", "drop the marks, then back to the reviews"),
        ]

    static func keys(of screen: ReviewScreen) -> [DialogKey] {
        if screen.queue != nil { return [DialogKey("Esc", "stop", "begin no further one")] }
        switch screen.mode {
        case .choosing:
            return [
                DialogKey("Enter", "open", "its tokens, one after another"), DialogKey("a", "start", "start another"),
                DialogKey("Esc", "back", "back"),
            ]
        case .deciding: return reviewKeys
        case .why, .closing: return [DialogKey("Enter", "record", "record it"), DialogKey("Esc", "back", "back")]
        }
    }
}

extension ReviewAnswer {
    fileprivate var keyWords: SafeText {
        switch self {
        case .keep: "it stays as it is"
        case .narrow: "it is to get a smaller scope"
        case .rotate: "it is to get a new secret"
        case .quarantine: "it is to be refused for a while"
        case .delete: "it is to go"
        }
    }
}
