extension Filter {
    /// In Unicode scalars.
    package static let maximumLength = 500
    package static let maximumTerms = 20

    /// Reads what a person types to narrow a list: terms between blanks, all of which have to hold.
    ///
    ///     kim  "nightly export"  !flagged  owner:kim  owner:"Kim Berg"  unused>90d  expires<14d
    ///
    /// A word without a sign is a part of a text, unless the list knows it as a condition (`flagged`); in
    /// quotes it always is a text. Inside quotes `\"` is a quotation mark and `\\` a backslash. Units of time
    /// are `h d w m y`, where a month has 30 days and a year 365. An empty text is an empty filter. What other
    /// languages write for a condition (`owner=kim`, `unused >90d`, `OR`) is a fault that says what is meant here.
    package init(parsing text: String, for list: List) throws(FilterFault) {
        var reader = FilterReader(text, list)
        if text.unicodeScalars.count > Self.maximumLength {
            throw FilterFault(.tooLong(limit: Self.maximumLength), at: Self.maximumLength)
        }
        self.init()
        while let term = try reader.term() {
            if terms.count == Self.maximumTerms {
                throw FilterFault(.tooManyTerms(limit: Self.maximumTerms), at: reader.termStart)
            }
            terms.append(term)
        }
    }
}

private struct FilterReader {
    private let scalars: [Unicode.Scalar]
    private let list: Filter.List
    private var place = 0
    private(set) var termStart = 0

    init(_ text: String, _ list: Filter.List) {
        scalars = Array(text.unicodeScalars)
        self.list = list
    }

    mutating func term() throws(FilterFault) -> Filter.Term? {
        while let scalar, scalar.properties.isWhitespace { place += 1 }
        termStart = place
        guard scalar != nil else { return nil }
        let isExcluded = scalar == "!"
        if isExcluded { place += 1 }
        guard let scalar, !scalar.properties.isWhitespace else { throw fault(.nothingExcluded) }
        return Filter.Term(try condition(), isExcluded: isExcluded)
    }

    private var scalar: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private func fault(_ reason: FilterFault.Reason) -> FilterFault { FilterFault(reason, at: termStart) }

    private mutating func condition() throws(FilterFault) -> Filter.Condition {
        if scalar == "\"" { return .text(try value()) }
        let start = place
        while let scalar, scalar.isASCII, scalar.properties.isAlphabetic { place += 1 }
        let name = text(start..<place).lowercased()
        if let meant = meant(name) { throw fault(.meant(meant)) }
        guard !name.isEmpty, let sign = scalar, sign == ":" || sign == ">" || sign == "<" else {
            place = start
            let word = try value()
            if FilterField.joining.contains(word) { throw fault(.joining(word)) }
            return known(word.lowercased()).flatMap(alone) ?? .text(word)
        }
        guard let field = known(name), field.form != .word else {
            let signed = FilterField.all(of: list).filter { $0.form != .word }
            throw FilterFault(.unknownField(name, known: signed.map(\.rawValue)), at: start)
        }
        place += 1
        let valueStart = place
        let value = try value()
        if value.isEmpty { throw FilterFault(.missingValue(field: name), at: valueStart) }
        if sign == ":" { return try matching(field, value, at: valueStart) }
        let comparison: Filter.Comparison = sign == ">" ? .moreThan : .lessThan
        return try comparing(field, comparison, value, signAt: valueStart - 1)
    }

    /// How a condition on the field is written here, where it stands here as elsewhere: with `=`, or with blanks about
    /// its sign. Nil where it does not.
    private func meant(_ name: String) -> String? {
        guard let field = known(name) else { return nil }
        var here = place
        func skipBlanks() { while here < scalars.count, scalars[here].properties.isWhitespace { here += 1 } }
        func isSign(_ scalar: Unicode.Scalar) -> Bool { ":<>=!".unicodeScalars.contains(scalar) }
        skipBlanks()
        let signs = scalars[here...].prefix(while: isSign)
        here += signs.count
        let signEnd = here
        skipBlanks()
        let isQuoted = here < scalars.count && scalars[here] == "\""
        let end = scalars[min(here + 1, scalars.count)...].firstIndex { isQuoted ? $0 == "\"" : $0.properties.isWhitespace }
        let value = text(here..<min(scalars.count, (end ?? scalars.count) + (isQuoted ? 1 : 0)))
        let isApart = signs.startIndex > place || here > signEnd
        // A blank before `!` begins another term, and a sign with nothing after it is being written.
        guard !signs.isEmpty, signs.startIndex == place || signs.first != "!" else { return nil }
        guard signs.count > 1 || signs.first == "=" || isApart && !value.isEmpty else { return nil }
        let not = signs.contains("!") == (scalars[termStart] == "!") ? "" : "!"
        switch field.form {
        case .word: return not + field.rawValue
        case .value: return "\(not)\(field.rawValue):\(value.isEmpty ? "…" : value)"
        case .comparison:
            if value == "never" { return "\(not)\(field.rawValue):never" }
            return "\(not)\(field.rawValue)\(signs.contains("<") ? "<" : ">")\(value.isEmpty ? "90d" : value)"
        }
    }

    private func known(_ name: String) -> FilterField? {
        FilterField(rawValue: name).flatMap { FilterField.all(of: list).contains($0) ? $0 : nil }
    }

    /// A word up to the next blank, or a text in quotes.
    private mutating func value() throws(FilterFault) -> String {
        let start = place
        guard scalar == "\"" else {
            while let scalar, !scalar.properties.isWhitespace { place += 1 }
            return text(start..<place)
        }
        place += 1
        var value = String.UnicodeScalarView()
        while let scalar, scalar != "\"" {
            if scalar == "\\" && place + 1 < scalars.count { place += 1 }
            value.append(scalars[place])
            place += 1
        }
        if scalar == nil { throw FilterFault(.unclosedQuote, at: start) }
        place += 1
        return String(value)
    }

    private func text(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[range])
        return String(text)
    }

    // MARK: - Conditions

    private func alone(_ field: FilterField) -> Filter.Condition? {
        switch field {
        case .flagged: .flagged
        case .quarantined: .quarantined
        case .planned: .planned
        case .never: .neverUsed
        case .pending: .pending
        case .removed: .removed
        case .refused: .refused
        case .imported: .imported
        default: nil
        }
    }

    private func matching(
        _ field: FilterField, _ value: String, at place: Int
    ) throws(FilterFault) -> Filter.Condition {
        func one<Value>(_ found: Value?, of known: [String]) throws(FilterFault) -> Value {
            if let found { return found }
            throw FilterFault(.unknownValue(value, field: field.rawValue, known: known), at: place)
        }
        switch field {
        case .owner: return .owner(value)
        case .role: return .role(value)
        case .by: return .actor(value)
        case .action: return .action(value)
        case .kind:
            let kinds = AccessToken.Kind.allCases.map(\.rawValue)
            return .kind(try one(AccessToken.Kind(rawValue: value), of: kinds))
        case .finding:
            return .finding(try rules(value, at: place))
        case .on:
            let kinds = AuditTarget.Kind.allCases.map(\.rawValue)
            return .targetKind(try one(AuditTarget.Kind(rawValue: value), of: kinds))
        case .expires: return try one(value == "never" ? Filter.Condition.neverExpires : nil, of: ["never"])
        default: throw FilterFault(.wantsComparison(field: field.rawValue), at: place - 1)
        }
    }

    /// One rule, or several between commas.
    private func rules(_ value: String, at place: Int) throws(FilterFault) -> [HygieneRule] {
        var rules: [HygieneRule] = []
        var start = place
        for word in value.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
            guard let rule = HygieneRule(word: word) else {
                let known = HygieneRule.allCases.map(\.word)
                throw FilterFault(.unknownValue(word, field: FilterField.finding.rawValue, known: known), at: start)
            }
            if !rules.contains(rule) { rules.append(rule) }
            start += word.unicodeScalars.count + 1
        }
        return rules
    }

    private func comparing(
        _ field: FilterField, _ comparison: Filter.Comparison, _ value: String, signAt place: Int
    ) throws(FilterFault) -> Filter.Condition {
        guard field.form == .comparison else { throw FilterFault(.wantsValue(field: field.rawValue), at: place) }
        let span = try FilterSpan.read(value, at: place + 1)
        switch field {
        case .unused: return .unused(comparison, span)
        case .expires: return .expires(comparison, span)
        case .created: return .created(comparison, span)
        case .seen: return .seen(comparison, span)
        default: throw FilterFault(.wantsValue(field: field.rawValue), at: place)
        }
    }
}

/// Lengths of time as they are written in filters: `90d`.
enum FilterSpan {
    private static let longest = TimeSpan.days(36_500)

    static func read(_ text: String, at place: Int) throws(FilterFault) -> TimeSpan {
        guard let unit = text.last, let hours = hours(of: unit), let count = Int64(text.dropLast()),
            text.utf8.first != UInt8(ascii: "+"), count >= 0
        else { throw FilterFault(.badTimeSpan(text), at: place) }
        let (milliseconds, isTooLarge) = count.multipliedReportingOverflow(by: hours * 3_600_000)
        if isTooLarge || milliseconds > longest.milliseconds {
            throw FilterFault(.timeSpanTooLong(text), at: place)
        }
        return TimeSpan(milliseconds: milliseconds)
    }

    /// In days, or in hours where they are not whole days.
    static func text(_ span: TimeSpan) -> String {
        let hours = span.milliseconds / 3_600_000
        return hours % 24 == 0 ? "\(hours / 24)d" : "\(hours)h"
    }

    private static func hours(of unit: Character) -> Int64? {
        switch unit {
        case "h": 1
        case "d": 24
        case "w": 24 * 7
        case "m": 24 * 30
        case "y": 24 * 365
        default: nil
        }
    }
}
