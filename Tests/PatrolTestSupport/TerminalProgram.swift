import CPseudoTerminal
import Glibc

/// A program on a terminal of its own, whose keys are pressed and whose screen is read.
///
///     let patrol = try TerminalProgram(BuiltProgram.patrol, ["demo"], environment: …)
///     try patrol.waitFor("the tokens") { $0.contains("Tokens") }
///     patrol.press(.down)
///
/// Waiting never sleeps: it sits in `poll` on the terminal until bytes come or the time is over.
package final class TerminalProgram {
    /// How long a wait lasts where no other time is said. Generous: the machine may be busy.
    package static let patience = 30.0

    package let process: ChildProcess
    /// Everything the program sent.
    package private(set) var transcript: [UInt8] = []
    private let terminal: Int32
    private let emulator: TerminalEmulator
    private let answers: Bool
    private var isHungUp = false

    /// Starts `program` (a path). `environment` is all that it gets; `answers` says whether the terminal answers
    /// questions, as not every one does.
    package init(
        _ program: String, _ arguments: [String] = [], environment: [String: String],
        folder: String? = nil, size: TerminalSize = .small, answers: Bool = true
    ) throws {
        self.answers = answers
        var identifier: Int32 = -1
        var terminal: Int32 = -1
        let error = withVectors(program: program, arguments: arguments, environment: environment) {
            words, settings in
            pseudo_terminal_start(
                program, words, settings, folder, Int32(size.rows), Int32(size.columns), &identifier,
                &terminal)
        }
        guard error == 0 else { throw ProgramFailure("`\(program)` did not start: error \(error)") }
        self.process = ChildProcess(identifier: identifier)
        self.terminal = terminal
        self.emulator = TerminalEmulator(size: size)
    }

    deinit { if !isHungUp { program_close(terminal) } }

    package var byteCount: Int { transcript.count }
    package var bells: Int { emulator.bells }
    package var title: String { emulator.title }
    /// What was last put on the clipboard, in base 64; empty: nothing was.
    package var clipboard: String { emulator.clipboard }

    /// Whether a private mode (2004: bracketed paste, 1000: mouse, …) was left on.
    package func isOn(mode: Int) -> Bool { emulator.isOn(mode: mode) }

    /// Whether the terminal edits lines and echoes, as a shell expects to find it.
    package var isSane: Bool { pseudo_terminal_is_sane(terminal) != 0 }

    // MARK: Input

    package func type(_ text: String) { send(Array(text.utf8)) }

    package func press(_ keys: TerminalKey...) {
        for key in keys { send(Array(key.rawValue.utf8)) }
    }

    /// Text as a terminal sends it when a person pastes.
    package func paste(_ text: String) { type("\u{1B}[200~" + text + "\u{1B}[201~") }

    package func send(_ bytes: [UInt8]) {
        guard !isHungUp else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = program_write(terminal, Array(rest), rest.count)
            guard count >= 0 else { return }
            rest = rest.dropFirst(count)
            if count == 0 {
                // Nobody is left who would read the rest.
                guard drain() else { return }
                _ = program_poll(terminal, -1, terminal, 100)
            }
        }
    }

    package func resize(to size: TerminalSize) {
        emulator.resize(to: size)
        _ = pseudo_terminal_resize(terminal, Int32(size.rows), Int32(size.columns))
    }

    /// Takes the terminal away, as a lost connection does.
    package func hangUp() {
        guard !isHungUp else { return }
        drain()
        isHungUp = true
        program_close(terminal)
    }

    // MARK: Output

    /// The screen with all that has arrived by now.
    package var screen: TerminalScreen {
        drain()
        return emulator.screen
    }

    /// Waits until the screen is as `condition` wants it, and answers with that screen.
    /// Throws, with the screen as it is, when it is not within that time or the program ends before.
    @discardableResult
    package func waitFor(
        _ what: String, within seconds: Double = TerminalProgram.patience,
        _ condition: (TerminalScreen) -> Bool
    ) throws -> TerminalScreen {
        let deadline = monotonicSeconds() + seconds
        while true {
            let isOpen = drain()
            let now = emulator.screen
            if condition(now) { return now }
            guard isOpen else { throw failure("the program ended before `\(what)`") }
            let left = millisecondsLeft(until: deadline)
            guard left > 0 else { throw failure("no `\(what)` within \(seconds) s") }
            _ = program_poll(terminal, -1, -1, left)
        }
    }

    /// Waits until this text is on the screen.
    @discardableResult
    package func waitFor(
        text: String, within seconds: Double = TerminalProgram.patience
    ) throws -> TerminalScreen {
        try waitFor(text, within: seconds) { $0.contains(text) }
    }

    /// Waits until nothing more has come for `seconds`.
    @discardableResult
    package func waitForQuiet(of seconds: Double = 0.3) -> TerminalScreen {
        while true {
            let before = byteCount
            guard drain() else { break }
            if byteCount == before, program_poll(terminal, -1, -1, Int32(seconds * 1_000)) == 0 { break }
        }
        return emulator.screen
    }

    /// Waits for the end of the program, reading what it still sends.
    @discardableResult
    package func waitForEnd(within seconds: Double = TerminalProgram.patience) throws -> ProgramEnd {
        let deadline = monotonicSeconds() + seconds
        while drain() {
            let left = millisecondsLeft(until: deadline)
            guard left > 0 else { throw failure("it did not end within \(seconds) s") }
            _ = program_poll(terminal, -1, -1, left)
        }
        return try process.waitForEnd(within: max(1, deadline - monotonicSeconds()))
    }

    /// False when nobody holds the other side any more.
    @discardableResult
    private func drain() -> Bool {
        guard !isHungUp else { return false }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = program_read(terminal, &bytes, bytes.count)
            guard count > 0 else { return count == 0 }
            transcript.append(contentsOf: bytes.prefix(count))
            emulator.write(bytes.prefix(count))
            let answered = emulator.takeAnswers()
            if answers, !answered.isEmpty { _ = program_write(terminal, answered, answered.count) }
        }
    }

    private func failure(_ what: String) -> ProgramFailure {
        ProgramFailure("\(what); the screen (\(emulator.size)):\n\(emulator.screen)")
    }
}
