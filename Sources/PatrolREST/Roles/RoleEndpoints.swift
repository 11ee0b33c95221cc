internal import PatrolDomain
internal import PatrolJSON
internal import PatrolLaunchDarkly
internal import PatrolOperations

/// `/roles`: custom roles.
enum RoleEndpoints {
    private static let path = "/api/v2/roles"
    private static let group = "Custom roles"
    private static let key = Parameter.path("customRoleKey", "The role's key or id.")

    static let all: [Endpoint] = [
        Endpoint(
            method: .get, template: path, name: "getCustomRoles", group: group, summary: "Lists the custom roles.",
            parameters: [.limit(20), .offset], success: (200, "CustomRoles"), handle: list),
        Endpoint(
            method: .post, template: path, name: "postCustomRole", group: group, summary: "Makes a custom role.",
            body: .init(schema: "CustomRolePost"), success: (201, "CustomRole"), refusals: [403, 409], handle: create),
        Endpoint(
            method: .get, template: path + "/{customRoleKey}", name: "getCustomRole", group: group,
            summary: "Shows one custom role.", parameters: [key], success: (200, "CustomRole"), refusals: [404],
            handle: show),
        Endpoint(
            method: .patch, template: path + "/{customRoleKey}", name: "patchCustomRole", group: group,
            summary: "Changes a role by a JSON Patch or a merge patch, with a comment.", parameters: [key],
            body: .init(schema: "RolePatchBody"), success: (200, "CustomRole"), refusals: [403, 404, 409, 422],
            handle: edit),
        Endpoint(
            method: .delete, template: path + "/{customRoleKey}", name: "deleteCustomRole", group: group,
            summary: "Deletes a role that no member and no team holds.", parameters: [key], success: (204, nil),
            refusals: [403, 404, 409], handle: delete),
    ]

    @Sendable private static func list(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        // What is wrong is told in every version, also where it would not matter.
        let asked = try request.query.span(limit: 20)
        let span = request.version.hasPages ? asked : PageSpan(offset: 0, limit: RESTLimits.wholeList)
        let roles = try request.door { (patrol) throws(PatrolError) in try patrol.roles(span) }
        let writer = try request.writer()
        let items = roles.items.compactMap { request.json(of: $0, writer) }
        guard request.version.hasPages else { return request.whole(items, path: path) }
        return request.page(items, span, total: roles.total, path: path, kept: [])
    }

    @Sendable private static func create(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let object = try BodyObject(try request.body())
        guard let key = Key(try object.required("key")) else {
            throw object.wrong("key", "letters, digits, `.`, `-` and `_`, and begins with a letter or digit")
        }
        guard let policy = try object.policy("policy") else { throw object.wrong("policy", "needed") }
        let creation = CreateRole(
            key: key, name: try object.required("name"), description: try object.text("description") ?? "",
            basePermissions: try basePermissions(in: object) ?? .noAccess, policy: policy)
        try request.perform(.createRole(creation))
        return RESTAnswer(status: 201, json: try request.told(key.text))
    }

    @Sendable private static func show(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        RESTAnswer(json: try request.told(request.part("customRoleKey")))
    }

    @Sendable private static func edit(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let (role, row) = try request.role(request.part("customRoleKey"))
        guard let before = try request.writer().role(row) else { throw .notFound }
        let (after, comment) = try request.changed(before)
        let changeable = ["name", "description", "basePermissions", "policy"]
        try after.requireSame(as: before, except: changeable)
        let object = try BodyObject(after)
        guard let policy = try object.policy("policy") else { throw object.wrong("policy", "needed") }
        let edit = EditRole(
            role: role.id, version: role.version, name: try object.text("name") ?? "",
            description: try object.text("description") ?? "",
            basePermissions: try basePermissions(in: object) ?? .noAccess, policy: policy)
        let same = EditRole(
            role: role.id, version: role.version, name: role.name, description: role.description,
            basePermissions: role.basePermissions, policy: role.policy)
        if edit != same { try request.perform(.editRole(edit), comment: comment) }
        return RESTAnswer(json: try request.told(role.key.text))
    }

    @Sendable private static func delete(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let (role, _) = try request.role(request.part("customRoleKey"))
        try request.perform(.deleteRole(role.id, version: role.version))
        return .noContent
    }

    private static func basePermissions(in object: BodyObject) throws(RESTFault) -> BasePermissions? {
        try object.text("basePermissions").map { word throws(RESTFault) in
            guard let permissions = BasePermissions(rawValue: word) else {
                throw object.wrong("basePermissions", "`reader` or `no_access`")
            }
            return permissions
        }
    }
}

extension RESTRequest {
    private static let actionsOnRoles: [Action] = [
        .updateName, .updateDescription, .updatePolicy, .updateBasePermissions, .deleteRole, Action("updateMembers"),
        Action("updateTokens"),
    ]

    fileprivate func role(_ name: String) throws(RESTFault) -> (role: Role, row: RoleRow) {
        let row = try door { (patrol) throws(PatrolError) in try patrol.role(named: name) }
        guard let row, case .custom(let role) = row.listing else { throw .notFound }
        return (role, row)
    }

    fileprivate func told(_ name: String) throws(RESTFault) -> JSON {
        guard let told = json(of: try role(name).row, try writer()) else { throw .notFound }
        return told
    }

    /// The role, with what the caller may do with it.
    fileprivate func json(of row: RoleRow, _ writer: AnswerWriter) -> JSON? {
        guard case .custom(let role) = row.listing else { return nil }
        let access = AccessReason(caller.authority).json(of: Self.actionsOnRoles, on: .role(role.key))
        return writer.role(row)?.setting("_access", to: access)
    }

    /// The document after the body's patch: a list of operations, or an object with `patch` or `merge` and a comment,
    /// or the merge patch itself.
    fileprivate func changed(_ document: JSON) throws(RESTFault) -> (JSON, comment: String) {
        let body = try body()
        if mediaType == "application/merge-patch+json" { return (document.patched(by: body), "") }
        if body["patch"] != nil || body.members == nil {
            let (patch, comment) = try jsonPatch()
            return (try patch.applied(to: document, optional: ["description", "basePermissions"]), comment)
        }
        let object = try BodyObject(body)
        let rest = (body.members ?? []).filter { $0.name != "comment" }
        guard !rest.isEmpty else { throw .invalid("nothing to change: send `patch`, `merge` or the fields themselves") }
        return (document.patched(by: body["merge"] ?? .object(rest)), try object.text("comment") ?? "")
    }
}
