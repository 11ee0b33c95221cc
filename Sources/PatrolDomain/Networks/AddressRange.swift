/// Addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32` (RFC 4632, RFC 4291). An address alone is a range of one.
package struct AddressRange: Hashable, Sendable {
    package let first: IPAddress
    /// How many bits they have in common.
    package let length: Int

    /// Nil where it is no address, the length is none, or there are bits behind it: `10.1.2.3/8` is a slip.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let first = IPAddress(parts[0]) else { return nil }
        var length = first.bytes.count * 8
        if parts.count == 2 {
            let digits = parts[1].utf8
            guard (1...3).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
                let given = Int(parts[1]), given <= length
            else { return nil }
            length = given
        }
        self.first = first
        self.length = length
        guard Self.rest(of: first.bytes, after: length) == 0 else { return nil }
    }

    package var text: String { length == first.bytes.count * 8 ? first.text : "\(first.text)/\(length)" }

    /// Whether an address is one of them. One of version 4 is in no range of version 6, nor the other way.
    package func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == first.bytes.count else { return false }
        for place in 0..<(length + 7) / 8 {
            let bits = min(8, length - place * 8)
            let mask = UInt8(truncatingIfNeeded: 0xff00 >> bits)
            if (address.bytes[place] ^ first.bytes[place]) & mask != 0 { return false }
        }
        return true
    }

    /// What stands behind the common bits, folded into one byte.
    private static func rest(of bytes: [UInt8], after length: Int) -> UInt8 {
        bytes.enumerated().reduce(0) { folded, byte in
            let bits = min(8, max(0, length - byte.offset * 8))
            return folded | byte.element & UInt8(truncatingIfNeeded: 0xff >> bits)
        }
    }
}
