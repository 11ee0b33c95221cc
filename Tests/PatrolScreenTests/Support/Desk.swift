import PatrolDomain
@testable import PatrolScreen

/// Answers what the screen asks, from rows in memory. A value: a test changes them as it likes.
struct Desk {
    var me = Sample.members[0]
    var members = Sample.members
    var roles = Sample.roles
    var tokens = Sample.tokens
    var entries = Sample.entries
    var impact = Impact()
    var reviews: [Review] = []
    /// Of the first review.
    var reviewItems: [ReviewItem] = []
    var replay = ChangeReplay()
    var proposal: SizedToken?
    var templates = TemplateRow.all(stored: [])
    /// How commands end; nil: allowed.
    var refusal: Refusal?
    var secret: ShownSecret?
    /// What was tried with tokens in quarantine.
    var attempts: TokenSignal?
    /// What the entries of commands are about, if not what the first one of the sample is.
    var target: AuditTarget?
    /// Whom a command touches is never answered.
    var holdsImpact = false
    /// What would have failed is never answered.
    var holdsReplay = false
    /// Every effect that the screen had, in order.
    var effects: [Effect] = []

    private var rolesByID: [RoleID: Role] { Dictionary(uniqueKeysWithValues: roles.map { ($0.id, $0) }) }

    mutating func replies(to effects: [Effect]) -> [Message] {
        self.effects += effects
        return effects.compactMap { effect in
            switch effect {
            case .load(.impact) where holdsImpact: nil
            case .load(.replay) where holdsReplay: nil
            case .load(let query): .reply(.answered(query, answer(query)))
            case .perform(let command, _): .reply(.performed(command, performed(command)))
            case .copySecret, .copy: .reply(.copied(how: "by OSC 52"))
            case .clearClipboard: .reply(.clipboardCleared(how: "by OSC 52"))
            case .writeSecret(_, let path): .reply(.secretWritten(path: path))
            case .listThemes: .reply(.themes(["dark", "light"], current: "dark"))
            case .saveViews(let views): .reply(.viewsKept(views))
            case .scrub, .redraw, .useTheme, .captureMouse, .cancel, .suspend, .quit: nil
            }
        }
    }

    private mutating func performed(_ command: Command) -> Performed {
        guard case .entry(var entry) = Sample.entries[0] else { preconditionFailure("the sample begins with an entry") }
        if let target = target ?? command.target { entry.target = target }
        entry.isAllowed = refusal == nil
        note(&entry)
        if refusal == nil { carryOutInReview(command, entry.sequence) }
        return Performed(entry: entry, refusal: refusal, secret: refusal == nil ? secret : nil)
    }

    /// The log gets one more entry.
    mutating func note(_ entry: inout AuditEntry) {
        let newest = entries.lazy.compactMap { if case .entry(let entry) = $0 { entry.sequence } else { nil } }.first
        entry.sequence = (newest ?? 0) + 1
        entries.insert(.entry(entry), at: 0)
    }

    private func answer(_ query: Query) -> Answer {
        switch query {
        case .account:
            .account(
                AccountView(
                    account: Sample.account,
                    tally: Tally(
                        members: members.count, roles: roles.count, tokens: tokens.count,
                        flaggedTokens: tokens.filter { $0.token.flag != nil }.count, auditEntries: entries.count),
                    member: me, authority: Authority(of: me, roles: rolesByID, teams: [])))
        case .members(let request, _, _, let filter):
            .members(members(page(members, request, filter) { Desk.matches($0.displayName + $0.email, filter) }))
        case .roles(let request, _, _, let filter):
            .roles(page(roleRows, request, filter) { Desk.matches($0.key, filter) })
        case .tokens(let request, _, let isReversed, let filter):
            .tokens(page(isReversed ? tokens.reversed() : tokens, request, filter) { Desk.matches($0.token.name, filter) })
        case .audit(let request, let filter): .audit(page(entries, request, filter) { Desk.matches(Desk.words(of: $0), filter) })
        case .memberDetail(let id): .memberDetail(members.first { $0.id == id }.map(detail))
        case .tokenDetail(let id): .tokenDetail(tokens.first { $0.token.id == id }.map(detail))
        case .roleDetail(let reference):
            .roleDetail(roleRows.first { $0.reference == reference }.map { RoleDetail(row: $0, members: Array(members.dropFirst(2).prefix(1)), teams: [], tokens: Array(tokens.dropFirst(3).prefix(1))) })
        case .history(let kind, let id, let limit):
            .history(
                Array(
                    entries.filter {
                        guard case .entry(let entry) = $0 else { return false }
                        return entry.target.kind == kind && entry.target.id == id
                    }.prefix(limit)))
        case .roleChoices: .roleChoices(roles)
        case .templates: .templates(templates)
        case .impact: .impact(impact)
        case .reviews: .reviews(reviews)
        case .reviewItems(_, let from, let limit, let undecidedOnly):
            .reviewItems(Array(reviewRows.filter { $0.item.place >= from && (!undecidedOnly || $0.item.decision == nil) }.prefix(limit)))
        case .reviewedToken(let id): .reviewedToken(tokens.first { $0.token.id == id }.map(detail))
        case .replay: .replay(replay)
        case .proposal: .proposal(proposal)
        case .activity(let span, let count):
            .activity(Activity(start: Sample.now, span: span, counts: (0..<count).map { [0, 1, 8, 12, 16, 3, 0][$0 % 7] }))
        }
    }

    /// Rows of the page alone: to count everybody's tokens takes long.
    private func members(_ page: Page<Member>) -> Page<MemberRow> {
        Page(
            items: page.items.map { Page.Item(row($0.row), cursor: $0.cursor) }, hasBefore: page.hasBefore,
            hasAfter: page.hasAfter)
    }

    private func row(_ member: Member) -> MemberRow {
        let own = tokens.filter { $0.token.owner == member.id }
        return MemberRow(
            member: member, customRoleKeys: member.customRoles.compactMap { rolesByID[$0]?.key.text }, tokenCount: own.count,
            lastSeenTokenName: member.id == Sample.memberID(2) ? "release robot" : nil,
            worst: own.isEmpty ? nil : own.max { $0.risk.score < $1.risk.score }?.risk)
    }

    private var roleRows: [RoleRow] {
        BaseRole.allCases.map { RoleRow(.base($0), memberCount: 1, tokenCount: 2) }
            + roles.map { RoleRow(.custom($0), memberCount: $0.id == Sample.roleID(1) ? 1 : 0, tokenCount: 1) }
    }

    private func detail(_ member: Member) -> MemberDetail {
        MemberDetail(
            row: row(member), roles: roles.filter { member.customRoles.contains($0.id) }, teams: [],
            authority: Authority(of: member, roles: rolesByID, teams: []),
            tokens: tokens.filter { $0.token.owner == member.id })
    }

    private func detail(_ row: TokenRow) -> TokenDetail {
        let owner = row.token.owner.flatMap { id in members.first { $0.id == id } }
        let names = ["updateOn", "updateTargets", "viewProject"]
        let use: [UseOfDay] =
            row.token.lastUsedAt == nil
            ? []
            : (0..<90).reversed().filter { $0 % 5 != 2 }.map { age in
                UseOfDay(
                    day: Sample.now.startOfDay - .days(age), action: Action(names[age % 3]),
                    allowed: (age * 37) % 50 + 1, denied: age % 30 == 0 ? 3 : 0)
            }
        return TokenDetail(
            row: row, owner: owner, scope: Authority(of: row.token.scope, roles: rolesByID, owner: owner, teams: []),
            behind: owner.map { Authority(of: $0, roles: rolesByID, teams: []) },
            findings: row.risk.rules == 0 ? [] : HygieneRule.allCases.filter { row.risk.holds($0) }.map { Desk.finding($0, row) },
            secrets: [
                StoredSecret(id: "4fK9aZ0Qw2Lm", token: row.token.id, hash: [], keyVersion: 1, createdAt: row.token.createdAt)
            ], use: use, recentNetworks: 2, attempts: row.token.quarantine == nil ? nil : attempts)
    }

    private static func finding(_ rule: HygieneRule, _ row: TokenRow) -> Finding {
        switch rule {
        case .unused: Finding(rule, severity: .medium, evidence: .lastUsedAt(row.token.lastUsedAt!))
        case .expiringSoon: Finding(rule, severity: .low, evidence: .expiresAt(row.token.expiresAt!))
        case .neverUsed: Finding(rule, severity: .medium, evidence: .createdAt(row.token.createdAt))
        case .unclearName: Finding(rule, severity: .low, evidence: .name(row.token.name))
        case .adminScope: Finding(rule, severity: .high, evidence: .scopeIncludes(.admin))
        case .sleepingPrivilege:
            Finding(
                rule, severity: .medium,
                evidence: .withheld(Request(Action("deleteFlag"), on: certain { try Resource(parsing: "proj/web:env/production:flag/any") })))
        default: Finding(rule, severity: row.risk.worst ?? .low, evidence: .plain)
        }
    }

    /// Rows by their places: enough of a keyset page for the screen.
    private func page<Row: Hashable & Sendable>(
        _ all: [Row], _ request: PageRequest, _ filter: Filter, _ passes: (Row) -> Bool
    ) -> Page<Row> {
        let rows = filter.isEmpty ? all : all.filter(passes)
        func place(_ cursor: PageCursor) -> Int {
            if case .integer(let number)? = cursor.values.first { Int(number) } else { 0 }
        }
        let range: Range<Int> =
            switch request.start {
            case .first: 0..<min(request.limit, rows.count)
            case .last: max(0, rows.count - request.limit)..<rows.count
            case .after(let cursor): min(place(cursor) + 1, rows.count)..<min(place(cursor) + 1 + request.limit, rows.count)
            case .before(let cursor): max(0, place(cursor) - request.limit)..<max(0, place(cursor))
            case .from(let cursor): min(place(cursor), rows.count)..<min(place(cursor) + request.limit, rows.count)
            }
        return Page(
            items: range.map { Page.Item(rows[$0], cursor: PageCursor([.integer(Int64($0))])) },
            hasBefore: range.lowerBound > 0, hasAfter: range.upperBound < rows.count)
    }

    /// What an entry is found by. Its description would say as much, and take a hundred times as long.
    private static func words(of row: AuditRow) -> String {
        switch row {
        case .entry(let entry):
            [entry.name, entry.actorName, entry.action, entry.resource, entry.target.name, entry.comment, entry.reason]
                .joined(separator: " ")
        case .past(let entry): [entry.actorName, entry.action, entry.targetName, entry.title, entry.comment].joined(separator: " ")
        }
    }

    private static func matches(_ text: String, _ filter: Filter) -> Bool {
        filter.terms.allSatisfy { term in
            guard case .text(let wanted) = term.condition else { return true }
            return text.lowercased().contains(wanted.lowercased()) != term.isExcluded
        }
    }
}
