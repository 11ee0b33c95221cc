import PatrolDomain
import PatrolPresentation

extension DetailText {
    mutating func describe(
        _ detail: TokenDetail, reach: Reach?, sizing: SizedToken? = nil, history rows: [AuditRow]
    ) {
        let row = detail.row
        let token = row.token
        head(row, findings: detail.findings)
        keeping(detail)
        findings(detail.findings, token)
        aside(detail)
        given(detail)
        if let sizing { rightSize(sizing) }
        extent(detail, reach)
        may(detail, reach)
        use(detail)
        unused(detail)
        secrets(detail)
        history(rows)
    }

    private mutating func head(_ row: TokenRow, findings: [Finding]) {
        let token = row.token
        let name = token.label
        var title = Line(name, name.wasEscaped ? .escaped : token.name.isEmpty ? .muted : .strong)
        let worst = findings.map(\.severity).max()
        if let worst { title.addAtRight("\(worst.symbol.text) \(worst.word.text)", worst.meaning, of: columns) }
        add(title)
        if !token.purpose.isEmpty { add(SafeText(token.purpose), .muted) }
        blank()
        pair("kind", "\(token.kind.words.text), \(token.origin.words.text)")
        pair("owner", ownerWords(row))
        pair("ending", token.ending.isEmpty ? "–" : SafeText(token.ending))
        pair("created", times.fullWords(token.createdAt))
        if let end = token.expiresAt {
            pair("expires", times.fullWords(end), end <= now ? .bad : .text)
        } else {
            pair("expires", "never", .warning)
        }
        if let networks = token.networks { pair("networks", SafeText(networks.ranges.map(\.text).joined(separator: ", "))) }
        pair("last used", usedWords(token))
        if let flag = token.flag {
            let due = flag.dueAt.map { ", by \(TimeText.day($0).text)" } ?? ""
            pair("flagged", "\(flag.reason)\(due)", .flag)
        }
    }

    private func ownerWords(_ row: TokenRow) -> SafeText {
        guard let name = row.ownerName else { return "nobody" }
        switch row.ownerStanding {
        case .removed: return "\(name), removed"
        case .pending: return "\(name), invited"
        default: return SafeText(name)
        }
    }

    private func usedWords(_ token: AccessToken) -> SafeText {
        let until = token.useKnownUntil.map { ", as far as known until \(TimeText.day($0).text)" } ?? ""
        guard let used = token.lastUsedAt else { return "never\(until)" }
        return "\(times.fullWords(used).text)\(until)"
    }

    private mutating func findings(_ findings: [Finding], _ token: AccessToken) {
        guard !findings.isEmpty else {
            heading("Findings")
            add("✓ none", .clean)
            return
        }
        heading("Findings", note: "\(findings.count)")
        for finding in findings {
            add(
                Line("\(finding.severity.symbol.text) ", finding.severity.meaning)
                    .adding(finding.rule.title, .strong))
            let basis = finding.basis.map { " (\($0.words.text))" } ?? ""
            add("\(finding.evidence(now: now).text)\(basis)", .muted, indent: 2)
            let remedy = finding.rule.remedy(for: token.kind).key(in: keys)
            for (place, part) in finding.rule.advice(for: token.kind).wrapped(to: max(1, columns - 4)).enumerated() {
                let key: SafeText = place == 0 && !remedy.isEmpty ? remedy : " "
                add(Line("  ").adding(key, .key).adding(" " + part))
            }
            let words = finding.rule.words
            add("\(finding.rule.code): touches \(words.blast.text); doubt: \(words.doubt.text)", .muted, indent: 4)
        }
    }

    /// Findings that do not count, and rules that say nothing.
    private mutating func aside(_ detail: TokenDetail) {
        if !detail.suppressed.isEmpty {
            heading("Suppressed", note: "\(detail.suppressed.count)")
            for one in detail.suppressed {
                add(Line("– ", .muted).adding(one.finding.rule.title))
                add(one.suppression.words, .muted, indent: 2)
            }
        }
        guard !detail.withheld.isEmpty else { return }
        heading("Withheld", note: "use was not on record")
        for one in detail.withheld { add(one.words, .muted) }
    }

    private mutating func given(_ detail: TokenDetail) {
        heading("Given")
        let row = detail.row
        add(row.token.scope.long(roleKeys: row.scopeRoleKeys))
        for grant in detail.scope.grants where grant.name.source != .baseRole {
            for sentence in grant.policy.sentences.prefix(12) { add(sentence, .muted, indent: 2) }
            if grant.policy.statements.count > 12 { add("and \(grant.policy.statements.count - 12) more statements", .muted, indent: 2) }
        }
    }

    private mutating func may(_ detail: TokenDetail, _ reach: Reach?) {
        heading("May do now")
        if let why = detail.row.token.notInForce(owner: detail.owner, at: now) {
            add("nothing: \(why.words.text)", .bad)
            return
        }
        guard let reach else {
            add("everything on everything", .critical)
            return
        }
        let found = detail.findings.compactMap(\.withheld).filter { !reach.withholds($0) }
        let extent: SafeText = reach.isPartial ? ", as far as examples show" : ""
        if reach.withheldCount == 0, found.isEmpty {
            if reach.givenCount == 0 {
                add("nothing: its scope allows nothing" + extent, .warning)
            } else {
                add("all that it was given" + extent)
            }
            return
        }
        let isAll = reach.withheldCount == reach.givenCount && reach.givenCount > 0
        add((isAll ? "nothing of what it was given" : "what it was given, but for what is withheld") + extent)
        heading("Withheld", note: detail.row.token.kind == .service ? "its creator could not" : "its owner may not")
        for part in reach.parts where !part.withheld.isEmpty {
            let isWhole = part.withheld.count == part.given.count && part.given.count > 3
            let words: SafeText =
                isWhole ? "all \(part.given.count) actions" : Creation.actionWords(part.withheld)
            add("\(words.text) on \(part.resource)", .warning, indent: 2)
        }
        for request in found { add(request.words, .warning, indent: 2) }
    }

    private mutating func use(_ detail: TokenDetail) {
        heading("Use", note: "90 days")
        let summary = UseSummary(detail.use, now: now)
        let isPartlyKnown = detail.coverage.map { !$0.notableGaps.isEmpty && $0.known > .hours(1) } ?? false
        if isPartlyKnown, let coverage = detail.coverage {
            add("known \(coverage.words(now: now).text)", .warning)
        }
        guard !summary.actions.isEmpty else {
            add(detail.isUseKnown || isPartlyKnown ? "none was counted" : "nothing is counted here", .muted)
            return
        }
        plot(summary.days)
        add(summary.weekWords(networks: detail.recentNetworks))
        for action in summary.actions.prefix(6) {
            var line = Line("  " + SafeText(action.action.name).fitted(to: min(28, columns / 2)))
            line.add(Count.number(action.allowed).fitted(to: 8, .right), .muted)
            if action.denied > 0 { line.add("  \(Count.number(action.denied).text) denied", .bad) }
            add(line)
        }
        if summary.actions.count > 6 { add("and \(summary.actions.count - 6) more actions", .muted, indent: 2) }
    }

    /// Actions that the scope names and no use was counted of.
    private mutating func unused(_ detail: TokenDetail) {
        let used = detail.use.filter { $0.allowed > 0 }.map(\.action)
        var names: [SafeText] = []
        for grant in detail.scope.grants where grant.name.source != .baseRole {
            for statement in grant.policy.statements where statement.effect == .allow {
                guard case .matching(let patterns) = statement.actions else { continue }
                for pattern in patterns where !used.contains(where: { pattern.matches($0) }) {
                    let name = SafeText(pattern.text)
                    if !names.contains(name) { names.append(name) }
                }
            }
        }
        guard !names.isEmpty, detail.isUseKnown, !detail.use.isEmpty else { return }
        heading("Never used", note: "in these 90 days")
        add(SafeText(names.prefix(30).map(\.text).joined(separator: ", ")), .muted)
    }

    private mutating func secrets(_ detail: TokenDetail) {
        heading("Secrets")
        if detail.secrets.isEmpty { add("not kept here", .muted) }
        for secret in detail.secrets {
            var line = Line(SafeText(secret.id).fitted(to: 17))
            line.add("since \(TimeText.day(secret.createdAt).text)", .muted)
            if let end = secret.validUntil {
                line.add(end <= now ? "  retired" : "  until \(TimeText.absolute(end).text)", .warning)
            }
            add(line)
        }
    }
}

extension Finding {
    /// An action that the scope gives and that is withheld, found by another way than examples.
    fileprivate var withheld: Request? {
        if case .withheld(let request) = evidence { request } else { nil }
    }
}

extension Reach {
    /// Whether its examples show that this action is withheld on this kind of thing.
    fileprivate func withholds(_ request: Request) -> Bool {
        parts.contains { part in
            part.withheld.contains(request.action)
                && (try? ResourcePattern(parsing: part.resource))?.chain == request.resource.chain
        }
    }
}

extension Remedy {
    /// The key of the table that does it, in Tokens.
    func key(in keys: KeyTable) -> SafeText {
        let intent: Intent? =
            switch self {
            case .flag: .flagToken
            case .delete: .deleteToken
            case .editScope, .editName, .editPurpose: .editToken
            case .setExpiry: .expireToken
            case .rotate: .rotateToken
            case .limitNetworks, .ask: nil
            }
        guard let intent else { return "" }
        return keys.keys(of: intent, in: [.tokens]).first?.words ?? ""
    }
}

extension AccessToken.Origin {
    var words: SafeText {
        switch self {
        case .created: "made here"
        case .adopted: "adopted"
        case .imported: "imported, its secret is not here"
        }
    }
}
