/// What a text that a person types, pastes or passes must be like to become part of a record.
/// Works on Unicode scalars: a `Character` can hide a control that is followed by a combining mark.
package struct TextRule: Hashable, Sendable {
    /// In Unicode scalars.
    package var maximumLength: Int
    package var mayBeEmpty: Bool

    package static let name = TextRule(maximumLength: 128, mayBeEmpty: false)
    package static let personName = TextRule(maximumLength: 64, mayBeEmpty: true)
    package static let purpose = TextRule(maximumLength: 500, mayBeEmpty: true)
    package static let reason = TextRule(maximumLength: 200, mayBeEmpty: false)
    package static let comment = TextRule(maximumLength: 500, mayBeEmpty: true)
    package static let email = TextRule(maximumLength: 254, mayBeEmpty: false)

    /// At most so many combining marks on one base: more are drawn over their neighbours.
    package static let maximumMarks = 4

    /// Nil when the text is acceptable.
    package func fault(in text: String) -> TextFault? {
        var length = 0
        var marks = 0
        for scalar in text.unicodeScalars {
            length += 1
            let isMark = Self.isMark(scalar)
            marks = isMark ? marks + 1 : 0
            if Self.isForbidden(scalar) || marks > Self.maximumMarks || (isMark && length == 1) {
                return .forbiddenCharacter(scalar.value)
            }
        }
        if length > maximumLength { return .tooLong(limit: maximumLength) }
        let isBlank = text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
        if isBlank && !mayBeEmpty { return .empty }
        return SecretFormat.isContained(in: text) ? .looksLikeASecret : nil
    }

    /// A plain e-mail address: one `@`, something on both sides, no spaces. Whether it can be reached
    /// is not for us to say.
    package static func emailFault(in text: String) -> TextFault? {
        if let fault = TextRule.email.fault(in: text) { return fault }
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        let isAddress =
            halves.count == 2 && halves.allSatisfy { !$0.isEmpty }
            && !text.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "," || $0 == "<" || $0 == ">" }
        return isAddress ? nil : .notAnEmailAddress
    }

    /// What of `text` can go on record where the text itself was refused: nothing unseen, no heaps of marks,
    /// at most so many Unicode scalars, and nothing at all where a secret may be in it.
    /// A text without a fault stays as it is.
    package static func recordable(_ text: String, maximumLength: Int = 128) -> String {
        if SecretFormat.isContained(in: text) { return "" }
        var kept = String.UnicodeScalarView()
        var length = 0
        var marks = 0
        for scalar in text.unicodeScalars where !isForbidden(scalar) {
            marks = isMark(scalar) ? marks + 1 : 0
            if marks > maximumMarks || (marks > 0 && length == 0) { continue }
            kept.append(scalar)
            length += 1
        }
        // A secret may have been taken apart by what was left out.
        if SecretFormat.isContained(in: String(kept)) { return "" }
        return String(String.UnicodeScalarView(kept.prefix(maximumLength)))
    }

    /// Characters that can't be seen, move the cursor, turn the direction or talk to the terminal.
    /// Joiners (U+200C, U+200D, U+FE0F) may stand in a name: languages and emoji need them.
    package static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C, 0x200D, 0xFE0F: false
        case 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x3164, 0xFFA0,
            0xFE00...0xFE0E, 0xFFF0...0xFFFB, 0xE0000...0xE0FFF:
            true
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                true
            default: false
            }
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: scalar.value != 0xFE0F
        default: false
        }
    }
}
