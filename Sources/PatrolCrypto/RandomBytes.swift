internal import CCrypto

/// Random bytes of the system, good enough for secrets.
package enum RandomBytes {
    /// Fills `bytes`. A system that has no random bytes to give is no place to run: it stops here.
    package static func fill(_ bytes: UnsafeMutableRawBufferPointer) {
        guard bytes.count > 0 else { return }
        let outcome = ccrypto_random(bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
        precondition(outcome == 0, "the system has no random bytes")
    }

    package static func make(count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
            fill(UnsafeMutableRawBufferPointer(bytes))
            filled = count
        }
    }

    /// 64 random bits.
    package static func number() -> UInt64 {
        var number: UInt64 = 0
        withUnsafeMutableBytes(of: &number) { fill($0) }
        return number
    }
}

/// Random bytes in small pieces, fetched from the system many at a time.
/// For salts and ids; bytes of a secret come from `RandomBytes`, which keeps no copy.
package struct RandomSupply: Sendable {
    private var bytes: [UInt8] = []
    private var place = 0

    package init() {}

    /// The next `count` bytes, at most 256.
    package mutating func next(_ count: Int) -> [UInt8] {
        precondition(count <= 256, "more than a supply holds")
        if place + count > bytes.count {
            bytes = RandomBytes.make(count: 256)
            place = 0
        }
        defer { place += count }
        return Array(bytes[place..<place + count])
    }
}
