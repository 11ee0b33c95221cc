/// One token of a review.
package struct ReviewItem: Hashable, Sendable {
    package let review: ReviewID
    /// Its place on the list, from 1: the riskiest first.
    package let place: Int
    package let token: TokenID
    /// What the token was like when the review began.
    package let facts: FrozenToken
    package var decision: ReviewDecision?
    /// The number of the audit entry that changed it last: what a decision was made on.
    package var entry: Int64

    package init(
        review: ReviewID, place: Int, token: TokenID, facts: FrozenToken, decision: ReviewDecision?, entry: Int64
    ) {
        self.review = review
        self.place = place
        self.token = token
        self.facts = facts
        self.decision = decision
        self.entry = entry
    }

    /// Whether the decision needs words: only a token of which no rule complains may be kept without any.
    package func needsWhy(for answer: ReviewAnswer) -> Bool { answer != .keep || !facts.findings.isEmpty }
}

/// A token as it was at one moment, in words that can be read for ever.
package struct FrozenToken: Hashable, Sendable {
    package var name: String
    package var purpose: String
    package var kind: AccessToken.Kind
    /// Nil: it belongs to nobody.
    package var owner: MemberID?
    package var ownerName: String?
    /// Nil: there is nobody, or he is not on record.
    package var ownerStanding: Member.Standing?
    /// `reader`, `roles deploy, audit`, a policy with a statement a line, or `the whole account`.
    package var scope: String
    package var ending: String
    package var createdAt: Timestamp
    package var expiresAt: Timestamp?
    package var lastUsedAt: Timestamp?
    /// The words of the rules that complained (`HygieneRule.word`), in the order of the rules.
    package var findings: [String]
    package var severity: Severity?

    package init(
        name: String, purpose: String, kind: AccessToken.Kind, owner: MemberID?, ownerName: String?,
        ownerStanding: Member.Standing?, scope: String, ending: String, createdAt: Timestamp, expiresAt: Timestamp?,
        lastUsedAt: Timestamp?, findings: [String], severity: Severity?
    ) {
        self.name = name
        self.purpose = purpose
        self.kind = kind
        self.owner = owner
        self.ownerName = ownerName
        self.ownerStanding = ownerStanding
        self.scope = scope
        self.ending = ending
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.findings = findings
        self.severity = severity
    }

    /// The token as a list shows it now.
    package init(_ row: TokenRow) {
        let token = row.token
        self.init(
            name: token.name, purpose: token.purpose, kind: token.kind, owner: token.owner, ownerName: row.ownerName,
            ownerStanding: row.ownerStanding, scope: token.scope.frozen(roleKeys: row.scopeRoleKeys),
            ending: token.ending, createdAt: token.createdAt, expiresAt: token.expiresAt,
            lastUsedAt: token.lastUsedAt,
            findings: HygieneRule.allCases.filter(row.risk.holds).map(\.word), severity: row.risk.worst)
    }
}

extension Scope {
    /// In words for the record.
    package func frozen(roleKeys: [String]) -> String {
        switch self {
        case .base(let role): role.rawValue
        case .customRoles: "roles \(roleKeys.joined(separator: ", "))"
        case .inline(let policy): policy.summary
        case .account: "the whole account"
        }
    }
}

/// An item with its token as it is now.
package struct ReviewItemRow: Hashable, Sendable {
    package var item: ReviewItem
    package var row: TokenRow
    /// When the newest secret of the token was made; nil: none is on record.
    package var secretMadeAt: Timestamp?
    /// Who decided.
    package var deciderName: String?

    package init(item: ReviewItem, row: TokenRow, secretMadeAt: Timestamp?, deciderName: String?) {
        self.item = item
        self.row = row
        self.secretMadeAt = secretMadeAt
        self.deciderName = deciderName
    }

    package var isGone: Bool { row.token.deletedAt != nil }
}

/// Whether what was decided has been done.
package enum ReviewOutcome: String, Hashable, Sendable {
    /// There is nothing to do.
    case nothing
    case open
    /// A narrower scope takes the scope's place at a later time.
    case planned
    case done
}

extension ReviewItemRow {
    /// What a closed review's rule asks for, where nobody answered about the token and it is not done yet; nil: nothing.
    package func noAnswerCommand(in review: Review) -> Command? {
        guard let decision = item.decision, decision.answer == nil, outcome(noAnswer: review.noAnswer) == .open else { return nil }
        let reason = TextRule.recordable("no answer in the review \(review.name)", maximumLength: TextRule.reason.maximumLength)
        // Nothing is deleted because nobody answered: no day is set.
        return review.noAnswer == .quarantine
            ? .quarantineToken(
                QuarantineToken(token: row.token.id, version: row.token.version, reason: reason, deletesAt: nil))
            : .flagToken(row.token.id, reason: reason, dueAt: nil, version: row.token.version)
    }

    /// How far the decision was carried out. Told from the token as it is now, whoever did it.
    package func outcome(noAnswer: Review.NoAnswer) -> ReviewOutcome {
        guard let decision = item.decision else { return .nothing }
        let token = row.token
        switch (decision.answer, noAnswer) {
        case (.keep, _), (nil, .keep): return .nothing
        case (.delete, _): return isGone ? .done : .open
        case (.quarantine, _), (nil, .quarantine): return isGone || token.quarantine != nil ? .done : .open
        case (nil, .flag): return isGone || token.flag != nil ? .done : .open
        case (.rotate, _):
            return isGone || secretMadeAt.map { $0 > decision.decidedAt } ?? false ? .done : .open
        case (.narrow, _):
            if isGone || token.scope.frozen(roleKeys: row.scopeRoleKeys) != item.facts.scope { return .done }
            return token.plan == nil ? .open : .planned
        }
    }
}
