@testable import PatrolTerminal
import PatrolScreen
import Testing

struct `What a terminal sends beside keys` {
    private func typed(_ text: String) -> [Typed] {
        var decoder = KeyDecoder()
        return decoder.take(Array(text.utf8)) + decoder.giveUp()
    }

    @Test(arguments: [
        ("\u{1B}[<0;1;1M", MouseEvent.Kind.click, 0, 0), ("\u{1B}[<0;120;40M", .click, 39, 119),
        ("\u{1B}[<4;3;2M", .click, 1, 2), ("\u{1B}[<64;3;2M", .wheelUp, 1, 2), ("\u{1B}[<65;3;2M", .wheelDown, 1, 2),
    ])
    func `the mouse is told by SGR reports`(sent: String, kind: MouseEvent.Kind, row: Int, column: Int) {
        #expect(typed(sent) == [.mouse(MouseEvent(kind, at: Position(row: row, column: column)))])
    }

    @Test(arguments: [
        "\u{1B}[<0;1;1m", "\u{1B}[<1;1;1M", "\u{1B}[<2;1;1M", "\u{1B}[<32;5;5M", "\u{1B}[<0;0;0M", "\u{1B}[<0;1M",
        "\u{1B}[<M", "\u{1B}[<99999999999;1;1M", "\u{1B}[<0;-1;1M",
    ])
    func `releases, other buttons, movements and nonsense are nothing`(sent: String) { #expect(typed(sent) == []) }

    @Test(arguments: [
        ("rgb:ffff/ffff/ffff", true), ("rgb:0000/0000/0000", false), ("rgb:1e/1e/1e", false), ("rgb:f/f/f", true),
        ("rgb:fdfd/f6f6/e3e3", true), ("rgba:ffff/ffff/ffff/8000", true), ("rgb:0000/2b2b/3636", false),
    ])
    func `the background's colour tells light from dark`(colour: String, isLight: Bool) {
        for end in ["\u{7}", "\u{1B}\\"] {
            #expect(typed("\u{1B}]11;\(colour)\(end)") == [.answer(.background(isLight: isLight))])
        }
    }

    @Test(arguments: [
        "\u{1B}]11;rgb:zz/00/00\u{7}", "\u{1B}]11;rgb:ffff/ffff\u{7}", "\u{1B}]11;rgb:+fff/ffff/ffff\u{7}",
        "\u{1B}]11;#ffffff\u{7}", "\u{1B}]10;rgb:ffff/ffff/ffff\u{7}", "\u{1B}]11;rgb:fffff/0/0\u{7}",
        "\u{1B}]11;rgb:\u{7}", "\u{1B}]52;c;cXVpdA==\u{7}", "\u{1B}[?1;2c", "\u{1B}[?2027;1$y", "\u{1B}[?2026$y",
    ])
    func `hostile and foreign answers are nothing`(sent: String) { #expect(typed(sent) == []) }

    @Test(arguments: [("0", false), ("1", true), ("2", true), ("3", false), ("4", false)])
    func `whether mode 2026 is known`(value: String, isKnown: Bool) {
        #expect(typed("\u{1B}[?2026;\(value)$y") == [.answer(.synchronizes(isKnown))])
    }

    @Test(arguments: [("0", false), ("1", true), ("2", true), ("3", false), ("4", false)])
    func `whether mode 2031 is known`(value: String, isKnown: Bool) {
        #expect(typed("\u{1B}[?2031;\(value)$y") == [.answer(.tellsScheme(isKnown))])
    }

    @Test func `a terminal that becomes dark or light says so`() {
        #expect(typed("\u{1B}[?997;1n\u{1B}[?997;2n") == [.answer(.background(isLight: false)), .answer(.background(isLight: true))])
        for foreign in ["\u{1B}[?997;3n", "\u{1B}[?997n", "\u{1B}[?997;1;2n", "\u{1B}[?996;1n", "\u{1B}[997;1n"] {
            #expect(typed(foreign) == [])
        }
    }

    /// Over a slow line an answer came in pieces, each after the time in which an Escape is a key; the rest of it moved
    /// the cursor and flagged a token.
    @Test func `an answer that is cut anywhere is never typed`() {
        let answer = Array("\u{1B}]11;rgb:ffff/ffff/ffff\u{7}".utf8)
        for cut in 1..<answer.count {
            var decoder = KeyDecoder()
            decoder.isAnswerExpected = true
            var typed = decoder.take(answer[..<cut])
            // The line pauses for longer than an Escape's time, and less than an answer's.
            if decoder.patience.map({ $0 <= KeyDecoder.escapeMilliseconds }) == true { typed += decoder.giveUp() }
            typed += decoder.take(answer[cut...])
            let keys = typed.filter { if case .key(let key) = $0 { key != .escape } else { false } }
            #expect(keys == [], "cut at \(cut)")
        }
    }

    @Test func `a question is open until it is answered, and no longer than a moment`() {
        var question = OpenQuestion()
        #expect(!question.isOpen(at: 0))
        question.ask(at: 100)
        #expect(question.isOpen(at: 100) && question.isOpen(at: 1_599) && !question.isOpen(at: 1_600))
        question.close()
        #expect(!question.isOpen(at: 101))
    }

    @Test func `a bracket after Escape is a key once nothing is asked`() {
        var decoder = KeyDecoder()
        decoder.isAnswerExpected = true
        #expect(decoder.take([0x1B]) + decoder.giveUp() == [.key(.escape)])
        decoder.isAnswerExpected = false
        #expect(decoder.take(Array("]".utf8)) == [.key("]")] && decoder.patience == nil)
    }

    @Test func `an answer without an end takes nothing with it for ever`() {
        var decoder = KeyDecoder()
        #expect(decoder.take(Array("\u{1B}]11;rgb:ffff".utf8)) == [])
        #expect(decoder.patience == 1_000)
        #expect(decoder.giveUp() == [])
        #expect(decoder.take(Array("j".utf8)) == [.key(.character("j"))])
    }

    @Test func `a second click at the same place within a moment is a double click`() {
        let here = MouseEvent(.click, at: Position(row: 1, column: 2))
        let there = MouseEvent(.click, at: Position(row: 1, column: 3))
        var clicks = Clicks()
        #expect(clicks.take(here, at: 0).kind == .click)
        #expect(clicks.take(here, at: 400).kind == .doubleClick)
        #expect(clicks.take(here, at: 500).kind == .click)
        #expect(clicks.take(there, at: 600).kind == .click)
        #expect(clicks.take(there, at: 1_001).kind == .click)
    }
}

struct `Pastes are kept apart from keys` {
    @Test func `a paste of a megabyte is cut, and what follows is typed`() {
        var decoder = KeyDecoder()
        var typed = decoder.take(Array("\u{1B}[200~".utf8))
        for _ in 0..<256 { typed += decoder.take([UInt8](repeating: 0x0D, count: 4_096)) }
        typed += decoder.take(Array("\u{1B}[201~q".utf8))
        #expect(typed.count == 2)
        if case .paste(let text)? = typed.first { #expect(text.utf8.count == KeyDecoder.maximumPasteBytes) }
        #expect(typed.last == .key(.character("q")))
    }

    @Test func `a marker within a paste is text, and its end ends it once`() {
        var decoder = KeyDecoder()
        let typed = decoder.take(Array("\u{1B}[200~a\u{1B}[200~b\u{1B}[201~".utf8))
        #expect(typed == [.paste("a\u{1B}[200~b")])
        #expect(decoder.patience == nil)
    }

    @Test func `a paste without an end ends by itself, and its newlines are no keys`() {
        var decoder = KeyDecoder()
        #expect(decoder.take(Array("\u{1B}[200~y\r\r".utf8)) == [])
        #expect(decoder.giveUp() == [.paste("y\r\r")])
    }
}
