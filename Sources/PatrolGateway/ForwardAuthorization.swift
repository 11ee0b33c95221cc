internal import PatrolDomain
internal import PatrolHTTP
internal import PatrolOperations
internal import PatrolPresentation
internal import PatrolRoutes

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
        guard let routes else { return decideAsTold(exchange, client, reply, &note) }
        do throws(OriginalRequest.Missing) {
            let original = try OriginalRequest(of: exchange, style)
            if accessLog != nil {
                (note.method, note.path) = (original.method.text, Target(original.target).path.text)
            }
            if let secret = original.secretInQuery {
                gate.count(.inQuery, of: secret)
                return refuse(
                    reply, .requestMalformed, "a token in an address is written down everywhere: send it in Authorization", &note)
            }
            return routes.match(method: original.method, target: original.target, host: original.host) { found, resource in
                decide(found, resource, exchange, client, reply, &note)
            }
        } catch {
            return refuse(reply, .requestMalformed, "the proxy does not say what the call was: \(error.field) is missing", &note)
        }
    }

    /// Without routes, the proxy says itself what a call needs.
    private func decideAsTold(
        _ exchange: borrowing HTTPExchange, _ client: IPAddress?, _ reply: ForwardReply, _ note: inout CallNote
    ) -> HTTPAnswer {
        guard case .one(let action) = exchange.oneValue(of: "X-Patrol-Action"),
            case .one(let resource) = exchange.oneValue(of: "X-Patrol-Resource")
        else { return refuse(reply, .requestMalformed, "nothing says what is to be done", &note) }
        return decide((action, resource), exchange, client, reply, &note)
    }

    private func decide(
        _ found: RouteBook.Found, _ resource: UnsafeRawBufferPointer, _ exchange: borrowing HTTPExchange,
        _ client: IPAddress?, _ reply: ForwardReply, _ note: inout CallNote
    ) -> HTTPAnswer {
        switch found {
        case .denied(.request(let fault)):
            return refuse(reply, .requestMalformed, fault.words.text, &note)
        case .denied(let why): return refuseWithoutRoute(why, exchange, reply, &note)
        case .demand(.nothing):
            counters.count(.allowed)
            return reply.allow(nil)
        case .demand(.anyToken): return decide(nil, exchange, client, reply, &note)
        case .demand(.action(let action, on: _)):
            var name = action.name
            return name.withUTF8 { name in
                decide((UnsafeRawBufferPointer(name), resource), exchange, client, reply, &note)
            }
        }
    }

    /// Which routes there are is told to those with a token in force; others learn no more than that they need one.
    private func refuseWithoutRoute(
        _ why: RouteDenial, _ exchange: borrowing HTTPExchange, _ reply: ForwardReply, _ note: inout CallNote
    ) -> HTTPAnswer {
        switch Credentials(of: exchange, takesAPIKey: settings.takesAPIKey) {
        case .none: return refuse(reply, .tokenMissing, Self.tokenNeeded, &note)
        case .malformed(let fault): return refuse(reply, .requestMalformed, fault, &note)
        case .token(let secret):
            do throws(PatrolError) {
                guard let holder = try gate.holder(of: secret), holder.notInForce == nil else {
                    return refuse(reply, .tokenUnknown, Self.tokenInvalid, &note)
                }
                note.token = holder.identity.id.text
                return refuse(reply, .routeUnknown, why.words.text, &note)
            } catch {
                return refuse(reply, .unavailable, Self.cannotDecide, &note)
            }
        }
    }

    private static let tokenNeeded = "send a token: Authorization: Bearer …"
    private static let tokenInvalid = "the token is not valid here"
    private static let cannotDecide = "the account can't be read, or use can't be written"

    /// - Parameter asked: What is to be done; nil where any token in force is enough.
    private func decide(
        _ asked: (action: UnsafeRawBufferPointer, resource: UnsafeRawBufferPointer)?, _ exchange: borrowing HTTPExchange,
        _ client: IPAddress?, _ reply: ForwardReply, _ note: inout CallNote
    ) -> HTTPAnswer {
        if accessLog != nil, let asked { (note.action, note.resource) = (asked.action.text, asked.resource.text) }
        switch Credentials(of: exchange, takesAPIKey: settings.takesAPIKey) {
        case .none: return refuse(reply, .tokenMissing, Self.tokenNeeded, &note)
        case .malformed(let why): return refuse(reply, .requestMalformed, why, &note)
        case .token(let secret):
            if exchange.isFromClearText, client?.isLoopback == false { gate.count(.inClear, of: secret) }
            do throws(PatrolError) {
                return answer(try ask(secret, asked, exchange, client), asked, reply, &note)
            } catch {
                if case .invalid = error {
                    return refuse(
                        reply, .requestMalformed, "`\(asked?.resource.text.prefix(200) ?? "")` is no resource", &note)
                }
                return refuse(reply, .unavailable, Self.cannotDecide, &note)
            }
        }
    }

    func ask(
        _ secret: UnsafeRawBufferPointer, _ asked: (action: UnsafeRawBufferPointer, resource: UnsafeRawBufferPointer)?,
        _ exchange: borrowing HTTPExchange, _ client: IPAddress?
    ) throws(PatrolError) -> GateVerdict {
        let agent = exchange.value(of: "User-Agent") ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let origin = GateOrigin(address: client, userAgent: agent)
        guard let asked else { return try gate.answer(secret: secret, from: origin) }
        return try gate.answer(secret: secret, action: asked.action, resource: asked.resource, from: origin)
    }

    private func answer(
        _ verdict: GateVerdict, _ asked: (action: UnsafeRawBufferPointer, resource: UnsafeRawBufferPointer)?,
        _ reply: ForwardReply, _ note: inout CallNote
    ) -> HTTPAnswer {
        guard let identity = verdict.identity else {
            return refuse(reply, .tokenUnknown, Self.tokenInvalid, &note)
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
        let answer = reply.refuse(
            refusal, of: identity, action: asked?.action.text ?? "", resource: asked?.resource.text ?? "")
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
