/// How long a change that one process commits takes to the screen of another.
///
/// The moment of the commit can't be seen from outside. It lies between the start and the end of the command that
/// makes it, so both are told: from its start (more than the truth), and from its end (less; the line may come before).
struct LiveFigures {
    var sinceStart = Sample()
    var sinceEnd = Sample()
    var bytes = Sample()
    /// Changes that never came to the screen within a second.
    var missed = 0

    /// Flags `changes` tokens one by one by the command line, while the screen is open on the same account.
    static func measure(
        _ contender: Contender, account: AccountLines, environment: [String: String], changes: Int
    ) -> LiveFigures? {
        guard let screen = MeasuredProgram(contender.words, environment: environment),
            screen.firstFrame(showing: contender.markers) != nil
        else { return nil }
        screen.settle(silence: 300)
        if let preparation = contender.preparation { _ = screen.ask(preparation, silence: 300) }
        var figures = LiveFigures()
        var spacing = Spacing(seed: 7)
        for (number, id) in account.tokenIDs(limit: changes).enumerated() {
            spacing.wait()
            screen.settle(silence: 5)
            let words = account.words(["tokens", "flag", id, "--reason", "measured \(number)"])
            figures.note(screen.observe(words, environment: environment))
        }
        return figures
    }

    private mutating func note(_ seen: MeasuredProgram.Observation?) {
        guard let seen, seen.code == 0, let at = seen.seenAt else {
            missed += 1
            return
        }
        sinceStart.add(Double(at - seen.startedAt) / 1e6)
        sinceEnd.add(max(0, Double(at - seen.endedAt) / 1e6))
        bytes.add(Double(seen.bytes))
    }

    /// - Parameter place: where the audit log is seen.
    func printAll(_ place: String) {
        let count = sinceStart.values.count
        printTable(
            "Live, \(place): \(count) changes committed by another process, until the screen shows them (\(missed) missed); ms",
            header: ["", "p50", "p90", "p99", "most", "bytes"],
            rows: [("since that process was started", sinceStart), ("since it had ended", sinceEnd)].map { name, sample in
                [name] + [50, 90, 99, 100].map { shown(sample.percentile($0)) } + [shown(bytes.median)]
            })
    }
}
