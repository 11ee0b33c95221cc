/// Text that may go to a terminal. Only its initialisers make one, and each cleans: what came from elsewhere
/// can't move the cursor, turn the direction of writing, hide, or take more or fewer cells than it says.
///
/// Unseen scalars are shown, not dropped: `\x1b` for controls of ASCII, `<202e>` for the others.
/// At most four combining marks stay on a letter; joiners and selectors inside emoji and scripts that
/// need them go without a trace, since they have no cell.
package struct SafeText: Hashable, Sendable {
    package private(set) var text: String
    /// In terminal cells.
    package private(set) var width: Int
    /// Whether something in it had to be shown as an escape, or was left out: worth a mark in a list.
    package private(set) var wasEscaped: Bool

    /// The largest number of combining marks on one letter: what ncurses keeps in a cell.
    package static let maximumMarks = 4

    package init(_ foreign: String) {
        if Self.isPlain(foreign) {
            self.init(cleaned: foreign, width: foreign.utf8.count, wasEscaped: false)
        } else if let width = Self.ordinaryWidth(foreign) {
            self.init(cleaned: foreign, width: width, wasEscaped: false)
        } else {
            var cleaner = TextCleaner()
            for scalar in foreign.unicodeScalars { cleaner.take(scalar) }
            self.init(
                cleaned: cleaner.text, width: cleaner.width, wasEscaped: cleaner.wasEscaped)
        }
    }

    init(cleaned text: String, width: Int, wasEscaped: Bool) {
        self.text = text
        self.width = width
        self.wasEscaped = wasEscaped
    }

    package static let empty = SafeText(cleaned: "", width: 0, wasEscaped: false)

    package static func spaces(_ count: Int) -> SafeText {
        guard count > 0 else { return .empty }
        let text = String(unsafeUninitializedCapacity: count) { buffer in
            buffer.initialize(repeating: UInt8(ascii: " "))
            return count
        }
        return SafeText(cleaned: text, width: count, wasEscaped: false)
    }

    /// A one-cell scalar of ours, such as a line of a border, some times over.
    package static func repeating(_ scalar: Unicode.Scalar, count: Int) -> SafeText {
        guard count > 0 else { return .empty }
        precondition(TextWidth.of(scalar) == 1, "a border is one cell wide")
        let one = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        let text = String(unsafeUninitializedCapacity: one.count * count) { buffer in
            for (offset, byte) in one.enumerated() {
                for place in stride(from: offset, to: one.count * count, by: one.count) { buffer[place] = byte }
            }
            return one.count * count
        }
        return SafeText(cleaned: text, width: count, wasEscaped: false)
    }

    package var isEmpty: Bool { width == 0 }

    package static func + (left: SafeText, right: SafeText) -> SafeText {
        var sum = left
        sum += right
        return sum
    }

    package static func += (left: inout SafeText, right: SafeText) {
        left.text += right.text
        left.width += right.width
        left.wasEscaped = left.wasEscaped || right.wasEscaped
    }

    /// Several lines of foreign text, split at line feeds (with or without a carriage return).
    package static func lines(of foreign: String) -> [SafeText] {
        var lines: [SafeText] = []
        var line = String.UnicodeScalarView()
        func end() {
            if line.last == "\r" { line.removeLast() }
            lines.append(SafeText(String(line)))
            line.removeAll(keepingCapacity: true)
        }
        for scalar in foreign.unicodeScalars {
            if scalar == "\n" { end() } else { line.append(scalar) }
        }
        end()
        return lines
    }

    /// The width of text each of whose scalars stands for itself: none is a mark, joins others or has to be shown as an
    /// escape. Nil where the cleaner has to look.
    private static func ordinaryWidth(_ text: String) -> Int? {
        var width = 0
        for scalar in text.unicodeScalars {
            if 0x20...0x7E ~= scalar.value {
                width += 1
                continue
            }
            // Tones of skin join the picture before them.
            guard !(0x1F3FB...0x1F3FF ~= scalar.value), !UnseenScalars.contains(scalar), let cells = TextWidth.of(scalar),
                cells > 0
            else { return nil }
            width += cells
        }
        return width
    }

    /// Only printable ASCII: already safe, one cell each.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { 0x20...0x7E ~= $0 }
    }
}

extension SafeText: ExpressibleByStringInterpolation, CustomStringConvertible {
    package init(stringLiteral value: String) { self.init(value) }

    package var description: String { text }
}

/// Takes scalars one by one and keeps what may be shown.
private struct TextCleaner {
    var text = ""
    var width = 0
    var wasEscaped = false
    /// The scalar that marks, joiners and selectors would join; nil at the start and after an escape.
    private var base: Unicode.Scalar?
    private var marks = 0
    private var wasJoiner = false

    mutating func take(_ scalar: Unicode.Scalar) {
        if isSilent(scalar) { return }
        if UnseenScalars.contains(scalar) { return escape(scalar) }
        switch TextWidth.of(scalar) {
        case nil: escape(scalar)
        case 0?: mark(scalar)
        case let cells?:
            text.unicodeScalars.append(scalar)
            width += cells
            base = scalar
            marks = 0
            wasJoiner = false
        }
    }

    /// What joins two emoji or letters, or chooses how they look: harmless once, right behind one.
    private mutating func isSilent(_ scalar: Unicode.Scalar) -> Bool {
        guard let base, !wasJoiner else { return false }
        let isPicture = base.value >= 0x2100 && TextWidth.of(base) == 2 || base.value >= 0x1F000
        switch scalar.value {
        case 0x200C, 0x200D:
            guard isPicture || (0x600..<0x2000).contains(base.value) else { return false }
        case 0xFE0E, 0xFE0F:
            // An emoji may have a selector *and* a joiner behind it.
            guard base.value >= 0x2000 || (0x23...0x39).contains(base.value) else { return false }
            return true
        case 0x1F3FB...0x1F3FF:
            guard isPicture else { return false }
            return true
        default: return false
        }
        wasJoiner = true
        return true
    }

    private mutating func mark(_ scalar: Unicode.Scalar) {
        guard base != nil else { return escape(scalar) }
        guard marks < SafeText.maximumMarks else { return wasEscaped = true }
        marks += 1
        text.unicodeScalars.append(scalar)
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        let shown = UnseenScalars.escape(scalar)
        text += shown
        width += shown.utf8.count
        wasEscaped = true
        base = nil
        wasJoiner = false
    }
}
