internal import CCrypto

/// HMAC-SHA-256 (RFC 2104): a fingerprint that only the holder of the key can make.
package enum HMACSHA256 {
    /// The 32-byte code of `message` under `key`, which may be of any length.
    package static func digest(key: [UInt8], message: [UInt8]) -> [UInt8] {
        key.withUnsafeBytes { key in
            message.withUnsafeBytes { message in digest(key: key, message: message) }
        }
    }

    /// The same of bytes that must not be copied, such as those of a `SecretBuffer`.
    package static func digest(
        key: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer
    ) -> [UInt8] {
        let key = key.bindMemory(to: UInt8.self)
        let message = message.bindMemory(to: UInt8.self)
        return [UInt8](unsafeUninitializedCapacity: SHA256.count) { digest, filled in
            let outcome = ccrypto_hmac_sha256(
                key.baseAddress, key.count, message.baseAddress, message.count, digest.baseAddress)
            precondition(outcome == 0, "HMAC-SHA-256 failed")
            filled = SHA256.count
        }
    }
}

/// Whether the two are the same, in a time that tells nothing about where they differ.
/// Their lengths are no secret.
package func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
            ccrypto_equal(left.baseAddress, right.baseAddress, left.count) == 1
        }
    }
}
