import PatrolDomain
import PatrolPresentation

extension DetailText {
    /// What the token's use asks for, in short; the key opens the whole.
    mutating func rightSize(_ sized: SizedToken) {
        switch sized.answer {
        case .withheld(let why):
            heading("Right size", note: "grade D")
            add("nothing is proposed: \(why.sentence.text)", .muted)
        case .fits(let grade, let use, _):
            heading("Right size", note: "grade \(grade.rawValue)")
            add("✓ its scope is the smallest that was found", .clean)
            add(use.words, .muted)
        case .proposed(let proposal):
            heading("Right size", note: "grade \(proposal.grade.rawValue)")
            let key = keys.keys(of: .rightSize, in: [.tokens]).first?.words ?? ""
            for (place, part) in proposal.option.title.wrapped(to: max(1, columns - 4)).enumerated() {
                add(Line(place == 0 ? key : " ", .key).adding(" ").adding(part, .added))
            }
            for sentence in proposal.option.statements.prefix(6) { add(sentence, .muted, indent: 2) }
            add(proposal.excessWords)
            add(proposal.use.words, .muted)
            if let replay = sized.replay { add(replay.headline, replay.failingCalls > 0 ? .bad : replay.isWarning ? .warning : .good) }
        }
        for likeness in sized.likeness { add(likeness.sentence, likeness.isWide ? .warning : .muted) }
    }
}
