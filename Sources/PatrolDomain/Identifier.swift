/// The identity of one `Entity`: ids of different things can't be swapped.
///
/// Text of 1–64 ASCII letters, digits, `-` and `_`. Patrol makes 24 hexadecimal digits
/// (4 bytes of seconds, 8 random bytes, so that newer ids sort later); imported accounts keep theirs.
package struct Identifier<Entity>: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static var maximumLength: Int { 64 }

    package let text: String

    /// Nil when `text` is not an id.
    package init?(_ text: String) {
        let isWellFormed = text.utf8.allSatisfy { byte in
            byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard isWellFormed, (1...Self.maximumLength).contains(text.utf8.count) else { return nil }
        self.text = text
    }

    /// A new id, made from the time and 64 random bits.
    package init(at time: Timestamp, random: UInt64) {
        let seconds = UInt32(truncatingIfNeeded: time.milliseconds / 1_000)
        self.text = Self.hexadecimal(UInt64(seconds), digits: 8) + Self.hexadecimal(random, digits: 16)
    }

    package var description: String { text }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }
}

package typealias AccountID = Identifier<Account>
package typealias MemberID = Identifier<Member>
package typealias RoleID = Identifier<Role>
package typealias TokenID = Identifier<AccessToken>

extension UInt8 {
    /// `0`–`9`, `A`–`Z`, `a`–`z`.
    package var isASCIIAlphanumeric: Bool {
        (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self)
    }
}
