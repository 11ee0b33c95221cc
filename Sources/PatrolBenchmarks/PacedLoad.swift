import CPseudoTerminal
import Glibc
import Synchronization

/// So many requests a second, at times that were set before: an answer that comes late makes those behind it late, and each
/// is measured from when it should have been asked. wrk knows no such load.
struct PacedLoad {
    let port: Int
    let requests: [[UInt8]]
    /// Each waits for its answer before it asks again.
    let connections: Int

    struct Figures {
        var latencies = Sample()
        var failures = 0
        var seconds = 0.0

        var perSecond: Double { Double(latencies.values.count) / seconds }
    }

    private final class Share: Sendable {
        let figures = Mutex(Figures())
    }

    func run(perSecond: Double, seconds: Int) throws -> Figures {
        let share = Share()
        let started = monotonic_nanoseconds() + 50_000_000
        let pause = Double(connections) / perSecond * 1e9
        var threads: [BenchmarkThread] = []
        for number in 0..<connections {
            let first = started + Int64(pause * Double(number) / Double(connections))
            let end = started + Int64(seconds) * 1_000_000_000
            threads.append(try BenchmarkThread { [self] in
                let own = ask(from: first, every: pause, until: end, startingAt: number * 37)
                share.figures.withLock { all in
                    all.latencies.values += own.latencies.values
                    all.failures += own.failures
                }
            })
        }
        for thread in threads { thread.join() }
        var all = share.figures.withLock { $0 }
        all.seconds = Double(seconds)
        return all
    }

    private func ask(from first: Int64, every pause: Double, until end: Int64, startingAt start: Int) -> Figures {
        var figures = Figures()
        var connection = try? GatewayConnection(port: port)
        var count = 0
        while true {
            let due = first + Int64(pause * Double(count))
            if due >= end { return figures }
            Self.wait(until: due)
            let answer = try? connection?.ask(requests[(start + count) % requests.count])
            figures.latencies.add(Double(monotonic_nanoseconds() - due) / 1e6)
            if answer?.status != 200 { figures.failures += 1 }
            if answer == nil { connection = try? GatewayConnection(port: port) }
            count += 1
        }
    }

    private static func wait(until time: Int64) {
        var moment = timespec(tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &moment, nil) == EINTR {}
    }
}

/// A thread that runs one function to its end.
struct BenchmarkThread {
    private let thread: pthread_t

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    init(_ body: @escaping @Sendable () -> Void) throws {
        let work = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, work.toOpaque())
        guard code == 0 else {
            work.release()
            throw BenchmarkFault.server("no thread: \(String(cString: strerror(code)))")
        }
        self.thread = thread
    }

    /// Waits for its end.
    func join() { pthread_join(thread, nil) }
}
