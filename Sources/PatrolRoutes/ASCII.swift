/// Bytes of ASCII. Paths, queries and hosts are looked at byte by byte: characters of `String` would hide what stands
/// behind a combining mark.
extension UInt8 {
    var isLetter: Bool { self < 0x80 && folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z") }

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// A capital letter as a small one.
    var folded: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }

    /// Of a hexadecimal digit.
    var hexadecimal: UInt8? {
        if isDigit { return self - UInt8(ascii: "0") }
        let small = folded
        return small >= UInt8(ascii: "a") && small <= UInt8(ascii: "f") ? small - UInt8(ascii: "a") + 10 : nil
    }

    var isControl: Bool { self < 0x20 || self == 0x7F }
}

extension Span<UInt8> {
    /// Whether both are the same but for the case of letters.
    func isEqualInAnyCase(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var place = 0
        while place < count {
            if self[place].folded != other[place].folded { return false }
            place += 1
        }
        return true
    }

    func isEqual(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var place = 0
        while place < count {
            if self[place] != other[place] { return false }
            place += 1
        }
        return true
    }

    /// What stands at `place` in a text with percent escapes, and how many bytes it takes. Nil for an escape that is none.
    func unescaped(at place: Int) -> (byte: UInt8, length: Int)? {
        let byte = self[place]
        guard byte == UInt8(ascii: "%") else { return (byte, 1) }
        guard place + 2 < count, let high = self[place + 1].hexadecimal, let low = self[place + 2].hexadecimal else { return nil }
        return (high << 4 | low, 3)
    }
}
