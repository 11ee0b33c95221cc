internal import PatrolDomain
internal import PatrolHTTP
internal import PatrolOperations

extension Gateway {
    /// The process answers.
    func health() -> HTTPAnswer { Self.plain(200, "ok\n") }

    /// Calls can be decided and counted.
    func readiness() -> HTTPAnswer {
        do throws(PatrolError) {
            try gate.check()
            return Self.plain(200, "ready\n")
        } catch {
            return Self.plain(503, "not ready: the account can't be read, or use can't be written\n")
        }
    }

    /// In the text format of Prometheus, version 0.0.4.
    func metrics() -> HTTPAnswer {
        var text = Self.header("patrol_decisions_total", "counter", "Calls that were decided, by what came of them.")
        for outcome in GatewayCounters.Outcome.allCases {
            text += "patrol_decisions_total{outcome=\"\(outcome.label)\"} \(counters.count(of: outcome))\n"
        }
        text += Self.header("patrol_refused_requests_total", "counter", "What was no HTTP request.")
        text += "patrol_refused_requests_total \(counters.refusedCount)\n"
        let size = gate.size
        text += Self.header("patrol_tokens", "gauge", "Tokens on record.") + "patrol_tokens \(size.tokens)\n"
        text += Self.header("patrol_audit_sequence", "gauge", "The newest entry of the audit log that is known.")
        text += "patrol_audit_sequence \(size.sequence)\n"
        text += Self.header("patrol_use_written_seconds", "gauge", "When use was last written, since 1970.")
        text += "patrol_use_written_seconds \(gate.writtenAt.milliseconds / 1_000)\n"
        var answer = Self.plain(200, text)
        answer.add("Cache-Control", "no-store")
        return answer
    }

    private static func header(_ name: String, _ type: String, _ help: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    static func plain(_ status: Int, _ text: String) -> HTTPAnswer {
        var answer = HTTPAnswer(status: status)
        answer.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        answer.body = Array(text.utf8)
        return answer
    }
}
