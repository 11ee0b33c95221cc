internal import PatrolDomain
internal import PatrolHTTP
internal import PatrolJSON
internal import PatrolOperations
internal import PatrolPresentation

/// What a call has to be allowed.
enum Demand {
    /// Nothing: no token is needed.
    case nothing
    /// A token in force, whatever it may do.
    case token
    case action(UnsafeRawBufferPointer, on: UnsafeRawBufferPointer)
}

extension Gateway {
    /// Whether the request that a proxy asks about may go on.
    func authorize(_ exchange: borrowing HTTPExchange, _ style: ProxyStyle) -> HTTPAnswer {
        var reply = ForwardReply(style, name: requestNames.name(exchange), realm: settings.realm)
        guard settings.trusts(exchange.peer) else {
            counters.count(.denied)
            return reply.refuse(.proxyNotTrusted, "this address is not among the trusted proxies")
        }
        guard case .one(let action) = exchange.oneValue(of: "X-Patrol-Action"),
            case .one(let resource) = exchange.oneValue(of: "X-Patrol-Resource")
        else {
            counters.count(.malformed)
            return reply.refuse(.requestMalformed, "nothing says what is to be done")
        }
        return decide(.action(action, on: resource), exchange, &reply)
    }

    private func decide(
        _ demand: Demand, _ exchange: borrowing HTTPExchange, _ reply: inout ForwardReply
    ) -> HTTPAnswer {
        guard case .action(let action, on: let resource) = demand else { return reply.allow(nil) }
        switch Credentials(of: exchange, takesAPIKey: settings.takesAPIKey) {
        case .none:
            counters.count(.unauthenticated)
            return reply.refuse(.tokenMissing, "send a token: Authorization: Bearer …")
        case .malformed(let why):
            counters.count(.malformed)
            return reply.refuse(.requestMalformed, why)
        case .token(let secret):
            return ask(secret, action, resource, exchange, &reply)
        }
    }

    private func ask(
        _ secret: UnsafeRawBufferPointer, _ action: UnsafeRawBufferPointer, _ resource: UnsafeRawBufferPointer,
        _ exchange: borrowing HTTPExchange, _ reply: inout ForwardReply
    ) -> HTTPAnswer {
        let client = settings.client(of: exchange)?.bytes ?? []
        let agent = exchange.value(of: "User-Agent")
        do throws(PatrolError) {
            let verdict = try client.withUnsafeBufferPointer { address throws(PatrolError) in
                try gate.answer(
                    secret: secret, action: action, resource: resource,
                    from: GateOrigin(
                        address: UnsafeRawBufferPointer(address),
                        userAgent: agent ?? UnsafeRawBufferPointer(start: nil, count: 0)))
            }
            guard let refusal = verdict.refusal else {
                counters.count(.allowed)
                return reply.allow(verdict.identity)
            }
            guard let identity = verdict.identity else {
                counters.count(.unauthenticated)
                return reply.refuse(.tokenUnknown, "the token is not valid here")
            }
            counters.count(refusal.reason.isStanding ? .unauthenticated : .denied)
            return reply.refuse(refusal, of: identity, action: action.text, resource: resource.text)
        } catch {
            counters.count(.unavailable)
            return reply.refuse(.unavailable, "the account can't be read, or use can't be written")
        }
    }
}

extension Decision.Reason {
    /// Whether it is about who comes, and not about what is asked for.
    var isStanding: Bool {
        if case .notInForce = self { true } else { false }
    }
}
