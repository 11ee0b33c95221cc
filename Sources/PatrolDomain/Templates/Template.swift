/// What tokens of one use are like: a policy with blanks, and how long such a token lives.
///
/// A blank is a role attribute in a key, `${roleAttribute/project}`; it is filled in when a token is made.
package struct Template: Hashable, Sendable {
    /// In days.
    package static let acceptedExpiry = 1...3_650
    /// How many an account keeps.
    package static let maximumCount = 200

    package let key: Key
    package var name: String
    package var description: String
    package var policy: Policy
    /// Nil: as long as whoever makes the token says.
    package var expiryDays: Int?
    /// Deleted; or, of one that comes with Patrol, hidden.
    package var deletedAt: Timestamp?
    /// Grows by one with each change; 0 where the account keeps none of its own.
    package var version: Int

    package init(
        key: Key, name: String, description: String, policy: Policy, expiryDays: Int?,
        deletedAt: Timestamp? = nil, version: Int = 0
    ) {
        self.key = key
        self.name = name
        self.description = description
        self.policy = policy
        self.expiryDays = expiryDays
        self.deletedAt = deletedAt
        self.version = version
    }

    /// The names of its blanks, in the order in which they are met.
    package var blanks: [String] { policy.blanks }
}

/// A template as a list shows it.
package struct TemplateRow: Hashable, Sendable {
    package enum Origin: String, CaseIterable, Hashable, Sendable {
        /// As it comes with Patrol.
        case builtIn
        /// In the place of one that comes with Patrol.
        case changed
        /// The account's own.
        case own
    }

    package var template: Template
    package var origin: Origin

    package var isHidden: Bool { template.deletedAt != nil }

    /// Those that come with Patrol in their order, each as the account changed it, then the account's own by key.
    /// Of what was deleted only what comes with Patrol is still there, hidden.
    ///
    /// - Parameter stored: What the account keeps, also what was deleted.
    package static func all(stored: [Template]) -> [TemplateRow] {
        let byKey = Dictionary(stored.map { ($0.key, $0) }) { first, _ in first }
        let given = Template.builtIn.map { original -> TemplateRow in
            guard let kept = byKey[original.key] else { return TemplateRow(template: original, origin: .builtIn) }
            if kept.deletedAt == nil { return TemplateRow(template: kept, origin: .changed) }
            var hidden = original
            hidden.deletedAt = kept.deletedAt
            return TemplateRow(template: hidden, origin: .builtIn)
        }
        let own = stored.filter { kept in kept.deletedAt == nil && Template.builtIn(kept.key) == nil }
        return given + own.sorted { $0.key.text < $1.key.text }.map { TemplateRow(template: $0, origin: .own) }
    }
}
