import PatrolCrypto
import Testing

/// Two hexadecimal digits a byte.
func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
        let digits = String(byte, radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined()
}

@Suite struct `Digests` {
    /// From FIPS 180-4's examples, and one over several blocks.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 gives the known answers`(text: String, digest: String) {
        #expect(hexadecimal(SHA256.digest(of: Array(text.utf8))) == digest)
    }

    @Test func `SHA-256 of a million letters gives the known answer`() {
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(
            hexadecimal(SHA256.digest(of: letters))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `SHA-256 of parts is SHA-256 of them joined`() {
        let whole = SHA256.digest(of: Array("abc".utf8))
        #expect(SHA256.digest(of: Array("a".utf8), and: Array("bc".utf8)) == whole)
        #expect(SHA256.digest(of: [], and: Array("ab".utf8), and: Array("c".utf8)) == whole)
    }

    /// RFC 4231, cases 1, 2 and 6, and an empty key and message.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131),
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        ([], "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ])
    func `HMAC-SHA-256 gives the known answers`(key: [UInt8], message: String, code: String) {
        let code256 = key.withUnsafeBytes { HMACSHA256(key: $0) }
        let bytes = Array(message.utf8)
        for cut in [0, bytes.count / 2, bytes.count] {
            let digest = bytes.withUnsafeBytes { bytes in
                code256.digest(
                    of: UnsafeRawBufferPointer(rebasing: bytes[..<cut]), and: UnsafeRawBufferPointer(rebasing: bytes[cut...]))
            }
            #expect(hexadecimal(digest) == code)
        }
    }

    @Test func `CRC-32 gives the known answers`() {
        #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.checksum([]) == 0)
        #expect(CRC32.checksum(Array("The quick brown fox jumps over the lazy dog".utf8)) == 0x414F_A339)
    }

    @Test func `equality in constant time is equality`() {
        #expect(constantTimeEqual([], []))
        #expect(constantTimeEqual([1, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2]))
    }
}
