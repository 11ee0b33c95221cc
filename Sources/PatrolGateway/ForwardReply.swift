internal import PatrolDomain
internal import PatrolHTTP
internal import PatrolJSON
internal import PatrolPresentation

/// What a proxy is answered: who comes, in fields that are always all there, or why nobody may.
struct ForwardReply {
    private let style: ProxyStyle
    private let name: String
    private let realm: String

    init(_ style: ProxyStyle, name: String, realm: String) {
        self.style = style
        self.name = name
        self.realm = realm
    }

    /// - Parameter identity: Nil where no token was asked for.
    func allow(_ identity: TokenIdentity?) -> HTTPAnswer {
        // 200 and no other: Envoy takes 204 for a refusal.
        var answer = HTTPAnswer(status: 200)
        identify(identity, &answer)
        if let deletesAt = identity?.deletesAt {
            // RFC 8594 and RFC 9745.
            answer.add("Sunset", deletesAt.httpDate)
            answer.add("Deprecation", "@\(deletesAt.milliseconds / 1_000)")
        }
        return answer
    }

    /// Something that does not rest on a known token.
    func refuse(_ kind: Problem.Kind, _ detail: String) -> HTTPAnswer {
        finish(Problem(kind, detail: detail))
    }

    /// The secret is right, so its bearer is told what is missing.
    func refuse(
        _ refusal: Decision, of identity: TokenIdentity, action: String, resource: String
    ) -> HTTPAnswer {
        let words = refusal.reason.words(isAllowed: false).text
        guard case .notInForce(let why) = refusal.reason else {
            var problem = Problem(.scopeMissing, detail: "\(action) on \(resource) is not allowed: \(words)")
            problem.add("token_id", .string(identity.id.text))
            problem.add("needed_action", .string(action))
            problem.add("needed_resource", .string(resource))
            return finish(problem, neededScope: action)
        }
        var problem = Problem(Problem.Kind(why), detail: words)
        problem.add("token_id", .string(identity.id.text))
        if why == .tokenQuarantined, let deletesAt = identity.deletesAt {
            problem.add("delete_on", .string(deletesAt.iso8601))
        }
        return finish(problem)
    }

    private func finish(_ problem: Problem, neededScope: String? = nil) -> HTTPAnswer {
        var answer = problem.answer(status: status(of: problem.kind))
        identify(nil, &answer)
        answer.add("X-Patrol-Reason", problem.kind.rawValue)
        if answer.status == 401 || answer.status == 400 || neededScope != nil {
            answer.add("WWW-Authenticate", challenge(problem, neededScope))
        }
        if problem.kind == .rateLimited { answer.add("Retry-After", "10") }
        return answer
    }

    /// RFC 6750, 3: no error code where no token came.
    private func challenge(_ problem: Problem, _ neededScope: String?) -> String {
        let start = "Bearer realm=\"\(realm)\""
        switch problem.kind {
        case .tokenMissing: return start
        case .requestMalformed: return start + ", error=\"invalid_request\""
        case .scopeMissing: return start + ", error=\"insufficient_scope\", scope=\"\(neededScope ?? "")\""
        default: return start + ", error=\"invalid_token\""
        }
    }

    /// nginx makes 500 of all but 401 and 403.
    private func status(of kind: Problem.Kind) -> Int {
        guard style == .nginx else { return kind.status }
        switch kind.status {
        case 400, 401: return 401
        default: return 403
        }
    }

    /// All of them, always: what is left out, a client could send itself. A blank is an empty value (RFC 9110, 5.5), which the
    /// library would leave out.
    private func identify(_ identity: TokenIdentity?, _ answer: inout HTTPAnswer) {
        func text(_ value: String?) -> String { value.flatMap { $0.isEmpty ? nil : $0 } ?? " " }
        let scopes = text(identity?.scopes.joined(separator: " "))
        answer.add("Remote-User", text(identity?.ownerEmail))
        answer.add("Remote-Groups", text(identity?.teams.joined(separator: ",")))
        answer.add("Remote-Email", text(identity?.ownerEmail))
        answer.add("X-Patrol-Token-Id", text(identity?.id.text))
        answer.add("X-Patrol-Scopes", scopes)
        answer.add("X-Patrol-Kind", text(identity?.kind.rawValue))
        answer.add("X-Patrol-Token-Expires", text(identity?.expiresAt?.iso8601))
        answer.add("X-Request-Id", name)
        answer.add("Cache-Control", "no-store")
    }
}

extension Problem.Kind {
    init(_ why: Decision.NotInForce) {
        switch why {
        case .tokenExpired: self = .tokenExpired
        case .tokenQuarantined: self = .tokenQuarantined
        case .networkRefused: self = .networkNotAllowed
        case .ownerRemoved, .ownerPending, .memberRemoved, .memberPending: self = .ownerNotActive
        case .tokenDeleted, .secretRetired, .secretUnknown: self = .tokenUnknown
        }
    }
}
