/// CRC-32/ISO-HDLC, the check of zip and Ethernet: finds typing slips, protects against nobody.
package enum CRC32 {
    /// The check of `bytes`; of the ASCII digits `123456789` it is `0xCBF43926`.
    package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var register: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            register = table[Int((register ^ UInt32(byte)) & 0xFF)] ^ (register >> 8)
        }
        return ~register
    }

    /// The remainder of each byte, by the reversed polynomial.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { remainder, _ in
            remainder & 1 == 1 ? (remainder >> 1) ^ 0xEDB8_8320 : remainder >> 1
        }
    }
}
