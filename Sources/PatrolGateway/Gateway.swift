package import PatrolDomain
package import PatrolHTTP
package import PatrolOperations

/// Answers what comes over HTTP: whether calls of other programs may go on, and what Patrol itself is asked.
package final class Gateway: HTTPHandler {
    let gate: SharedGate
    let settings: GatewaySettings
    let accessLog: AccessLog?
    /// Nil where the proxy says itself what each call needs.
    let routes: RouteBook?
    let counters = GatewayCounters()
    let requestNames = RequestNames()
    let desk: RESTDesk
    let tokenLimiter: RateLimiter
    let addressLimiter: RateLimiter
    let clock: @Sendable () -> Timestamp

    /// - Throws: where a file that the settings name can't be used.
    package init(
        _ gate: SharedGate, at location: Location, settings: GatewaySettings,
        clock: @escaping @Sendable () -> Timestamp = { Machine.now }
    ) throws(GatewayFault) {
        self.gate = gate
        self.settings = settings
        self.accessLog = try settings.accessLog.map { path throws(GatewayFault) in try AccessLog(path: path) }
        self.routes = try settings.routes.map { path throws(GatewayFault) in try RouteBook(path: path) }
        self.clock = clock
        desk = RESTDesk(gate, at: location, settings: settings, accessLog: accessLog, counters: counters)
        tokenLimiter = RateLimiter(limit: settings.tokenLimit)
        addressLimiter = RateLimiter(limit: settings.addressLimit)
        guard desk.start(threads: settings.restThreads) else {
            throw GatewayFault(sentence: "the threads of the REST API can't be started")
        }
    }

    /// Lets its threads end. Nothing may come any more.
    package func close() { desk.close() }

    package func refused(status: Int) { counters.countRefused() }

    package func handle(_ exchange: consuming HTTPExchange) {
        let target = Target(exchange.target)
        var note = CallNote()
        let name = requestNames.name(exchange)
        let answer: HTTPAnswer
        let endpoint = Endpoint(target.path)
        switch endpoint {
        case .forward(let style): answer = authorize(exchange, style, name: name, &note)
        case .introspection: answer = introspect(exchange, &note)
        case .verification: answer = verify(exchange, &note)
        case .health: answer = health()
        case .readiness: answer = readiness()
        case .metrics: answer = metrics()
        case .rest:
            let origin = settings.trusts(exchange.peer) ? settings.client(of: exchange) : IPAddress(bytes: exchange.peer)
            return desk.take(exchange, from: origin, name: name)
        case nil: answer = Problem(.notFound, detail: "there is nothing at this address").answer
        }
        if let accessLog, endpoint?.isLogged ?? true {
            accessLog.add(note.line(exchange, target, label: endpoint?.label ?? "none", name: name, status: answer.status, at: clock()))
        }
        exchange.answer(answer)
    }
}

/// Why the gateway can't be what its settings say: one line that says what to do.
package struct GatewayFault: Error, Hashable {
    package let sentence: String
}

/// What is known of a call by the time it is answered, for the access log.
struct CallNote {
    var token = ""
    var action = ""
    var resource = ""
    var reason = ""
    var method = ""
    /// Without its query.
    var path = ""
    var address = ""

    func line(
        _ exchange: borrowing HTTPExchange, _ target: Target, label: String, name: String, status: Int, at now: Timestamp
    ) -> AccessLog.Line {
        AccessLog.Line(
            at: now, name: name, endpoint: label,
            address: address.isEmpty ? IPAddress(bytes: exchange.peer)?.text ?? "" : address,
            method: method.isEmpty ? exchange.method : method,
            path: path.isEmpty ? target.path.text : path, status: status, reason: reason,
            token: token, action: action, resource: resource)
    }
}

/// What the gateway is told when it starts.
package struct GatewaySettings: Sendable {
    /// Who may say what the original request was. A peer on a Unix socket may always: its file says who can open it.
    package var trustedProxies: [AddressRange] = []
    /// In challenges: what the tokens are for.
    package var realm = "api"
    /// Whether a token may come as `X-API-Key`, too.
    package var takesAPIKey = false
    /// Calls in ten seconds; 0: as many as come.
    package var tokenLimit = 0
    package var addressLimit = 0
    /// Calls of the REST API in ten seconds, of one token and of all; 0: as many as come.
    package var restLimit = 1_000
    package var restTotalLimit = 0
    /// Threads of the REST API.
    package var restThreads = 2
    /// The file of the routes; nil: the proxy says itself what each call needs.
    package var routes: String?
    /// The file of the access log, `-` for standard output; nil: none is kept.
    package var accessLog: String?

    package init() {}
}

/// How a proxy asks, and what it makes of an answer.
enum ProxyStyle: Sendable {
    /// nginx `auth_request`: knows 2xx, 401 and 403, and takes everything else for a failure of its own.
    case nginx
    /// Traefik, Caddy, HAProxy, Skipper: any other answer than 2xx goes to the client as it is.
    case forward
    /// Envoy `ext_authz`: the original method, and the original path behind the prefix; 200 alone lets through.
    case envoy
}

/// What can be asked for.
enum Endpoint {
    case forward(ProxyStyle)
    case introspection
    case verification
    case health
    case readiness
    case metrics
    case rest

    /// In the access log.
    var label: String {
        switch self {
        case .forward(.nginx): "nginx"
        case .forward(.forward): "forward"
        case .forward(.envoy): "envoy"
        case .introspection: "introspect"
        case .verification: "verify"
        case .health, .readiness: "health"
        case .metrics: "metrics"
        case .rest: "rest"
        }
    }

    /// What asks for these asks all day.
    var isLogged: Bool {
        switch self {
        case .health, .readiness, .metrics: false
        case .forward, .introspection, .verification, .rest: true
        }
    }

    static let envoyPrefix: StaticString = "/authz/envoy"

    init?(_ path: UnsafeRawBufferPointer) {
        if path.isText("/authz/nginx") {
            self = .forward(.nginx)
        } else if path.isText("/authz/forward") {
            self = .forward(.forward)
        } else if path.begins("/authz/envoy/") || path.isText("/authz/envoy") {
            self = .forward(.envoy)
        } else if path.isText("/introspect") {
            self = .introspection
        } else if path.isText("/verify") {
            self = .verification
        } else if path.isText("/health/live") {
            self = .health
        } else if path.isText("/health/ready") {
            self = .readiness
        } else if path.isText("/metrics") {
            self = .metrics
        } else if path.begins("/api/v2/") || path.isText("/api/v2") {
            self = .rest
        } else {
            return nil
        }
    }
}

/// A request's target: its path, and what stands behind the first `?`.
struct Target {
    let path: UnsafeRawBufferPointer
    /// Nil where there is no `?`.
    let query: UnsafeRawBufferPointer?

    init(_ target: UnsafeRawBufferPointer) {
        guard let mark = target.firstIndex(of: UInt8(ascii: "?")) else {
            (path, query) = (target, nil)
            return
        }
        path = UnsafeRawBufferPointer(rebasing: target[..<mark])
        query = UnsafeRawBufferPointer(rebasing: target[(mark + 1)...])
    }
}
