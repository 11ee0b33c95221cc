@testable import PatrolTerminal
import Testing

struct `The clipboard is the terminal's` {
    private func clipboard(_ type: String, _ variables: [String: String] = [:]) -> Clipboard {
        Clipboard(type: type) { variables[$0] }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{FF}é", "w7/DqQ=="),
    ])
    func `text goes in base64`(text: String, encoded: String) {
        let sent = clipboard("xterm-256color").sequence(for: Array(text.utf8))
        #expect(String(decoding: sent, as: UTF8.self) == "\u{1B}]52;c;\(encoded)\u{7}")
    }

    /// tmux by default drops the plain form from a program on another machine, or the wrapped one: both are sent.
    @Test func `tmux gets both forms`() {
        for inside in [clipboard("tmux-256color"), clipboard("xterm-256color", ["TMUX": "/tmp/x"]), clipboard("screen")] {
            let sent = String(decoding: inside.sequence(for: Array("foo".utf8)), as: UTF8.self)
            #expect(
                sent == "\u{1B}]52;c;Zm9v\u{7}\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zm9v\u{7}\u{1B}\\")
        }
    }

    @Test func `screen gets pieces that it passes on`() {
        let text = [UInt8](repeating: 0x61, count: 900)
        let plain = clipboard("xterm").sequence(for: text)
        let sent = clipboard("screen", ["STY": "1.x"]).sequence(for: text)
        let pieces = String(decoding: sent, as: UTF8.self).split(separator: "\u{1B}\\")
        #expect(pieces.count == 3)
        #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count <= 514 })
        #expect(pieces.map { $0.dropFirst(2) }.joined() == String(decoding: plain, as: UTF8.self))
    }
}
