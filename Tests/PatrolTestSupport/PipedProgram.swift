import CPseudoTerminal
import Glibc

/// A program without a terminal: standard input, output and errors are pipes.
package final class PipedProgram {
    /// What a program said, and how it ended.
    package struct Result: Hashable, Sendable {
        package var end: ProgramEnd
        package var output: String
        package var errors: String

        /// Nil when a signal ended it.
        package var exitCode: Int? { if case .exited(let code) = end { code } else { nil } }
        package var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) }
    }

    package let process: ChildProcess
    package private(set) var output: [UInt8] = []
    package private(set) var errors: [UInt8] = []
    private var inputEnd: Int32
    private var outputEnd: Int32
    private var errorsEnd: Int32

    package init(
        _ program: String, _ arguments: [String] = [], environment: [String: String],
        folder: String? = nil
    ) throws {
        var identifier: Int32 = -1
        var ends: (Int32, Int32, Int32) = (-1, -1, -1)
        let error = withVectors(program: program, arguments: arguments, environment: environment) {
            words, settings in
            piped_program_start(
                program, words, settings, folder, &identifier, &ends.0, &ends.1, &ends.2)
        }
        guard error == 0 else { throw ProgramFailure("`\(program)` did not start: error \(error)") }
        self.process = ChildProcess(identifier: identifier)
        (inputEnd, outputEnd, errorsEnd) = ends
    }

    deinit { for end in [inputEnd, outputEnd, errorsEnd] where end >= 0 { program_close(end) } }

    /// Runs a program to its end: all of `input` in, all of its output out.
    package static func run(
        _ program: String, _ arguments: [String] = [], environment: [String: String],
        folder: String? = nil, input: some Collection<UInt8> = [], within seconds: Double = 60
    ) throws -> Result {
        let running = try PipedProgram(program, arguments, environment: environment, folder: folder)
        return try running.finish(input: Array(input), within: seconds)
    }

    /// Sends the rest of the input, closes it, and reads until the program has ended.
    package func finish(input: [UInt8] = [], within seconds: Double = 60) throws -> Result {
        let deadline = monotonicSeconds() + seconds
        var rest = input[...]
        if rest.isEmpty { closeInput() }
        while outputEnd >= 0 || errorsEnd >= 0 {
            try waitForSomething(until: deadline, for: "the end of the program")
            if inputEnd >= 0, !rest.isEmpty {
                let chunk = Array(rest.prefix(65_536))
                let count = program_write(inputEnd, chunk, chunk.count)
                rest = count < 0 ? [] : rest.dropFirst(count)
            }
            if rest.isEmpty { closeInput() }
            drain()
        }
        closeInput()
        let end = try process.waitForEnd(within: max(1, deadline - monotonicSeconds()))
        return Result(
            end: end, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }

    /// Waits until what was put out so far is as `condition` wants it.
    @discardableResult
    package func waitForOutput(
        _ what: String, within seconds: Double = TerminalProgram.patience, _ condition: (String) -> Bool
    ) throws -> String {
        let deadline = monotonicSeconds() + seconds
        while true {
            drain()
            let text = String(decoding: output, as: UTF8.self)
            if condition(text) { return text }
            guard outputEnd >= 0 else { throw failure("its output ended before `\(what)`") }
            try waitForSomething(until: deadline, for: what)
        }
    }

    /// Waits until it said something on standard error; all that it said there.
    @discardableResult
    package func waitForErrors(_ text: String, within seconds: Double = TerminalProgram.patience) throws -> String {
        let deadline = monotonicSeconds() + seconds
        while true {
            drain()
            let said = String(decoding: errors, as: UTF8.self)
            if said.contains(text) { return said }
            guard errorsEnd >= 0 else { throw failure("it ended before `\(text)`") }
            try waitForSomething(until: deadline, for: text)
        }
    }

    package func send(_ text: String) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty, inputEnd >= 0 {
            let count = program_write(inputEnd, Array(rest), rest.count)
            guard count >= 0 else { throw failure("it reads no more") }
            rest = rest.dropFirst(count)
            if count == 0 { _ = program_poll(-1, -1, inputEnd, 1_000) }
        }
    }

    package func closeInput() { close(&inputEnd) }

    private func waitForSomething(until deadline: Double, for what: String) throws {
        let left = millisecondsLeft(until: deadline)
        guard left > 0 else { throw failure("no `\(what)` in time") }
        _ = program_poll(outputEnd, errorsEnd, inputEnd, left)
    }

    private func drain() {
        Self.drain(&outputEnd, into: &output)
        Self.drain(&errorsEnd, into: &errors)
    }

    private static func drain(_ end: inout Int32, into gathered: inout [UInt8]) {
        guard end >= 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = program_read(end, &bytes, bytes.count)
            if count == 0 { return }
            if count < 0 { break }
            gathered.append(contentsOf: bytes.prefix(count))
        }
        program_close(end)
        end = -1
    }

    private func close(_ end: inout Int32) {
        if end >= 0 { program_close(end) }
        end = -1
    }

    private func failure(_ what: String) -> ProgramFailure {
        ProgramFailure(
            "\(what); output so far:\n\(String(decoding: output.suffix(4_000), as: UTF8.self))"
                + "\nerrors:\n\(String(decoding: errors.suffix(4_000), as: UTF8.self))")
    }
}
