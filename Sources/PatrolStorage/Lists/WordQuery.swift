internal import PatrolDomain

/// What the full-text tables are asked for a text of a filter: rows that hold its words, the last one perhaps longer.
///
/// They cut texts into words as FTS5's `unicode61` does: runs of letters and digits (Unicode 6.1), in any case. A row
/// that `Condition.hasWord` wants is always among the answers; the answers may hold others.
enum WordQuery {
    /// For all of the texts together; nil where none of them holds a word that is sure to be one there.
    ///
    /// - Parameter areWhole: The texts end where the row's text ends: no word is asked for with all that begin with it,
    ///   which takes longer the more rows there are.
    static func match(_ texts: [String], areWhole: Bool = false) -> String? {
        let words = texts.flatMap { Self.words(of: $0, isWhole: areWhole) }
        guard !words.isEmpty else { return nil }
        return words.map { $0.isWhole ? "\"\($0.text)\"" : "\"\($0.text)\"*" }.joined(separator: " AND ")
    }

    private struct Word {
        var text: String
        /// It can't go on in the row.
        var isWhole: Bool
    }

    /// Scalars of which it is sure on which side they are.
    private enum Kind { case letter, gap, unknown }

    private static func words(of text: String, isWhole isWholeText: Bool) -> [Word] {
        var words: [Word] = []
        var run = String.UnicodeScalarView()
        // A word that began before the text, or after something unknown, may begin earlier in the row.
        var isBeginning = true
        func end(isWhole: Bool) {
            if !run.isEmpty { words.append(Word(text: String(run), isWhole: isWhole)) }
            run.removeAll()
        }
        for scalar in text.unicodeScalars {
            switch kind(of: scalar) {
            case .letter: if isBeginning { run.append(scalar) }
            case .gap:
                end(isWhole: true)
                isBeginning = true
            case .unknown:
                end(isWhole: false)
                isBeginning = false
            }
        }
        end(isWhole: isWholeText)
        return words
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        if scalar.isASCII {
            let isLetter = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            return isLetter ? .letter : .gap
        }
        // Letters to Unicode now, signs when SQLite's tables were made.
        if (0x19B0...0x19C9).contains(scalar.value) || (0x1CF2...0x1CF3).contains(scalar.value) { return .unknown }
        guard let age = scalar.properties.age, age.major < 6 || age.major == 6 && age.minor <= 1 else { return .unknown }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            .letter
        default: .unknown
        }
    }
}
