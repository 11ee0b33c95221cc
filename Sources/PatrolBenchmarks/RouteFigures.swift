import CPseudoTerminal
import PatrolRoutes

/// How long it takes to find the route of a call, and its resource.
struct RouteFigures {
    private static let callsPerRound = 200_000
    private static let rounds = 15

    static func printAll() {
        var verdicts = Verdicts()
        let rows = [10, 1_000, 10_000].flatMap { count in
            let text = routes(count)
            let started = monotonic_nanoseconds()
            guard let table = RouteFile(Array(text.utf8)).table else { return [["\(count) routes", "the file is wrong", "", ""]] }
            let reading = Double(monotonic_nanoseconds() - started) / 1e6
            return calls(count).map { name, method, targets in
                let times = measure(Array(method.utf8), targets, table)
                if count == 1_000 { verdicts.add("\(name), ns", times.median, atMost: 1_000, "a microsecond, the median") }
                return ["\(count) routes, read in \(shown(reading)) ms", name, shown(times.median), shown(times.percentile(100))]
            }
        }
        printTable(
            "Finding a call's route, ns for each (\(rounds) rounds of \(callsPerRound) calls)",
            header: ["", "calls", "median", "slowest round"], rows: rows)
        verdicts.printAll()
    }

    /// As APIs have them: services with collections, things in them, and what can be done to those.
    private static func routes(_ count: Int) -> String {
        var text = ""
        for number in 0..<(count / 10) {
            let root = "/api/v2/service-\(number)/{project}"
            text += """
                GET    \(root)                         viewProject proj/{project}
                GET    \(root)/flags                   viewProject proj/{project}
                POST   \(root)/flags                   createFlag  proj/{project}:env/all:flag/new
                GET    \(root)/flags/search            token
                GET    \(root)/flags/{flag}            viewProject proj/{project}
                PATCH  \(root)/flags/{flag}/{env}      updateOn    proj/{project}:env/{env}:flag/{flag}
                DELETE \(root)/flags/{flag}            deleteFlag  proj/{project}:env/all:flag/{flag}
                PUT    \(root)/environments?env={env}  updateTags  proj/{project}:env/{env}
                *      \(root)/files/{rest...}         token
                GET    \(root)/health                  public

                """
        }
        return text
    }

    private static func calls(_ count: Int) -> [(name: String, method: String, targets: [[UInt8]])] {
        func all(_ path: String) -> [[UInt8]] {
            (0..<min(count / 10, 100)).map { Array("/api/v2/service-\($0 * 7 % max(count / 10, 1))/\(path)".utf8) }
        }
        return [
            ("three captures", "PATCH", all("web-shop/flags/checkout-button/production")),
            ("one capture", "GET", all("web-shop")),
            ("no route", "GET", all("web-shop/nothing/here")), ("denied: a dot segment", "GET", all("web-shop/../flags")),
        ]
    }

    private static func measure(_ method: [UInt8], _ targets: [[UInt8]], _ table: RouteTable) -> Sample {
        var scratch = RouteScratch()
        var times = Sample()
        var found = 0
        let host = Array("api.example.org".utf8)
        for _ in 0..<rounds {
            let started = monotonic_nanoseconds()
            for call in 0..<callsPerRound {
                let target = targets[call % targets.count]
                if case .route = table.match(method: method.span, target: target.span, host: host.span, with: &scratch) { found += 1 }
            }
            times.add(Double(monotonic_nanoseconds() - started) / Double(callsPerRound))
        }
        precondition(found == 0 || found == rounds * callsPerRound, "all calls of a kind end alike")
        return times
    }
}
