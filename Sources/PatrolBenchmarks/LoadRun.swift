import CPseudoTerminal
import Glibc

/// One run of wrk: connections that are kept open, each asking again as soon as it was answered.
struct LoadRun {
    private(set) var perSecond = Double.nan
    private(set) var medianMilliseconds = Double.nan
    private(set) var p99Milliseconds = Double.nan
    /// Answers that were no success, and connections that failed.
    private(set) var failures = 0

    static let program = "/usr/bin/wrk"

    /// Nil when it could not be run.
    init?(script: String, port: Int, connections: Int, seconds: Int) {
        let words = [
            Self.program, "--threads", "1", "--connections", String(connections), "--duration", "\(seconds)s", "--latency",
            "--script", script, "http://127.0.0.1:\(port)/",
        ]
        guard let run = TimedRun(words, environment: ["PATH": "/usr/bin:/bin", "LANG": "C"]), run.code == 0 else { return nil }
        for line in run.output.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count >= 2 else { continue }
            switch parts[0] {
            case "Requests/sec:": perSecond = Double(parts[1]) ?? .nan
            case "50%": medianMilliseconds = Self.milliseconds(parts[1])
            case "99%": p99Milliseconds = Self.milliseconds(parts[1])
            case "Non-2xx": failures += Int(parts.last ?? "") ?? 0
            case "Socket":
                // `Socket errors: connect 0, read 0, write 0, timeout 0`
                failures += parts.reduce(0) { $0 + (Int($1.prefix { $0 != "," }) ?? 0) }
            default: continue
            }
        }
    }

    /// `812.00us`, `1.23ms`, `2.10s`.
    private static func milliseconds(_ text: Substring) -> Double {
        for (unit, factor) in [("us", 1e-3), ("ms", 1), ("s", 1e3)] where text.hasSuffix(unit) {
            return (Double(text.dropLast(unit.count)) ?? .nan) * factor
        }
        return .nan
    }

    /// A script for wrk that sends these requests one after the other, from a place that differs from thread to thread.
    static func writeScript(_ requests: [[UInt8]], to path: String) throws {
        var text = "local requests = {\n"
        for request in requests {
            let line = String(decoding: request, as: UTF8.self)
                .split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\\r\\n")
            text += "\"\(line)\",\n"
        }
        text += "}\nlocal place = 0\nfunction request()\n  place = place % #requests + 1\n  return requests[place]\nend\n"
        try GatewayAccount.write(text, to: path)
    }
}
