internal import CCrypto

/// SHA-256 (FIPS 180-4), by the system's libcrypto.
package enum SHA256 {
    /// Bytes of a digest.
    package static let count = 32

    /// The 32-byte digest of `bytes`.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        digest(of: bytes, and: [], and: [])
    }

    /// The 32-byte digest of up to three parts, one after the other, without joining them in memory.
    package static func digest(
        of first: [UInt8], and second: [UInt8], and third: [UInt8] = []
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { digest, filled in
            let outcome = first.withUnsafeBufferPointer { first in
                second.withUnsafeBufferPointer { second in
                    third.withUnsafeBufferPointer { third in
                        ccrypto_sha256(
                            first.baseAddress, first.count, second.baseAddress, second.count,
                            third.baseAddress, third.count, digest.baseAddress)
                    }
                }
            }
            precondition(outcome == 0, "SHA-256 failed")
            filled = count
        }
    }
}
