import PatrolDomain
import PatrolPresentation

enum MemberColumns: ListColumns {
    typealias Order = MemberOrder
    static let relative = columns(Times(now: Timestamp(milliseconds: 0)))
    static let absolute = columns(Times(now: Timestamp(milliseconds: 0), isAbsolute: true))
    static let sorts: [MemberSort?] = [.name, .email, .role, .tokens, .lastSeen, nil, .worst]

    private static func columns(_ times: Times) -> [TableColumn] {
        let moment = times.cells
        return [
            TableColumn("Name", minimum: 14, ideal: 22, growth: 2),
            TableColumn("E-mail", minimum: 15, ideal: 28, rank: 4, growth: 2, isCutInMiddle: true),
            TableColumn("Roles", minimum: 9, ideal: 18, rank: 1, growth: 1),
            TableColumn("Tokens", minimum: 7, ideal: 7, rank: 3, alignment: .right),
            TableColumn("Seen", minimum: moment.minimum, ideal: moment.ideal, rank: 2),
            TableColumn("By", minimum: 10, ideal: 18, rank: 6, growth: 1),
            TableColumn("Worst", minimum: 10, ideal: 10, rank: 1),
        ]
    }

    static func cell(_ column: Int, of row: MemberRow, _ times: Times) -> Cell {
        let member = row.member
        return switch column {
        case 0: Cell(name(member), member.standing == .removed ? .disabled : .text)
        case 1: Cell(SafeText(member.email), .muted)
        case 2: Cell(roles(row))
        case 3: Cell(row.tokenCount == 0 ? "–" : Count.short(row.tokenCount), row.tokenCount == 0 ? .muted : .text)
        case 4: seen(member, times)
        case 5: Cell(row.lastSeenTokenName.map { SafeText($0) } ?? (member.lastSeenAt == nil ? "" : "in person"), .muted)
        default: riskCell(row.worst)
        }
    }

    private static func name(_ member: Member) -> SafeText { SafeText(member.displayName) }

    private static func roles(_ row: MemberRow) -> SafeText {
        let own = row.customRoleKeys.isEmpty ? [row.member.baseRole.rawValue] : row.customRoleKeys
        return SafeText((own + row.teamRoleKeys.map { "+\($0)" }).joined(separator: " "))
    }

    private static func seen(_ member: Member, _ times: Times) -> Cell {
        switch member.standing {
        case .pending: return Cell("invited", .warning)
        case .removed: return Cell("removed", .disabled)
        case .active:
            guard let seen = member.lastSeenAt else { return Cell("never", .muted) }
            return times.cell(seen, .muted)
        }
    }
}

enum RoleColumns: ListColumns {
    typealias Order = RoleOrder
    static let sorts: [RoleSort?] = [.key, .kind, .members, .teams, .tokens, .name]
    static var absolute: [TableColumn] { relative }
    static let relative = [
        TableColumn("Key", minimum: 12, ideal: 26, growth: 1, isCutInMiddle: true),
        TableColumn("Kind", minimum: 6, ideal: 6, rank: 1),
        TableColumn("Members", minimum: 8, ideal: 8, rank: 1, alignment: .right),
        TableColumn("Teams", minimum: 6, ideal: 6, rank: 3, alignment: .right),
        TableColumn("Tokens", minimum: 7, ideal: 7, rank: 1, alignment: .right),
        TableColumn("Name", minimum: 12, ideal: 30, rank: 2, growth: 3),
    ]

    static func cell(_ column: Int, of row: RoleRow, _ times: Times) -> Cell {
        func number(_ count: Int) -> Cell { Cell(count == 0 ? "–" : Count.short(count), count == 0 ? .muted : .text) }
        let (kind, name): (SafeText, SafeText) =
            switch row.listing {
            case .base(let role): ("base", role.explanation)
            case .custom(let role): ("custom", SafeText(role.name))
            }
        return switch column {
        case 0: Cell(SafeText(row.key))
        case 1: Cell(kind, .muted)
        case 2: number(row.memberCount)
        case 3: number(row.teamCount)
        case 4: number(row.tokenCount)
        default: Cell(name, .muted)
        }
    }
}

enum TokenColumns: ListColumns {
    typealias Order = TokenOrder
    static let relative = columns(Times(now: Timestamp(milliseconds: 0)))
    static let absolute = columns(Times(now: Timestamp(milliseconds: 0), isAbsolute: true))
    static let sorts: [TokenSort?] = [.risk, .name, .owner, .scope, .ending, .created, .lastUsed, nil, .expires, .flag]

    private static func columns(_ times: Times) -> [TableColumn] {
        let moment = times.cells
        let use = TokenRow.recentDays
        return [
            TableColumn("Risk", minimum: 10, ideal: 10),
            TableColumn("Name", minimum: 15, ideal: 28, growth: 3, isCutInMiddle: true, claim: .init(cells: 24, rank: 5)),
            TableColumn("Owner", minimum: 10, ideal: 16, rank: 2, growth: 1),
            TableColumn("Scope", minimum: 10, ideal: 20, rank: 3, growth: 1),
            TableColumn("Ending", minimum: 7, ideal: 7, rank: 7),
            TableColumn("Created", minimum: max(8, moment.minimum), ideal: moment.ideal, rank: 8),
            TableColumn("Used", minimum: moment.minimum, ideal: moment.ideal, rank: 2),
            TableColumn("Use, 14 d", minimum: use, ideal: use, rank: 5),
            TableColumn("Expires", minimum: max(8, moment.minimum), ideal: max(8, moment.ideal - 2), rank: 4),
            TableColumn("Flag", minimum: 5, ideal: 13, rank: 1),
        ]
    }

    static func cell(_ column: Int, of row: TokenRow, _ times: Times) -> Cell {
        let token = row.token
        return switch column {
        case 0: riskCell(row.risk)
        case 1: Cell(token.label, token.name.isEmpty ? .muted : .text)
        case 2: owner(row)
        case 3: scope(row)
        case 4: Cell(token.ending.isEmpty ? "" : "…" + SafeText(token.ending), .muted)
        case 5: times.cell(token.createdAt, .muted)
        case 6: token.lastUsedAt.map { times.cell($0, .muted) } ?? Cell("never", .muted)
        case 7: use(row)
        case 8: expires(token, times)
        default: flag(token, times)
        }
    }

    private static func scope(_ row: TokenRow) -> Cell {
        let isWide = row.token.kind == .accountWide
        return Cell(
            row.token.scope.short(roleKeys: row.scopeRoleKeys), short: isWide ? "account" : nil,
            isWide ? .critical : .text)
    }

    private static func owner(_ row: TokenRow) -> Cell {
        guard let name = row.ownerName else { return Cell("nobody", .muted) }
        switch row.ownerStanding {
        case .removed: return Cell("\(name), removed", short: SafeText(name), .disabled)
        case .pending: return Cell("\(name), invited", short: SafeText(name), .muted)
        default: return Cell(SafeText(name), row.token.kind == .service ? .muted : .text)
        }
    }

    /// Calls a day; a dash where nothing is known, which is not the same as no calls.
    private static func use(_ row: TokenRow) -> Cell {
        row.recentUse.isEmpty ? Cell("–", .muted) : Cell(Plot.sparkline(row.recentUse), .plot)
    }

    private static func expires(_ token: AccessToken, _ times: Times) -> Cell {
        guard let end = token.expiresAt else { return Cell("never", .warning) }
        if end <= times.now { return times.isAbsolute ? times.cell(end, .disabled) : Cell("expired", .disabled) }
        return times.cell(end, end - times.now < .days(14) ? .warning : .muted)
    }

    private static func flag(_ token: AccessToken, _ times: Times) -> Cell {
        if token.quarantine != nil { return Cell("⊘ quarantined", short: "⊘", .flag) }
        guard let flag = token.flag else { return token.plan == nil ? Cell("") : Cell("⇣ planned", short: "⇣", .accent) }
        guard let due = flag.dueAt else { return Cell("⚑", .flag) }
        return Cell("⚑ \(TimeText.date(due, now: times.now).text)", short: "⚑", .flag)
    }
}

extension AccessToken {
    /// Its name, or that it has none.
    var label: SafeText { name.isEmpty ? "(no name)" : SafeText(name) }
}

/// `▲ high`: told apart by symbol and word as well as colour.
func riskCell(_ risk: TokenRisk?) -> Cell {
    guard let risk else { return Cell("") }
    guard let worst = risk.worst else { return RiskCells.clean }
    return switch worst {
    case .low: RiskCells.low
    case .medium: RiskCells.medium
    case .high: RiskCells.high
    case .critical: RiskCells.critical
    }
}

/// Every list is full of them, so they are made once.
private enum RiskCells {
    static let clean = Cell("✓ clean", .clean)
    static let low = cell(.low)
    static let medium = cell(.medium)
    static let high = cell(.high)
    static let critical = cell(.critical)

    private static func cell(_ severity: Severity) -> Cell {
        Cell(severity.symbol + " " + severity.word, severity.meaning)
    }
}

extension Severity {
    var meaning: Meaning {
        switch self {
        case .low: .low
        case .medium: .medium
        case .high: .high
        case .critical: .critical
        }
    }
}
