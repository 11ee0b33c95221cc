import CNcurses
import CSystem
import PatrolScreen

/// Reads what is typed, without ever waiting for it.
final class KeyReader {
    private var decoder: KeyDecoder
    /// What the terminal was asked about itself.
    var question = OpenQuestion()
    private var buffer = [UInt8](repeating: 0, count: 16_384)
    /// Whether the terminal is gone.
    private(set) var isGone = false

    /// To be made once the screen is open: only then terminfo knows which terminal this is.
    init(escapeMilliseconds: Int) {
        terminal_open_input()
        decoder = KeyDecoder(named: Self.namedSequences(), escapeMilliseconds: escapeMilliseconds)
    }

    /// Whether the last read took all there was.
    private(set) var isDrained = true

    /// How long to wait before `giveUp`, in milliseconds; nil: for ever.
    var patience: Int? { decoder.patience }

    /// What was typed since the last time; empty when nothing waits. `now` is in milliseconds, on a clock that nobody sets.
    func read(at now: Int) -> [Typed] {
        decoder.isAnswerExpected = question.isOpen(at: now)
        let count = terminal_read(&buffer, buffer.count)
        if count < 0 { isGone = true }
        isDrained = count < buffer.count
        return count > 0 ? decoder.take(buffer[..<count]) : []
    }

    func giveUp() -> [Typed] { decoder.giveUp() }

    private static func namedSequences() -> [[UInt8]: Key] {
        var named: [[UInt8]: Key] = [:]
        for (name, key) in keyNames {
            guard let bytes = screen_key_bytes(name) else { continue }
            named[Array(String(cString: bytes).utf8)] = key
        }
        return named
    }

    /// The keys by their terminfo names.
    private static let keyNames: [(String, Key)] =
        [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home),
            ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete),
            ("kcbt", .backTab), ("kri", .shiftUp), ("kind", .shiftDown), ("kent", .enter),
        ] + (1...12).map { ("kf\($0)", .function($0)) }
}
