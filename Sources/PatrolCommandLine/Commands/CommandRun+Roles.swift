import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    mutating func showRole() throws(CommandFailure) {
        let key = line.arguments[0]
        let patrol = try open().patrol
        let found: RoleDetail?
        if let base = BaseRole(rawValue: key) {
            found = try Self.door { () throws(PatrolError) in try patrol.roleDetail(base) }
        } else {
            let id = try role(key).id
            found = try Self.door { () throws(PatrolError) in try patrol.roleDetail(id) }
        }
        guard let detail = found else { throw .notFound("there is no role `\(key)`") }
        if isJSON {
            try output.json(detail.json, pretty: true)
        } else {
            let key = SafeText(detail.row.key)
            try show(key, (isPlain ? [Fact("key", key)] : []) + detail.facts(wording))
        }
    }

    mutating func createRole() throws(CommandFailure) {
        let text = line.arguments[0]
        guard let key = Key(text), BaseRole(rawValue: text) == nil else {
            throw usage(
                "`\(text)` can't be a key: letters, digits, `.`, `-` and `_`, and not the name of a base role")
        }
        guard let policy = try policy() else { throw usage("`--policy` is needed") }
        let creation = CreateRole(
            key: key, name: line.value("name") ?? key.text, description: line.value("description") ?? "",
            basePermissions: basePermissions ?? .noAccess, policy: policy)
        try report(perform(.createRole(creation)))
    }

    mutating func editRole() throws(CommandFailure) {
        let role = try role(line.arguments[0])
        let command = Command.editRole(
            EditRole(
                role: role.id, version: role.version, name: line.value("name") ?? role.name,
                description: line.value("description") ?? role.description,
                basePermissions: basePermissions ?? role.basePermissions,
                policy: try policy() ?? role.policy))
        if try showsOnly([command]) { return }
        try confirm(command, "edit the role `\(role.key.text)`", word: "yes", always: false)
        try report(perform(command))
    }

    mutating func deleteRole() throws(CommandFailure) {
        let key = line.arguments[0]
        guard BaseRole(rawValue: key) == nil else {
            throw .refused("`\(key)` is a base role: every account has it, and it can't be deleted")
        }
        let role = try role(key)
        let command = Command.deleteRole(role.id, version: role.version)
        if try showsOnly([command]) { return }
        // What is refused anyway is not asked about.
        guard try !isHeld(role) else { return try report(perform(command)) }
        try confirm(command, "delete the role `\(role.key.text)`", word: role.key.text)
        try report(perform(command))
    }

    private mutating func isHeld(_ role: Role) throws(CommandFailure) -> Bool {
        let patrol = try open().patrol
        let detail = try Self.door { () throws(PatrolError) in try patrol.roleDetail(role.id) }
        return detail.map { $0.row.memberCount > 0 || $0.row.teamCount > 0 } ?? false
    }

    private var basePermissions: BasePermissions? {
        line.value("base").flatMap { BasePermissions(rawValue: $0) }
    }
}

extension RoleDetail {
    fileprivate var json: JSON {
        guard case .object(let fields) = row.json else { return row.json }
        return .object(
            fields + [
                JSONMember(
                    "heldByMembers",
                    .array(
                        members.map { ["id": .string($0.id.text), "email": .string($0.email)] })),
                JSONMember("heldByTeams", JSON(teams.map(\.key.text))),
                JSONMember(
                    "heldByTokens",
                    .array(
                        tokens.map { ["id": .string($0.token.id.text), "name": .string($0.token.name)] })),
            ])
    }

    fileprivate func facts(_ wording: Wording) -> [Fact] {
        var facts: [Fact] = []
        switch row.listing {
        case .base(let role): facts.append(Fact("base role", role.explanation))
        case .custom(let role):
            facts.append(Fact("name", SafeText(role.name)))
            if !role.description.isEmpty { facts.append(Fact("about", SafeText(role.description))) }
            facts.append(
                Fact("base", "\(role.basePermissions.rawValue): \(role.basePermissions.explanation.text)"))
            facts += role.policy.sentences.enumerated().map { Fact("statement \($0 + 1)", $1) }
        }
        let holders: [(SafeText, SafeText, Int, [String])] = [
            ("members", "member", row.memberCount, members.map(\.email)),
            ("teams", "team", row.teamCount, teams.map(\.key.text)),
            ("tokens", "token", row.tokenCount, tokens.map(\.token.name)),
        ]
        return holders.reduce(facts) { facts, holder in
            let (all, one, count, names) = holder
            guard wording.isSpoken else {
                let list = names.isEmpty ? "" : ": \(names.joined(separator: ", "))"
                return facts + [Fact(all, "\(Count.number(count).text)\(list)")]
            }
            return facts + [Fact(all, Count.number(count))] + names.map { Fact(one, SafeText($0)) }
        }
    }
}
