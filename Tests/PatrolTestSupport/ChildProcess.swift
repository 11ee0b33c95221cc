import CPseudoTerminal
import Glibc

/// A started program that is waited for once and never outlives its owner.
package final class ChildProcess {
    package let identifier: Int
    private var end: ProgramEnd?

    init(identifier: Int32) { self.identifier = Int(identifier) }

    deinit {
        if end == nil {
            send(signal: SIGKILL)
            _ = try? waitForEnd(within: 10)
        }
    }

    /// Sends a signal; nothing happens when the program has ended.
    package func send(signal: Int32) {
        if end == nil { _ = program_signal(Int32(identifier), signal) }
    }

    /// Waits for the end. Throws when it still runs after that many seconds.
    @discardableResult
    package func waitForEnd(within seconds: Double) throws -> ProgramEnd {
        if let end { return end }
        var code: Int32 = 0
        var signal: Int32 = 0
        let error = program_wait(Int32(identifier), Int32(seconds * 1_000), &code, &signal)
        guard error == 0 else {
            throw ProgramFailure("process \(identifier) still runs after \(seconds) s (error \(error))")
        }
        let ended = signal == 0 ? ProgramEnd.exited(Int(code)) : .killed(signal: Int(signal))
        end = ended
        return ended
    }
}

/// Names and values for a child, and its words, as C wants them: pointers that live as long as the call.
func withVectors<Result>(
    program: String, arguments: [String], environment: [String: String],
    _ body: ([UnsafeMutablePointer<CChar>?], [UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    var words = ([program] + arguments).map { strdup($0) }
    var settings = environment.map { strdup("\($0.key)=\($0.value)") }
    words.append(nil)
    settings.append(nil)
    defer { for pointer in words + settings { free(pointer) } }
    return body(words, settings)
}

/// The time now, in seconds of a clock that nobody sets.
package func monotonicSeconds() -> Double { Double(monotonic_nanoseconds()) / 1e9 }

/// Milliseconds left until `deadline`, for `poll`.
func millisecondsLeft(until deadline: Double) -> Int32 {
    Int32(max(0, min((deadline - monotonicSeconds()) * 1_000, 3_600_000)).rounded(.up))
}
