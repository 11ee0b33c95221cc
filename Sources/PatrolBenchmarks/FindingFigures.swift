import CPseudoTerminal
import Glibc
import PatrolDomain
import PatrolOperations

/// How long the first page of filters, searches and orders takes, asked of the account itself: what a screen waits for
/// before it draws.
struct FindingFigures {
    private struct Question {
        var list: Filter.List
        var filter: String
        var sort: TokenSort = .risk
        var start: PageRequest.Start = .first
    }

    private struct Answer {
        var first = Double.nan
        var again = Double.infinity
        var rows = 0
        var lookedAt = 0
        var isWhole = true
    }

    /// Rows of the largest pane.
    private static let rows = 50

    private static let questions: [Question] =
        [
            "export", "nightly export", "zebra", "K9WR", "owner:kim", "owner:kim unused>90d", "owner:nobody", "role:admin",
            "role:release-manager", "kind:account", "kind:service", "finding:account-wide", "finding:no-expiry",
            "finding:expiring", "flagged", "never", "unused>90d", "unused>360d", "expires<14d", "expires:never",
            "created<1d", "imported", "!export", "!export !nightly", "owner:kim role:admin finding:no-expiry !flagged",
            "removed", "export zebra",
        ].map { Question(list: .tokens, filter: $0) }
        + [
            "export", "warehouse kim", "zebra", "e", "by:kim", "by:kim action:delete", "by:nobody", "action:token",
            "action:deleteMember", "on:member", "on:account", "refused", "refused by:kim", "refused zebra", "!export",
            "left the company", "imported",
        ].map { Question(list: .audit, filter: $0) }
        + ["kim", "costa", "role:admin", "role:release-manager", "pending", "seen>30d", "zebra"].map {
            Question(list: .members, filter: $0)
        }
        + ["release", "zebra"].map { Question(list: .roles, filter: $0) }
        + TokenSort.allCases.flatMap { sort in
            [PageRequest.Start.first, .last].map { Question(list: .tokens, filter: "", sort: sort, start: $0) }
        }

    /// - Parameter accounts: a name for the table's head and the path of the database.
    static func printAll(_ accounts: [(name: String, path: String)]) {
        let opened = accounts.compactMap { account -> (name: String, patrol: Patrol)? in
            do throws(PatrolError) {
                let place = Location(database: account.path, keyFolder: "")
                return (account.name, try Patrol(opening: place, readOnly: true))
            } catch {
                print("\(account.name): \(error)")
                return nil
            }
        }
        let answers = opened.map { account in questions.map { (name: name(of: $0), answer: answer(to: $0, account.patrol)) } }
        let heads = ["", "processor", "rows", "seen"]
        printTable(
            "Milliseconds to the first page of \(rows) rows, the first time, and the least processor time of six; rows found, rows looked at (+: and there may be more)",
            header: ["filter"] + opened.flatMap { account in heads.map { $0.isEmpty ? account.name : $0 } },
            rows: questions.indices.map { place in
                [name(of: questions[place])] + answers.flatMap { cells($0[place].answer, columns: heads.count) }
            })
        var verdicts = Verdicts()
        for (account, answers) in zip(opened, answers) { judge(account.name, answers, &verdicts) }
        verdicts.printAll()
    }

    /// The slowest question of an account decides.
    private static func judge(_ account: String, _ answers: [(name: String, answer: Answer?)], _ verdicts: inout Verdicts) {
        func add(_ what: String, _ figure: (Answer) -> Double) {
            let figures = answers.map { (name: $0.name, value: $0.answer.map(figure) ?? .nan) }
            // What was not answered is not passed over.
            let slowest = figures.first { !$0.value.isFinite } ?? figures.max { $0.value < $1.value }
            guard let slowest else { return }
            verdicts.add(
                "\(account): a first page, \(what): \(slowest.name)", slowest.value, atMost: 100, "100 ms for the slowest")
        }
        add("ms the first time") { $0.first }
        add("ms of processor") { $0.again }
    }

    private static func name(of question: Question) -> String {
        let place = question.start == .last ? ", end" : ""
        let what = question.filter.isEmpty ? "by \(question.sort.rawValue)\(place)" : question.filter
        return "\(question.list.rawValue): \(what)"
    }

    private static func cells(_ answer: Answer?, columns: Int) -> [String] {
        guard let answer else { return Array(repeating: "–", count: columns) }
        return [
            shown(answer.first), shown(answer.again), String(answer.rows),
            "\(answer.lookedAt)\(answer.isWhole ? "" : "+")",
        ]
    }

    /// Nil, and said, where it can't be answered.
    private static func answer(to question: Question, _ patrol: Patrol) -> Answer? {
        do {
            return try measure(question, patrol)
        } catch {
            print("\(name(of: question)): \(error)")
            return nil
        }
    }

    private static func measure(_ question: Question, _ patrol: Patrol) throws -> Answer {
        let filter = try Filter(parsing: question.filter, for: question.list)
        var answer = Answer()
        for round in 0..<6 {
            let (started, used) = (monotonic_nanoseconds(), processorNanoseconds)
            let found = try ask(question, filter, patrol)
            let first = round == 0 ? Double(monotonic_nanoseconds() - started) / 1e6 : answer.first
            let least = min(answer.again, Double(processorNanoseconds - used) / 1e6)
            answer = found
            (answer.first, answer.again) = (first, least)
        }
        return answer
    }

    /// Other work on the machine does not show in it.
    static var processorNanoseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private static func ask(_ question: Question, _ filter: Filter, _ patrol: Patrol) throws -> Answer {
        let request = PageRequest(question.start, limit: rows)
        return switch question.list {
        case .tokens: answer(try patrol.tokens(request, sort: question.sort, filter: filter))
        case .members: answer(try patrol.members(request, filter: filter))
        case .roles: answer(try patrol.roles(request, filter: filter))
        case .audit: answer(try patrol.audit(request, filter: filter))
        }
    }

    private static func answer<Row>(_ page: Page<Row>) -> Answer {
        Answer(rows: page.items.count, lookedAt: page.lookedAt, isWhole: page.resume == nil)
    }
}
