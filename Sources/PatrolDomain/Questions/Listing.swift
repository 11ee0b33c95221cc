/// A part of a list by its place, as programs page through lists, and how long the whole list is.
package struct Listing<Item: Sendable>: Sendable {
    package var items: [Item]
    package var total: Int

    package init(items: [Item], total: Int) {
        self.items = items
        self.total = total
    }
}

/// Which part of a list is wanted, by place.
package struct PageSpan: Hashable, Sendable {
    /// How many entries are passed over.
    package var offset: Int
    package var limit: Int

    package init(offset: Int, limit: Int) {
        self.offset = offset
        self.limit = limit
    }
}

/// Which members are wanted: all of what is set has to hold.
package struct MemberQuery: Hashable, Sendable {
    /// A part of the name or e-mail address.
    package var text: String?
    /// Base roles by name, custom roles by key or id: one of them is held. The owner counts as an admin.
    package var roles: [String]?
    package var ids: [String]?
    /// In any case of letters.
    package var emails: [String]?
    /// The key of a team, in any case of letters.
    package var team: String?
    package var isInNoTeam: Bool?
    package var isNeverSeen = false
    package var isSeenBefore: Timestamp?

    package enum Order: Hashable, Sendable {
        /// As they came into the account.
        case created
        case displayName(isReversed: Bool)
        /// Those never seen come first.
        case lastSeen(isReversed: Bool)
    }

    package var order = Order.created

    package init() {}
}

/// Where in the two logs, which are read as one from the newest entry on, a reader stands.
package enum AuditPlace: Hashable, Sendable {
    /// Entries of Patrol's own log below this number come next.
    case own(below: Int64)
    /// Then those of the log that was imported, below this time and number.
    case past(below: Timestamp, number: Int64)
}
