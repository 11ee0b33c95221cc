/// How far a file of use was read: what keeps a call from being counted twice.
package struct UseImport: Hashable, Sendable {
    /// SHA-256 over the file's contents, 32 bytes.
    package let digest: [UInt8]
    /// What the file is called, or where its calls were recorded. Two files of one source don't overlap.
    package var source: String
    /// The times of its first and its last call.
    package var firstAt: Timestamp
    package var lastAt: Timestamp
    package var lines: Int
    /// Lines that were taken so far, from the beginning.
    package var done: Int
    /// Calls that were counted so far.
    package var calls: Int
    /// When it was begun.
    package var at: Timestamp

    package init(
        digest: [UInt8], source: String, firstAt: Timestamp, lastAt: Timestamp, lines: Int, done: Int = 0,
        calls: Int = 0, at: Timestamp
    ) {
        self.digest = digest
        self.source = source
        self.firstAt = firstAt
        self.lastAt = lastAt
        self.lines = lines
        self.done = done
        self.calls = calls
        self.at = at
    }

    package var isDone: Bool { done == lines }
}
