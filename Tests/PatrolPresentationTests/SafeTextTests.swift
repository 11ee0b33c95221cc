@testable import PatrolPresentation
import Testing

@Suite struct `Safe text` {
    @Test(arguments: [
        ("plain", "plain", 5),
        ("", "", 0),
        ("a\u{1B}[31mb", "a\\x1b[31mb", 10),
        ("a\u{1B}\u{301}b", "a\\x1b<301>b", 11),
        ("line\r\nnext", "line\\r\\nnext", 12),
        ("tab\tend", "tab\\tend", 8),
        ("nul\0", "nul\\x00", 7),
        ("del\u{7F}", "del\\x7f", 7),
        ("c1\u{9B}2J", "c1<9b>2J", 8),
        ("rlo\u{202E}gpj", "rlo<202e>gpj", 12),
        ("zero\u{200B}width", "zero<200b>width", 15),
        ("\u{FEFF}bom", "<feff>bom", 9),
        ("tag\u{E0041}", "tag<e0041>", 10),
        ("vs\u{FE00}", "vs<fe00>", 8),
        ("private\u{E000}", "private<e000>", 13),
        ("unassigned\u{378}", "unassigned<378>", 15),
        ("\u{2028}", "<2028>", 6),
        ("soft\u{AD}hyphen", "soft<ad>hyphen", 14),
        ("é", "é", 1),
        ("e\u{301}", "e\u{301}", 1),
        ("\u{301}e", "<301>e", 6),
        ("名前", "名前", 4),
        ("👩‍💻", "👩💻", 4),
        ("👍🏽", "👍", 2),
        ("☎️", "☎", 1),
        ("a\u{200D}b", "a<200d>b", 8),
        ("👩\u{200D}\u{200D}", "👩<200d>", 8),
        ("می\u{200C}خواهم", "میخواهم", 7),
        ("ｆｕｌｌ", "ｆｕｌｌ", 8),
        ("\u{115F}filler", "<115f>filler", 12),
    ])
    func `foreign text is shown, never obeyed`(foreign: String, shown: String, width: Int) {
        let text = SafeText(foreign)
        #expect(text.text.unicodeScalars.elementsEqual(shown.unicodeScalars), "\(text.text)")
        #expect(text.width == width)
    }

    @Test func `at most four marks stay on a letter`() {
        let text = SafeText("Z" + String(repeating: "\u{301}", count: 10_000))
        #expect(text.text.unicodeScalars.count == 5)
        #expect(text.width == 1)
        #expect(text.wasEscaped)
    }

    @Test func `what was escaped is known, also in a part and in a sum`() {
        #expect(!SafeText("plain").wasEscaped && !SafeText("名前 é").wasEscaped)
        #expect(SafeText("\u{1B}").wasEscaped)
        #expect((SafeText("a") + SafeText("\u{202E}")).cut(to: 3).wasEscaped)
    }

    @Test(arguments: [0...0x2FFF, 0xA000...0xABFF, 0xD700...0xE100, 0xF8F0...0x10FFF, 0x1F000...0x200FF, 0xDFF00...0xE10FF, 0x10FF00...0x10FFFF])
    func `every scalar has a width, or an escape`(values: ClosedRange<UInt32>) {
        for value in values {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = SafeText("x" + String(Character(scalar)) + "y")
            let counted = text.text.unicodeScalars.reduce(0) { $0 + (TextWidth.of($1) ?? 99) }
            if text.width != counted { Issue.record("\(String(value, radix: 16)): \(text.width) and \(counted)") }
            if text.text.unicodeScalars.contains(where: { UnseenScalars.contains($0) }) {
                Issue.record("\(String(value, radix: 16)) is not escaped")
            }
        }
    }

    @Test(arguments: [
        ("nightly export", 20, "nightly export"), ("nightly export", 8, "nightly…"), ("nightly export", 1, "…"),
        ("nightly export", 0, ""), ("名前名前", 5, "名前…"), ("名前名前", 4, "名…"), ("ab", 2, "ab"),
    ])
    func `text is cut at its end by cells`(text: String, cells: Int, wanted: String) {
        #expect(SafeText(text).cut(to: cells).text == wanted)
        #expect(SafeText(text).cut(to: cells).width <= cells)
    }

    @Test(arguments: [
        ("sam.with.long@example.org", 12, "sam.wi…e.org"), ("short", 12, "short"), ("abcdef", 3, "a…f"),
        ("abcdef", 2, "a…"), ("名前名前名前", 6, "名…前"),
    ])
    func `text is cut in its middle by cells`(text: String, cells: Int, wanted: String) {
        #expect(SafeText(text).cutInMiddle(to: cells).text == wanted)
        #expect(SafeText(text).cutInMiddle(to: cells).width <= cells)
    }

    @Test func `text is fitted to exactly so many cells`() {
        for text in ["", "a", "名前", "👩‍💻 名前\u{202E}", "long enough to be cut"] {
            for cells in 0...14 {
                #expect(SafeText(text).fitted(to: cells).width == cells)
                #expect(SafeText(text).fitted(to: cells, .right).width == cells)
            }
        }
        #expect(SafeText("7").fitted(to: 3, .right).text == "  7")
    }

    @Test func `text is taken apart at any cell and put together again`() {
        let text = SafeText("a名b前e\u{301}c")
        for cells in 0...text.width {
            let head = text.prefix(cells: cells)
            let tail = text.dropping(cells: head.width)
            #expect((head + tail).text == text.text)
            #expect(head.width + tail.width == text.width)
        }
    }

    @Test(arguments: [
        ("one two three", 7, ["one two", "three"]), ("one two three", 5, ["one", "two", "three"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]), ("", 4, [""]), ("名前 名前", 4, ["名前", "名前"]),
    ])
    func `text is wrapped at spaces`(text: String, cells: Int, wanted: [String]) {
        #expect(SafeText(text).wrapped(to: cells).map(\.text) == wanted)
    }

    @Test func `lines are split at scalars, not at what looks like one character`() {
        #expect(SafeText.lines(of: "a\r\nb\n\u{301}c").map(\.text) == ["a", "b", "<301>c"])
    }

    @Test func `ASCII has as many cells`() {
        for text in ["┏━ ◆ critical ━┓", "名前…", "e\u{301}", "▁▂▃▄▅▆▇█"] {
            let ascii = SafeText(text).asciiOnly
            #expect(ascii.text.utf8.allSatisfy { $0 < 0x80 })
            #expect(ascii.text.utf8.count == SafeText(text).width)
        }
    }
}
