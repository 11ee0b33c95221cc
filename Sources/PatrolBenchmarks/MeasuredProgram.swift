import CPseudoTerminal
import CTerminalEmulator
import Glibc

/// A program on a fresh pseudo-terminal, each of whose answers is timed.
///
/// An answer is over when nothing has come for a while; that while is not counted. Bytes are stamped
/// as they are read, and shown to the terminal emulator only afterwards.
final class MeasuredProgram {
    static let rows = 40
    static let columns = 120

    /// What came between a question and the silence after it.
    struct Answer {
        /// From the question to the last byte, in milliseconds; not a number when nothing came.
        var milliseconds: Double
        var bytes: Int
    }

    let process: Int32
    private let terminal: Int32
    private let emulator: OpaquePointer
    private let startedAt: Int64
    private var hasEnded = false

    /// Nil when it can't be started.
    init?(_ words: [String], environment: [String: String]) {
        guard let emulator = terminal_emulator_create(Int32(Self.rows), Int32(Self.columns)) else { return nil }
        var process: Int32 = -1
        var terminal: Int32 = -1
        let startedAt = monotonic_nanoseconds()
        let error = withWords(words, environment) { words, settings in
            pseudo_terminal_start(
                words[0], words, settings, nil, Int32(Self.rows), Int32(Self.columns), &process, &terminal)
        }
        guard error == 0 else {
            terminal_emulator_destroy(emulator)
            return nil
        }
        self.emulator = emulator
        self.process = process
        self.terminal = terminal
        self.startedAt = startedAt
    }

    deinit {
        end()
        terminal_emulator_destroy(emulator)
    }

    /// From the start to the last byte of the first screen that shows each of `markers`.
    /// Nil when there is none within 30 s.
    func firstFrame(showing markers: [String]) -> Answer? {
        let deadline = startedAt + 30_000_000_000
        var last = Int64(0)
        var count = 0
        while monotonic_nanoseconds() < deadline {
            let (at, bytes, isOpen) = read(from: startedAt, silence: 50)
            if bytes > 0 { last = at }
            count += bytes
            let text = screenText
            if markers.allSatisfy(text.contains) { return Answer(milliseconds: Double(last - startedAt) / 1e6, bytes: count) }
            guard isOpen else { return nil }
        }
        return nil
    }

    /// Sends bytes and takes the answer. `silence`: milliseconds without a byte that end it.
    func ask(_ keys: String, silence: Int32 = 20) -> Answer {
        let asked = monotonic_nanoseconds()
        send(keys)
        return answer(since: asked, silence: silence)
    }

    /// What comes from now on, until silence. The first byte is waited for `patience` milliseconds.
    func answer(since: Int64, silence: Int32 = 20, patience: Int32 = 500) -> Answer {
        guard program_poll(terminal, -1, -1, patience) != 0 else { return Answer(milliseconds: .nan, bytes: 0) }
        let (at, bytes, _) = read(from: since, silence: silence)
        return Answer(milliseconds: bytes > 0 ? Double(at - since) / 1e6 : .nan, bytes: bytes)
    }

    /// What happened on this screen while another program ran: when, in nanoseconds of the monotonic clock.
    struct Observation {
        var startedAt: Int64
        var endedAt: Int64
        /// The last byte before the screen fell silent; nil when none came within a second.
        var seenAt: Int64?
        var bytes: Int
        var code: Int32
    }

    /// Runs another program to its end on pipes, watching this screen meanwhile and until it is silent.
    func observe(_ words: [String], environment: [String: String]) -> Observation? {
        var other: Int32 = -1
        var ends: (Int32, Int32, Int32) = (-1, -1, -1)
        var seen = Observation(startedAt: monotonic_nanoseconds(), endedAt: 0, seenAt: nil, bytes: 0, code: -1)
        let error = withWords(words, environment) { words, settings in
            piped_program_start(words[0], words, settings, nil, &other, &ends.0, &ends.1, &ends.2)
        }
        guard error == 0 else { return nil }
        program_close(ends.0)
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var gathered: [UInt8] = []
        while seen.endedAt == 0 || monotonic_nanoseconds() < (seen.seenAt ?? seen.endedAt + 950_000_000) + 50_000_000 {
            let ready = program_poll(terminal, seen.endedAt == 0 ? ends.1 : -1, -1, 50)
            if ready & 1 != 0 {
                let count = program_read(terminal, &chunk, chunk.count)
                if count < 0 { break }
                seen.seenAt = monotonic_nanoseconds()
                gathered.append(contentsOf: chunk.prefix(count))
            }
            if ready & 2 != 0, program_read(ends.1, &chunk, chunk.count) < 0 { seen.endedAt = monotonic_nanoseconds() }
        }
        program_close(ends.1)
        program_close(ends.2)
        var signal: Int32 = 0
        program_wait(other, -1, &seen.code, &signal)
        show(gathered)
        seen.bytes = gathered.count
        return seen
    }

    func send(_ keys: String) {
        let bytes = Array(keys.utf8)
        program_write(terminal, bytes, bytes.count)
    }

    /// Reads what has come, and what comes until there has been silence for that long.
    func settle(silence: Int32) { _ = read(from: 0, silence: silence) }

    var screenText: String {
        var text = ""
        var cell = terminal_cell()
        for row in 0..<Self.rows {
            for column in 0..<Self.columns {
                terminal_emulator_cell(emulator, Int32(row), Int32(column), &cell)
                if cell.scalar_count > 0, let scalar = Unicode.Scalar(cell.scalars.0) {
                    text.unicodeScalars.append(scalar)
                } else if cell.width > 0 {
                    text.append(" ")
                }
            }
            text.append("\n")
        }
        return text
    }

    func end() {
        guard !hasEnded else { return }
        hasEnded = true
        program_close(terminal)
        var code: Int32 = 0
        var signal: Int32 = 0
        if program_wait(process, 2_000, &code, &signal) != 0 {
            program_signal(process, SIGKILL)
            program_wait(process, 2_000, &code, &signal)
        }
    }

    /// The time of the last byte, the count, and whether the program still holds the terminal.
    private func read(from start: Int64, silence: Int32) -> (at: Int64, bytes: Int, isOpen: Bool) {
        var at = start
        var gathered: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var isOpen = true
        while isOpen, program_poll(terminal, -1, -1, silence) != 0 {
            let count = program_read(terminal, &chunk, chunk.count)
            if count > 0 {
                at = monotonic_nanoseconds()
                gathered.append(contentsOf: chunk.prefix(count))
            }
            isOpen = count >= 0
        }
        show(gathered)
        return (at, gathered.count, isOpen)
    }

    private func show(_ bytes: [UInt8]) {
        terminal_emulator_write(emulator, bytes, bytes.count)
        var answers = [UInt8](repeating: 0, count: 4_096)
        let count = terminal_emulator_take_answers(emulator, &answers, answers.count)
        if count > 0 { program_write(terminal, answers, count) }
    }
}

/// Words and settings as C wants them, for the length of a call.
func withWords<Result>(
    _ words: [String], _ environment: [String: String],
    _ body: ([UnsafeMutablePointer<CChar>?], [UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let arguments = words.map { strdup($0) }
    let settings = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in arguments + settings { free(pointer) } }
    return body(arguments + [nil], settings + [nil])
}
