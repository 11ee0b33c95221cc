internal import PatrolDomain
internal import PatrolJSON
internal import PatrolLaunchDarkly
internal import PatrolOperations

/// `/members`: members of the account.
enum MemberEndpoints {
    private static let path = "/api/v2/members"
    private static let group = "Account members"
    private static let id = Parameter.path("id", "The member's id, or `me` for the one behind the calling token.")
    private static let expand = Parameter(
        "expand", Schema.text, "`roleAttributes` adds what role attributes stand for; a list with commas.")

    static let all: [Endpoint] = [
        Endpoint(
            method: .get, template: path, name: "getMembers", group: group, summary: "Lists the members.",
            parameters: [
                .limit(20), .offset,
                Parameter(
                    "filter", Schema.memberFilter,
                    "Conditions `field:value` between commas: `query`, `role`, `id`, `email`, `team`, `noteam`, `lastSeen`."),
                Parameter(
                    "sort", Schema.words(["displayName", "-displayName", "lastSeen", "-lastSeen"]),
                    "The order; with `-` the other way round."),
                expand,
            ], success: (200, "Members"), handle: list),
        Endpoint(
            method: .post, template: path, name: "postMembers", group: group,
            summary: "Invites up to 50 members: all of them, or none.", body: .init(schema: "NewMembers"),
            success: (201, "Members"), refusals: [403], handle: invite),
        Endpoint(
            method: .patch, template: path, name: "patchMembers", group: group,
            summary: "Changes the roles of several members by instructions.",
            body: .init(
                schema: "MembersPatchInput",
                mediaTypes: ["application/json; domain-model=launchdarkly.semanticpatch"]),
            success: (200, "BulkEditMembers"), refusals: [403], handle: MemberInstructions.apply),
        Endpoint(
            method: .get, template: path + "/{id}", name: "getMember", group: group, summary: "Shows one member.",
            parameters: [id, expand], success: (200, "Member"), refusals: [404], handle: show),
        Endpoint(
            method: .patch, template: path + "/{id}", name: "patchMember", group: group,
            summary: "Changes a member's roles by a JSON Patch.", parameters: [id],
            body: .init(schema: "JSONPatchBody"), success: (200, "Member"), refusals: [403, 404, 409, 422],
            handle: edit),
        Endpoint(
            method: .delete, template: path + "/{id}", name: "deleteMember", group: group,
            summary: "Removes a member; his personal tokens stop at once.", parameters: [id], success: (204, nil),
            refusals: [403, 404, 409], handle: remove),
    ]

    @Sendable private static func list(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let span = try request.query.span(limit: 20)
        let query = try MemberQuery(request.query)
        let members = try request.door { (patrol) throws(PatrolError) in try patrol.members(query, span) }
        return request.page(
            try request.json(of: members.items), span, total: members.total, path: path,
            kept: ["filter", "sort", "expand"])
    }

    @Sendable private static func invite(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        guard let forms = try request.body().elements, (1...RESTLimits.invitations).contains(forms.count) else {
            throw .invalid("the body is a list of 1 to \(RESTLimits.invitations) members")
        }
        var invitations: [InviteMember] = []
        for (place, form) in forms.enumerated() {
            invitations.append(try request.invitation(in: try BodyObject(form, at: "[\(place)]")))
        }
        try requireDifferentAddresses(invitations)
        let done = try request.door { (patrol) throws(PatrolError) in
            try patrol.perform(all: invitations.map(Command.inviteMember), as: request.caller.session)
        }
        if let outcome = done.outcomes.first, let refusal = outcome.refusal {
            throw RESTFault(refusal, outcome.entry, request.caller)
        }
        let ids = done.outcomes.compactMap { MemberID($0.entry.target.id) }
        let found = try request.door { (patrol) throws(PatrolError) in try patrol.members(ids) }
        var answer = request.whole(try request.json(of: ids.compactMap { found[$0] }), path: path)
        answer.status = 201
        return answer
    }

    private static func requireDifferentAddresses(_ invitations: [InviteMember]) throws(RESTFault) {
        var seen: Set<String> = []
        let twice = invitations.map(\.email).filter { !seen.insert($0.lowercased()).inserted }
        guard twice.isEmpty else {
            throw RESTFault(
                400, "duplicate_email", "an e-mail address stands twice in the list",
                more: [JSONMember("invalid_emails", JSON(twice))])
        }
    }

    @Sendable private static func show(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        RESTAnswer(json: try request.json(of: [try request.member()])[0])
    }

    @Sendable private static func edit(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let member = try request.member()
        let (patch, comment) = try request.jsonPatch()
        let change = try request.change(of: member, by: patch)
        let isSame = change == ChangeMemberRoles(member)
        if !isSame { try request.perform(.changeMemberRoles(change), comment: comment) }
        return RESTAnswer(json: try request.json(of: [try request.member()])[0])
    }

    @Sendable private static func remove(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let member = try request.member()
        try request.perform(.removeMember(member.id, version: member.version))
        return .noContent
    }
}

extension ChangeMemberRoles {
    /// The member's roles as they are.
    init(_ member: Member) {
        self.init(
            member: member.id, version: member.version, baseRole: member.baseRole, customRoles: member.customRoles,
            roleAttributes: member.roleAttributes)
    }
}

extension RESTRequest {
    private static let changeable = ["role", "customRoles", "roleAttributes"]

    /// The member of the path, who was not removed.
    fileprivate func member() throws(RESTFault) -> Member {
        let name = part("id")
        let id = name == "me" ? caller.member?.id : MemberID(name)
        guard let id, let member = try door({ (patrol) throws(PatrolError) in try patrol.member(id) }),
            member.standing != .removed
        else { throw .notFound }
        return member
    }

    fileprivate func json(of members: [Member]) throws(RESTFault) -> [JSON] {
        let writer = try writer()
        let (teams, roles) = try door { (patrol) throws(PatrolError) in try patrol.memberships(of: members.map(\.id)) }
        let expanded = Set((query.text("expand") ?? "").split(separator: ",").map(String.init))
        return members.map { member in
            let told = writer.member(member, teams: teams[member.id] ?? [], roles: roles)
            if expanded.contains("roleAttributes") { return told }
            return .object((told.members ?? []).filter { $0.name != "roleAttributes" })
        }
    }

    fileprivate func invitation(in form: BodyObject) throws(RESTFault) -> InviteMember {
        let word = try form.text("role")
        let roles = try form.texts("customRoles") ?? []
        if word == nil && roles.isEmpty { throw form.wrong("role", "needed, or `customRoles` is") }
        if let teams = try form.texts("teamKeys"), !teams.isEmpty {
            throw form.wrong("teamKeys", "not possible here: teams are kept elsewhere")
        }
        return InviteMember(
            email: try form.required("email"), firstName: try form.text("firstName") ?? "",
            lastName: try form.text("lastName") ?? "",
            baseRole: try word.map { word throws(RESTFault) in try baseRole(word) } ?? .reader,
            customRoles: try roleIDs(roles), roleAttributes: try form.attributes("roleAttributes") ?? [:])
    }

    /// A base role by its name. Nobody is made the owner by a patch, which the door says.
    func baseRole(_ word: String) throws(RESTFault) -> BaseRole {
        guard let role = BaseRole(rawValue: word) else {
            throw .invalid("`role` is `reader`, `writer`, `admin` or `no_access`")
        }
        return role
    }

    fileprivate func change(of member: Member, by patch: JSONPatch) throws(RESTFault) -> ChangeMemberRoles {
        let before = try writer().member(member, teams: [], roles: [:])
        let after = try patch.applied(to: before, optional: Self.changeable)
        try after.requireSame(as: before, except: Self.changeable)
        let object = try BodyObject(after)
        var change = ChangeMemberRoles(member)
        change.baseRole = try baseRole(try object.required("role"))
        if after["customRoles"] != before["customRoles"] {
            change.customRoles = try roleIDs(try object.texts("customRoles") ?? [])
        }
        if after["roleAttributes"] != before["roleAttributes"] {
            change.roleAttributes = try object.attributes("roleAttributes") ?? [:]
        }
        return change
    }
}
