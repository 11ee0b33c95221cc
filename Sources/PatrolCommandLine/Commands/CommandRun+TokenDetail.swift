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
            let name = SafeText(detail.row.token.name)
            try show(name, (isPlain ? [Fact("name", name), Fact("risk", wording.risk(detail.row.risk))] : []) + detail.facts(wording))
            try printFindings(of: detail)
        }
    }

    /// What is wrong with a token, and the commands that mend it.
    mutating func printFindings(of detail: TokenDetail) throws(CommandFailure) {
        let token = detail.row.token
        for finding in detail.findings {
            if isPlain {
                for fact in finding.facts(of: token, now: now) { try output.line(fact.spoken) }
            } else {
                for line in finding.lines(of: token, now: now) { try output.line(line) }
            }
        }
        for one in detail.suppressed {
            try output.line(
                isPlain ? Fact("suppressed", "\(one.finding.rule.title.text): \(one.suppression.words.text)").spoken
                    : "  – suppressed: \(one.finding.rule.title.text) – \(one.suppression.words.text)")
        }
        for one in detail.withheld {
            try output.line(isPlain ? Fact("withheld", one.words).spoken : "  ? withheld: \(one.words.text)")
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
                JSONMember("suppressed", .array(suppressed.map { $0.json(of: row.token.kind, now: now) })),
                JSONMember("withheld", .array(withheld.map(\.json))),
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
                JSONMember("attempts", attempts?.json ?? .null),
                JSONMember("useKnown", coverage?.json ?? .null),
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

    fileprivate func facts(_ wording: Wording) -> [Fact] {
        let token = row.token
        var facts = [
            Fact("id", SafeText(token.id.text)), Fact("kind", "\(token.kind.words.text), \(token.origin.rawValue)"),
            Fact("owner", row.ownerText),
            Fact("purpose", token.purpose.isEmpty ? wording.nothing : SafeText(token.purpose)),
            Fact("ends in", SafeText(token.ending)), Fact("created", wording.dated(token.createdAt)),
            Fact("expires", token.expiresAt.map(wording.dated) ?? "never"),
            Fact("networks", token.networks.map { SafeText($0.ranges.map(\.text).joined(separator: ", ")) } ?? "from everywhere"),
            Fact("last used", token.lastUsedAt.map(wording.ago) ?? "no use is known"),
            Fact("given", token.scope.long(roleKeys: row.scopeRoleKeys)),
        ]
        facts += scope.grants.flatMap(\.policy.sentences).enumerated().map { Fact("statement \($0 + 1)", $1) }
        if let behind {
            let roles = behind.grants.map(\.name.words.text).joined(separator: ", ")
            facts.append(Fact("but only", "what is allowed by \(roles.isEmpty ? "nothing: nobody is behind it" : roles)"))
        }
        if let flag = token.flag { facts.append(Fact("flagged", flag.words)) }
        if let quarantine = token.quarantine {
            facts.append(Fact("quarantined", quarantine.words))
            facts.append(Fact("tried", attempts?.attemptWords(now: wording.now) ?? "nobody has tried it since"))
        }
        if let plan = token.plan {
            facts.append(Fact("planned", plan.words(roleKeys: keys(of: plan.scope), now: wording.now)))
        }
        if let former = token.formerScope { facts.append(Fact("before", former.words(roleKeys: keys(of: former.scope)))) }
        if let coverage { facts.append(Fact("use known", coverage.words(now: wording.now))) }
        facts += uses.prefix(20).map { use in
            let denied = use.denied > 0 ? ", \(Count.number(use.denied).text) denied" : ""
            return Fact("used", "\(use.action.name): \(Count.of(use.allowed, "call").text)\(denied)")
        }
        return facts
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
    fileprivate func lines(of token: AccessToken, now: Timestamp) -> [SafeText] {
        [
            "  \(severity.symbol.text) \(severity.word.text): \(rule.title.text) – \(evidence(now: now).text)\(known)",
            "      \(rule.advice(for: token.kind).text): \(remedy(for: token).text)",
            "      touches \(words.blast.text); doubt: \(words.doubt.text) (\(sources))",
        ]
    }

    /// The same for reading aloud.
    fileprivate func facts(of token: AccessToken, now: Timestamp) -> [Fact] {
        [
            Fact("finding", "\(severity.word.text) risk, \(rule.title.text): \(evidence(now: now, isSpoken: true).text)"),
            Fact("what to do", rule.advice(for: token.kind)), Fact("command", remedy(for: token)),
            Fact("touches", words.blast), Fact("doubt", words.doubt), Fact("sources", SafeText(sources)),
        ]
    }

    private var words: RuleWords { rule.words }

    /// The use that it rests on; empty where there is none.
    private var known: String { basis.map { " (\($0.words.text))" } ?? "" }

    /// Its number and the standards behind it.
    private var sources: String { ([rule.code] + rule.entry.standards).joined(separator: ", ") }

    /// The networks of the last 30 days of use, as the command takes them.
    private var proposedNetworks: String {
        guard case .networks(let networks) = evidence else { return "RANGES" }
        let ranges = networks.compactMap { AddressRange($0) }.filter(NetworkLimit.isNarrow)
        return ranges.isEmpty ? "RANGES" : ranges.map(\.text).joined(separator: ",")
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
        case .limitNetworks: "patrol tokens edit \(id) --networks \(proposedNetworks)"
        case .rotate: "patrol tokens rotate \(id) --overlap 7d"
        case .ask: "patrol tokens show \(id)"
        }
    }
}
