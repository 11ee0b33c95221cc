import PatrolScreen
import PatrolTerminal
import Testing

struct `Bytes become keys` {
    private func typed(_ text: String) -> [Typed] {
        var decoder = KeyDecoder()
        return decoder.take(Array(text.utf8)) + decoder.giveUp()
    }

    @Test(arguments: [
        ("\u{1B}[A", Key.up), ("\u{1B}OA", .up), ("\u{1B}[1;2A", .shiftUp), ("\u{1B}[b", .shiftDown),
        ("\u{1B}[5~", .pageUp), ("\u{1B}[H", .home), ("\u{1B}[7~", .home), ("\u{1B}OF", .end),
        ("\u{1B}[3~", .delete), ("\u{1B}[Z", .backTab), ("\u{1B}OP", .function(1)),
        ("\u{1B}[[A", .function(1)), ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)),
        ("\u{1B}OM", .enter), ("\u{1B}Ot", .character("4")),
        ("\r", .enter), ("\t", .tab), ("\u{8}", .backspace), ("\u{7F}", .backspace),
        ("\u{3}", .control("c")), ("\u{1A}", .control("z")), ("\u{1B}", .escape),
        ("é", .character("é")), ("漢", .character("漢")), ("😀", .character("😀")),
    ])
    func `each key of the usual terminals is known`(sent: String, key: Key) {
        #expect(typed(sent) == [.key(key)])
    }

    @Test(arguments: [
        "\u{1B}x", "\u{1B}é", "\u{1B}\r", "\u{1B}[1;5A", "\u{1B}[99;7u", "\u{1B}[M   ",
        "\u{1B}[I", "\u{1B}[?1;2c", "\u{1B}[24;80R", "\u{1B}P1$r0m\u{1B}\\",
        "\u{1B}[", "\u{1B}O", "\u{1B}]52;c;", "\u{0}", "\u{1C}", "\u{9B}",
    ])
    func `what it does not know goes as a whole`(sent: String) {
        #expect(typed(sent) == [])
    }

    /// A terminal's answer can be as long as it likes: no part of it may be taken for a command.
    @Test(arguments: [("\u{1B}[1", ";1", "m"), ("\u{1B}]0;", "d", "\u{7}")])
    func `a sequence without end is swallowed to its end`(start: String, middle: String, end: String) {
        var decoder = KeyDecoder()
        #expect(decoder.take(Array(start.utf8)) == [])
        for _ in 0..<5_000 { #expect(decoder.take(Array(middle.utf8)) == []) }
        #expect(decoder.take(Array((end + "j").utf8)) == [.key(.character("j"))])
    }

    @Test func `keys sent at once stay apart`() {
        #expect(
            typed("jk\u{1B}[B\u{1B}\u{1B}[Aq") == [
                .key(.character("j")), .key(.character("k")), .key(.down), .key(.escape), .key(.up),
                .key(.character("q")),
            ])
    }

    @Test func `bytes may come one by one`() {
        let text = "é\u{1B}[1;2B\u{1B}[200~a\u{1B}[20b\n\u{1B}[201~漢"
        var decoder = KeyDecoder()
        let typed = text.utf8.flatMap { decoder.take([$0]) }
        #expect(
            typed == [
                .key(.character("é")), .key(.shiftDown), .paste("a\u{1B}[20b\n"),
                .key(.character("漢")),
            ])
        #expect(decoder.patience == nil)
    }

    @Test func `a lone escape is one once the rest does not come`() {
        var decoder = KeyDecoder()
        #expect(decoder.take([0x1B]) == [])
        #expect(decoder.patience == KeyDecoder.escapeMilliseconds)
        #expect(decoder.giveUp() == [.key(.escape)])
        #expect(decoder.patience == nil)
    }

    @Test func `broken bytes are nothing and spoil nothing`() {
        var decoder = KeyDecoder()
        let bytes: [UInt8] = [0xFF, 0xC3, 0x28, 0xE2, 0x82, 0x41, 0xED, 0xA0, 0x80, 0xC0, 0x80, 0x42]
        let expected: [Typed] = [.key(.character("(")), .key(.character("A")), .key(.character("B"))]
        #expect(decoder.take(bytes) == expected)
    }

    @Test func `what terminfo says of this terminal comes first`() {
        var decoder = KeyDecoder(named: [Array("\u{1B}K".utf8): .pageDown, [0x7F]: .delete])
        let sent = Array("\u{1B}K\u{7F}".utf8)
        #expect(decoder.take(sent) == [.key(.pageDown), .key(.backspace)])
    }
}

struct `A paste is text` {
    private let begin = Array("\u{1B}[200~".utf8)
    private let end = Array("\u{1B}[201~".utf8)

    @Test func `nothing in it is a key`() {
        var decoder = KeyDecoder()
        let sent = begin + Array("d\r\u{1B}[A\u{3}q".utf8) + end
        #expect(decoder.take(sent) == [.paste("d\r\u{1B}[A\u{3}q")])
    }

    @Test func `only its beginning is kept when it is huge`() {
        var decoder = KeyDecoder()
        var typed = decoder.take(begin)
        for _ in 0..<64 { typed += decoder.take([UInt8](repeating: 0x61, count: 16_384)) }
        typed += decoder.take(end + [0x6A])
        let kept = String(repeating: "a", count: KeyDecoder.maximumPasteBytes)
        #expect(typed == [.paste(kept), .key(.character("j"))])
    }

    @Test func `one that pauses for long has ended`() {
        var decoder = KeyDecoder()
        #expect(decoder.take(begin + Array("abc".utf8)) == [])
        #expect(decoder.patience == 10_000)
        #expect(decoder.giveUp() == [.paste("abc")])
        #expect(decoder.take(Array("j".utf8)) == [.key(.character("j"))])
    }
}
