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
    case selfEscalating = 13
    case longLifetime = 14
    case rotationOverdue = 15
    case overPrivileged = 16
    case overreach = 17
    case orphanService = 18
    case shared = 19
    case newNetwork = 20
    case newClient = 21
    case revived = 22
    case unpinned = 23
    case denialBurst = 24
    case retiredSecret = 25
    case leaked = 26
    case unsafePresentation = 27
    case rotationUnfinished = 28
    case duplicate = 29
    case oldVersion = 30
    case crossedLines = 31
    case reviewOverdue = 32
}

/// What one rule says about one token.
package struct Finding: Hashable, Sendable {
    package var rule: HygieneRule
    package var severity: Severity
    package var evidence: Evidence
    /// What use it was judged by; nil where use has no part in it.
    package var basis: UseBasis?

    package init(_ rule: HygieneRule, severity: Severity, evidence: Evidence, basis: UseBasis? = nil) {
        self.rule = rule
        self.severity = severity
        self.evidence = evidence
        self.basis = basis
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
        /// A request by which it could give itself or others more.
        case escalates(Request)
        /// From its creation to its end, and what is allowed at most.
        case lifetime(TimeSpan, limit: TimeSpan)
        case secretSince(Timestamp)
        /// How much of what it may do it did not do, by weight, in percent; how many actions; one of them.
        case excess(percent: Int, unused: Int, granted: Int, example: Action)
        /// So many of the places that it reaches were called.
        case places(touched: Int, reached: Int)
        case revived(silentFrom: Timestamp, at: Timestamp)
        case shared(networks: Int, clients: Int)
        /// Calls from two networks within a minute.
        case twoNetworks(String, String, at: Timestamp)
        case network(String, since: Timestamp)
        case client(String, since: Timestamp)
        case denials(calls: Int, actions: Int, at: Timestamp)
        case signal(TokenSignal.Kind, count: Int, lastAt: Timestamp)
        /// Calls with the secret that was replaced, the last one then; it ends at `until`.
        case oldSecret(lastAt: Timestamp, until: Timestamp)
        /// Attempts with a secret that had ended then, the last one at `lastAt`.
        case endedSecret(lastAt: Timestamp, endedAt: Timestamp)
        /// From where it was called in the last 30 days, as far as that is known: at most `NetworkLimit.maximumCount`.
        case networks([String])
        /// Another token of the same owner, scope and consumer.
        case twin(TokenID)
        case hoard(Int)
        /// The version it is pinned to, how many newer ones there are, and when its own ends or ended.
        case apiVersion(Int, behind: Int, endsAt: Timestamp?)
        case environments(String, String)
        case interactive(String)
        /// The last decision of a review about it; nil: there was none.
        case reviewed(Timestamp?)
        /// A suppression of another finding that is this old.
        case suppressedSince(Timestamp, HygieneRule)
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
