import PatrolDomain
import PatrolJSON
import PatrolPresentation

extension DetailText {
    // MARK: A member

    mutating func describe(_ detail: MemberDetail, history rows: [AuditRow]) {
        let member = detail.row.member
        var title = Line(SafeText(member.displayName), SafeText(member.displayName).wasEscaped ? .escaped : .strong)
        if member.standing != .active {
            title.addAtRight("\(member.standing.rawValue)", member.standing == .pending ? .warning : .disabled, of: columns)
        }
        add(title)
        add(SafeText(member.email), .muted)
        blank()
        pair("joined", times.fullWords(member.createdAt))
        pair("last seen", seenWords(detail.row))
        pair("tokens", Count.of(detail.row.tokenCount, "token"))
        roles(detail)
        tokens(detail.tokens, title: "Riskiest tokens", total: detail.row.tokenCount)
        history(rows)
    }

    private func seenWords(_ row: MemberRow) -> SafeText {
        guard let seen = row.member.lastSeenAt else { return "never" }
        let by = row.lastSeenTokenName.map { " by the token \($0)" } ?? " in person"
        return "\(times.words(seen).text)\(by)"
    }

    private mutating func roles(_ detail: MemberDetail) {
        let member = detail.row.member
        heading("Roles")
        if member.customRoles.isEmpty {
            pair("\(member.baseRole.rawValue)", member.baseRole.explanation, .muted, labelCells: 12)
        } else {
            for role in detail.roles where member.customRoles.contains(role.id) {
                pair(SafeText(role.key.text), SafeText(role.name), .muted, labelCells: 22)
            }
            add("the base role \(member.baseRole.rawValue) does not count beside them", .muted)
        }
        for team in detail.teams {
            add("by the team \(team.name): \(teamRoles(team, detail).text)", .muted)
        }
        for (key, values) in member.roleAttributes.sorted(by: { $0.key < $1.key }) {
            add("\(key) = \(values.joined(separator: ", "))", .muted, indent: 2)
        }
    }

    private func teamRoles(_ team: Team, _ detail: MemberDetail) -> SafeText {
        let keys = team.customRoles.map { id in detail.roles.first { $0.id == id }?.key.text ?? id.text }
        return keys.isEmpty ? "no roles" : SafeText(keys.joined(separator: ", "))
    }

    private mutating func tokens(_ rows: [TokenRow], title: SafeText, total: Int) {
        guard !rows.isEmpty else { return }
        heading(title, note: total > rows.count ? "\(rows.count) of \(total)" : "")
        for row in rows {
            let risk = riskCell(row.risk)
            var line = Line(risk.text.fitted(to: 11), risk.style)
            line.add(row.token.label, row.token.label.wasEscaped ? .escaped : .text)
            if row.token.flag != nil { line.add(" ⚑", .flag) }
            if row.token.quarantine != nil { line.add(" ⊘", .flag) }
            let used = row.token.lastUsedAt.map { times.words($0) } ?? "never used"
            line = line.cut(to: max(1, columns - used.width - 2))
            line.addAtRight(used, .muted, of: columns)
            add(line)
        }
    }

    // MARK: A role

    mutating func describe(_ detail: RoleDetail, isJSON: Bool, history rows: [AuditRow]) {
        switch detail.row.listing {
        case .base(let role): head(role)
        case .custom(let role): head(role)
        }
        blank()
        pair("members", Count.number(detail.row.memberCount))
        pair("teams", Count.number(detail.row.teamCount))
        pair("tokens", Count.number(detail.row.tokenCount))
        policy(detail.row.listing, isJSON: isJSON)
        holders(detail)
        tokens(detail.tokens, title: "Tokens", total: detail.row.tokenCount)
        history(rows)
    }

    private mutating func head(_ role: BaseRole) {
        add(Line("\(role.rawValue)", .strong).adding("  base role", .muted))
        add(role.explanation, .muted)
    }

    private mutating func head(_ role: Role) {
        add(Line(SafeText(role.key.text), .strong).adding("  custom role", .muted))
        add(SafeText(role.name))
        if !role.description.isEmpty { add(SafeText(role.description), .muted) }
    }

    private mutating func policy(_ listing: RoleRow.Listing, isJSON: Bool) {
        let policy: Policy
        let permissions: BasePermissions
        switch listing {
        case .base(let role):
            policy = role.policy(holder: nil)
            permissions = role.basePermissions
        case .custom(let role):
            policy = role.policy
            permissions = role.basePermissions
        }
        heading("Policy", note: isJSON ? "p shows it in words" : "p shows it as JSON")
        if isJSON {
            for line in SafeText.lines(of: policy.json.text(pretty: true)) { add(Line(line)) }
        } else {
            for (place, sentence) in policy.sentences.enumerated() {
                pair("\(place + 1)", sentence, sentence.text.hasPrefix("deny") ? .bad : .text, labelCells: 4)
            }
        }
        add(permissions.explanation, .muted)
    }

    private mutating func holders(_ detail: RoleDetail) {
        guard !detail.members.isEmpty || !detail.teams.isEmpty else { return }
        let more = detail.row.memberCount - detail.members.count
        heading("Held by", note: more > 0 ? "and \(more) more" : "")
        for member in detail.members {
            add(
                Line(SafeText(member.displayName), SafeText(member.displayName).wasEscaped ? .escaped : .text)
                    .adding("  \(member.email)", .muted))
        }
        for team in detail.teams {
            add(Line("team \(team.name)").adding("  \(Count.of(team.members.count, "member").text)", .muted))
        }
    }

    // MARK: An audit entry

    mutating func describe(_ row: AuditRow) {
        switch row {
        case .entry(let entry): describe(entry)
        case .past(let entry): describe(entry)
        }
    }

    private mutating func describe(_ entry: AuditEntry) {
        let line = entry.line
        add(line.sentence, line.isRefused ? .bad : .strong)
        blank()
        pair("when", "\(TimeText.absolute(entry.at).text):\(TimeText.clockWithSeconds(entry.at).suffix(cells: 2).text) UTC")
        pair("number", Count.number(Int(entry.sequence)))
        pair("who", "\(entry.actorName) (\(entry.actorID))")
        if let token = entry.tokenID { pair("by token", SafeText(token)) }
        pair("sign-in", SafeText(entry.signIn))
        pair("event", SafeText(entry.name), .muted)
        pair("action", SafeText(entry.action))
        pair("on", SafeText(entry.resource))
        pair("thing", "\(entry.target.kind.words.text) \(entry.target.name) (\(entry.target.id))")
        pair("decision", decisionWords(entry), entry.isAllowed ? .good : .bad)
        if !entry.comment.isEmpty { pair("comment", SafeText(entry.comment)) }
        pair("operation", SafeText(entry.operation.hexadecimal), .muted)
        changes(entry.changes)
    }

    private func decisionWords(_ entry: AuditEntry) -> SafeText {
        let outcome = entry.isAllowed ? "allowed" : "refused, \(RefusalWords.short(code: entry.reason).text)"
        if entry.decidingRole.isEmpty { return "\(outcome)" }
        guard let place = entry.decidingStatement else { return "\(outcome): role \(entry.decidingRole)" }
        return "\(outcome): role \(entry.decidingRole), statement \(place + 1)"
    }

    private mutating func changes(_ changes: [FieldChange]) {
        guard !changes.isEmpty else { return }
        heading("Before and after")
        let labels = min(18, max(8, (changes.map { SafeText($0.field).width }.max() ?? 8) + 2))
        let side = max(6, (columns - labels - 3) / 2)
        for line in ChangeTable(changes, cells: side).lines {
            var text = Line(line.field.fitted(to: labels), .muted)
            text.add(line.before.fitted(to: side), .removed)
            text.add(" │ ", .border)
            text.add(line.after, .added)
            add(text)
        }
    }

    private mutating func describe(_ entry: PastEntry) {
        add(entry.line.sentence, .strong)
        blank()
        pair("when", "\(TimeText.absolute(entry.at).text) UTC")
        pair("who", "\(entry.actorName) (\(entry.actorID))")
        if let token = entry.tokenID { pair("by token", SafeText(token)) }
        pair("action", SafeText(entry.action))
        pair("on", SafeText(entry.resource))
        pair("thing", "\(entry.kind) \(entry.targetName) (\(entry.targetID))")
        if !entry.comment.isEmpty { pair("comment", SafeText(entry.comment)) }
        if !entry.text.isEmpty {
            heading("As it was written")
            for line in SafeText.lines(of: entry.text) { add(line, .muted) }
        }
        blank()
        add("From the log of the system that the account was imported from: Patrol can't vouch for it.", .muted)
    }
}
