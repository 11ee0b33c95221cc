package import PatrolDomain

extension FilterFault {
    /// What is wrong with a filter as it is written, without a full stop.
    package var sentence: SafeText {
        switch reason {
        case .tooLong(let limit): "at most \(limit) characters"
        case .tooManyTerms(let limit): "at most \(limit) words"
        case .unclosedQuote: "the second quotation mark is missing"
        case .nothingExcluded: "a word is missing after `!`"
        case .unknownField(let field, let known): "no field `\(field)` here: \(Self.list(known))"
        case .missingValue(let field): "a value is missing after `\(field)`"
        case .unknownValue(let value, let field, let known): "`\(field)` is never `\(value)`: \(Self.list(known))"
        case .wantsComparison(let field): "write `\(field)>90d` or `\(field)<90d`"
        case .wantsValue(let field): "write `\(field):…`"
        case .meant(let condition): "write `\(condition)` (or quote it)"
        case .joining(let word) where word == "NOT": "write `!` before a word (or quote it)"
        case .joining(let word): "no `\(word)`: all words must hold (or quote it)"
        case .badTimeSpan(let text): "`\(text)` is no length of time: a number and h d w m or y"
        case .timeSpanTooLong(let text): "`\(text)` is more than 100 years"
        }
    }

    /// The first few of the words that are known.
    private static func list(_ known: [String]) -> String {
        known.prefix(12).joined(separator: " ") + (known.count > 12 ? " …" : "")
    }
}

extension Filter {
    /// Where a text that is a value of a field found nothing: how it is asked for by the field, without a full stop.
    /// Nil where there is no such text.
    package func hint(in list: List) -> SafeText? {
        let meant = meantConditions(in: list).map { "`\($0)`" }
        return meant.isEmpty ? nil : "a word alone is looked for in texts: write \(meant.joined(separator: " or "))"
    }
}
