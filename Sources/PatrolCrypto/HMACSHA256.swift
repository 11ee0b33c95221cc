internal import CCrypto

/// HMAC-SHA-256 (RFC 2104): a fingerprint that only the holder of the key can make.
///
/// The key is worked in once; then a short message costs three or four blocks of SHA-256 and nothing is allocated.
package final class HMACSHA256 {
    private let state: SecretBuffer

    /// - Parameter key: Of any length.
    package init(key: UnsafeRawBufferPointer) {
        let state = SecretBuffer(count: ccrypto_hmac_state_size())
        let key = key.bindMemory(to: UInt8.self)
        let outcome = state.withUnsafeMutableBytes {
            ccrypto_hmac_prepare(key.baseAddress, key.count, $0.baseAddress)
        }
        precondition(outcome == 0, "HMAC-SHA-256 failed")
        self.state = state
    }

    /// Puts the 32-byte code of a message, in two parts, into `digest`. The parts are not copied.
    package func digest(
        of first: UnsafeRawBufferPointer, and second: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer
    ) {
        precondition(digest.count == SHA256.count, "a digest has 32 bytes")
        let (first, second) = (first.bindMemory(to: UInt8.self), second.bindMemory(to: UInt8.self))
        let outcome = state.withUnsafeBytes { state in
            ccrypto_hmac_sha256(
                state.baseAddress, first.baseAddress, first.count, second.baseAddress, second.count,
                digest.bindMemory(to: UInt8.self).baseAddress)
        }
        precondition(outcome == 0, "HMAC-SHA-256 failed")
    }

    package func digest(of first: UnsafeRawBufferPointer, and second: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SHA256.count) { made, filled in
            digest(
                of: first, and: second, into: UnsafeMutableRawBufferPointer(start: made.baseAddress, count: SHA256.count))
            filled = SHA256.count
        }
    }
}

/// Whether the two are the same, in a time that tells nothing about where they differ.
/// Their lengths are no secret.
package func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBytes { left in right.withUnsafeBytes { right in constantTimeEqual(left, right) } }
}

package func constantTimeEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    let (left, right) = (left.bindMemory(to: UInt8.self), right.bindMemory(to: UInt8.self))
    return ccrypto_equal(left.baseAddress, right.baseAddress, left.count) == 1
}
