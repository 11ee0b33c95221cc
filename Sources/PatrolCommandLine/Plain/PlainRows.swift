import PatrolDomain
import PatrolPresentation

// Rows of lists for reading aloud: what they are first, so that whoever listens can go on to the next one.

/// A row as a few facts, one a line, or as one line.
protocol SpokenRow: Hashable, Sendable {
    func facts(_ wording: Wording) -> [Fact]
    /// The row in one line, for a list of which only the beginning is read.
    func brief(_ wording: Wording) -> SafeText
}

extension MemberRow: SpokenRow {
    func facts(_ wording: Wording) -> [Fact] {
        [
            Fact("name", SafeText(member.displayName)), Fact("e-mail", SafeText(member.email)),
            Fact("roles", SafeText(roleNames)), Fact("standing", SafeText(member.standing.rawValue)),
            Fact("last seen", member.lastSeenAt.map(wording.ago) ?? "never"),
            Fact("tokens", Count.number(tokenCount)), Fact("worst token", wording.risk(worst)),
        ]
    }

    func brief(_ wording: Wording) -> SafeText {
        "\(member.displayName), \(member.email), \(roleNames), \(Count.of(tokenCount, "token").text), worst: \(wording.risk(worst).text)"
    }

    /// His own roles and those of his teams.
    var roleNames: String {
        let keys = customRoleKeys.isEmpty ? [member.baseRole.rawValue] : customRoleKeys
        return (keys + teamRoleKeys.map { "\($0) (team)" }).joined(separator: ", ")
    }
}

extension RoleRow: SpokenRow {
    func facts(_ wording: Wording) -> [Fact] {
        [
            Fact("key", SafeText(key)), Fact("name", about.name), Fact("policy", about.policy),
            Fact("members", Count.number(memberCount)), Fact("teams", Count.number(teamCount)),
            Fact("tokens", Count.number(tokenCount)),
        ]
    }

    func brief(_ wording: Wording) -> SafeText {
        let holders = "\(Count.of(memberCount, "member").text), \(Count.of(tokenCount, "token").text)"
        return "\(key), \(about.policy.text), \(holders)"
    }

    /// What it is called or means, and what decides.
    var about: (name: SafeText, policy: SafeText) {
        switch listing {
        case .base(let role): (role.explanation, "base role")
        case .custom(let role): (SafeText(role.name), Count.of(role.policy.statements.count, "statement"))
        }
    }
}

extension TokenRow: SpokenRow {
    func facts(_ wording: Wording) -> [Fact] {
        var facts = [
            Fact("name", spokenName), Fact("risk", wording.risk(risk)),
            Fact("findings", findingNames), Fact("owner", ownerText),
            Fact("scope", token.scope.long(roleKeys: scopeRoleKeys)),
            Fact("last used", token.lastUsedAt.map(wording.ago) ?? "never"),
            Fact("expires", token.expiresAt.map(wording.ago) ?? "never"),
        ]
        if let flag = token.flag { facts.append(Fact("flagged", flag.words)) }
        if let quarantine = token.quarantine { facts.append(Fact("quarantined", quarantine.words)) }
        if let plan = token.plan { facts.append(Fact("planned", "\(wording.dated(plan.appliesAt).text): \(plan.reason)")) }
        return facts + [Fact("ends in", SafeText(token.ending)), Fact("id", SafeText(token.id.text))]
    }

    func brief(_ wording: Wording) -> SafeText {
        let flag = token.flag == nil ? "" : ", flagged"
        let keeping = token.keepingWord.map { ", \($0.text)" } ?? ""
        return "\(spokenName.text), \(wording.risk(risk).text)\(flag)\(keeping), owner: \(ownerText.text), id \(token.id.text)"
    }

    private var spokenName: SafeText { token.name.isEmpty ? "no name" : SafeText(token.name) }

    private var findingNames: SafeText {
        let names = risk.findingRules.map(\.title.text)
        return names.isEmpty ? "none" : SafeText(names.joined(separator: ", "))
    }
}

extension AuditRow: SpokenRow {
    func facts(_ wording: Wording) -> [Fact] {
        switch self {
        case .entry(let entry):
            var facts = [
                Fact("entry \(entry.sequence)", line.spoken), Fact("when", wording.dated(at)),
            ]
            if let token = entry.tokenID { facts.append(Fact("with token", SafeText(token))) }
            if !entry.comment.isEmpty { facts.append(Fact("comment", SafeText(entry.comment))) }
            return facts
        case .past(let entry):
            var facts = [Fact("imported entry", line.spoken), Fact("when", wording.dated(at))]
            if !entry.comment.isEmpty { facts.append(Fact("comment", SafeText(entry.comment))) }
            return facts
        }
    }

    func brief(_ wording: Wording) -> SafeText { "\(wording.ago(at).text): \(line.spoken.text)" }
}

extension DeletionFlag {
    /// `account-wide, to be deleted by 2027-01-31`
    var words: SafeText { "\(reason)\(dueAt.map { ", to be deleted by \(TimeText.day($0).text)" } ?? "")" }
}
