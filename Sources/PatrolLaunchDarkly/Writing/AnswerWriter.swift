package import PatrolDomain
package import PatrolJSON

/// Writes an account as LaunchDarkly's REST API would answer it, with every field that its official
/// clients ask for. What LaunchDarkly has no word for (deletion flags, removed members, refusals) is
/// not written.
package struct AnswerWriter: Sendable {
    let account: AccountID

    package init(account: AccountID) { self.account = account }

    /// One page of a list.
    /// - Parameters:
    ///   - number: From 0.
    ///   - total: How many entries the whole list has; the audit log does not tell.
    ///   - hasNext: Only looked at for the audit log, whose next page begins before its last entry.
    package func page(
        of kind: AnswerKind, _ items: [JSON], number: Int, total: Int = 0, hasNext: Bool = false
    ) -> JSON {
        var links = [JSONMember("self", link(query(kind, page: number)))]
        if kind == .auditLog {
            if hasNext, let last = items.last?["date"]?.integer {
                links.append(JSONMember("next", link("\(kind.path)?limit=\(kind.pageSize)&before=\(last)")))
            }
            return ["items": .array(items), "_links": .object(links)]
        }
        let lastPage = max(0, (total - 1) / kind.pageSize)
        if number > 0 {
            links.append(JSONMember("first", link(query(kind, page: 0))))
            links.append(JSONMember("prev", link(query(kind, page: number - 1))))
        }
        if number < lastPage {
            links.append(JSONMember("next", link(query(kind, page: number + 1))))
            links.append(JSONMember("last", link(query(kind, page: lastPage))))
        }
        return ["items": .array(items), "_links": .object(links), "totalCount": JSON(total)]
    }

    package func role(_ row: RoleRow) -> JSON? {
        guard case .custom(let role) = row.listing else { return nil }
        return [
            "_id": .string(role.id.text),
            "_links": links(.roles, role.key.text),
            "key": .string(role.key.text),
            "name": .string(role.name),
            "description": .string(role.description),
            "basePermissions": .string(role.basePermissions.rawValue),
            "resourceCategory": "any",
            "assignedTo": [
                "membersCount": JSON(row.memberCount), "teamsCount": JSON(row.teamCount),
            ],
            "policy": role.policy.json,
        ]
    }

    /// - Parameter roles: The team's, in its order.
    package func team(_ team: Team, roles: [Role]) -> JSON {
        [
            "key": .string(team.key.text),
            "name": .string(team.name),
            "description": "",
            "_links": links(.teams, team.key.text),
            "members": ["totalCount": JSON(team.members.count)],
            "roles": [
                "totalCount": JSON(roles.count),
                "items": .array(roles.map { ["key": .string($0.key.text), "name": .string($0.name)] }),
            ],
            "roleAttributes": team.roleAttributes.json,
        ]
    }

    /// - Parameters:
    ///   - teams: Those of the member.
    ///   - roles: Every custom role that the teams hold.
    package func member(_ member: Member, teams: [Team], roles: [RoleID: Role]) -> JSON {
        var fields: [JSONMember] = [
            JSONMember("_links", links(.members, member.id.text)),
            JSONMember("_id", .string(member.id.text)),
            JSONMember("firstName", .string(member.firstName)),
            JSONMember("lastName", .string(member.lastName)),
            JSONMember("role", .string(member.baseRole.rawValue)),
            JSONMember("email", .string(member.email)),
            JSONMember("_pendingInvite", .bool(member.isPending)),
            JSONMember("_verified", .bool(!member.isPending)),
            JSONMember("customRoles", JSON(member.customRoles.map(\.text))),
            JSONMember("mfa", "disabled"),
            JSONMember("excludedDashboards", []),
            JSONMember("_lastSeen", .integer(member.lastSeenAt?.milliseconds ?? 0)),
        ]
        if let token = member.lastSeenToken {
            fields.append(JSONMember("_lastSeenMetadata", ["tokenId": .string(token.text)]))
        }
        fields += [
            JSONMember("teams", .array(teams.map { membership($0, roles: roles) })),
            JSONMember("permissionGrants", []),
            JSONMember("creationDate", .integer(member.createdAt.milliseconds)),
            JSONMember("version", JSON(member.version)),
            JSONMember("roleAttributes", member.roleAttributes.json),
        ]
        return .object(fields)
    }

    private func membership(_ team: Team, roles: [RoleID: Role]) -> JSON {
        [
            "key": .string(team.key.text),
            "name": .string(team.name),
            "customRoleKeys": JSON(team.customRoles.compactMap { roles[$0]?.key.text }),
            "_links": links(.teams, team.key.text),
        ]
    }

    func links(_ kind: AnswerKind, _ id: String) -> JSON {
        ["self": link("\(kind.path)/\(id)"), "parent": link(kind.path)]
    }

    func link(_ path: String, type: String = "application/json") -> JSON {
        ["href": .string(path), "type": .string(type)]
    }

    private func query(_ kind: AnswerKind, page: Int) -> String {
        page == 0
            ? "\(kind.path)?limit=\(kind.pageSize)"
            : "\(kind.path)?limit=\(kind.pageSize)&offset=\(page * kind.pageSize)"
    }
}
