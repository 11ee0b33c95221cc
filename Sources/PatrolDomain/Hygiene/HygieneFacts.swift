/// What the rules know of a token besides itself, its scope and the person behind it.
package struct HygieneFacts: Hashable, Sendable {
    package var settings: HygieneSettings
    /// Nil: use is on record for all times.
    package var telemetry: Telemetry?
    /// Nil: nothing is recorded by the hour of this token.
    package var use: UseFacts?
    package var secrets: [StoredSecret]
    package var signals: [TokenSignal]
    package var suppressions: [Suppression]
    /// How many tokens in force the owner has; nil where that is not known.
    package var ownedTokens: Int?
    /// Another token of the same owner, with the same scope, networks and clients.
    package var twin: TokenID?
    /// Whether a review was ever held in this account, and the last decision about this token.
    package var isReviewed: Bool
    package var lastReviewedAt: Timestamp?
    /// Places of the API that any token of the account was seen to call.
    package var places: [Resource]

    package init(
        settings: HygieneSettings = HygieneSettings(), telemetry: Telemetry? = nil, use: UseFacts? = nil,
        secrets: [StoredSecret] = [], signals: [TokenSignal] = [], suppressions: [Suppression] = [],
        ownedTokens: Int? = nil, twin: TokenID? = nil, isReviewed: Bool = false,
        lastReviewedAt: Timestamp? = nil, places: [Resource] = []
    ) {
        self.settings = settings
        self.telemetry = telemetry
        self.use = use
        self.secrets = secrets
        self.signals = signals
        self.suppressions = suppressions
        self.ownedTokens = ownedTokens
        self.twin = twin
        self.isReviewed = isReviewed
        self.lastReviewedAt = lastReviewedAt
        self.places = places
    }
}
