internal import CCrypto

/// Bytes that must not outlive their use: on pages of their own, kept out of core files, out of
/// forked children and, where the system allows it, out of swap; zeroed at the end.
package final class SecretBuffer {
    package let count: Int
    private let bytes: UnsafeMutablePointer<UInt8>

    /// `count` zero bytes.
    package init(count: Int) {
        precondition(count >= 0, "a buffer has no negative size")
        guard let bytes = ccrypto_secret_make(count) else { preconditionFailure("out of memory") }
        self.count = count
        self.bytes = bytes
    }

    /// Takes over `source` and zeroes it.
    package convenience init(zeroing source: inout [UInt8]) {
        self.init(count: source.count)
        withUnsafeMutableBytes { $0.copyBytes(from: source) }
        source.withUnsafeMutableBytes { ccrypto_zero($0.baseAddress, $0.count) }
        source.removeAll()
    }

    deinit { ccrypto_secret_destroy(bytes, count) }

    /// The bytes, for the time of `body` only: it must not keep or copy them.
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    package func withUnsafeMutableBytes<Result>(
        _ body: (UnsafeMutableRawBufferPointer) -> Result
    ) -> Result {
        body(UnsafeMutableRawBufferPointer(start: bytes, count: count))
    }
}

extension SecretBuffer: CustomStringConvertible, CustomReflectable {
    /// Never the bytes.
    package var description: String { "(secret)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
