import CSystem
import Glibc
import PatrolOperations

extension Console {
    /// The console of this process.
    package static var system: Console {
        Console(
            read: SystemConsole.read, write: { SystemConsole.write($0, to: STDOUT_FILENO) },
            complain: { _ = SystemConsole.write($0, to: STDERR_FILENO) },
            isInputTerminal: isatty(STDIN_FILENO) == 1, isOutputTerminal: isatty(STDOUT_FILENO) == 1,
            isErrorTerminal: isatty(STDERR_FILENO) == 1, columns: SystemConsole.columns, environment: SystemConsole.variable,
            now: { Machine.now }, readHidden: SystemConsole.readHidden, wait: SystemConsole.wait,
            watchStops: csystem_watch_stops, isStopAsked: { csystem_stop_asked() != 0 },
            forgetStops: csystem_forget_stops)
    }
}

/// System calls of the console.
private enum SystemConsole {
    static func read(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            repeat {
                let got = Glibc.read(STDIN_FILENO, buffer.baseAddress, count)
                length = max(0, got)
                if got >= 0 { return }
            } while errno == EINTR
        }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                let count = Glibc.write(descriptor, start, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                rest = rest.dropFirst(count)
            }
            return 0
        }
    }

    static var columns: Int {
        var rows: Int32 = 0
        var columns: Int32 = 0
        terminal_size(&rows, &columns)
        return columns > 0 ? min(max(Int(columns), 40), 500) : 80
    }

    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Echo goes off for the time of one line.
    static func readHidden() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 1_024) { buffer, length in
            length = max(0, terminal_read_hidden(buffer.baseAddress, buffer.count))
        }
    }

    static func wait(_ descriptor: Int32, _ milliseconds: Int32) -> Bool {
        var waiting = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: STDOUT_FILENO, events: 0, revents: 0),
        ]
        _ = poll(&waiting, nfds_t(waiting.count), milliseconds)
        return waiting[1].revents == 0
    }
}

/// Errors of system calls in words.
enum SystemError {
    static func words(_ errno: Int32) -> String { String(cString: strerror(errno)) }

    static func isBrokenPipe(_ errno: Int32) -> Bool { errno == EPIPE }
}
