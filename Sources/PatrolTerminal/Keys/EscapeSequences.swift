import PatrolScreen

/// The language of keyboards: what the terminals of the last forty years send for a key.
///
/// Sources: ECMA-48 for the shape of sequences, "XTerm Control Sequences" (Dickey) for PC-style keys and modifiers,
/// console_codes(4) for Linux, and terminfo for the terminal at hand.
struct EscapeSequences: Sendable {
    static let escape: UInt8 = 0x1B
    static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// What the next bytes are.
    enum Step: Equatable {
        case incomplete
        /// A key, or nothing that we know, of this many bytes.
        case key(Key?, length: Int)
        case pasteBegins(length: Int)
        /// What is no key.
        case other(Typed, length: Int)
    }

    /// What terminfo says; only sequences, no single bytes.
    private let named: [[UInt8]: Key]

    init(named: [[UInt8]: Key]) {
        self.named = named.filter { $0.key.count > 1 && $0.key.first == Self.escape }
    }

    /// The first key of `bytes`, which are not empty.
    func next(in bytes: ArraySlice<UInt8>) -> Step {
        guard let first = bytes.first else { return .incomplete }
        if first != Self.escape { return plainKey(bytes) }
        if let own = namedKey(bytes) { return own }
        guard bytes.count > 1 else { return .incomplete }
        switch bytes[bytes.startIndex + 1] {
        case Self.escape: return .key(.escape, length: 1)
        case UInt8(ascii: "["): return controlSequence(bytes)
        case UInt8(ascii: "O"): return singleShift(bytes)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            return controlString(bytes)
        default: return keyWithAlt(bytes)
        }
    }

    /// Makes an unfinished sequence short, so that what follows is still swallowed with it.
    func shorten(_ bytes: inout [UInt8]) {
        guard bytes.count > 2 else { return }
        let isString = bytes[1] != UInt8(ascii: "[")
        // A sequence with `?` is none of ours; a string may be about to end.
        let tail: [UInt8] = isString ? [bytes[bytes.count - 1]] : [UInt8(ascii: "?")]
        bytes = Array(bytes.prefix(2)) + tail
    }

    private func namedKey(_ bytes: ArraySlice<UInt8>) -> Step? {
        var length = 0
        var key: Key?
        for (sequence, its) in named where sequence.count > length && bytes.starts(with: sequence) {
            length = sequence.count
            key = its
        }
        return length > 0 ? .key(key, length: length) : nil
    }

    private func plainKey(_ bytes: ArraySlice<UInt8>) -> Step {
        let byte = bytes[bytes.startIndex]
        switch byte {
        case 0x08, 0x7F: return .key(.backspace, length: 1)
        case 0x09: return .key(.tab, length: 1)
        case 0x0A, 0x0D: return .key(.enter, length: 1)
        case 0x01...0x1A:
            return .key(.control(Character(Unicode.Scalar(byte + 0x60))), length: 1)
        case 0x20...0x7E: return .key(.character(Unicode.Scalar(byte)), length: 1)
        case 0x80...: return letter(bytes)
        default: return .key(nil, length: 1)
        }
    }

    /// A scalar beyond ASCII. Controls among them, and what is no UTF-8, are nothing.
    private func letter(_ bytes: ArraySlice<UInt8>) -> Step {
        let length =
            switch bytes[bytes.startIndex] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        guard length > 1 else { return .key(nil, length: 1) }
        let own = bytes.prefix(length)
        let marks = own.dropFirst().prefix { $0 & 0xC0 == 0x80 }.count
        if 1 + marks < own.count { return .key(nil, length: 1 + marks) }
        guard own.count == length else { return .incomplete }
        let scalars = String(decoding: own, as: UTF8.self).unicodeScalars
        guard scalars.count == 1, let scalar = scalars.first, scalar.value > 0x9F, scalar != "\u{FFFD}"
        else { return .key(nil, length: length) }
        return .key(.character(scalar), length: length)
    }

    private func keyWithAlt(_ bytes: ArraySlice<UInt8>) -> Step {
        switch plainKey(bytes.dropFirst()) {
        case .key(_, let length): .key(nil, length: 1 + length)
        case .incomplete, .pasteBegins, .other: .incomplete
        }
    }

    /// Whether this unfinished sequence is a terminal's, and no person's who pressed Alt.
    func isAnswer(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 2 else { return false }
        return bytes[1] == UInt8(ascii: "]") || bytes[1] == UInt8(ascii: "[") && [0x3C, 0x3F].contains(bytes[2])
    }

    /// OSC, DCS, SOS, PM, APC: up to BEL or ST. Terminals answer in them.
    private func controlString(_ bytes: ArraySlice<UInt8>) -> Step {
        var place = bytes.startIndex + 2
        while place < bytes.endIndex {
            if bytes[place] == 0x07 { return stringStep(bytes[..<place], length: place + 1 - bytes.startIndex) }
            if bytes[place] == Self.escape {
                guard place + 1 < bytes.endIndex else { return .incomplete }
                let isEnd = bytes[place + 1] == UInt8(ascii: "\\")
                let length = place - bytes.startIndex + (isEnd ? 2 : 0)
                return isEnd ? stringStep(bytes[..<place], length: length) : .key(nil, length: length)
            }
            place += 1
        }
        return .incomplete
    }
}
