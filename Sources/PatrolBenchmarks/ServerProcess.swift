import CPseudoTerminal
import CRawClient
import Glibc

/// A server that runs while it is measured, and is told to end when it goes.
final class ServerProcess {
    let process: Int32
    /// From its start until somebody could connect.
    private(set) var startMilliseconds = Double.nan
    private let output: Int32
    private let errors: Int32

    /// Starts it and waits until it takes connections on a port of this machine.
    ///
    /// - Throws: what it said, where it ended or did not listen in so long.
    init(_ words: [String], environment: [String: String], port: Int, patience seconds: Int = 30) throws {
        var process: Int32 = -1
        var ends: (Int32, Int32, Int32) = (-1, -1, -1)
        let started = monotonic_nanoseconds()
        let error = withWords(words, environment) { words, settings in
            piped_program_start(words[0], words, settings, nil, &process, &ends.0, &ends.1, &ends.2)
        }
        guard error == 0 else { throw BenchmarkFault.server("`\(words[0])` can't be started: \(String(cString: strerror(error)))") }
        program_close(ends.0)
        (self.process, output, errors) = (process, ends.1, ends.2)
        let deadline = started + Int64(seconds) * 1_000_000_000
        while true {
            let connection = raw_connect_port(UInt32(port))
            if connection >= 0 {
                raw_close(connection)
                startMilliseconds = Double(monotonic_nanoseconds() - started) / 1e6
                return
            }
            guard kill(process, 0) == 0, !hasEnded, monotonic_nanoseconds() < deadline else {
                throw BenchmarkFault.server("`\(words[0])` does not listen: \(said)")
            }
            usleep(2_000)
        }
    }

    deinit {
        var (code, signal): (Int32, Int32) = (0, 0)
        if !isOver {
            program_signal(process, SIGTERM)
            if program_wait(process, 20_000, &code, &signal) != 0 {
                program_signal(process, SIGKILL)
                program_wait(process, -1, &code, &signal)
            }
        }
        program_close(output)
        program_close(errors)
    }

    /// Reaped already: its number may be another's.
    private var isOver = false

    private var hasEnded: Bool {
        var (code, signal): (Int32, Int32) = (0, 0)
        isOver = isOver || program_wait(process, 0, &code, &signal) == 0
        return isOver
    }

    /// What it said on its standard error, as far as it is there.
    var said: String {
        var chunk = [UInt8](repeating: 0, count: 16_384)
        let count = program_read(errors, &chunk, chunk.count)
        return String(decoding: chunk.prefix(max(0, count)), as: UTF8.self)
    }

    /// What it needs now, with its children.
    var facts: ProcessFacts { ProcessFacts(process: Int(process)) }

    /// Descriptors that are open.
    var descriptors: Int { ProcessFacts.entries(of: "/proc/\(process)/fd").count }

    /// A port of this machine that nobody listens on.
    static func freePort() throws -> Int {
        let place = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard place >= 0 else { throw BenchmarkFault.server("there is no socket to be had") }
        defer { close(place) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(place, address, length) == 0 ? getsockname(place, address, &length) : -1
            }
        }
        guard code == 0 else { throw BenchmarkFault.server("there is no port to be had") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
