/// An address of the internet protocol: of version 4 or 6. A version 4 address that is written as one of version 6
/// (`::ffff:192.0.2.1`) is that of version 4.
package struct IPAddress: Hashable, Sendable {
    /// 4 or 16.
    package let bytes: [UInt8]

    /// Nil unless there are 4 or 16 of them.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let all = Array(bytes)
        let isMapped = all.count == 16 && all[..<10].allSatisfy { $0 == 0 } && all[10] == 255 && all[11] == 255
        self.bytes = isMapped ? Array(all[12...]) : all
    }

    /// As people write it: `192.0.2.1`, `2001:db8::1` (RFC 4291, 2.2). No zone, no leading zeros in version 4.
    package init?(_ text: some StringProtocol) {
        let text = String(text)
        guard (2...45).contains(text.utf8.count) else { return nil }
        if text.utf8.contains(UInt8(ascii: ":")) {
            guard let bytes = Self.six(text) else { return nil }
            self.init(bytes: bytes)
        } else {
            guard let bytes = Self.four(text[...]) else { return nil }
            self.init(bytes: bytes)
        }
    }

    package var isVersion4: Bool { bytes.count == 4 }

    package var isLoopback: Bool {
        isVersion4 ? bytes[0] == 127 : bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    /// As it is written; of version 6 as RFC 5952 says.
    package var text: String {
        if isVersion4 { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        let gap = Self.longestZeros(groups)
        let words = groups.map { String($0, radix: 16) }
        guard let gap else { return words.joined(separator: ":") }
        return words[..<gap.lowerBound].joined(separator: ":") + "::"
            + words[gap.upperBound...].joined(separator: ":")
    }

    private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count && groups[end] == 0 { end += 1 }
            if end - start >= 2, end - start > best?.count ?? 0 { best = start..<end }
            start = max(end, start + 1)
        }
        return best
    }

    private static func four(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            let digits = part.utf8
            guard (1...3).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
                digits.count == 1 || digits.first != 48, let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func six(_ text: String) -> [UInt8]? {
        // At most one `::`, which stands for as many groups of zeros as are missing.
        let halves = split(text)
        guard halves.count <= 2, let head = groups(halves[0], mayEndInFour: halves.count == 1) else { return nil }
        if halves.count == 1 { return head.count == 16 ? head : nil }
        guard let tail = groups(halves[1], mayEndInFour: true), head.count + tail.count <= 14 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func split(_ text: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = text[...]
        while let colon = rest.indices.first(where: { rest[$0...].hasPrefix("::") }) {
            parts.append(rest[..<colon])
            rest = rest[rest.index(colon, offsetBy: 2)...]
        }
        return parts + [rest]
    }

    private static func groups(_ text: Substring, mayEndInFour: Bool) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let words = text.split(separator: ":", omittingEmptySubsequences: false)
        for (place, word) in words.enumerated() {
            if word.utf8.contains(UInt8(ascii: ".")) {
                guard mayEndInFour, place == words.count - 1, let four = four(word) else { return nil }
                bytes += four
                continue
            }
            guard (1...4).contains(word.utf8.count), word.utf8.allSatisfy({ $0 != 43 && $0 != 45 }),
                let group = UInt16(word, radix: 16)
            else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 255)]
        }
        return bytes
    }
}
