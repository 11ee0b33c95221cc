internal import PatrolDomain
internal import PatrolHTTP
internal import PatrolJSON
internal import PatrolOperations
internal import PatrolPresentation

extension Gateway {
    /// RFC 7662: whether a token is in force, and whose it is. Whoever asks comes with a token of his own.
    func introspect(_ exchange: borrowing HTTPExchange, _ note: inout CallNote) -> HTTPAnswer {
        if let refusal = refusalOfCaller(exchange, &note) { return refusal }
        guard exchange.method == "POST" else { return Self.methodNotAllowed("POST") }
        guard let form = FormBody(exchange.body) else {
            return malformed("the body has to be a form: token=…", &note)
        }
        guard let token = form.one("token"), !token.isEmpty else { return malformed("the field `token` is missing", &note) }
        do throws(PatrolError) {
            let holder = try token.withUnsafeBufferPointer { secret throws(PatrolError) in
                try self.gate.holder(of: UnsafeRawBufferPointer(secret))
            }
            guard let holder, holder.notInForce == nil else { return Self.json(200, ["active": .bool(false)]) }
            note.token = holder.identity.id.text
            return Self.json(200, Self.description(of: holder.identity))
        } catch {
            return unavailable(&note)
        }
    }

    /// Whether a token may do something, as JSON, for programs that ask themselves. The call is counted as a use.
    func verify(_ exchange: borrowing HTTPExchange, _ note: inout CallNote) -> HTTPAnswer {
        guard exchange.method == "POST" else { return Self.methodNotAllowed("POST") }
        guard settings.trusts(exchange.peer) else {
            counters.count(.denied)
            return Problem(.proxyNotTrusted, detail: "this address is not among the trusted proxies").answer
        }
        guard case .token(let secret) = Credentials(of: exchange, takesAPIKey: settings.takesAPIKey) else {
            counters.count(.unauthenticated)
            return Problem(.tokenMissing, detail: "send the token to be checked: Authorization: Bearer …").answer
        }
        guard let asked = VerificationBody(exchange.body) else {
            return malformed("the body has to be {\"action\": …, \"resource\": …}", &note)
        }
        (note.action, note.resource) = (asked.action, asked.resource)
        do throws(PatrolError) {
            let verdict = try asked.withBytes { action, resource throws(PatrolError) in
                try ask(secret, (action, resource), exchange, asked.address ?? settings.client(of: exchange))
            }
            note.token = verdict.identity?.id.text ?? ""
            counters.count(verdict.isAllowed ? .allowed : verdict.identity == nil ? .unauthenticated : .denied)
            return Self.json(200, Self.description(of: verdict))
        } catch {
            if case .invalid = error { return malformed("`resource` is no resource", &note) }
            return unavailable(&note)
        }
    }

    /// Nil where whoever asks is in force himself.
    private func refusalOfCaller(_ exchange: borrowing HTTPExchange, _ note: inout CallNote) -> HTTPAnswer? {
        if case .token(let secret) = Credentials(of: exchange, takesAPIKey: settings.takesAPIKey) {
            do throws(PatrolError) {
                if let holder = try gate.holder(of: secret), holder.notInForce == nil { return nil }
            } catch {
                return unavailable(&note)
            }
        }
        counters.count(.unauthenticated)
        note.reason = Problem.Kind.tokenMissing.rawValue
        var answer = Problem(.tokenMissing, detail: "whoever asks has to send a token of his own that is in force").answer
        answer.add("WWW-Authenticate", "Bearer realm=\"\(settings.realm)\"")
        return answer
    }

    private func malformed(_ detail: String, _ note: inout CallNote) -> HTTPAnswer {
        counters.count(.malformed)
        note.reason = Problem.Kind.requestMalformed.rawValue
        return Problem(.requestMalformed, detail: detail).answer
    }

    private func unavailable(_ note: inout CallNote) -> HTTPAnswer {
        counters.count(.unavailable)
        note.reason = Problem.Kind.unavailable.rawValue
        return Problem(.unavailable, detail: "the account can't be read, or use can't be written").answer
    }

    static func json(_ status: Int, _ json: JSON) -> HTTPAnswer {
        var answer = HTTPAnswer(status: status)
        answer.add("Content-Type", "application/json")
        answer.add("Cache-Control", "no-store")
        answer.body = Array(json.text().utf8) + [UInt8(ascii: "\n")]
        return answer
    }

    static func methodNotAllowed(_ allowed: String) -> HTTPAnswer {
        var answer = Problem(.notFound, detail: "only \(allowed) is known here").answer(status: 405)
        answer.add("Allow", allowed)
        return answer
    }

    /// Times are seconds since 1970, as in JWT.
    private static func description(of identity: TokenIdentity) -> JSON {
        var members = [
            JSONMember("active", .bool(true)), JSONMember("scope", .string(identity.scopes.joined(separator: " "))),
            JSONMember("client_id", .string(identity.id.text)), JSONMember("token_type", .string("Bearer")),
            JSONMember("iat", .integer(identity.createdAt.milliseconds / 1_000)),
            JSONMember("jti", .string(identity.id.text)), JSONMember("ptl_kind", .string(identity.kind.rawValue)),
        ]
        if !identity.ownerEmail.isEmpty { members.append(JSONMember("username", .string(identity.ownerEmail))) }
        if let owner = identity.owner { members.append(JSONMember("sub", .string(owner.text))) }
        if let expiresAt = identity.expiresAt { members.append(JSONMember("exp", .integer(expiresAt.milliseconds / 1_000))) }
        if let deletesAt = identity.deletesAt { members.append(JSONMember("ptl_delete_on", .string(deletesAt.iso8601))) }
        return .object(members)
    }

    private static func description(of verdict: GateVerdict) -> JSON {
        var members = [JSONMember("allowed", .bool(verdict.isAllowed))]
        if let identity = verdict.identity {
            members.append(JSONMember("token_id", .string(identity.id.text)))
            members.append(JSONMember("kind", .string(identity.kind.rawValue)))
            members.append(JSONMember("owner", .string(identity.ownerEmail)))
            if let refusal = verdict.refusal {
                members.append(JSONMember("reason", .string(refusal.reason.code)))
                members.append(JSONMember("detail", .string(refusal.reason.words(isAllowed: false).text)))
            }
        }
        return .object(members)
    }
}
