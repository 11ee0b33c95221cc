internal import PatrolCrypto
package import PatrolDomain

/// A secret in the clear, on its way to the one who asked for it, or from the one who presents it.
/// Its memory is wiped when the last reference goes.
package struct Secret: Sendable {
    private let bytes: SecretBuffer

    /// Longest secret that can be adopted or presented, in bytes.
    package static let maximumLength = 512
    /// Shortest secret that can be adopted: less could be guessed.
    package static let minimumAdoptedLength = 16

    /// Nil when it is empty, too long, or holds anything but visible ASCII.
    package init?(_ bytes: [UInt8]) {
        guard (1...Self.maximumLength).contains(bytes.count), bytes.allSatisfy({ (33...126).contains($0) })
        else { return nil }
        self.bytes = SecretBuffer(bytes)
    }

    package var length: Int { bytes.count }

    /// The last four characters, for telling secrets apart.
    var ending: String { withBytes { String(decoding: $0.suffix(4), as: UTF8.self) } }

    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withBytes(body)
    }

    /// The secret as text: for the moment of showing it.
    package var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    /// The public id inside a secret of Patrol's own, if its checksum is right.
    var publicID: String? {
        withBytes { bytes in
            guard let id = SecretFormat.publicID(in: bytes),
                Secret.checksum(of: bytes.dropLast(SecretFormat.checksumLength))
                    .elementsEqual(bytes.suffix(SecretFormat.checksumLength))
            else { return nil }
            return id
        }
    }

    /// A new secret of 190 random bits, with a public id of 71 more.
    static func make(for kind: AccessToken.Kind) -> Secret {
        var bytes = Array(SecretFormat.prefix(of: kind).utf8)
        bytes += randomCharacters(SecretFormat.publicIDLength)
        bytes.append(UInt8(ascii: "_"))
        bytes += randomCharacters(SecretFormat.secretLength)
        bytes += bytes.withUnsafeBytes { checksum(of: $0[...]) }
        defer { bytes.withUnsafeMutableBytes { SecretBuffer.wipe($0) } }
        guard let secret = Secret(bytes) else { preconditionFailure("a secret is made of visible ASCII") }
        return secret
    }

    /// CRC-32 of everything before it, in base 62, padded to 6: finds typing slips, proves nothing.
    private static func checksum(of bytes: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        var value = CRC32.checksum(of: bytes)
        var digits: [UInt8] = []
        for _ in 0..<SecretFormat.checksumLength {
            digits.append(SecretFormat.alphabet[Int(value % 62)])
            value /= 62
        }
        return digits.reversed()
    }

    /// Evenly distributed: a byte of 248 and more is drawn again (248 = 4 × 62).
    private static func randomCharacters(_ count: Int) -> [UInt8] {
        var characters: [UInt8] = []
        while characters.count < count {
            for byte in RandomBytes.make(count: count) where byte < 248 && characters.count < count {
                characters.append(SecretFormat.alphabet[Int(byte % 62)])
            }
        }
        return characters
    }
}
