/// Values of role attributes, by attribute key: what `${roleAttribute/key}` in a policy stands for.
package typealias RoleAttributes = [String: [String]]

extension RoleAttributes {
    /// At most so many attributes, and so many values of each.
    package static let maximumCount = 50

    /// What is wrong with a key or a value, or with their number; nil when all are acceptable. A key is like
    /// that of a role, a value is one line: it may hold the stars and signs of a specifier.
    package var fault: TextFault? {
        if count > Self.maximumCount { return .tooMany(limit: Self.maximumCount) }
        for (key, values) in sorted(by: { $0.key < $1.key }) {
            if values.count > Self.maximumCount { return .tooMany(limit: Self.maximumCount) }
            if let fault = TextRule.name.fault(in: key) { return fault }
            if PatrolDomain.Key(key) == nil { return .notAKey }
            for value in values {
                if let fault = TextRule.name.fault(in: value) { return fault }
                if value.utf8.contains(UInt8(ascii: ",")) { return .forbiddenCharacter(0x2C) }
            }
        }
        return nil
    }
}

/// A person with access to the account.
package struct Member: Hashable, Sendable {
    package let id: MemberID
    package var email: String
    package var firstName: String
    package var lastName: String
    /// Counts only while the member has no custom role of his own (see `Authority`).
    package var baseRole: BaseRole
    /// Directly assigned custom roles, in the order they were given.
    package var customRoles: [RoleID]
    package var roleAttributes: RoleAttributes
    /// Invited, but not accepted yet.
    package var isPending: Bool
    package let createdAt: Timestamp
    package var lastSeenAt: Timestamp?
    /// The token by which the member was last seen; nil when in person.
    package var lastSeenToken: TokenID?
    /// A removed member stays on record, because his tokens and audit entries name him.
    package var removedAt: Timestamp?
    /// Grows by one with each change: what a confirmation was shown for.
    package var version: Int

    package init(
        id: MemberID, email: String, firstName: String = "", lastName: String = "",
        baseRole: BaseRole = .reader, customRoles: [RoleID] = [], roleAttributes: RoleAttributes = [:],
        isPending: Bool = true, createdAt: Timestamp, lastSeenAt: Timestamp? = nil,
        lastSeenToken: TokenID? = nil, removedAt: Timestamp? = nil, version: Int = 1
    ) {
        self.id = id
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.baseRole = baseRole
        self.customRoles = customRoles
        self.roleAttributes = roleAttributes
        self.isPending = isPending
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.lastSeenToken = lastSeenToken
        self.removedAt = removedAt
        self.version = version
    }

    /// First and last name, or the e-mail address where there is none.
    package var displayName: String {
        if firstName.isEmpty && lastName.isEmpty { return email }
        if firstName.isEmpty { return lastName }
        return lastName.isEmpty ? firstName : "\(firstName) \(lastName)"
    }

    /// The e-mail address of one who is on record only because something that was imported names him.
    static func unknownAddress(_ id: MemberID) -> String { "\(id.text)@unknown.invalid" }

    package var isUnknown: Bool { email == Self.unknownAddress(id) }

    package var standing: Standing {
        if removedAt != nil { return .removed }
        return isPending ? .pending : .active
    }

    package enum Standing: String, Hashable, Sendable { case pending, active, removed }
}
