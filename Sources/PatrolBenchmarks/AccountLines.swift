/// The command line on one account, measured.
struct AccountLines {
    let program: String
    let database: String
    let environment: [String: String]

    func words(_ words: [String]) -> [String] { [program, "--database", database] + words }

    /// Ids of tokens that are not flagged yet. Each token is a line of its own, its id the first thing in it.
    func tokenIDs(limit: Int) -> [String] {
        let listed = TimedRun(
            words(["tokens", "list", "--filter", "!flagged", "--limit", "\(limit)", "--json"]), environment: environment)
        let opening = "{\"id\":\""
        return (listed?.output ?? "").split(separator: "\n").filter { $0.hasPrefix(opening) }.map { line in
            String(line.dropFirst(opening.count).prefix { $0 != "\"" })
        }
    }

    func printAll() {
        var rows: [[String]] = []
        for words in [["tokens", "list", "--limit", "50"], ["audit", "list", "--limit", "20", "--json"], ["--version"]] {
            var sample = Sample()
            for _ in 0..<30 {
                guard let run = TimedRun(self.words(words), environment: environment), run.code == 0 else { continue }
                sample.add(run.milliseconds)
            }
            rows.append([words.joined(separator: " "), shown(sample.median), shown(sample.p99)])
        }
        printTable("Command line, start to end; ms", header: ["patrol", "median", "p99"], rows: rows)
        printExplanations(lines: 200_000)
    }

    /// `explain --batch`, on tokens of the account and many requests.
    private func printExplanations(lines count: Int) {
        let ids = tokenIDs(limit: 100)
        guard !ids.isEmpty else { return print("explain --batch: no tokens to ask about") }
        let actions = ["updateOn", "viewProject", "updateRules", "deleteFlag", "createEnvironment"]
        let lines = (0..<count).map { number in
            let resource = "proj/web;core:env/\(number % 2 == 0 ? "production" : "test"):flag/flag-\(number % 997)"
            return "{\"token\":\"\(ids[number % ids.count])\",\"action\":\"\(actions[number % 5])\",\"resource\":\"\(resource)\"}\n"
        }
        guard let run = TimedRun(words(["explain", "--batch"]), environment: environment, input: lines.joined()),
            run.code == 0
        else { return print("explain --batch: failed") }
        let answered = run.output.utf8.count { $0 == UInt8(ascii: "\n") }
        print("explain --batch: \(answered) lines in \(shown(run.milliseconds / 1_000)) s, \(Int(Double(answered) / run.milliseconds * 1_000)) a second")
    }
}
