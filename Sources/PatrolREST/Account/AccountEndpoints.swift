internal import PatrolDomain
internal import PatrolJSON
internal import PatrolOperations

/// What is asked about the API, the account and the caller.
enum AccountEndpoints {
    private static let root = "/api/v2"
    private static let group = "Other"

    static let all: [Endpoint] = [
        Endpoint(
            method: .get, template: root, name: "getRoot", group: group, summary: "Lists what can be asked for.",
            success: (200, "Root"), handle: links),
        Endpoint(
            method: .get, template: root + "/caller-identity", name: "getCallerIdentity", group: group,
            summary: "Says which token calls, and whose it is.", success: (200, "CallerIdentity"), handle: caller),
        Endpoint(
            method: .get, template: root + "/versions", name: "getVersions", group: group,
            summary: "Lists the versions of the API.", success: (200, "Versions"), handle: versions),
        Endpoint(
            method: .get, template: root + "/account", name: "getAccount", group: group, summary: "Names the account.",
            success: (200, "Account"), handle: account),
        Endpoint(
            method: .get, template: root + "/openapi.json", name: "getOpenAPI", group: group,
            summary: "This description.", success: (200, "Description")
        ) { (_) throws(RESTFault) in RESTAnswer(json: OpenAPIDocument.json) },
    ]

    @Sendable private static func links(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let names = ["account", "auditlog", "caller-identity", "members", "roles", "teams", "tokens", "versions"]
        let links = [JSONMember("self", RESTRequest.link(root, []))]
            + names.map { JSONMember($0, RESTRequest.link("\(root)/\($0)", [])) }
        return RESTAnswer(json: ["links": .object(links)])
    }

    @Sendable private static func caller(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let account = try request.door { (patrol) throws(PatrolError) in try patrol.account() }
        let token = request.caller.token
        var told = [
            JSONMember("accountId", .string(account.id.text)), JSONMember("authKind", "token"),
            JSONMember("tokenKind", .string(token.kind.rawValue)), JSONMember("tokenName", .string(token.name)),
            JSONMember("tokenId", .string(token.id.text)), JSONMember("serviceToken", .bool(token.kind == .service)),
        ]
        if let owner = token.owner { told.append(JSONMember("memberId", .string(owner.text))) }
        if let end = token.expiresAt { told.append(JSONMember("expiresAt", .integer(end.milliseconds))) }
        return RESTAnswer(json: .object(told))
    }

    @Sendable private static func versions(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let known = request.patrol.catalogue.versions.map(\.number)
        let told: JSON = [
            "validVersions": .array(known.sorted().map { JSON($0) }), "latestVersion": JSON(known.max() ?? APIVersionChoice.paging),
            "currentVersion": JSON(request.version.number),
        ]
        return RESTAnswer(json: request.version.isBeta ? told.setting("beta", to: true) : told)
    }

    @Sendable private static func account(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let account = try request.door { (patrol) throws(PatrolError) in try patrol.account() }
        return RESTAnswer(json: ["_id": .string(account.id.text), "organization": .string(account.name)])
    }
}
