import PatrolDomain
import PatrolPresentation

/// How far a long command is: one line on standard error that is written over, and gone at the end. Only for who
/// sees it: none into a file, for a program, or for reading aloud.
struct ProgressLine {
    private let console: Console
    private let isShown: Bool
    private var shown = SafeText.empty
    /// Nothing is shown of what ends sooner, and the line changes no more often.
    private var next: Timestamp

    private static let pause = TimeSpan(milliseconds: 200)

    init(_ console: Console, isShown: Bool) {
        self.console = console
        self.isShown = isShown && console.isErrorTerminal
        next = console.now() + Self.pause
    }

    /// `tokens: 12,000 of 300,000`
    mutating func tell(_ things: SafeText, _ done: Int, of all: Int) {
        guard isShown, console.now() >= next else { return }
        next = console.now() + Self.pause
        show("\(things.text): \(Count.number(done).text) of \(Count.number(max(done, all)).text)")
    }

    mutating func clear() {
        guard !shown.isEmpty else { return }
        show(.empty)
        console.complain([UInt8(ascii: "\r")])
    }

    /// Over what stood there, with spaces where the new line is shorter.
    private mutating func show(_ line: SafeText) {
        let line = line.cut(to: max(1, console.columns - 1))
        let rest = SafeText.spaces(shown.width - line.width)
        console.complain(Array("\r\(line.text)\(rest.text)".utf8))
        shown = line
    }
}
