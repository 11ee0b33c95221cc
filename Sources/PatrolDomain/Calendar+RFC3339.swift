extension Timestamp {
    /// The moment of `2026-11-24T05:57:03.123Z` or `2026-11-24 07:57:03+02:00` (RFC 3339): what is smaller than a
    /// millisecond is dropped, and a leap second is the one before it. Nil for another text, a day that does not
    /// exist, or a year outside `accepted`.
    package init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
            let day = Timestamp(iso8601: String(decoding: bytes[..<10], as: UTF8.self)),
            let hour = Self.number(bytes[11..<13], below: 24), bytes[13] == UInt8(ascii: ":"),
            let minute = Self.number(bytes[14..<16], below: 60), bytes[16] == UInt8(ascii: ":"),
            let second = Self.number(bytes[17..<19], below: 61)
        else { return nil }
        var rest = bytes[19...]
        var fraction: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (48...57).contains($0) }
            guard !digits.isEmpty else { return nil }
            for place in 0..<3 {
                let digit = place < digits.count ? digits[digits.startIndex + place] - 48 : 0
                fraction = fraction * 10 + Int64(digit)
            }
            rest = rest[digits.endIndex...]
        }
        guard let offset = Self.offset(rest) else { return nil }
        let seconds = Int64(hour * 3_600 + minute * 60 + min(second, 59))
        self.init(milliseconds: day.milliseconds + seconds * 1_000 + fraction - offset * 60_000)
        guard Self.accepted.contains(self) else { return nil }
    }

    /// Minutes east of UTC.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
        guard let sign = text.first else { return nil }
        if sign | 0x20 == UInt8(ascii: "z") { return text.count == 1 ? 0 : nil }
        let start = text.startIndex
        guard text.count == 6, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let hours = number(text[start + 1..<start + 3], below: 24), text[start + 3] == UInt8(ascii: ":"),
            let minutes = number(text[start + 4..<start + 6], below: 60)
        else { return nil }
        return Int64(hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func number(_ digits: ArraySlice<UInt8>, below bound: Int) -> Int? {
        var value = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return value < bound ? value : nil
    }
}
