/// Writes numbers and texts one after the other.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func write(byte: UInt8) { bytes.append(byte) }

    /// 8 bytes, big end first.
    mutating func write(fixed number: Int64) {
        let bits = UInt64(bitPattern: number)
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
    }

    /// 5 bits a byte, the lowest first; all but the last with the high bit set. None of them is a printable
    /// ASCII character, so that a search in the bytes finds nothing but what was written as text.
    mutating func write(count: Int) {
        var rest = UInt64(count)
        while rest >= 0x20 {
            bytes.append(UInt8(rest & 0x1F) | 0x80)
            rest >>= 5
        }
        bytes.append(UInt8(rest))
    }

    /// 0 for nil, else one more than the number.
    mutating func write(optional number: Int?) { write(count: number.map { $0 + 1 } ?? 0) }

    mutating func write(_ text: String) {
        write(count: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func write(raw: [UInt8]) { bytes.append(contentsOf: raw) }
}

/// Reads what `ByteWriter` wrote; each function answers nil at bytes that it did not write.
struct ByteReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func byte() -> UInt8? {
        guard place < bytes.count else { return nil }
        defer { place += 1 }
        return bytes[place]
    }

    mutating func fixed() -> Int64? {
        guard let raw = raw(count: 8) else { return nil }
        return Int64(bitPattern: raw.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    mutating func count() -> Int? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 45, by: 5) {
            guard let byte = byte(), byte & 0x60 == 0 else { return nil }
            number |= UInt64(byte & 0x1F) << shift
            if byte & 0x80 == 0 { return Int(number) }
        }
        return nil
    }

    /// A missing number is `.some(nil)`; nil is bytes that can't be read.
    mutating func optional() -> Int?? {
        guard let number = count() else { return nil }
        return .some(number == 0 ? nil : number - 1)
    }

    mutating func raw(count: Int) -> [UInt8]? {
        guard count <= bytes.count - place else { return nil }
        defer { place += count }
        return Array(bytes[place..<place + count])
    }

    mutating func text() -> String? {
        guard let count = count(), count <= bytes.count - place else { return nil }
        defer { place += count }
        return String(decoding: bytes[place..<place + count], as: UTF8.self)
    }
}
