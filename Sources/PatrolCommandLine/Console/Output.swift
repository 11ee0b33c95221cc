import Glibc
import PatrolJSON
import PatrolPresentation

/// Standard output, gathered into large writes. It takes clean text, JSON and our own words only.
struct Output {
    private var bytes: [UInt8] = []
    private var holdsSecret = false
    private let write: ([UInt8]) -> Int32

    private static let capacity = 1 << 16

    init(_ write: @escaping ([UInt8]) -> Int32) { self.write = write }

    mutating func line(_ text: SafeText = .empty) throws(CommandFailure) {
        bytes.append(contentsOf: text.text.utf8)
        bytes.append(UInt8(ascii: "\n"))
        try flushIfFull()
    }

    /// A value on a line of its own; `pretty` on several.
    mutating func json(_ json: JSON, pretty: Bool = false) throws(CommandFailure) {
        json.write(to: &bytes, pretty: pretty)
        bytes.append(UInt8(ascii: "\n"))
        try flushIfFull()
    }

    /// Part of a JSON text.
    mutating func part(_ json: JSON, before: StaticString = "", after: StaticString = "") throws(CommandFailure) {
        before.withUTF8Buffer { bytes.append(contentsOf: $0) }
        json.write(to: &bytes)
        after.withUTF8Buffer { bytes.append(contentsOf: $0) }
        try flushIfFull()
    }

    /// Words of our own, such as the help; several lines.
    mutating func own(_ text: String) throws(CommandFailure) {
        bytes.append(contentsOf: text.utf8)
        try flushIfFull()
    }

    /// What is printed until the next `flush` holds a secret; the copy here is wiped then.
    mutating func expectSecret() {
        holdsSecret = true
        // An array that grows leaves its bytes behind.
        bytes.reserveCapacity(bytes.count + 8_192)
    }

    /// A secret, on its way out; the copy here is wiped by `flush`.
    mutating func secret(_ secret: UnsafeRawBufferPointer) {
        holdsSecret = true
        bytes.reserveCapacity(bytes.count + secret.count + 1)
        bytes.append(contentsOf: secret)
        bytes.append(UInt8(ascii: "\n"))
    }

    mutating func flush() throws(CommandFailure) {
        guard !bytes.isEmpty else { return }
        let error = write(bytes)
        if holdsSecret {
            holdsSecret = false
            wipe(&bytes)
        }
        bytes.removeAll(keepingCapacity: true)
        if error != 0 { throw .outputLost(errno: error) }
    }

    private mutating func flushIfFull() throws(CommandFailure) {
        if bytes.count >= Self.capacity { try flush() }
    }
}

/// Overwrites what was a secret.
func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { if let start = $0.baseAddress { explicit_bzero(start, $0.count) } }
}
