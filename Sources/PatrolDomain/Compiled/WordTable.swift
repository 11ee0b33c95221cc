/// Texts with a number each, from 0 in the order in which they came, found by their bytes.
struct WordTable: Sendable {
    private var bytes: [UInt8] = []
    /// Where each text begins, and where the next one will.
    private var starts: [Int] = [0]
    /// Open addressing: the upper half of a text's hash above its number plus one; 0 is a free slot.
    private var slots = [UInt64](repeating: 0, count: 64)

    var count: Int { starts.count - 1 }

    var byteCount: Int { bytes.count }

    subscript(number: Int) -> ArraySlice<UInt8> { bytes[starts[number]..<starts[number + 1]] }

    /// - Parameter hash: `WordHash.hash` of the text.
    func number(of text: Span<UInt8>, hash: UInt64) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                let number = Int(slots[slot] & 0xFFFF_FFFF) - 1
                let start = starts[number]
                if starts[number + 1] - start == text.count,
                    WordHash.isEqual(text, bytes.span.extracting(start..<start + text.count))
                {
                    return number
                }
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds a text that is not there yet; its number.
    mutating func add(_ text: Span<UInt8>, hash: UInt64) -> Int {
        for place in text.indices { bytes.append(text[place]) }
        starts.append(bytes.count)
        if count * 2 > slots.count { grow() }
        Self.put(hash, number: count - 1, into: &slots)
        return count - 1
    }

    private mutating func grow() {
        var larger = [UInt64](repeating: 0, count: slots.count * 2)
        for number in 0..<count - 1 {
            let text = bytes.span.extracting(starts[number]..<starts[number + 1])
            Self.put(WordHash.hash(text), number: number, into: &larger)
        }
        slots = larger
    }

    private static func put(_ hash: UInt64, number: Int, into slots: inout [UInt64]) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = (hash >> 32) << 32 | UInt64(number + 1)
    }
}

/// Hashes and compares bytes eight at a time. The seed is that of the process, so that nobody can
/// prepare texts that meet in one slot.
enum WordHash {
    private static let seed = UInt64(bitPattern: Int64("patrol".hashValue))
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    static func hash(_ text: Span<UInt8>) -> UInt64 {
        var state = seed ^ UInt64(text.count) &* multiplier
        let raw = text.bytes
        var place = 0
        while place + 8 <= raw.byteCount {
            state = fold(state ^ raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        var rest: UInt64 = 0
        while place < raw.byteCount {
            rest = rest << 8 | UInt64(text[place])
            place += 1
        }
        return fold(fold(state ^ rest))
    }

    private static func fold(_ state: UInt64) -> UInt64 {
        let product = (state ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }

    /// Of texts of the same length.
    static func isEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        let (leftRaw, rightRaw) = (left.bytes, right.bytes)
        var place = 0
        while place + 8 <= leftRaw.byteCount {
            if leftRaw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
                != rightRaw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
            {
                return false
            }
            place += 8
        }
        while place < left.count {
            if left[place] != right[place] { return false }
            place += 1
        }
        return true
    }
}
