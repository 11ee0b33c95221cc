/// What came of a call.
package enum UseOutcome: Int, CaseIterable, Hashable, Sendable {
    /// The only one that counts as use.
    case allowed = 0
    case denied = 1
    /// Refused because the token is in quarantine.
    case quarantined = 2
    /// Refused because the secret was replaced, or its token deleted.
    case retired = 3

    /// A stable word for `--json`.
    package var code: String {
        switch self {
        case .allowed: "allowed"
        case .denied: "denied"
        case .quarantined: "quarantined"
        case .retired: "retired"
        }
    }
}

/// Calls of one token in one hour that have all else in common, rolled up.
package struct HourOfUse: Hashable, Sendable {
    package var token: TokenID
    /// The beginning of the hour, UTC.
    package var hour: Timestamp
    package var action: Action
    /// As it was asked for, such as `proj/web:env/production:flag/checkout`; empty where it is not known.
    package var resource: String
    /// Where the calls came from, as coarse as it is kept: a /24 or a /48; empty where unknown.
    package var network: String
    /// The family of the client, such as `terraform`; empty where unknown.
    package var client: String
    /// The public id of the secret that was presented; empty where unknown.
    package var secret: String
    package var outcome: UseOutcome
    package var calls: Int
    package var firstAt: Timestamp
    package var lastAt: Timestamp

    package init(
        token: TokenID, hour: Timestamp, action: Action, resource: String = "", network: String = "",
        client: String = "", secret: String = "", outcome: UseOutcome, calls: Int, firstAt: Timestamp,
        lastAt: Timestamp
    ) {
        self.token = token
        self.hour = hour
        self.action = action
        self.resource = resource
        self.network = network
        self.client = client
        self.secret = secret
        self.outcome = outcome
        self.calls = calls
        self.firstAt = firstAt
        self.lastAt = lastAt
    }
}

/// A time of which all use is on record: outside of these, silence means nothing.
package struct UseWindow: Hashable, Sendable {
    package var start: Timestamp
    /// Not in it any more.
    package var end: Timestamp
    /// What recorded it: `gateway`, or the name of a file that was imported.
    package var source: String

    package init(start: Timestamp, end: Timestamp, source: String) {
        self.start = start
        self.end = end
        self.source = source
    }
}
