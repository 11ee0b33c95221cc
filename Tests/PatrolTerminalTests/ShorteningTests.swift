import CNcurses
import PatrolTestSupport
import Testing

@Suite(.serialized) struct `Saying the looks of letters once` {
    /// A small generator, so that a failure can be repeated by its seed.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    private func shortened(_ text: String) -> String {
        let bytes = Array(text.utf8).map { CChar(bitPattern: $0) }
        var room = [CChar](repeating: 0, count: shorten_room(bytes.count))
        let count = shorten(bytes, bytes.count, &room)
        return String(decoding: room.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @Test func `a colour on the same background is one short sequence`() {
        shorten_forget()
        _ = shortened("\u{1B}[39;49m\u{1B}(B\u{1B}[m")
        let sent = shortened("\u{1B}[38;5;75m\u{1B}[48;5;237ma\u{1B}[38;5;203m\u{1B}[48;5;237mb\u{1B}[39m\u{1B}(B\u{1B}[m c")
        #expect(sent == "\u{1B}[38;5;75;48;5;237ma\u{1B}[38;5;203mb\u{1B}[m c")
    }

    @Test func `movements carry nothing, and erasing has the background it was to have`() {
        shorten_forget()
        _ = shortened("\u{1B}[39;49m\u{1B}(B\u{1B}[m")
        #expect(shortened("\u{1B}[1m\u{1B}[3;4H\u{1B}[m\u{1B}[48;5;4m\u{1B}[K\u{1B}[m") == "\u{1B}[3;4H\u{1B}[48;5;4m\u{1B}[K\u{1B}[m")
    }

    private static let pieces = [
        "a", "é", "名", " ", "lorem ipsum", "\u{1B}[m", "\u{1B}[0m", "\u{1B}(B", "\u{1B}[1m", "\u{1B}[4m", "\u{1B}[7m", "\u{1B}[0;1m",
        "\u{1B}[22m", "\u{1B}[24m", "\u{1B}[27m", "\u{1B}[31m", "\u{1B}[92m", "\u{1B}[38;5;203m", "\u{1B}[38;5;75;48;5;237m", "\u{1B}[39m",
        "\u{1B}[49m", "\u{1B}[39;49m", "\u{1B}[48;5;237m", "\u{1B}[44m", "\u{1B}[104m", "\u{1B}[38;2;1;200;3m", "\u{1B}[K", "\u{1B}[5X",
        "\r", "\u{1B}[3;7H", "\u{1B}[5;20H", "\u{1B}[2d", "\u{1B}[9G", "\n", "\u{1B}[2J", "\u{1B}[1;4r", "\u{1B}[1;6r",
    ]

    @Test(arguments: 1...40) func `the screen is the same, in no more frames`(seed: UInt64) {
        var dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let size = TerminalSize(rows: 6, columns: 30)
        let (plain, short) = (TerminalEmulator(size: size), TerminalEmulator(size: size))
        shorten_forget()
        for _ in 0..<30 {
            let count = Int.random(in: 0...12, using: &dice)
            let frame = (0..<count).map { _ in Self.pieces.randomElement(using: &dice) ?? "" }.joined()
            plain.write(Array(frame.utf8))
            short.write(Array(shortened(frame).utf8))
            #expect(plain.screen == short.screen, "seed \(seed): \(frame.debugDescription)")
        }
    }
}
