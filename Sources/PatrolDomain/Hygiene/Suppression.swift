/// A person's word that a finding of a token is to be borne with until a day.
package struct Suppression: Hashable, Sendable {
    package var rule: HygieneRule
    package var reason: String
    package var suppressedBy: MemberID
    package var since: Timestamp
    package var endsAt: Timestamp

    /// The longest that a finding can be suppressed.
    package static let maximum = TimeSpan.days(400)

    package init(
        _ rule: HygieneRule, reason: String, suppressedBy: MemberID, since: Timestamp, endsAt: Timestamp
    ) {
        self.rule = rule
        self.reason = reason
        self.suppressedBy = suppressedBy
        self.since = since
        self.endsAt = endsAt
    }

    package func isInForce(at now: Timestamp) -> Bool { now < endsAt }
}

/// A finding that does not count, because somebody said so.
package struct SuppressedFinding: Hashable, Sendable {
    package let finding: Finding
    package let suppression: Suppression

    package init(_ finding: Finding, _ suppression: Suppression) {
        self.finding = finding
        self.suppression = suppression
    }
}

/// A rule that says nothing, because use was not on record for a while.
package struct WithheldRule: Hashable, Sendable {
    package let rule: HygieneRule
    package let gap: Telemetry.Gap

    package init(_ rule: HygieneRule, gap: Telemetry.Gap) {
        self.rule = rule
        self.gap = gap
    }
}
