import CPseudoTerminal
import Glibc
import PatrolDomain
import PatrolOperations

/// How long it takes to replay a million rows of use: rows in memory, and rows of an account's database.
struct ReplayFigures {
    private static let rows = 1_000_000
    private static let (flags, networks, clients) = (3_000, ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"], ["terraform", "curl"])
    private static let actions = ["updateOn", "updateTargets", "updateRules", "viewProject"].map(Action.init)

    let folder: String

    /// Answers false where the account could not be made.
    func printAll() -> Bool {
        do throws(PatrolError) {
            let account = try ReplayAccount(in: folder)
            let hours = Self.hours(of: account.token.id, until: account.now)
            let memory = try fromMemory(hours, account)
            let written = try account.write(hours)
            let database = try fromDatabase(account)
            printTable(
                "Replay of \(Self.rows) rows of use, \(memory.kinds) kinds of calls", header: ["", "s", "calls", "would fail"],
                rows: [
                    ["rows in memory", shown(memory.seconds), "\(memory.calls)", "\(memory.failing)"],
                    ["from the database, with all that is asked for", shown(database.seconds), "\(database.calls)", "\(database.failing)"],
                ])
            print("written in \(shown(written)) s")
            var verdicts = Verdicts()
            verdicts.add("replay of \(Self.rows) rows in memory, s", memory.seconds, atMost: 2, "2 s")
            verdicts.add("replay of \(Self.rows) rows from the database, s", database.seconds, atMost: 2, "2 s")
            verdicts.printAll()
            return true
        } catch {
            print("the account for the replay can't be made: \(error)")
            return false
        }
    }

    private struct Figure {
        var seconds: Double
        var calls: Int
        var failing: Int
        var kinds = 0
    }

    private func fromMemory(_ hours: [HourOfUse], _ account: ReplayAccount) throws(PatrolError) -> Figure {
        let before = TokenAuthority(scope: account.writer, behind: account.writer)
        let after = TokenAuthority(scope: account.narrow, behind: account.writer)
        let started = monotonic_nanoseconds()
        let calls = UsedCalls.rolledUp(hours)
        let window = [UseWindow(start: account.now - .days(90), end: account.now, source: "benchmark")]
        let use = KnownUse(
            calls: calls, coverage: UseCoverage(of: window, from: account.now - .days(90), to: account.now))
        let replay = Replay(use, before: before, after: after)
        let seconds = Double(monotonic_nanoseconds() - started) / 1e9
        let kinds = Set(calls.map { "\($0.action.name) \($0.resource)" }).count
        return Figure(seconds: seconds, calls: replay.calls, failing: replay.failingCalls, kinds: kinds)
    }

    private func fromDatabase(_ account: ReplayAccount) throws(PatrolError) -> Figure {
        let started = monotonic_nanoseconds()
        let replay = try account.patrol.replay(of: account.narrowing)
        return Figure(
            seconds: Double(monotonic_nanoseconds() - started) / 1e9, calls: replay.calls, failing: replay.failingCalls)
    }

    /// Each row a kind of its own in its hour, over the last 85 days.
    private static func hours(of token: TokenID, until now: Timestamp) -> [HourOfUse] {
        (0..<rows).map { row in
            let at = now - .hours(1 + row * 2_040 / rows)
            // Steps that share no factor with the lengths of the lists, so that all of them meet.
            let action = actions[row % actions.count]
            let resource =
                action.isView ? "proj/p\(row % 40)" : "proj/p\(row % 40):env/production:flag/flag-\(row * 7 % flags)"
            return HourOfUse(
                of: token, at: at, action: action, resource: resource, network: networks[row / 4 % networks.count],
                client: clients[row / 12 % clients.count], outcome: .allowed, calls: 1 + row % 9)
        }
    }
}

/// An account with one token of a writer's scope, in a folder of its own.
private struct ReplayAccount {
    let patrol: Patrol
    let token: AccessToken
    let now = Machine.now
    let writer = Authority(of: .base(.writer), roles: [:], owner: nil, teams: [])
    private let narrowScope: Scope

    init(in folder: String) throws(PatrolError) {
        let founding = FoundAccount(
            name: "Replay", ownerEmail: "ada@example.org", ownerFirstName: "Ada", ownerLastName: "Berg")
        let location = Location(database: "\(folder)/replay/patrol.db", keyFolder: "\(folder)/replay/keys")
        patrol = try Patrol.found(founding, at: location).patrol
        let session = try patrol.signIn()
        let outcome = try patrol.perform(
            .createToken(
                CreateToken(
                    kind: .personal, name: "robot", purpose: "replays", scope: .base(.writer),
                    expiresAt: now + .days(30))), as: session)
        guard let id = TokenID(outcome.entry.target.id), let made = try patrol.token(id) else {
            throw .invalid("no token was made")
        }
        token = made
        let statements = [
            ("viewProject", "proj/*"), ("updateOn", "proj/*:env/production:flag/*"),
            ("updateTargets", "proj/p1*:env/production:flag/*"), ("updateRules", "proj/*:env/production:flag/flag-1*"),
        ].compactMap { action, resource in
            (try? ResourcePattern(parsing: resource)).map {
                Statement(.allow, actions: .matching([ActionPattern(Action(action))]), resources: .matching([$0]))
            }
        }
        narrowScope = .inline(Policy(statements: statements))
    }

    var narrow: Authority { Authority(of: narrowScope, roles: [:], owner: nil, teams: []) }

    var narrowing: Command {
        .editToken(
            EditToken(
                token: token.id, version: token.version, name: token.name, purpose: token.purpose, scope: narrowScope,
                expiresAt: token.expiresAt))
    }

    /// How many seconds it took.
    func write(_ hours: [HourOfUse]) throws(PatrolError) -> Double {
        let started = monotonic_nanoseconds()
        for start in stride(from: 0, to: hours.count, by: UseBatch.maximumRows) {
            var batch = UseBatch()
            batch.hours = Array(hours[start..<min(start + UseBatch.maximumRows, hours.count)])
            try patrol.countUse(batch)
        }
        return Double(monotonic_nanoseconds() - started) / 1e9
    }
}
