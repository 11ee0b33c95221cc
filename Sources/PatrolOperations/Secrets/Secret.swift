internal import PatrolCrypto
internal import PatrolDomain

/// A secret in the clear, on its way to the one who asked for it, or from the one who presents it.
/// Its memory is wiped when the last reference goes.
package final class Secret {
    private let bytes: SecretBuffer

    /// Longest secret that can be adopted or presented, in bytes.
    package static let maximumLength = 512
    /// Shortest secret that can be adopted: less could be guessed.
    package static let minimumAdoptedLength = 16

    /// Nil when it is empty, too long, or holds anything but visible ASCII.
    ///
    /// `source` is wiped.
    package init?(wiping source: inout [UInt8]) {
        bytes = SecretBuffer(zeroing: &source)
        let isText = bytes.withUnsafeBytes { $0.allSatisfy { (33...126).contains($0) } }
        guard (1...Self.maximumLength).contains(bytes.count), isText else { return nil }
    }

    package var length: Int { bytes.count }

    /// The last four characters, for telling secrets apart.
    var ending: String { withBytes { String(decoding: $0.suffix(4), as: UTF8.self) } }

    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeBytes(body)
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
        bytes += checksum(of: bytes)
        guard let secret = Secret(wiping: &bytes) else { preconditionFailure("a secret is made of visible ASCII") }
        return secret
    }

    /// CRC-32 of everything before it, in base 62, padded to 6: finds typing slips, proves nothing.
    private static func checksum(of bytes: some Sequence<UInt8>) -> [UInt8] {
        var value = CRC32.checksum(bytes)
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
