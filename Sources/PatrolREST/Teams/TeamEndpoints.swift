internal import PatrolDomain
internal import PatrolJSON
internal import PatrolLaunchDarkly
internal import PatrolOperations

/// `/teams`: teams are kept where they were imported from, so that they are only shown.
enum TeamEndpoints {
    private static let path = "/api/v2/teams"
    private static let group = "Teams"
    private static let key = Parameter.path("teamKey", "The team's key.")
    private static let expand = Parameter("expand", Schema.text, "Taken, and without effect: all there is, is shown.")
    private static let maximumPage = 100

    static let all: [Endpoint] = [
        Endpoint(
            method: .get, template: path, name: "getTeams", group: group,
            summary: "Lists the teams that the caller may view.", parameters: [.limit(20, maximum: maximumPage), .offset, expand],
            success: (200, "Teams"), handle: list),
        Endpoint(
            method: .get, template: path + "/{teamKey}", name: "getTeam", group: group, summary: "Shows one team.",
            parameters: [key, expand], success: (200, "Team"), refusals: [404], handle: show),
        Endpoint(
            method: .get, template: path + "/{teamKey}/roles", name: "getTeamRoles", group: group,
            summary: "Lists the custom roles that a team holds.",
            parameters: [key, .limit(20, maximum: maximumPage), .offset], success: (200, "TeamRoles"), refusals: [404],
            handle: roles),
        Endpoint(
            method: .get, template: path + "/{teamKey}/maintainers", name: "getTeamMaintainers", group: group,
            summary: "Lists who maintains a team: nobody is known to.",
            parameters: [key, .limit(20, maximum: maximumPage), .offset], success: (200, "TeamMaintainers"),
            refusals: [404], handle: maintainers),
    ]

    @Sendable private static func list(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let span = try request.query.span(limit: 20, maximum: maximumPage)
        let all = try request.door { (patrol) throws(PatrolError) in
            try patrol.teams(PageSpan(offset: 0, limit: RESTLimits.wholeList))
        }
        let seen = all.items.filter { request.mayView($0.key) }
        let shown = Array(seen.dropFirst(span.offset).prefix(span.limit))
        return request.page(
            try request.json(of: shown), span, total: seen.count, path: path, kept: ["expand"])
    }

    @Sendable private static func show(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        RESTAnswer(json: try request.json(of: [try request.team()])[0])
    }

    @Sendable private static func roles(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let span = try request.query.span(limit: 20, maximum: maximumPage)
        let team = try request.team()
        let found = try request.door { (patrol) throws(PatrolError) in try patrol.roles(team.customRoles) }
        let held = team.customRoles.compactMap { found[$0] }.filter { $0.deletedAt == nil }
        let items: [JSON] = held.dropFirst(span.offset).prefix(span.limit).map { role in
            ["key": .string(role.key.text), "name": .string(role.name)]
        }
        return request.page(items, span, total: held.count, path: "\(path)/\(team.key.text)/roles", kept: [])
    }

    @Sendable private static func maintainers(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let span = try request.query.span(limit: 20, maximum: maximumPage)
        let team = try request.team()
        return request.page([], span, total: 0, path: "\(path)/\(team.key.text)/maintainers", kept: [])
    }
}

extension RESTRequest {
    fileprivate func mayView(_ key: Key) -> Bool {
        caller.authority.decide(
            Request(Action("viewTeam"), on: Resource(segments: [.init(type: "team", key: key.text)]))
        ).isAllowed
    }

    /// The team of the path. One that may not be viewed is hidden.
    fileprivate func team() throws(RESTFault) -> Team {
        guard let key = Key(part("teamKey")), mayView(key),
            let team = try door({ (patrol) throws(PatrolError) in try patrol.team(key) })
        else { throw .notFound }
        return team
    }

    fileprivate func json(of teams: [Team]) throws(RESTFault) -> [JSON] {
        let writer = try writer()
        let roles = try door { (patrol) throws(PatrolError) in
            try patrol.roles(Array(Set(teams.flatMap(\.customRoles))))
        }
        return teams.map { team in
            writer.team(team, roles: team.customRoles.compactMap { roles[$0] }.filter { $0.deletedAt == nil })
        }
    }
}
