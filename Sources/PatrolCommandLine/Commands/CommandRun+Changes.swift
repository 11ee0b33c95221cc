import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Has the door judge and record a command. A refusal ends the command line.
    mutating func perform(
        _ command: Command, presented: Secret? = nil, progress: Progress = { _, _ in }
    ) throws(CommandFailure) -> Outcome {
        let opened = try open()
        let comment = line.value("comment") ?? ""
        let outcome = try Self.door { () throws(PatrolError) in
            try opened.patrol.perform(
                command, as: opened.session, comment: comment, presented: presented, progress: progress)
        }
        if let refusal = outcome.refusal {
            if isJSON {
                try output.json(outcome.entry.json)
                try output.flush()
            }
            throw .refused("refused: \(refusal.sentence.text)")
        }
        return outcome
    }

    /// Says what was done: in words, or as the audit entry.
    mutating func report(_ outcome: Outcome) throws(CommandFailure) {
        if isJSON {
            try output.json(outcome.entry.json)
        } else {
            try output.line(outcome.summary)
        }
    }

    /// Shows what a command would touch, and asks before it is done. `--yes` has asked already.
    /// - Parameters:
    ///   - question: What is about to be done: `delete the token `x``.
    ///   - word: What the person types to go on.
    ///   - always: Ask also where nobody would lose anything.
    mutating func confirm(
        _ command: Command, _ question: String, word: String, always: Bool = true
    ) throws(CommandFailure) {
        guard !line.has("yes") else { return }
        let patrol = try open().patrol
        let impact = try Self.door { () throws(PatrolError) in
            try patrol.impact(of: command)
        }
        guard always || impact.isLoss else { return }
        for sentence in impact.sentences { tell(sentence) }
        try confirm(question, word: word)
    }

    /// Asks before something is done. Without a terminal there is nobody to ask.
    func confirm(_ question: String, word: String) throws(CommandFailure) {
        guard !line.has("yes") else { return }
        guard console.isInputTerminal else {
            throw .refused("not done: to \(question) without being asked, add `--yes`")
        }
        // What can't be shown as it is can't be typed either.
        let wanted = SafeText(word).wasEscaped || word.isEmpty ? "yes" : word
        console.complain(
            Array("To \(SafeText(question).text), type \(SafeText(wanted).text): ".utf8))
        let answer = String(decoding: console.read(1_024), as: UTF8.self)
        guard answer.trimmed == wanted else { throw .refused("not done: the answer was not `\(wanted)`") }
    }
}

extension Outcome {
    var summary: SafeText {
        "\(entry.line.sentence.text) (audit entry \(entry.sequence))"
    }
}

extension Impact {
    var isLoss: Bool { notExamined > 0 || touched.contains { $0.effect != .strengthened } }

    /// One line for each that is touched, the worst first.
    var sentences: [SafeText] {
        var lines = Touched.Effect.allCases.flatMap { effect in
            touched.filter { $0.effect == effect }.map(\.sentence)
        }
        if notExamined > 0 {
            lines.append("… and \(Count.number(notExamined).text) more that were not looked at")
        }
        return lines
    }
}

extension Impact.Touched {
    fileprivate var sentence: SafeText {
        let thing = "the \(target.kind.words.text) \(target.name)"
        let example = example.map { ": \($0.words.text)" } ?? ""
        return switch effect {
        case .killed: "stops: \(thing)"
        case .weakened: "loses: \(thing)\(example)"
        case .undecided: "may lose or gain (its policies are too much to compare): \(thing)"
        case .strengthened: "gains: \(thing)\(example)"
        }
    }
}

extension String {
    /// Without spaces and line ends around it.
    var trimmed: String {
        var scalars = unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(scalars)
    }
}
