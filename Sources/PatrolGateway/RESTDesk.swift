internal import PatrolDomain
internal import PatrolHTTP
internal import PatrolJSON
internal import PatrolOperations
internal import PatrolREST
internal import Synchronization

/// Answers the calls of the REST API on threads of their own, each with its own connection to the account: a change waits for
/// the disk, and no call that a proxy asks about may wait for it.
final class RESTDesk: Sendable {
    private final class Job: Sendable {
        private let exchange: Mutex<HTTPExchange?>
        let origin: IPAddress?
        let name: String

        init(_ exchange: consuming HTTPExchange, from origin: IPAddress?, name: String) {
            self.exchange = Mutex(exchange)
            self.origin = origin
            self.name = name
        }

        func take() -> HTTPExchange? { exchange.withLock { $0.take() } }
    }

    private let queue = JobQueue<Job>(maximum: 1_024)
    private let gate: SharedGate
    private let location: Location
    private let limiter: RateLimiter
    private let totalLimiter: RateLimiter
    private let accessLog: AccessLog?
    private let counters: GatewayCounters
    private let feed: AuditFeed

    init(
        _ gate: SharedGate, at location: Location, settings: GatewaySettings, accessLog: AccessLog?,
        counters: GatewayCounters
    ) {
        self.gate = gate
        self.location = location
        self.accessLog = accessLog
        self.counters = counters
        feed = AuditFeed(at: location)
        limiter = RateLimiter(limit: settings.restLimit)
        totalLimiter = RateLimiter(limit: settings.restTotalLimit)
    }

    /// Starts its threads. False where the system has no room for one.
    func start(threads: Int) -> Bool {
        guard feed.start() else { return false }
        for _ in 0..<threads {
            let thread = WorkerThread { self.work() }
            guard let thread else { return false }
            thread.detach()
        }
        return true
    }

    /// Lets its threads end when what waits is answered, and ends all streams.
    func close() {
        queue.close()
        feed.close()
    }

    /// Takes a call. It is answered with 503 where too many wait.
    func take(_ exchange: consuming HTTPExchange, from origin: IPAddress?, name: String) {
        exchange.suspend()
        let job = Job(exchange, from: origin, name: name)
        if !queue.add(job), let exchange = job.take() {
            exchange.answer(Self.error(503, "service_unavailable", "too many calls wait here: try again later"))
        }
    }

    private func work() {
        var patrol: Patrol?
        while let job = queue.take() {
            guard let exchange = job.take() else { continue }
            // A connection that failed is made anew for the next call.
            if patrol == nil { patrol = try? Patrol(opening: location) }
            guard let open = patrol else {
                exchange.answer(Self.error(503, "service_unavailable", "the account can't be read"))
                continue
            }
            let answer = self.answer(exchange, job, open)
            switch answer {
            case .whole(let answer):
                if answer.status == 503 { patrol = nil }
                exchange.answer(answer)
            case .stream(let head, let listener): listener.attach(exchange.stream(head, from: listener))
            }
        }
    }

    fileprivate enum Answer {
        case whole(HTTPAnswer)
        case stream(HTTPAnswer, FeedListener)
    }

    private func answer(_ exchange: borrowing HTTPExchange, _ job: Job, _ patrol: Patrol) -> Answer {
        let target = Target(exchange.target)
        var note = CallNote()
        note.address = job.origin?.text ?? ""
        var answer: Answer
        do throws(PatrolError) {
            answer = try self.answer(exchange, target, job, patrol, &note)
        } catch {
            answer = .whole(Self.error(503, "service_unavailable", "the account can't be read or written now"))
        }
        answer.head.add("X-Request-Id", job.name)
        accessLog?.add(
            note.line(exchange, target, label: "rest", name: job.name, status: answer.head.status, at: Machine.now))
        return answer
    }

    private func answer(
        _ exchange: borrowing HTTPExchange, _ target: Target, _ job: Job, _ patrol: Patrol, _ note: inout CallNote
    ) throws(PatrolError) -> Answer {
        guard case .token(let presented) = Credentials(of: exchange, takesAPIKey: false) else {
            counters.count(.unauthenticated)
            return .whole(Self.unauthorized)
        }
        try gate.requireCounting()
        let agent = exchange.value(of: "User-Agent") ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let origin = GateOrigin(address: job.origin, userAgent: agent)
        var bytes = Array(presented)
        guard let secret = Secret(wiping: &bytes) else { return .whole(Self.unauthorized) }
        switch try patrol.signIn(presenting: secret) {
        case .refused(_, nil):
            counters.count(.unauthenticated)
            return .whole(Self.unauthorized)
        case .refused(let why, let token?):
            note.token = token.id.text
            return .whole(refuse(why, token, origin))
        case .accepted(let caller):
            note.token = caller.token.id.text
            guard caller.token.mayBeUsed(from: job.origin) else {
                return .whole(refuse(.networkRefused, caller.token, origin))
            }
            if target.path.isText(Self.feedPath) {
                return try listen(exchange, target, caller, origin, patrol)
            }
            return .whole(serve(exchange, target, caller, origin, patrol))
        }
    }

    private func serve(
        _ exchange: borrowing HTTPExchange, _ target: Target, _ caller: TokenSession, _ origin: GateOrigin,
        _ patrol: Patrol
    ) -> HTTPAnswer {
        let limits = RESTLimits(
            token: limiter.count(caller.token.id.text.utf8, at: Machine.now),
            total: totalLimiter.count(CollectionOfOne(UInt8(0)), at: Machine.now))
        guard limits.areWithin else {
            counters.count(.limited)
            var answer = Self.error(429, "rate_limited", "too many calls: try again later")
            limits.add(to: &answer)
            return answer
        }
        var fields: [(name: String, value: String)] = []
        exchange.forEachField { name, value in
            if !name.isSecretField { fields.append((name.text.lowercased(), value.text)) }
        }
        let call = RESTCall(
            method: exchange.method, path: target.path.text, query: target.query?.text ?? "", fields: fields,
            body: Array(exchange.body), caller: caller)
        let made = RESTService(patrol: patrol).answer(call)
        count(made.status, caller, patrol.takeActs(), origin)
        var answer = HTTPAnswer(status: made.status)
        for (name, value) in made.fields { answer.add(name, value) }
        answer.add("Cache-Control", "no-store")
        limits.add(to: &answer)
        answer.body = made.body
        return answer
    }

    private static let feedPath: StaticString = "/api/v2/auditlog/events"

    /// From the entry after the one that the caller knows, or from now on.
    private func listen(
        _ exchange: borrowing HTTPExchange, _ target: Target, _ caller: TokenSession, _ origin: GateOrigin,
        _ patrol: Patrol
    ) throws(PatrolError) -> Answer {
        guard exchange.method == "GET" else {
            return .whole(Self.error(405, "method_not_allowed", "events are read with GET"))
        }
        var sequence = try patrol.lastSequence()
        if let known = exchange.value(of: "Last-Event-ID") {
            guard let number = Int64(known.text), (0...sequence).contains(number) else {
                return .whole(Self.error(400, "invalid_request", "Last-Event-ID is the id of an event of this account"))
            }
            sequence = number
        }
        guard let listener = feed.listener(caller, after: sequence) else {
            return .whole(Self.error(503, "service_unavailable", "too many listen already"))
        }
        count(200, caller, [], origin)
        var head = HTTPAnswer(status: 200)
        head.add("Content-Type", "text/event-stream")
        head.add("Cache-Control", "no-store")
        // A proxy that gathers before it sends would make nothing of it.
        head.add("X-Accel-Buffering", "no")
        return .stream(head, listener)
    }

    /// What went through the door counts as what it was; what only looked needs no right.
    private func count(_ status: Int, _ caller: TokenSession, _ acts: [TokenAct], _ origin: GateOrigin) {
        let isDenied = status == 403
        counters.count(isDenied ? .denied : .allowed)
        gate.count(
            caller.token.id, secret: caller.secretID, acts.isEmpty ? [.presence(isDenied ? .denied : .allowed)] : acts,
            from: origin)
    }

    private func refuse(_ why: Decision.NotInForce, _ token: AccessToken, _ origin: GateOrigin) -> HTTPAnswer {
        counters.count(.unauthenticated)
        gate.count(token.id, secret: "", [.presence(UseOutcome(refusal: .notInForce(why)))], from: origin)
        return Self.unauthorized
    }

    private static let unauthorized = error(401, "unauthorized", "Invalid access token")

    /// As LaunchDarkly writes errors.
    static func error(_ status: Int, _ code: String, _ message: String) -> HTTPAnswer {
        Gateway.json(status, ["code": .string(code), "message": .string(message)])
    }
}

extension RESTDesk.Answer {
    fileprivate var head: HTTPAnswer {
        get {
            switch self {
            case .whole(let answer), .stream(let answer, _): answer
            }
        }
        set {
            switch self {
            case .whole: self = .whole(newValue)
            case .stream(_, let listener): self = .stream(newValue, listener)
            }
        }
    }
}

/// How the caller stands with the limits, in the header fields that LaunchDarkly has for it.
private struct RESTLimits {
    let token: RateLimiter.Standing?
    let total: RateLimiter.Standing?

    var areWithin: Bool { (token?.isWithin ?? true) && (total?.isWithin ?? true) }

    func add(to answer: inout HTTPAnswer) {
        if let total {
            answer.add("X-Ratelimit-Global-Limit", String(total.limit))
            answer.add("X-Ratelimit-Global-Remaining", String(max(0, total.remaining)))
            answer.add("X-Ratelimit-Reset", String(total.resetsAt.milliseconds))
        }
        if let token {
            answer.add("X-Ratelimit-Auth-Token-Limit", String(token.limit))
            answer.add("X-Ratelimit-Auth-Token-Remaining", String(max(0, token.remaining)))
            answer.add("X-Ratelimit-Auth-Token-Reset", String(token.resetsAt.milliseconds))
        }
        if !areWithin { answer.add("Retry-After", "10") }
    }
}

extension UnsafeRawBufferPointer {
    /// What holds a secret is not handed on.
    fileprivate var isSecretField: Bool {
        let name = text.lowercased()
        return name == "authorization" || name == "x-api-key" || name == "cookie"
    }
}
