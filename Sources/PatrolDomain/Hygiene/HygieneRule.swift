/// How bad a finding is.
package enum Severity: Int, CaseIterable, Hashable, Sendable, Comparable {
    case low = 1, medium, high, critical

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The rules of token hygiene. The raw value is the rule's bit in `TokenRisk.rules`: never reused.
package enum HygieneRule: Int, CaseIterable, Hashable, Sendable {
    case accountWide = 0
    case adminScope = 1
    case wildcardPolicy = 2
    case neverUsed = 3
    case unused = 4
    case noExpiry = 5
    case expiringSoon = 6
    case ownerRemoved = 7
    case ownerPending = 8
    case sleepingPrivilege = 9
    case unclearName = 10
    case missingPurpose = 11
    case expired = 12
}

/// What one rule says about one token.
package struct Finding: Hashable, Sendable {
    package var rule: HygieneRule
    package var severity: Severity
    package var evidence: Evidence

    package init(_ rule: HygieneRule, severity: Severity, evidence: Evidence) {
        self.rule = rule
        self.severity = severity
        self.evidence = evidence
    }

    /// The fact that a finding rests on. The words stand in PatrolPresentation.
    package enum Evidence: Hashable, Sendable {
        /// The fact is the rule itself.
        case plain
        case scopeIncludes(BaseRole)
        /// The statement (by place) that reaches so far, of this grant.
        case statement(Int, of: GrantName)
        case createdAt(Timestamp)
        case lastUsedAt(Timestamp)
        case expiresAt(Timestamp)
        case removedAt(Timestamp)
        /// A request that the scope allows and the person behind it may not make.
        case withheld(Request)
        case name(String)
    }
}

/// What the rules said about a token when it was last judged: enough to list and sort it.
package struct TokenRisk: Hashable, Sendable {
    /// Bit `n` is set for the rule with raw value `n`.
    package var rules: UInt64
    /// Sorts tokens by risk: larger is worse, 0 is clean.
    package var score: Int
    package var worst: Severity?

    package init(rules: UInt64, score: Int, worst: Severity?) {
        self.rules = rules
        self.score = score
        self.worst = worst
    }

    package static let clean = TokenRisk(rules: 0, score: 0, worst: nil)

    package func holds(_ rule: HygieneRule) -> Bool { rules & (1 << UInt64(rule.rawValue)) != 0 }
}
