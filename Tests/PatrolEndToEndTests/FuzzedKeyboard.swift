import Glibc

/// Bytes as a terminal, a cat on the keyboard and a bad line send them. The same seed sends the same bytes.
struct FuzzedKeyboard {
    private var state: UInt64
    /// Without the keys that confirm something: Enter, Space, `y`, Ctrl-S.
    private let neverConfirms: Bool

    init(seed: UInt64, neverConfirms: Bool = false) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        self.neverConfirms = neverConfirms
    }

    mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % sides
    }

    private mutating func pick<Element>(_ list: [Element]) -> Element { list[roll(list.count)] }

    /// Whole sequences, most of which the program has never asked for.
    private static let sequences: [String] = [
        "\u{1B}OA", "\u{1B}OB", "\u{1B}[A", "\u{1B}[5~", "\u{1B}[6~", "\u{1B}OH", "\u{1B}OF", "\u{1B}[Z", "\u{1B}OP",
        "\u{1B}[1;2A", "\u{1B}[1;2B", "\u{1B}[<0;10;5M", "\u{1B}[<0;10;5m", "\u{1B}[<64;3;3M", "\u{1B}[<65;300;300M",
        "\u{1B}[M !!", "\u{1B}[<99999999999999999999;1;1M", "\u{1B}[?62;22c", "\u{1B}[?2026;2$y", "\u{1B}[24;80R",
        "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", "\u{1B}]11;rgb:ffff/ffff/ffff\u{07}", "\u{1B}]52;c;aGk=\u{07}",
        "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[I", "\u{1B}[O", "\u{1B}[200~dq\u{1B}[201~", "\u{1B}[201~", "\u{1B}[57441;1:3u",
        "\u{1B}[99999999999999999999999999~", "\u{1B}\u{1B}\u{1B}", "\u{1B}x", "\u{1B}[", "\u{1B}O", "\u{1B}]", "\u{1B}P",
    ]
    private static let pastes: [String] = [
        "yes\r\n", "\n\n\n", "remove 3\r", "y\ry\r", "\u{1B}[2J\u{1B}]2;owned\u{07}", "名前👩‍👩‍👧‍👦", String(repeating: "x", count: 9_000),
    ]
    private static let letters = Array("abcdefghijklmnopqrstuvwxzADGORSTU1234?:/-.3312tfdrx".utf8)
    private static let confirming: [UInt8] = Array("\r\r\n \u{13}y".utf8)

    /// The next piece; at most some kilobytes.
    mutating func next() -> [UInt8] {
        switch roll(20) {
        case 0..<8: return [pick(Self.letters)]
        case 8, 9, 10: return neverConfirms ? [0x09] : [pick(Self.confirming)]
        case 11: return [0x1B]
        case 12: return pick([[0x09], [0x7F], [0x15], [0x0C], [0x10], [0x1A], [0x04]])
        case 13: return Array(("\u{1B}[200~" + pick(Self.pastes) + "\u{1B}[201~").utf8)
        case 14:
            // Cut anywhere.
            let bytes = Array(pick(Self.sequences).utf8)
            return Array(bytes.prefix(1 + roll(bytes.count)))
        case 15: return invalid()
        case 16 where !neverConfirms: return Array("\u{1B}[200~no end of it\r".utf8)
        default: return Array(pick(Self.sequences).utf8)
        }
    }

    /// Not UTF-8, or C1.
    private mutating func invalid() -> [UInt8] {
        pick([
            [0xC3], [0xFF, 0xFE], [0xE2, 0x82], [0xF0, 0x9F, 0x92], [0x80, 0x9B, 0x33, 0x31, 0x6D], [0xC2, 0x9B], [0xED, 0xA0, 0x80],
            [0x00], [0x07], [0x08], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80],
        ])
    }
}
