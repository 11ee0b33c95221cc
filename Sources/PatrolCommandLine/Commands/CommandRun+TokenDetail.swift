import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    mutating func showToken() throws(CommandFailure) {
        let id = try token(line.arguments[0]).id
        let patrol = try open().patrol
        let found = try Self.door { () throws(PatrolError) in try patrol.tokenDetail(id) }
        guard let detail = found else { throw .notFound("there is no token `\(id.text)`") }
        if isJSON {
            try output.json(detail.json(now: now), pretty: true)
        } else {
            for line in detail.lines(now: now) { try output.line(line) }
        }
    }
}

extension TokenDetail {
    /// Calls of the last 90 days by action, the most frequent first.
    private var uses: [(action: Action, allowed: Int, denied: Int)] {
        var counts: [Action: (allowed: Int, denied: Int)] = [:]
        for day in use {
            counts[day.action, default: (0, 0)].allowed += day.allowed
            counts[day.action, default: (0, 0)].denied += day.denied
        }
        return counts.map { ($0.key, $0.value.allowed, $0.value.denied) }
            .sorted { ($1.1 + $1.2, $0.0.name) < ($0.1 + $0.2, $1.0.name) }
    }

    fileprivate func json(now: Timestamp) -> JSON {
        .object(
            row.fields + [
                JSONMember("findings", .array(findings.map { $0.json(of: row.token.kind, now: now) })),
                JSONMember("given", .array(scope.grants.map(\.json))),
                JSONMember("personBehind", behind.map { .array($0.grants.map(\.json)) } ?? .null),
                JSONMember(
                    "use",
                    .array(
                        uses.map { use in
                            [
                                "action": .string(use.action.name), "allowed": JSON(use.allowed),
                                "denied": JSON(use.denied),
                            ]
                        })),
                JSONMember("networksOfTheWeek", JSON(recentNetworks)),
                JSONMember(
                    "secrets",
                    .array(
                        secrets.map { secret in
                            [
                                "id": .string(secret.id), "createdAt": .moment(secret.createdAt),
                                "validUntil": .moment(secret.validUntil),
                            ]
                        })),
            ])
    }

    fileprivate func lines(now: Timestamp) -> [SafeText] {
        let token = row.token
        let expiry = token.expiresAt.map {
            "\(TimeText.absolute($0).text) (\(TimeText.relative($0, now: now).text))"
        }
        var lines: [SafeText] = [
            SafeText(token.name), "  id          \(token.id.text)",
            "  kind        \(token.kind.rawValue), \(token.origin.rawValue)",
            "  owner       \(row.ownerText.text)", "  purpose     \(token.purpose.isEmpty ? "–" : token.purpose)",
            "  ends in     \(token.ending)",
            "  created     \(TimeText.absolute(token.createdAt).text)",
            "  expires     \(expiry ?? "never")",
            "  last used   \(token.lastUsedAt.map { TimeText.relative($0, now: now).text } ?? "no use is known")",
            "  given       \(token.scope.long(roleKeys: row.scopeRoleKeys).text)",
        ]
        for grant in scope.grants {
            lines += grant.policy.sentences.map { "                \($0.text)" }
        }
        if let behind {
            let roles = behind.grants.map { $0.name.words.text }.joined(separator: ", ")
            lines.append(
                "  but only    what is allowed by \(roles.isEmpty ? "nothing: nobody is behind it" : roles)")
        }
        if let flag = token.flag {
            let due = flag.dueAt.map { ", to be deleted by \(TimeText.day($0).text)" } ?? ""
            lines.append("  flagged     \(flag.reason)\(due)")
        }
        lines += uses.prefix(20).map { use in
            let denied = use.denied > 0 ? ", \(Count.number(use.denied).text) denied" : ""
            return "  used        \(use.action.name): \(Count.of(use.allowed, "call").text)\(denied)"
        }
        lines += findings.flatMap { $0.lines(of: token, now: now) }
        return lines
    }
}

extension Grant {
    fileprivate var json: JSON {
        [
            "role": .string(name.role), "basePermissions": .string(basePermissions.rawValue),
            "policy": policy.json,
        ]
    }
}

extension Finding {
    /// The finding, its evidence, and the command that mends it.
    func lines(of token: AccessToken, now: Timestamp) -> [SafeText] {
        [
            "  \(severity.symbol.text) \(severity.word.text): \(rule.title.text) – \(evidence(now: now).text)",
            "      \(rule.advice(for: token.kind).text): \(remedy(for: token).text)",
        ]
    }

    /// The command that mends it, ready to be edited and run.
    func remedy(for token: AccessToken) -> SafeText {
        let id = token.id.text
        return switch rule.remedy(for: token.kind) {
        case .flag: "patrol tokens flag \(id) --reason '\(rule.title.text)'"
        case .delete: "patrol tokens delete \(id)"
        case .editScope: "patrol tokens edit \(id) --role ROLE"
        case .setExpiry: "patrol tokens expire \(id) 90d"
        case .editName: "patrol tokens edit \(id) --name NAME"
        case .editPurpose: "patrol tokens edit \(id) --purpose TEXT"
        }
    }
}
