import CPseudoTerminal
import Glibc

/// A program run to its end on pipes, and how long it took.
struct TimedRun {
    var milliseconds: Double
    /// When its output ended, by the monotonic clock, in nanoseconds.
    var endedAt: Int64
    var output: String
    var code: Int32

    /// Nil when it can't be started.
    init?(_ words: [String], environment: [String: String], input: String = "") {
        var process: Int32 = -1
        var ends: (Int32, Int32, Int32) = (-1, -1, -1)
        let started = monotonic_nanoseconds()
        let error = withWords(words, environment) { words, settings in
            piped_program_start(words[0], words, settings, nil, &process, &ends.0, &ends.1, &ends.2)
        }
        guard error == 0 else { return nil }
        output = String(decoding: Self.exchange(Array(input.utf8)[...], ends), as: UTF8.self)
        endedAt = monotonic_nanoseconds()
        milliseconds = Double(endedAt - started) / 1e6
        var code: Int32 = -1
        var signal: Int32 = 0
        program_wait(process, -1, &code, &signal)
        self.code = code
    }

    private static func exchange(_ input: ArraySlice<UInt8>, _ ends: (Int32, Int32, Int32)) -> [UInt8] {
        var rest = input
        var gathered: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        var inputEnd = ends.0
        var isOpen = true
        while isOpen {
            if rest.isEmpty, inputEnd >= 0 {
                program_close(inputEnd)
                inputEnd = -1
            }
            _ = program_poll(ends.1, -1, inputEnd, -1)
            if inputEnd >= 0 {
                let count = rest.withUnsafeBufferPointer { program_write(inputEnd, $0.baseAddress, min($0.count, 1 << 16)) }
                rest = count < 0 ? [] : rest.dropFirst(count)
            }
            var count = 1
            while count > 0 {
                count = program_read(ends.1, &chunk, chunk.count)
                if count > 0 { gathered.append(contentsOf: chunk.prefix(count)) }
            }
            isOpen = count == 0
        }
        if inputEnd >= 0 { program_close(inputEnd) }
        program_close(ends.1)
        program_close(ends.2)
        return gathered
    }
}
