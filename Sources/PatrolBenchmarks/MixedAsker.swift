import CPseudoTerminal
import PatrolDomain
import PatrolOperations
import Synchronization

/// The tokens that are asked about: some that stay, and the newest that another process makes and deletes.
final class MixedTokens: Sendable {
    private struct State {
        var tokens: [MixedToken]
        var next = 0
    }

    private let state: Mutex<State>
    private let fixed: Int
    private static let newest = 96

    init(_ fixed: [MixedToken]) {
        self.fixed = fixed.count
        state = Mutex(State(tokens: fixed))
    }

    func add(_ made: [MixedToken]) {
        state.withLock { state in
            for token in made {
                if state.tokens.count < fixed + Self.newest {
                    state.tokens.append(token)
                } else {
                    state.tokens[fixed + state.next] = token
                    state.next = (state.next + 1) % Self.newest
                }
            }
        }
    }

    func any() -> MixedToken? { state.withLock { $0.tokens.randomElement() } }
}

/// Asks the gateway, and holds each answer against the plain evaluation of the account as it was just before and just after.
struct MixedAsker {
    struct Tally {
        var calls = 0
        var allowed = 0
        /// The account was another one before the call than after it.
        var amidCommits = 0
        var wrong: [String] = []
        /// Neither as before nor as after, while more than one commit came between that could matter.
        var unsettled = 0
        var failures: [String] = []

        mutating func add(_ other: Tally) {
            calls += other.calls
            allowed += other.allowed
            amidCommits += other.amidCommits
            wrong += other.wrong
            unsettled += other.unsettled
            failures += other.failures
        }
    }

    private let patrol: Patrol
    private let explainer: Explainer
    private let port: Int
    private(set) var tally = Tally()

    private static let calls = [
        ("updateOn", "proj/web:env/production:flag/a"), ("updateOn", "proj/web:env/test:flag/a"), ("viewProject", "proj/web"),
        ("createMember", "member/new"), ("updateRules", "proj/data:env/production:flag/b"),
    ]
    private static let mostRemarks = 10

    init(_ location: Location, port: Int) throws {
        patrol = try Patrol(opening: location, readOnly: true)
        explainer = Explainer(patrol)
        self.port = port
    }

    private struct Plain {
        var sequence: Int64
        var decision: Decision

        /// What the gateway says of it over HTTP.
        var status: Int {
            if decision.isAllowed { return 200 }
            if case .notInForce = decision.reason { return 401 }
            return 403
        }
    }

    /// - Parameter end: By the monotonic clock.
    mutating func ask(about tokens: MixedTokens, until end: Int64) {
        var connection: GatewayConnection?
        while monotonic_nanoseconds() < end {
            guard let token = tokens.any(), let call = Self.calls.randomElement() else { return }
            do {
                let open = try connection ?? GatewayConnection(port: port)
                connection = open
                try ask(token, call, over: open)
            } catch {
                connection = nil
                remark("\(error)", in: \.failures)
            }
        }
    }

    private mutating func remark(_ words: String, in list: WritableKeyPath<Tally, [String]>) {
        tally[keyPath: list].append(tally[keyPath: list].count < Self.mostRemarks ? words : "")
    }

    private mutating func ask(_ token: MixedToken, _ call: (String, String), over connection: GatewayConnection) throws {
        let lines = [
            "GET /authz/forward HTTP/1.1", "Host: a", "X-Patrol-Action: \(call.0)", "X-Patrol-Resource: \(call.1)",
            "Authorization: Bearer \(token.secret)",
        ]
        let text = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        let request = Request(Action(call.0), on: try Resource(parsing: call.1))
        let before = try plain(token.id, request)
        let answer = try connection.ask(text)
        let after = try plain(token.id, request)
        tally.calls += 1
        if answer.status == 200 { tally.allowed += 1 }
        if before.sequence != after.sequence { tally.amidCommits += 1 }
        if answer.status == before.status || answer.status == after.status { return }
        guard [200, 401, 403].contains(answer.status) else { return remark("\(answer.status) \(answer.reason)", in: \.failures) }
        if try mattering(to: token.id, after: before.sequence, upTo: after.sequence) > 1 {
            tally.unsettled += 1
            return
        }
        remark(
            "\(call.0) on \(call.1): \(answer.status) \(answer.reason), plainly \(before.status) at \(before.sequence) and \(after.status) at \(after.sequence)",
            in: \.wrong)
    }

    /// The decision of the plain evaluator, and the one commit that it rests on.
    private func plain(_ id: TokenID, _ request: Request) throws -> Plain {
        while true {
            let sequence = try patrol.lastSequence()
            let decision = try explainer.authority(of: .token(id)).decide(request)
            if try patrol.lastSequence() == sequence { return Plain(sequence: sequence, decision: decision) }
        }
    }

    /// How many of these entries can change what a token may do.
    private func mattering(to id: TokenID, after first: Int64, upTo last: Int64) throws -> Int {
        let token = try patrol.token(id)
        return try patrol.auditEntries(after: first, limit: Int(last - first)).count { entry in
            switch entry.target.kind {
            case .token: entry.target.id == id.text
            case .member: entry.target.id == token?.owner?.text
            default: true
            }
        }
    }
}
