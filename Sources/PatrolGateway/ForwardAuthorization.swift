internal import PatrolDomain
internal import PatrolHTTP
internal import PatrolOperations

extension Gateway {
    /// Whether the request that a proxy asks about may go on.
    func authorize(
        _ exchange: borrowing HTTPExchange, _ style: ProxyStyle, name: String, _ note: inout CallNote
    ) -> HTTPAnswer {
        let reply = ForwardReply(style, name: name, realm: settings.realm)
        guard settings.trusts(exchange.peer) else {
            return refuse(reply, .proxyNotTrusted, "this address is not among the trusted proxies", &note)
        }
        let client = settings.client(of: exchange)
        if accessLog != nil { note.address = client?.text ?? "" }
        if let client, let standing = addressLimiter.count(client.bytes, at: clock()), !standing.isWithin {
            return refuse(reply, .rateLimited, "too many calls from this address: at most \(standing.limit) in 10 seconds", &note)
        }
        guard case .one(let action) = exchange.oneValue(of: "X-Patrol-Action"),
            case .one(let resource) = exchange.oneValue(of: "X-Patrol-Resource")
        else { return refuse(reply, .requestMalformed, "nothing says what is to be done", &note) }
        return decide(action, resource, exchange, client, reply, &note)
    }

    private func decide(
        _ action: UnsafeRawBufferPointer, _ resource: UnsafeRawBufferPointer, _ exchange: borrowing HTTPExchange,
        _ client: IPAddress?, _ reply: ForwardReply, _ note: inout CallNote
    ) -> HTTPAnswer {
        if accessLog != nil { (note.action, note.resource) = (action.text, resource.text) }
        switch Credentials(of: exchange, takesAPIKey: settings.takesAPIKey) {
        case .none: return refuse(reply, .tokenMissing, "send a token: Authorization: Bearer …", &note)
        case .malformed(let why): return refuse(reply, .requestMalformed, why, &note)
        case .token(let secret):
            if exchange.isFromClearText, client?.isLoopback == false { gate.count(.inClear, of: secret) }
            do throws(PatrolError) {
                return answer(
                    try ask(secret, action, resource, exchange, client), action, resource, reply, &note)
            } catch {
                if case .invalid = error {
                    return refuse(reply, .requestMalformed, "`\(resource.text.prefix(200))` is no resource", &note)
                }
                return refuse(reply, .unavailable, "the account can't be read, or use can't be written", &note)
            }
        }
    }

    func ask(
        _ secret: UnsafeRawBufferPointer, _ action: UnsafeRawBufferPointer, _ resource: UnsafeRawBufferPointer,
        _ exchange: borrowing HTTPExchange, _ client: IPAddress?
    ) throws(PatrolError) -> GateVerdict {
        let agent = exchange.value(of: "User-Agent") ?? UnsafeRawBufferPointer(start: nil, count: 0)
        return try (client?.bytes ?? []).withUnsafeBufferPointer { address throws(PatrolError) in
            try gate.answer(
                secret: secret, action: action, resource: resource,
                from: GateOrigin(address: UnsafeRawBufferPointer(address), userAgent: agent))
        }
    }

    private func answer(
        _ verdict: GateVerdict, _ action: UnsafeRawBufferPointer, _ resource: UnsafeRawBufferPointer,
        _ reply: ForwardReply, _ note: inout CallNote
    ) -> HTTPAnswer {
        guard let identity = verdict.identity else {
            return refuse(reply, .tokenUnknown, "the token is not valid here", &note)
        }
        if accessLog != nil { note.token = identity.id.text }
        guard let refusal = verdict.refusal else {
            if let standing = tokenLimiter.count(identity.id.text.utf8, at: clock()), !standing.isWithin {
                return refuse(reply, .rateLimited, "too many calls with this token: at most \(standing.limit) in 10 seconds", &note)
            }
            counters.count(.allowed)
            return reply.allow(identity)
        }
        counters.count(refusal.reason.isStanding ? .unauthenticated : .denied)
        let answer = reply.refuse(refusal, of: identity, action: action.text, resource: resource.text)
        note.reason = refusal.reason.code
        return answer
    }

    private func refuse(
        _ reply: ForwardReply, _ kind: Problem.Kind, _ detail: String, _ note: inout CallNote
    ) -> HTTPAnswer {
        counters.count(GatewayCounters.Outcome(kind))
        note.reason = kind.rawValue
        return reply.refuse(kind, detail)
    }
}

extension GatewayCounters.Outcome {
    init(_ kind: Problem.Kind) {
        switch kind {
        case .tokenMissing, .tokenUnknown, .tokenExpired, .tokenQuarantined, .ownerNotActive: self = .unauthenticated
        case .requestMalformed, .notFound: self = .malformed
        case .scopeMissing, .routeUnknown, .proxyNotTrusted, .networkNotAllowed: self = .denied
        case .rateLimited: self = .limited
        case .unavailable: self = .unavailable
        }
    }
}

extension Decision.Reason {
    /// Whether it is about who comes, and not about what is asked for.
    var isStanding: Bool {
        if case .notInForce = self { true } else { false }
    }
}

extension HTTPExchange {
    /// Whether the proxy says that the call came to it unencrypted.
    fileprivate var isFromClearText: Bool {
        if case .one(let scheme) = oneValue(of: "X-Forwarded-Proto") { scheme.isText("http") } else { false }
    }
}
