internal import PatrolDomain
internal import PatrolJSON
internal import PatrolLaunchDarkly
internal import PatrolOperations

/// `/tokens`: access tokens.
enum TokenEndpoints {
    private static let path = "/api/v2/tokens"
    private static let group = "Access tokens"
    private static let id = Parameter.path("id", "The token's id.")

    static let all: [Endpoint] = [
        Endpoint(
            method: .get, template: path, name: "getTokens", group: group,
            summary: "Lists the caller's own personal tokens and all service tokens; an admin can ask for all.",
            parameters: [
                Parameter("showAll", Schema.bool, "Whether an admin wants everybody's tokens. Others may ask in vain."),
                .limit(25), .offset,
            ], success: (200, "Tokens"), handle: list),
        Endpoint(
            method: .post, template: path, name: "postToken", group: group,
            summary: "Makes a token. Its secret is in this answer, and never again in another.",
            body: .init(schema: "AccessTokenPost"), success: (201, "Token"), refusals: [403], handle: create),
        Endpoint(
            method: .get, template: path + "/{id}", name: "getToken", group: group, summary: "Shows one token.",
            parameters: [id], success: (200, "Token"), refusals: [404], handle: show),
        Endpoint(
            method: .patch, template: path + "/{id}", name: "patchToken", group: group,
            summary: "Changes a token's name, description, scope or expiry by a JSON Patch.",
            parameters: [id], body: .init(schema: "JSONPatchBody"), success: (200, "Token"),
            refusals: [403, 404, 409, 422], handle: edit),
        Endpoint(
            method: .delete, template: path + "/{id}", name: "deleteToken", group: group, summary: "Deletes a token.",
            parameters: [id], success: (204, nil), refusals: [403, 404, 409], handle: delete),
        Endpoint(
            method: .post, template: path + "/{id}/reset", name: "resetToken", group: group,
            summary: "Gives a token a new secret, which is in this answer only.",
            parameters: [
                id,
                Parameter(
                    "expiry", Schema.expiry,
                    "When the old secret stops, in milliseconds since 1970; without it, or in the past, at once."),
            ], success: (200, "Token"), refusals: [403, 404, 409], handle: reset),
    ]

    @Sendable private static func list(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let isAll = try request.query.bool("showAll") && request.caller.isAdmin
            || request.caller.token.kind != .personal && request.caller.isAdmin
        // What is wrong is told in every version, also where it would not matter.
        let asked = try request.query.span(limit: 25)
        let span = request.version.hasPages ? asked : PageSpan(offset: 0, limit: RESTLimits.wholeList)
        let tokens = try request.door { (patrol) throws(PatrolError) in
            try patrol.tokens(seenBy: request.caller, isAll: isAll, span)
        }
        let items = try request.json(of: tokens.items)
        guard request.version.hasPages else { return request.whole(items, path: path) }
        return request.page(items, span, total: tokens.total, path: path, kept: ["showAll"])
    }

    @Sendable private static func create(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let object = try BodyObject(try request.body())
        guard let scope = try request.scope(in: object) else {
            throw .invalid("give exactly one of `role`, `customRoleIds` and `inlineRole`")
        }
        let isService = try object.bool("serviceToken") ?? false
        let creation = CreateToken(
            kind: isService ? .service : .personal, name: try object.text("name") ?? "Unnamed token",
            purpose: try object.text("description") ?? "", scope: scope,
            expiresAt: try object.integer("expiry").map(Timestamp.init),
            apiVersion: try request.pinnedVersion(object))
        let outcome = try request.perform(.createToken(creation))
        guard let id = TokenID(outcome.entry.target.id) else { throw .notFound }
        return try request.answer(id, status: 201, secret: outcome.secret)
    }

    @Sendable private static func show(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let token = try request.token()
        guard request.caller.sees(token) else { throw .notFound }
        return RESTAnswer(json: try request.json(of: [token])[0])
    }

    @Sendable private static func edit(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let token = try request.token()
        let (patch, comment) = try request.jsonPatch()
        guard request.caller.sees(token) else {
            // Refused and recorded, and nothing is told of what the patch expects.
            try request.perform(.editToken(EditToken(token, scope: token.scope, expiresAt: token.expiresAt)))
            throw .notFound
        }
        let edit = try request.edit(of: token, by: patch)
        let isSame = edit == EditToken(token, scope: token.scope, expiresAt: token.expiresAt)
        if !isSame { try request.perform(.editToken(edit), comment: comment) }
        return try request.answer(token.id)
    }

    @Sendable private static func delete(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let token = try request.token()
        try request.perform(.deleteToken(token.id, version: token.version))
        return .noContent
    }

    @Sendable private static func reset(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let token = try request.token()
        let rotation = RotateToken(
            token: token.id, version: token.version, oldSecretUntil: try request.query.moment("expiry", in: Timestamp.accepted))
        let outcome = try request.perform(.rotateToken(rotation))
        return try request.answer(token.id, secret: outcome.secret)
    }
}

extension EditToken {
    /// The token with another scope and expiry.
    init(_ token: AccessToken, scope: Scope, expiresAt: Timestamp?) {
        self.init(
            token: token.id, version: token.version, name: token.name, purpose: token.purpose, scope: scope,
            expiresAt: expiresAt)
    }
}

extension RESTRequest {
    /// The token of the path, if it is in force.
    fileprivate func token() throws(RESTFault) -> AccessToken {
        guard let id = TokenID(part("id")) else { throw .notFound }
        let token = try door { (patrol) throws(PatrolError) in try patrol.token(id) }
        guard let token, token.deletedAt == nil else { throw .notFound }
        return token
    }

    fileprivate func answer(_ id: TokenID, status: Int = 200, secret: Secret? = nil) throws(RESTFault) -> RESTAnswer {
        guard let token = try door({ (patrol) throws(PatrolError) in try patrol.token(id) }) else { throw .notFound }
        var told = try json(of: [token])[0]
        if let secret { told = told.setting("token", to: .string(secret.text)) }
        return RESTAnswer(status: status, json: told)
    }

    fileprivate func json(of tokens: [AccessToken]) throws(RESTFault) -> [JSON] {
        let writer = try writer()
        let members = try door { (patrol) throws(PatrolError) in try patrol.members(tokens.compactMap(\.owner)) }
        return tokens.map { token in
            let owner = token.owner.flatMap { members[$0] }
            let told = writer.token(token, owner: owner?.standing == .removed ? nil : owner)
            // Clients insist on one, also where nobody is behind it.
            return told["memberId"] == nil ? told.setting("memberId", to: "") : told
        }
    }

    /// Nil where nothing is said.
    fileprivate func pinnedVersion(_ object: BodyObject) throws(RESTFault) -> Int? {
        guard let number = try object.integer("defaultApiVersion") else { return nil }
        let known = patrol.catalogue.versions.map(\.number)
        guard let version = Int(exactly: number), known.contains(version) else {
            throw object.wrong("defaultApiVersion", "one of \(known.map(String.init).joined(separator: ", "))")
        }
        return version
    }
}
