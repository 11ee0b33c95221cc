import PatrolDomain
import PatrolJSON

extension AccountReader {
    mutating func addRole(_ entry: inout Entry) {
        guard let id = identity("_id", in: &entry, RoleID.init) else { return }
        guard let key = entry.text("key").flatMap(Key.init) else {
            entry.note(.leftOut("it has no usable `key`"), "key")
            return
        }
        guard isUnique(key.text, "key", in: &entry) else { return }
        let policy = entry.policy("policy")
        if policy == nil && entry.value("policy") == nil {
            entry.note(.missing(taken: "a policy that says nothing"), "policy")
        }
        let isReadable = policy != nil || entry.value("policy") == nil
        let name = entry.text("name", as: .name)
        let role = Role(
            id: id, key: key, name: name.isEmpty ? key.text : name,
            description: entry.text("description", as: .purpose),
            basePermissions: isReadable ? basePermissions(in: &entry) : .noAccess,
            policy: policy ?? Policy(statements: []), createdAt: now)
        roles.add(role)
        contents.roles.append(role)
    }

    private func basePermissions(in entry: inout Entry) -> BasePermissions {
        guard let text = entry.text("basePermissions") else {
            entry.note(.missing(taken: "no_access"), "basePermissions")
            return .noAccess
        }
        if let permissions = BasePermissions(rawValue: text) { return permissions }
        entry.note(.unknownValue(text, taken: "no_access"), "basePermissions")
        return .noAccess
    }

    /// A team with what was asked for with it: `members` and `roles` are there with `expand` only.
    mutating func addTeam(_ entry: inout Entry) {
        guard let key = identity("key", in: &entry, Key.init) else { return }
        let name = entry.text("name", as: .name)
        var team = Team(key: key, name: name.isEmpty ? key.text : name)
        team.members = (entry.value("members")?["items"]?.elements ?? []).compactMap { item in
            item["_id"]?.string.flatMap(MemberID.init)
        }
        let listed = (entry.value("roles")?["items"]?.elements ?? []).compactMap { $0["key"]?.string }
        let keys = listed + entry.texts("customRoleKeys")
        team.customRoles = roles.ids(of: keys, namedBy: .key, "roles", in: &entry)
        team.roleAttributes = entry.roleAttributes()
        for member in team.members { teamsOfMember[member, default: []].append(key) }
        teamPlaces[key] = contents.teams.count
        contents.teams.append(team)
    }

    mutating func addMember(_ entry: inout Entry) {
        guard let id = identity("_id", in: &entry, MemberID.init) else { return }
        let email = entry.text("email", as: .email)
        guard TextRule.emailFault(in: email) == nil else {
            entry.note(.leftOut("it has no usable e-mail address"), "email")
            return
        }
        guard isUnique(email, "email", in: &entry) else { return }
        let isPending = entry.bool("_pendingInvite", orElse: false, isRequired: true)
        let names = entry.texts("customRoles")
        let customRoles = roles.ids(of: names, namedBy: .id, "customRoles", in: &entry)
        var baseRole = baseRole("role", in: &entry) ?? .noAccess
        // Custom roles replace the base role, also those that can't be found.
        if !names.isEmpty && customRoles.isEmpty { baseRole = .noAccess }
        let member = Member(
            id: id, email: email, firstName: entry.text("firstName", as: .personName),
            lastName: entry.text("lastName", as: .personName), baseRole: baseRole,
            customRoles: customRoles, roleAttributes: entry.roleAttributes(), isPending: isPending,
            createdAt: entry.moment("creationDate", orElse: now), lastSeenAt: entry.moment("_lastSeen"),
            lastSeenToken: entry.value("_lastSeenMetadata")?["tokenId"]?.string.flatMap(TokenID.init))
        membersByID[id] = member
        contents.members.append(member)
        for team in entry.objects("teams") { addMembership(of: id, in: team, &entry) }
    }

    /// A member names his teams with their roles: the files of teams need not be there, or hold members.
    private mutating func addMembership(of member: MemberID, in json: JSON, _ entry: inout Entry) {
        guard let key = json["key"]?.string.flatMap(Key.init) else {
            entry.note(.wrongType(found: "a team without a key", taken: "nothing"), "teams")
            return
        }
        let place = teamPlaces[key] ?? contents.teams.count
        if place == contents.teams.count {
            let name = json["name"]?.string.map { TextRule.name.cleaning($0) } ?? key.text
            let keys = (json["customRoleKeys"]?.elements ?? []).compactMap(\.string)
            contents.teams.append(
                Team(
                    key: key, name: name,
                    customRoles: roles.ids(of: keys, namedBy: .key, "teams.customRoleKeys", in: &entry)))
            teamPlaces[key] = place
        }
        guard teamsOfMember[member]?.contains(key) != true else { return }
        teamsOfMember[member, default: []].append(key)
        contents.teams[place].members.append(member)
    }

    /// Nil where the field is absent; a word that is not known allows nothing.
    func baseRole(_ field: String, in entry: inout Entry) -> BaseRole? {
        guard let text = entry.text(field), !text.isEmpty else {
            if entry.kind == .members { entry.note(.missing(taken: "no_access"), field) }
            return nil
        }
        if let role = BaseRole(rawValue: text) { return role }
        entry.note(.unknownValue(text, taken: "no_access"), field)
        return .noAccess
    }
}
