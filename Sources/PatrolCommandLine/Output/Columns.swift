import PatrolDomain
import PatrolPresentation

// What the lists look like to a person.

enum Columns {
    static let members = [
        TableColumn("name", minimum: 10, ideal: 22, growth: 1),
        TableColumn("e-mail", minimum: 12, ideal: 26, growth: 1),
        TableColumn("roles", minimum: 8, ideal: 22, rank: 1, growth: 1),
        TableColumn("tokens", minimum: 6, ideal: 6, rank: 3, alignment: .right),
        TableColumn("last seen", minimum: 9, ideal: 11, rank: 2),
        TableColumn("findings", minimum: 8, ideal: 8, rank: 4),
        TableColumn("standing", minimum: 8, ideal: 8, rank: 5),
    ]

    static let roles = [
        TableColumn("key", minimum: 10, ideal: 24, growth: 1),
        TableColumn("name", minimum: 8, ideal: 24, rank: 1, growth: 1),
        TableColumn("policy", minimum: 8, ideal: 14, rank: 5),
        TableColumn("members", minimum: 7, ideal: 7, rank: 2, alignment: .right),
        TableColumn("teams", minimum: 5, ideal: 5, rank: 4, alignment: .right),
        TableColumn("tokens", minimum: 6, ideal: 6, rank: 3, alignment: .right),
    ]

    static let tokens = [
        TableColumn("id", minimum: 24, ideal: 24),
        TableColumn("name", minimum: 10, ideal: 22, growth: 2),
        TableColumn("owner", minimum: 8, ideal: 18, rank: 2, growth: 1),
        TableColumn("scope", minimum: 8, ideal: 20, rank: 3, growth: 1),
        TableColumn("ends", minimum: 4, ideal: 4, rank: 7),
        TableColumn("last used", minimum: 9, ideal: 11, rank: 4),
        TableColumn("expires", minimum: 8, ideal: 11, rank: 5),
        TableColumn("risk", minimum: 8, ideal: 8, rank: 1),
        TableColumn("state", minimum: 7, ideal: 11, rank: 6),
    ]

    static let audit = [
        TableColumn("no.", minimum: 5, ideal: 7, rank: 2, alignment: .right),
        TableColumn("when (UTC)", minimum: 16, ideal: 16),
        TableColumn("what", minimum: 20, ideal: 60, growth: 3),
        TableColumn("with token", minimum: 8, ideal: 24, rank: 3),
        TableColumn("comment", minimum: 8, ideal: 24, rank: 4, growth: 1),
    ]
}

extension MemberRow {
    func cells(_ wording: Wording) -> [SafeText] {
        [
            SafeText(member.displayName), SafeText(member.email), SafeText(roleNames),
            Count.number(tokenCount), member.lastSeenAt.map(wording.ago) ?? "never",
            wording.risk(worst), SafeText(member.standing.rawValue),
        ]
    }
}

extension RoleRow {
    var cells: [SafeText] {
        [
            SafeText(key), about.name, about.policy, Count.number(memberCount), Count.number(teamCount),
            Count.number(tokenCount),
        ]
    }
}

extension TokenRow {
    var ownerText: SafeText {
        switch (token.kind, ownerName) {
        case (.accountWide, _): "whole account"
        case (.service, let name?): "service (by \(name))"
        case (.service, nil): "service"
        case (.personal, let name): SafeText(name ?? "nobody")
        }
    }

    func cells(_ wording: Wording) -> [SafeText] {
        [
            SafeText(token.id.text), SafeText(token.name), ownerText,
            token.scope.short(roleKeys: scopeRoleKeys), SafeText(token.ending),
            token.lastUsedAt.map(wording.ago) ?? "never", token.expiresAt.map(wording.ago) ?? "never",
            wording.risk(risk), token.keepingWord ?? (token.flag == nil ? "" : "flagged"),
        ]
    }
}

extension AuditRow {
    var cells: [SafeText] {
        switch self {
        case .entry(let entry):
            [
                SafeText(String(entry.sequence)), TimeText.absolute(at), line.sentence,
                SafeText(entry.tokenID ?? ""), SafeText(entry.comment),
            ]
        case .past(let entry):
            [
                "before", TimeText.absolute(at), line.sentence, SafeText(entry.tokenID ?? ""),
                SafeText(entry.comment),
            ]
        }
    }
}
