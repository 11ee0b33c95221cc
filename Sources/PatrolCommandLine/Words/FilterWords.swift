import PatrolDomain
import PatrolPresentation

extension FilterFault {
    /// What is wrong, and where, counted from 1.
    var sentence: String { "\(reason.words) (at character \(place + 1))" }
}

extension FilterFault.Reason {
    fileprivate var words: String {
        switch self {
        case .tooLong(let limit): "it is longer than \(limit) characters"
        case .tooManyTerms(let limit): "it has more than \(limit) terms"
        case .unclosedQuote: "the second quotation mark is missing"
        case .nothingExcluded: "`!` has nothing behind it"
        case .unknownField(let field, let known):
            "this list has no field `\(field)`, but \(known.joined(separator: ", "))"
        case .missingValue(let field): "`\(field)` has nothing behind its sign"
        case .unknownValue(let value, let field, let known):
            "`\(field)` is never `\(value)`, but \(known.joined(separator: ", "))"
        case .wantsComparison(let field): "`\(field)` takes `<` or `>` and a span: `\(field)>90d`"
        case .wantsValue(let field): "`\(field)` takes `:` and a value"
        case .meant(let condition): "write `\(condition)`, or quote it as a text"
        case .joining(let word) where word == "NOT": "`NOT` is written `!` before a word; quote it as a text"
        case .joining(let word): "all terms have to hold: there is no `\(word)`; quote it as a text"
        case .badTimeSpan(let text): "`\(text)` is no span: a number and one of h, d, w, m, y"
        case .timeSpanTooLong(let text): "`\(text)` is more than 100 years"
        }
    }
}

extension SpecifierFault {
    /// What is wrong, and where, counted from 1.
    var sentence: String { "\(reason.words.text) (at character \(place + 1))" }
}
