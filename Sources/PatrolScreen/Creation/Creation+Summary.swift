import PatrolDomain
import PatrolPresentation

extension AccountView? {
    /// What a scope gives to a token of the one who is signed in, whose attributes stand in its policies: his
    /// own, and those of the teams that hold the role.
    func scope(_ scope: Scope, roles: [RoleID: Role]) -> Authority {
        guard let self else { return Authority(of: scope, roles: roles, owner: nil, teams: []) }
        // His teams are known by what they give him.
        let teams = self.authority.grants.compactMap { grant -> Team? in
            guard case .team(let key) = grant.name.source else { return nil }
            let held = roles.values.filter { $0.deletedAt == nil && $0.key.text == grant.name.role }.map(\.id)
            return Team(
                key: key, name: key.text, members: [self.member.id], customRoles: held,
                roleAttributes: grant.attributes)
        }
        return Authority(of: scope, roles: roles, owner: self.member, teams: teams)
    }
}

extension Creation {
    /// The last page: what it will do, what it will not, and what is withheld because the creator may not.
    func summaryPage(_ account: AccountView?, now: Timestamp) -> Page? {
        guard let scope else { return nil }
        let command = CreateToken(
            kind: kind, name: name, purpose: purpose, scope: scope, expiresAt: expiresAt(now: now))
        let byID = Dictionary((roles ?? []).map { ($0.id, $0) }) { first, _ in first }
        let given = account.scope(scope, roles: byID)
        let reach = Reach(scope: given, behind: account?.authority, catalogue: catalogue)
        var lines: [Line] = []
        lines.append(Self.pair("name", SafeText(name)))
        lines.append(Self.pair("purpose", purpose.isEmpty ? "–" : SafeText(purpose)))
        lines.append(
            Self.pair("kind", kind == .service ? "service: keeps what you may do now" : "personal: never more than you may"))
        lines.append(Self.pair("scope", scope.long(roleKeys: scopeRoleKeys)))
        lines.append(Self.pair("expires", expiryWords(command.expiresAt, now: now)))
        lines.append(.blank)
        lines.append(Line("It will be able to", .strong))
        lines += Self.allowedLines(scope, reach)
        lines.append(.blank)
        lines.append(Line("It will not be able to do anything else.", .strong))
        lines += Self.withheldLines(reach)
        return .summary(Summary(command: command, lines: lines))
    }

    private func expiryWords(_ moment: Timestamp?, now: Timestamp) -> SafeText {
        guard let moment else { return "never: it works until somebody deletes it" }
        return "\(TimeText.absolute(moment).text) UTC, \(TimeText.relative(moment, now: now).text)"
    }

    private static func pair(_ label: SafeText, _ value: SafeText) -> Line {
        var line = Line(label.fitted(to: 10), .muted)
        line.add(value)
        return line
    }

    private static func allowedLines(_ scope: Scope, _ reach: Reach) -> [Line] {
        switch scope {
        case .base(let role):
            return [Line("  \(role.explanation.text)"), Line("  (\(Count.of(reach.givenCount, "kind").text) of actions)", .muted)]
        case .inline(let policy): return policy.sentences.map { Line("  " + $0) }
        case .customRoles, .account:
            if reach.parts.isEmpty { return [Line("  nothing: its roles allow nothing", .warning)] }
            return reach.parts.map { part in
                Line("  \(actionWords(part.given).text) on \(part.resource)")
            }
        }
    }

    private static func withheldLines(_ reach: Reach) -> [Line] {
        let parts = reach.parts.filter { !$0.withheld.isEmpty }
        guard !parts.isEmpty else { return [] }
        return [.blank, Line("Withheld, because you may not do it yourself", .warning)]
            + parts.map { Line("  \(actionWords($0.withheld).text) on \($0.resource)", .warning) }
    }

    /// `updateOn, updateTargets`, or `updateOn and 12 more actions`.
    static func actionWords(_ actions: [Action]) -> SafeText {
        if actions.count <= 4 { return SafeText(actions.map(\.name).joined(separator: ", ")) }
        let first = actions.prefix(3).map(\.name).joined(separator: ", ")
        return "\(first) and \(Count.of(actions.count - 3, "more action", "more actions").text)"
    }
}
