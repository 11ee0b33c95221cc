/// What a yes does to the records. Storage applies it; nobody else can.
package enum Change: Hashable, Sendable {
    case insertMember(Member)
    case updateMember(Member)
    case insertRole(Role)
    case updateRole(Role)
    case upsertTeam(Team)
    case insertToken(AccessToken)
    case updateToken(AccessToken)
    case insertSecret(StoredSecret)
    /// Every secret of the token that has no end yet, or a later one, ends at this moment.
    case endSecrets(of: TokenID, at: Timestamp)
    /// What was seen of the token so far counts no more.
    case forgetSignal(TokenSignal.Kind, of: TokenID)
    case insertAccount(Account)
    case upsertPastEntry(PastEntry)
    /// Over the version before its own, or new.
    case upsertTemplate(Template)
    case writeSettings(AccountSettings)
    /// Takes the place of one of the same rule.
    case upsertSuppression(Suppression, of: TokenID)
    case deleteSuppression(of: HygieneRule, from: TokenID)
    /// With an item for each token that the filter lets through at the moment of its beginning.
    case insertReview(Review, of: Filter)
    /// The item as it was before.
    case decideReviewItem(ReviewItem, ReviewDecision)
    /// Everything undecided gets this decision.
    case closeReview(Review, undecided: ReviewDecision)
    /// The stored risk of these tokens may have changed (see `TokenRisk`).
    case staleRisk(RiskScope)
}

/// Whose tokens must be judged anew.
package enum RiskScope: Hashable, Sendable {
    case token(TokenID)
    case tokensOfMember(MemberID)
    /// Tokens scoped by the role, and tokens of members who hold it, directly or by a team.
    case tokensTouchedByRole(RoleID)
    case everyToken
}

/// The answer to a command: allowed with its changes, or refused; with the event to record either way.
/// Only the domain can make one.
package struct Ruling: Sendable {
    package let event: AuditEvent
    /// Empty when refused.
    package let changes: [Change]

    package var refusal: Refusal? { event.refusal }

    init(event: AuditEvent, changes: [Change]) {
        precondition(event.refusal == nil || changes.isEmpty, "a refusal changes nothing")
        self.event = event
        self.changes = changes
    }
}
