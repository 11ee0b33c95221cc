/// Two servers under the same load, in turns, so that what else goes on meets both.
struct LoadComparison {
    private let names: [String]
    private(set) var rates = [Sample(), Sample()]
    private var medians = [Sample(), Sample()]
    private var slowest = [Sample(), Sample()]
    private var failures = [0, 0]
    /// The second's rate in times of the first's, round by round.
    private(set) var ratios = Sample()
    /// How many calls the second answered, about.
    private(set) var calls = 0
    private let rounds: Int

    /// How long each is asked in a round.
    private static let seconds = 4

    init(
        _ one: (name: String, port: Int), _ other: (name: String, port: Int), script: String, connections: Int, rounds: Int
    ) throws {
        names = [one.name, other.name]
        self.rounds = rounds
        for round in 0...rounds {
            var rate = [0.0, 0.0]
            for (place, port) in [one.port, other.port].enumerated() {
                guard let run = LoadRun(script: script, port: port, connections: connections, seconds: Self.seconds) else {
                    throw BenchmarkFault.server("wrk failed")
                }
                rate[place] = run.perSecond
                if place == 1 { calls += Int(run.perSecond * Double(Self.seconds)) }
                failures[place] += run.failures
                // The first round warms up.
                guard round > 0 else { continue }
                rates[place].add(run.perSecond)
                medians[place].add(run.medianMilliseconds)
                slowest[place].add(run.p99Milliseconds)
            }
            if round > 0 { ratios.add(rate[1] / rate[0]) }
        }
    }

    func printAll(_ title: String) {
        let rows = names.enumerated().map { place, name in
            [
                name, shown(rates[place].median), shown(rates[place].least), shown(rates[place].values.max() ?? .nan),
                shown(medians[place].median), shown(slowest[place].median), String(failures[place]),
            ]
        }
        printTable(
            "\(title): \(rounds) rounds of \(Self.seconds) s in turns",
            header: ["", "median", "least", "most", "median ms", "p99 ms", "failed"], rows: rows)
        print("\(names[1]) in times of \(names[0]), the median of the rounds: \(shown(ratios.median)) (\(shown(ratios.least)) to \(shown(ratios.values.max() ?? .nan)))")
    }
}
