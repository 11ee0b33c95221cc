/// The key of a custom role or a team, unique in the account, case sensitive, never changed:
/// letters, digits, `.`, `-` and `_`, beginning with a letter or digit, at most 128 characters.
package struct Key: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static let maximumLength = 128

    package let text: String

    /// Nil when `text` is not a key.
    package init?(_ text: String) {
        guard let first = text.utf8.first, first.isASCIIAlphanumeric,
            text.utf8.count <= Self.maximumLength,
            text.utf8.allSatisfy({
                $0.isASCIIAlphanumeric || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
                    || $0 == UInt8(ascii: "_")
            })
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// A group of members; its roles are added to those of each member. Teams come from an import.
package struct Team: Hashable, Sendable {
    package let key: Key
    package var name: String
    package var members: [MemberID]
    package var customRoles: [RoleID]
    package var roleAttributes: RoleAttributes

    package init(
        key: Key, name: String, members: [MemberID] = [], customRoles: [RoleID] = [],
        roleAttributes: RoleAttributes = [:]
    ) {
        self.key = key
        self.name = name
        self.members = members
        self.customRoles = customRoles
        self.roleAttributes = roleAttributes
    }
}
