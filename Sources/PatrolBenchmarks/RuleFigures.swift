import CPseudoTerminal
import PatrolDomain
import PatrolOperations

/// How long the rules of hygiene take for every token of an account, and for one after it changed.
struct RuleFigures {
    private static let changes = 40

    /// - Parameter accounts: a name for the table's head and the path of the database, which is written to.
    static func printAll(_ accounts: [(name: String, path: String)]) {
        var (rows, verdicts): ([[String]], Verdicts) = ([], Verdicts())
        for account in accounts {
            do {
                let figures = try measure(account.path)
                rows.append([
                    account.name, String(figures.tokens), shown(figures.whole), shown(figures.processor),
                    shown(figures.perMillion(figures.whole)), shown(figures.perMillion(figures.processor)),
                    shown(figures.one.median), shown(figures.one.p99),
                ])
                verdicts.add("\(account.name): a million tokens from nothing, s", figures.perMillion(figures.whole), atMost: 10,
                    "10 s, by proportion")
                verdicts.add("\(account.name): after one change, ms", figures.one.median, atMost: 10, "10 ms")
            } catch {
                print("\(account.name): \(error)")
            }
        }
        printTable(
            "Findings: all tokens judged from nothing, s, and of processor; what that is for a million; one token after a change, ms",
            header: ["", "tokens", "all", "processor", "a million", "processor", "one", "p99"], rows: rows)
        verdicts.printAll()
    }

    private struct Figures {
        var tokens = 0
        var whole = Double.nan
        var processor = Double.nan
        var one = Sample()

        func perMillion(_ seconds: Double) -> Double { seconds / Double(max(tokens, 1)) * 1_000_000 }
    }

    private static func measure(_ path: String) throws -> Figures {
        let folder = path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        let patrol = try Patrol(opening: Location(database: path, keyFolder: folder))
        let session = try patrol.signIn()
        while try patrol.refreshRisks(limit: 10_000) {}
        var figures = Figures(tokens: try patrol.tally().tokens)
        // The other profile makes every judgement stale.
        let settings = try patrol.settings()
        let profile: HygieneSettings.Profile = settings.hygiene.profile == .strict ? .usual : .strict
        let change = ChangeSettings(hygiene: HygieneSettings(profile: profile), version: settings.version)
        _ = try patrol.perform(.changeSettings(change), as: session)
        let (started, used) = (monotonic_nanoseconds(), FindingFigures.processorNanoseconds)
        while try patrol.refreshRisks(limit: 10_000) {}
        figures.whole = Double(monotonic_nanoseconds() - started) / 1e9
        figures.processor = Double(FindingFigures.processorNanoseconds - used) / 1e9
        let page = try patrol.tokens(PageRequest(limit: changes))
        for item in page.items {
            let token = item.row.token
            let command: Command =
                token.flag == nil
                ? .flagToken(token.id, reason: "measured", dueAt: nil, version: token.version)
                : .unflagToken(token.id, version: token.version)
            _ = try patrol.perform(command, as: session)
            let started = monotonic_nanoseconds()
            while try patrol.refreshRisks() {}
            figures.one.add(Double(monotonic_nanoseconds() - started) / 1e6)
        }
        return figures
    }
}
