/// From where a token may be used: a call from any other address is refused, whatever the token may do. In the order in
/// which it was written, each range once.
package struct NetworkLimit: Hashable, Sendable {
    package let ranges: [AddressRange]

    package static let maximumCount = 32
    /// A range with fewer bits in common limits next to nothing.
    package static let minimumBits = (version4: 8, version6: 16)

    /// Nil where there is none, or more than `maximumCount`, or one is too wide.
    package init?(_ ranges: [AddressRange]) {
        var once: [AddressRange] = []
        for range in ranges where !once.contains(range) { once.append(range) }
        guard (1...Self.maximumCount).contains(once.count), once.allSatisfy(Self.isNarrow) else { return nil }
        self.ranges = once
    }

    /// As it is written, with commas in between.
    package init?(_ text: String) {
        var ranges: [AddressRange] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard ranges.count <= Self.maximumCount, let range = AddressRange(part.trimmed) else { return nil }
            ranges.append(range)
        }
        self.init(ranges)
    }

    /// `10.0.0.0/8,2001:db8::/32`
    package var text: String { ranges.map(\.text).joined(separator: ",") }

    package func allows(_ address: IPAddress) -> Bool { ranges.contains { $0.contains(address) } }

    package static func isNarrow(_ range: AddressRange) -> Bool {
        range.length >= (range.first.isVersion4 ? minimumBits.version4 : minimumBits.version6)
    }
}

extension AccessToken {
    /// Whether it may be used from an address. One that is limited may not where the address is not known (nil).
    package func mayBeUsed(from address: IPAddress?) -> Bool {
        guard let networks else { return true }
        return address.map { networks.allows($0) } ?? false
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
