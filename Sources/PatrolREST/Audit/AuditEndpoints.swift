internal import PatrolDomain
internal import PatrolJSON
internal import PatrolLaunchDarkly
internal import PatrolOperations

/// `/auditlog`: what was changed, by whom, with which token. Refusals are in Patrol's own views, not here.
enum AuditEndpoints {
    static let path = "/api/v2/auditlog"
    private static let group = "Audit log"
    private static let times = [
        Parameter("before", Schema.moment, "Only entries before this moment, in milliseconds since 1970."),
        Parameter("after", Schema.moment, "Only entries after this moment."),
    ]
    private static let who = [
        Parameter("member", Schema.list(Schema.text), "Ids of members: only what they did."),
        Parameter("token", Schema.list(Schema.text), "Ids of tokens: only what was done with them."),
    ]
    private static let which = [
        Parameter("q", Schema.text, "A part of the name of the thing, or of the name of whoever changed it."),
        Parameter.limit(10, maximum: RESTLimits.auditPage),
        Parameter("cursor", ["type": "string", "pattern": "^(0|[1-9][0-9]{0,14})([.](0|[1-9][0-9]{0,14}))?$"], "Where to go on, as the link to the next page says."),
    ]

    static let all: [Endpoint] = [
        Endpoint(
            method: .get, template: path, name: "getAuditLogEntries", group: group,
            summary: "Lists entries, the newest first.",
            parameters: times + which + [Parameter("spec", Schema.specifier, "A resource specifier: only entries about these.")]
                + who, success: (200, "AuditLogEntries"), handle: list),
        Endpoint(
            method: .post, template: path, name: "postAuditLogEntries", group: group,
            summary: "Lists the entries that a policy allows, the newest first.", parameters: times + which + who,
            body: .init(schema: "Statements", isRequired: false), success: (200, "AuditLogEntries"), handle: list),
        Endpoint(
            method: .post, template: path + "/counts", name: "postAuditLogEntryCounts", group: group,
            summary: "Counts entries in spans of equal length.",
            parameters: times + [
                Parameter(
                    "buckets", Schema.integer(1, Int64(RESTLimits.buckets)).setting("default", to: 50),
                    "How many spans.")
            ] + who, body: .init(schema: "Statements", isRequired: false), success: (200, "AuditLogCounts"),
            handle: AuditCounts.answer),
        Endpoint(
            method: .get, template: path + "/{id}", name: "getAuditLogEntry", group: group, summary: "Shows one entry.",
            parameters: [.path("id", "The entry's id.")], success: (200, "AuditLogEntry"), refusals: [404],
            handle: show),
    ]

    @Sendable private static func list(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let limit = Int(try request.query.integer("limit", in: 1...Int64(RESTLimits.auditPage)) ?? 10)
        let search = try AuditSearch(request)
        let found = try search.page(limit: limit)
        var links = [JSONMember("self", request.link(path))]
        if let next = found.next { links.append(JSONMember("next", request.link(path, before: next.before, cursor: next.cursor))) }
        return RESTAnswer(json: ["items": .array(try request.json(of: found.rows)), "_links": .object(links)])
    }

    @Sendable private static func show(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let id = request.part("id")
        let row = try request.door { (patrol) throws(PatrolError) in
            try patrol.auditRow(operation: operation(id), id: id)
        }
        guard let row, row.isChange, request.caller.sees(row) else { throw .notFound }
        guard let told = try request.json(of: [row]).first else { throw .notFound }
        return RESTAnswer(json: told.setting("subentries", to: []))
    }

    /// The bytes of an id of the own log.
    private static func operation(_ id: String) -> [UInt8]? {
        let digits = Array(id.utf8)
        guard digits.count == 32 else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: 32, by: 2) {
            guard digits[place].isASCIIAlphanumeric,
                let byte = UInt8(String(decoding: digits[place...place + 1], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}

extension AuditRow {
    /// Whether something was changed, and not refused.
    var isChange: Bool {
        if case .entry(let entry) = self { entry.isAllowed } else { true }
    }
}

extension RESTRequest {
    /// The same list, from another place on.
    fileprivate func link(_ path: String, before: Timestamp? = nil, cursor: String? = nil) -> JSON {
        let kept = ["after", "q", "limit", "spec", "member", "token"] + (before == nil ? ["before", "cursor"] : [])
        var parameters = kept.flatMap { name in query.texts(name).map { (name, $0) } }
        if let before { parameters.append(("before", String(before.milliseconds))) }
        if let cursor { parameters.append(("cursor", cursor)) }
        return Self.link(path, parameters)
    }

    /// The entries as the API tells them, with the people and tokens of today.
    func json(of rows: [AuditRow]) throws(RESTFault) -> [JSON] {
        let writer = try writer()
        let memberIDs = rows.compactMap { MemberID($0.actorID) }
        let tokenIDs = rows.compactMap { $0.tokenID.flatMap { TokenID($0) } }
        let members = try door { (patrol) throws(PatrolError) in try patrol.members(memberIDs) }
        let tokens = try door { (patrol) throws(PatrolError) in try patrol.tokens(tokenIDs) }
        return rows.compactMap { row in
            writer.entry(
                row, actor: MemberID(row.actorID).flatMap { members[$0] },
                token: row.tokenID.flatMap { TokenID($0) }.flatMap { tokens[$0] })
        }
    }
}
