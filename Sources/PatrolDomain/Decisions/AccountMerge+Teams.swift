extension AccountMerge {
    /// - Parameter readMembers: Whether the import brings members at all: where it brings none, a team that
    ///   lists nobody says nothing about its members.
    mutating func add(teams: [Team], readMembers: Bool) {
        var count = Count()
        for read in teams {
            let known = facts.existing.teams[read.key]
            var team = read
            team.roleAttributes = acceptable(
                read.roleAttributes, of: "team \(read.key.text)", orElse: known?.roleAttributes ?? [:])
            let roles = read.customRoles.map { roleHere($0) }
            let isOfActor =
                known?.members.contains(facts.actor.id) == true
                || facts.actorTeams.contains { $0.key == read.key }
            team.customRoles = roles
            team.members = members(of: read, known, readMembers: readMembers, isOfActor: isOfActor)
            if isOfActor, let known = known ?? facts.actorTeams.first(where: { $0.key == read.key }) {
                team.customRoles = known.customRoles
                team.roleAttributes = known.roleAttributes
                if roles != known.customRoles || read.roleAttributes != known.roleAttributes {
                    leave("team \(read.key.text): roles", "the one who imports is in it")
                }
            }
            if known == team {
                count.unchanged += 1
                continue
            }
            if known == nil { count.added += 1 } else { count.updated += 1 }
            noteLoss(known, team)
            changes.append(.upsertTeam(team))
        }
        report("teams", count)
    }

    private mutating func members(
        of read: Team, _ known: Team?, readMembers: Bool, isOfActor: Bool
    ) -> [MemberID] {
        let actor = facts.actor.id
        let what = "team \(read.key.text): members"
        if let known, read.members.isEmpty, !readMembers {
            if !known.members.isEmpty { leave(what, "no members were read") }
            return known.members
        }
        var members: [MemberID] = []
        for id in read.members {
            let here = memberIDs[id] ?? (facts.existing.membersByID[id] != nil ? id : nil)
            if let here, !members.contains(here) { members.append(here) }
        }
        let unknown = read.members.filter { memberIDs[$0] == nil && facts.existing.membersByID[$0] == nil }
        if !unknown.isEmpty {
            fields.append(FieldChange(what, before: nil, after: "\(unknown.count) of them are not known here"))
        }
        guard members.contains(actor) != isOfActor else { return members }
        leave(what, "nobody puts himself into a team, or out of it")
        if isOfActor { return members + [actor] }
        return members.filter { $0 != actor }
    }

    private mutating func noteLoss(_ known: Team?, _ team: Team) {
        guard let known else { return }
        let gone = known.members.filter { !team.members.contains($0) }
        if !gone.isEmpty {
            fields.append(
                FieldChange("team \(team.key.text): members", before: "\(known.members.count)",
                    after: "\(team.members.count), \(gone.count) of them taken out"))
        }
        if known.customRoles != team.customRoles {
            fields.append(
                FieldChange(
                    "team \(team.key.text): roles", before: keys(known.customRoles), after: keys(team.customRoles)))
        }
    }

    /// Whether the one who imports could do more or less afterwards. The merge leaves his own things alone:
    /// this makes sure of it, whatever was read.
    var changesRightsOfActor: Bool {
        let known = facts.existing.rolesByID.merging(facts.roles) { one, _ in one }
        var roles = known
        var member = facts.actor
        var teams = facts.actorTeams
        for change in changes {
            switch change {
            case .insertRole(let role), .updateRole(let role): roles[role.id] = role
            case .insertMember(let changed), .updateMember(let changed):
                if changed.id == member.id { member = changed }
            case .upsertTeam(let team):
                teams = teams.filter { $0.key != team.key || team.members.contains(member.id) }
                if let place = teams.firstIndex(where: { $0.key == team.key }) {
                    teams[place] = team
                } else if team.members.contains(member.id) {
                    teams.append(team)
                }
            default: break
            }
        }
        let before = Authority(of: facts.actor, roles: known, teams: facts.actorTeams)
        let after = Authority(of: member, roles: roles, teams: teams)
        return before != after || member.standing != facts.actor.standing
    }
}
