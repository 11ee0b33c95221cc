import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    mutating func showMember() throws(CommandFailure) {
        let id = try member(line.arguments[0]).id
        let patrol = try open().patrol
        let found = try Self.door { () throws(PatrolError) in try patrol.memberDetail(id) }
        guard let detail = found else { throw .notFound("there is no member `\(line.arguments[0])`") }
        if isJSON {
            try output.json(detail.json, pretty: true)
        } else {
            let name = SafeText(detail.row.member.displayName)
            try show(name, (isPlain ? [Fact("name", name)] : []) + detail.facts(wording))
        }
    }

    mutating func inviteMember() throws(CommandFailure) {
        let roles = try roles(named: line.list("role"))
        let name = PersonName(line.value("name") ?? "")
        let invitation = InviteMember(
            email: line.arguments[0], firstName: name.first, lastName: name.last,
            baseRole: roles.base ?? .reader, customRoles: roles.custom, roleAttributes: try attributes())
        try report(perform(.inviteMember(invitation)))
    }

    mutating func changeMemberRoles() throws(CommandFailure) {
        let member = try member(line.arguments[0])
        let roles = try roles(named: line.list("role"))
        let command = Command.changeMemberRoles(
            ChangeMemberRoles(
                member: member.id, version: member.version, baseRole: roles.base ?? member.baseRole,
                customRoles: roles.custom,
                roleAttributes: line.has("attribute") ? try attributes() : member.roleAttributes))
        if try showsOnly([command]) { return }
        try confirm(
            command, "change the roles of `\(member.email)`", word: "yes", always: false)
        try report(perform(command))
    }

    mutating func removeMember() throws(CommandFailure) {
        let member = try member(line.arguments[0])
        let command = Command.removeMember(member.id, version: member.version)
        if try showsOnly([command]) { return }
        try confirm(command, "remove `\(member.email)`", word: member.email)
        try report(perform(command))
    }

    mutating func transferOwnership() throws(CommandFailure) {
        let member = try member(line.arguments[0])
        let command = Command.transferOwnership(to: member.id, version: member.version)
        try confirm(command, "make `\(member.email)` the owner", word: member.email)
        try report(perform(command))
    }

    /// `--attribute projects=web --attribute projects=mobile-*`: values of one name are gathered.
    private func attributes() throws(CommandFailure) -> RoleAttributes {
        var attributes: RoleAttributes = [:]
        for text in line.list("attribute") {
            let halves = text.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else {
                throw usage("`--attribute \(text)` is not of the form NAME=VALUE")
            }
            attributes[String(halves[0]), default: []].append(String(halves[1]))
        }
        return attributes
    }
}

/// A name as people write it: the last word is the last name.
struct PersonName: Hashable, Sendable {
    let first: String
    let last: String

    init(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        first = words.count > 1 ? words.dropLast().joined(separator: " ") : words.first ?? ""
        last = words.count > 1 ? words.last ?? "" : ""
    }
}

extension MemberDetail {
    fileprivate var json: JSON {
        guard case .object(let fields) = row.json else { return row.json }
        return .object(
            fields + [
                JSONMember(
                    "teams",
                    .array(
                        teams.map { team in
                            ["key": .string(team.key.text), "name": .string(team.name)]
                        })),
                JSONMember("effectiveRoles", JSON(authority.grants.map(\.name.role))),
                JSONMember("riskiestTokens", .array(tokens.map(\.json))),
            ])
    }

    fileprivate func facts(_ wording: Wording) -> [Fact] {
        let member = row.member
        var facts = [
            Fact("e-mail", SafeText(member.email)), Fact("id", SafeText(member.id.text)),
            Fact("standing", SafeText(member.standing.rawValue)),
            Fact("base role", "\(member.baseRole.rawValue)\(member.customRoles.isEmpty ? "" : ", replaced by the custom roles")"),
        ]
        if !roles.isEmpty {
            let keys = row.customRoleKeys + row.teamRoleKeys.map { "\($0) (team)" }
            facts.append(Fact("roles", SafeText(keys.joined(separator: ", "))))
        }
        if !teams.isEmpty { facts.append(Fact("teams", SafeText(teams.map(\.key.text).joined(separator: ", ")))) }
        for (name, values) in member.roleAttributes.sorted(by: { $0.key < $1.key }) {
            facts.append(Fact("attribute", "\(name) = \(values.joined(separator: ", "))"))
        }
        let by = row.lastSeenTokenName.map { " (by the token \($0))" } ?? ""
        facts.append(Fact("last seen", "\(member.lastSeenAt.map { wording.ago($0).text } ?? "never")\(by)"))
        facts.append(Fact("tokens", Count.number(row.tokenCount)))
        return facts
            + tokens.map { row in
                let risk = row.risk.worst == nil ? "no findings" : wording.risk(row.risk).text
                return Fact("token", "\(row.token.name), \(risk), id \(row.token.id.text)")
            }
    }
}
