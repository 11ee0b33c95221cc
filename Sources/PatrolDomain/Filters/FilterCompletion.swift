/// What can be written at one place of a filter.
package struct FilterCompletion: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A field, or a condition of one word.
        case field
        /// What stands behind the sign of this field.
        case value(field: String)
    }

    /// A value that only the account knows: whom or what to ask it for.
    package enum OpenValue: Hashable, Sendable { case member, role, action }

    package var kind: Kind
    /// What the candidates replace, in Unicode scalars of the filter's text: up to the end of the word.
    package var range: Range<Int>
    /// What stands in the range before the cursor, without the quotation mark at its start.
    package var written: String
    /// Known words that begin so, as they are typed: `owner:`, `unused>`, `flagged`, `wildcard`.
    package var candidates: [String]
    /// Where the field takes a value that is not from a closed list.
    package var open: OpenValue?
}

extension Filter {
    /// What is being written where the cursor stands, and how it could go on.
    ///
    /// - Parameter place: how many Unicode scalars stand before the cursor; one past the end counts as the end.
    /// - Returns: nil between words and in a text in quotes: nothing is known about them.
    package static func completion(of text: String, at place: Int, for list: List) -> FilterCompletion? {
        let scalars = Array(text.unicodeScalars)
        let cursor = min(max(place, 0), scalars.count)
        guard scalars.count <= maximumLength, let word = FilterWord(at: cursor, in: scalars) else { return nil }
        guard let sign = word.sign else { return fields(word, list) }
        let name = word.text(word.start..<sign)
        guard let field = FilterField(rawValue: name), FilterField.all(of: list).contains(field) else { return nil }
        return values(of: field, word, behind: sign)
    }

    private static func fields(_ word: FilterWord, _ list: List) -> FilterCompletion? {
        let written = word.text(word.start..<word.cursor)
        if written.unicodeScalars.first == "\"" { return nil }
        return FilterCompletion(
            kind: .field, range: word.start..<word.end, written: written,
            candidates: vocabulary(of: list).filter { $0.hasPrefix(written) } + conditions(on: written, list), open: nil)
    }

    /// What a word alone can be the value of: `role:admin` for `admin`.
    private static func conditions(on word: String, _ list: List) -> [String] {
        FilterField.all(of: list)
            .filter { $0.form == .value && $0.closedValues(isComparison: false).contains(word) }
            .map { "\($0.rawValue):\(word)" }
    }

    /// Conditions that may be meant where a text is not found: those on the first text that is a value of a field.
    package func meantConditions(in list: List) -> [String] {
        for term in terms where !term.isExcluded {
            guard case .text(let text) = term.condition else { continue }
            let meant = Self.conditions(on: text.lowercased(), list)
            if !meant.isEmpty { return meant }
        }
        return []
    }

    private static func values(
        of field: FilterField, _ word: FilterWord, behind sign: Int
    ) -> FilterCompletion? {
        let isValue = word.scalars[sign] == ":"
        guard isValue == (field.form == .value) || field == .expires else { return nil }
        let isQuoted = sign + 1 < word.cursor && word.scalars[sign + 1] == "\""
        var start = isQuoted ? sign + 2 : sign + 1
        // Behind a comma another rule begins.
        if field == .finding, let comma = word.scalars[start..<word.cursor].lastIndex(of: ",") { start = comma + 1 }
        let written = word.text(start..<word.cursor)
        return FilterCompletion(
            kind: .value(field: field.rawValue), range: (isQuoted ? sign + 1 : start)..<word.end, written: written,
            candidates: field.closedValues(isComparison: !isValue).filter { $0.hasPrefix(written) },
            open: field.openValue)
    }
}

extension FilterField {
    /// The values that can stand behind its sign, where they are a closed list. Lengths of time are examples.
    fileprivate func closedValues(isComparison: Bool) -> [String] {
        if isComparison { return ["1d", "7d", "14d", "30d", "90d", "1y"] }
        return switch self {
        case .kind: AccessToken.Kind.allCases.map(\.rawValue)
        case .finding: HygieneRule.allCases.map(\.word)
        case .on: AuditTarget.Kind.allCases.map(\.rawValue)
        case .expires: ["never"]
        case .role: BaseRole.allCases.map(\.rawValue)
        default: []
        }
    }

    fileprivate var openValue: FilterCompletion.OpenValue? {
        switch self {
        case .owner, .by: .member
        case .role: .role
        case .action: .action
        default: nil
        }
    }
}

/// The word of a filter that the cursor stands in or behind.
private struct FilterWord {
    let scalars: [Unicode.Scalar]
    let cursor: Int
    /// Behind the `!` of an excluded one.
    private(set) var start: Int
    private(set) var end: Int
    /// Where its `:`, `>` or `<` stands, if that is before the cursor.
    private(set) var sign: Int?

    /// Nil between words.
    init?(at cursor: Int, in scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        self.cursor = cursor
        start = 0
        end = 0
        while start < scalars.count {
            while start < scalars.count && scalars[start].properties.isWhitespace { start += 1 }
            end = Self.end(from: start, in: scalars)
            if cursor <= end { break }
            start = end
        }
        if start < scalars.count && scalars[start] == "!" { start += 1 }
        guard start < cursor || (start == cursor && start > 0 && scalars[start - 1] == "!") else { return nil }
        let name = scalars[start..<cursor].prefix { $0 >= "a" && $0 <= "z" }
        if !name.isEmpty && name.endIndex < cursor && [":", ">", "<"].contains(scalars[name.endIndex]) {
            sign = name.endIndex
        }
    }

    /// The end of the word that begins there: the next blank outside of quotation marks.
    private static func end(from start: Int, in scalars: [Unicode.Scalar]) -> Int {
        var end = start
        var isQuoted = false
        while end < scalars.count && (isQuoted || !scalars[end].properties.isWhitespace) {
            if isQuoted && scalars[end] == "\\" && end + 1 < scalars.count { end += 1 }
            else if scalars[end] == "\"" { isQuoted.toggle() }
            end += 1
        }
        return end
    }

    func text(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[range])
        return String(text)
    }
}
