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
        if holdsSecret { wipe() }
        bytes.removeAll(keepingCapacity: true)
        if error != 0 { throw .outputLost(errno: error) }
    }

    private mutating func wipe() {
        holdsSecret = false
        bytes.withUnsafeMutableBytes { buffer in
            if let start = buffer.baseAddress { explicit_bzero(start, buffer.count) }
        }
    }

    private mutating func flushIfFull() throws(CommandFailure) {
        if bytes.count >= Self.capacity { try flush() }
    }
}
