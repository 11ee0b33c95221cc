/// One use of a token, rolled up: what it called how often in one day.
package struct UseOfDay: Hashable, Sendable {
    /// Midnight UTC at which the day begins.
    package var day: Timestamp
    package var action: Action
    package var allowed: Int
    package var denied: Int

    package init(day: Timestamp, action: Action, allowed: Int, denied: Int) {
        self.day = day
        self.action = action
        self.allowed = allowed
        self.denied = denied
    }
}

/// Everything about a token, from one moment.
package struct TokenDetail: Hashable, Sendable {
    package var row: TokenRow
    package var owner: Member?
    /// What it was given, with its roles looked up.
    package var scope: Authority
    /// What the person behind it may do now; for a service token, the snapshot; nil for account-wide ones.
    package var behind: Authority?
    package var findings: [Finding]
    /// Findings that do not count until a day.
    package var suppressed: [SuppressedFinding]
    /// Rules that say nothing, because use was not on record.
    package var withheld: [WithheldRule]
    package var secrets: [StoredSecret]
    /// The last 90 days, oldest first, at most 2,000 rows.
    package var use: [UseOfDay]
    /// Networks it was used from in the last 7 days.
    package var recentNetworks: Int
    /// The keys of the custom roles of its planned and its former scope.
    package var keptRoleKeys: [RoleID: String]
    /// How often it was tried in vain since it is in quarantine; nil: never, or it is not.
    package var attempts: TokenSignal?
    /// For which part of the last 90 days use is on record; nil where nobody looked.
    package var coverage: UseCoverage?

    package init(
        row: TokenRow, owner: Member?, scope: Authority, behind: Authority?, findings: [Finding],
        suppressed: [SuppressedFinding] = [], withheld: [WithheldRule] = [], secrets: [StoredSecret], use: [UseOfDay],
        recentNetworks: Int, keptRoleKeys: [RoleID: String] = [:], attempts: TokenSignal? = nil,
        coverage: UseCoverage? = nil
    ) {
        self.row = row
        self.owner = owner
        self.scope = scope
        self.behind = behind
        self.findings = findings
        self.suppressed = suppressed
        self.withheld = withheld
        self.secrets = secrets
        self.use = use
        self.recentNetworks = recentNetworks
        self.keptRoleKeys = keptRoleKeys
        self.attempts = attempts
        self.coverage = coverage
    }

    /// The keys of the custom roles of the planned or the former scope.
    package func keys(of scope: Scope) -> [String] {
        guard case .customRoles(let roles) = scope else { return [] }
        return roles.map { keptRoleKeys[$0] ?? $0.text }
    }
}

extension TokenDetail {
    /// Whether so much of its use is on record that silence says something.
    package var isUseKnown: Bool { coverage.map { $0.isKnown(percent: 99) } ?? (row.token.useKnownUntil == nil) }
}

package struct MemberDetail: Hashable, Sendable {
    package var row: MemberRow
    package var roles: [Role]
    package var teams: [Team]
    package var authority: Authority
    /// His riskiest tokens, at most 20.
    package var tokens: [TokenRow]

    package init(
        row: MemberRow, roles: [Role], teams: [Team], authority: Authority, tokens: [TokenRow]
    ) {
        self.row = row
        self.roles = roles
        self.teams = teams
        self.authority = authority
        self.tokens = tokens
    }
}

package struct RoleDetail: Hashable, Sendable {
    package var row: RoleRow
    /// Who holds it, at most 20 of each.
    package var members: [Member]
    package var teams: [Team]
    package var tokens: [TokenRow]

    package init(row: RoleRow, members: [Member], teams: [Team], tokens: [TokenRow]) {
        self.row = row
        self.members = members
        self.teams = teams
        self.tokens = tokens
    }
}

/// Whom a command would touch, shown before it is confirmed.
package struct Impact: Hashable, Sendable {
    package struct Touched: Hashable, Sendable {
        /// The worst first.
        package enum Effect: String, CaseIterable, Hashable, Sendable {
            /// Stops working altogether.
            case killed
            /// Loses something that it may do now; the example is an action it loses.
            case weakened
            /// The policies are too much to compare: it may lose something.
            case undecided
            /// Gains something; nothing is lost.
            case strengthened
        }

        package var target: AuditTarget
        package var effect: Effect
        /// A request whose answer changes; nil where it stops altogether, or that is undecided.
        package var example: Request?

        package init(_ target: AuditTarget, effect: Effect, example: Request?) {
            self.target = target
            self.effect = effect
            self.example = example
        }
    }

    /// At most 200, members first.
    package var touched: [Touched]
    /// How many members and tokens were looked at, and how many more there are than could be.
    package var examined: Int
    package var notExamined: Int

    package init(touched: [Touched] = [], examined: Int = 0, notExamined: Int = 0) {
        self.touched = touched
        self.examined = examined
        self.notExamined = notExamined
    }
}
