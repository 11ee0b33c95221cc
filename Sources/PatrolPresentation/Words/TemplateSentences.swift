package import PatrolDomain

extension BlankFault {
    /// Why the blanks can't be filled in, without a full stop.
    package var sentence: SafeText {
        switch self {
        case .missing(let name): "`\(name)` is not said"
        case .unknown(let name, let known):
            known.isEmpty
                ? "there is no `\(name)` to say: the template has no blanks"
                : "there is no `\(name)` to say, only \(known.map { "`\($0)`" }.joined(separator: ", "))"
        case .badValue(let value, let name):
            "`\(value)` can't be the `\(name)`: a key, in which * stands for any text"
        case .tooManyPatterns(let limit): "so many values make more than \(limit) resources"
        case .pattern(let fault): fault.reason.words
        }
    }
}

extension TemplateRow.Origin {
    package var words: SafeText {
        switch self {
        case .builtIn: "comes with Patrol"
        case .changed: "comes with Patrol, changed"
        case .own: "your own"
        }
    }
}

extension Template {
    /// `30 days`; where none is proposed, that.
    package var expiryWords: SafeText { expiryDays.map { Count.of($0, "day") } ?? "no proposal" }
}
