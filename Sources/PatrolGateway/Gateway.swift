package import PatrolDomain
package import PatrolHTTP
package import PatrolOperations

/// Answers what comes over HTTP: whether calls of other programs may go on, and what Patrol itself is asked.
package final class Gateway: HTTPHandler {
    let gate: SharedGate
    let settings: GatewaySettings
    let counters = GatewayCounters()
    let requestNames = RequestNames()

    package init(_ gate: SharedGate, settings: GatewaySettings) {
        self.gate = gate
        self.settings = settings
    }

    package func refused(status: Int) { counters.countRefused() }

    package func handle(_ exchange: consuming HTTPExchange) {
        let target = Target(exchange.target)
        switch Endpoint(target.path) {
        case .forward(let style):
            let answer = authorize(exchange, style)
            exchange.answer(answer)
        case .health: exchange.answer(health())
        case .readiness: exchange.answer(readiness())
        case .metrics: exchange.answer(metrics())
        case nil:
            var answer = Problem(.notFound, detail: "there is nothing here").answer
            answer.add("Cache-Control", "no-store")
            exchange.answer(answer)
        }
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
    case health
    case readiness
    case metrics

    static let envoyPrefix: StaticString = "/authz/envoy"

    init?(_ path: UnsafeRawBufferPointer) {
        if path.isText("/authz/nginx") {
            self = .forward(.nginx)
        } else if path.isText("/authz/forward") {
            self = .forward(.forward)
        } else if path.begins("/authz/envoy/") || path.isText("/authz/envoy") {
            self = .forward(.envoy)
        } else if path.isText("/health/live") {
            self = .health
        } else if path.isText("/health/ready") {
            self = .readiness
        } else if path.isText("/metrics") {
            self = .metrics
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
