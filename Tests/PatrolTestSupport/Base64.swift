/// What a terminal's clipboard is sent, written a second time: what is tested can't be its own measure.
package enum Base64 {
    package static func text(of bytes: some Sequence<UInt8>) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var bits = bytes.flatMap { byte in (0..<8).map { Int(byte >> (7 - $0)) & 1 } }
        while bits.count % 6 != 0 { bits.append(0) }
        let encoded = stride(from: 0, to: bits.count, by: 6).map { digits[bits[$0..<($0 + 6)].reduce(0) { $0 * 2 + $1 }] }
        return String(encoded) + String(repeating: "=", count: (4 - encoded.count % 4) % 4)
    }
}
