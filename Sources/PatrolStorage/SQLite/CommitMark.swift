internal import CSQLite

/// What tells one commit from the next, read from the shared memory of the write-ahead log: some nanoseconds, where asking
/// SQLite itself takes two locks.
///
/// A commit is in it before the one who made it is told. Equal marks mean that nothing was committed between them, by any
/// process; unequal ones, or none, mean that it has to be looked at.
package struct CommitMark: Equatable, Sendable {
    private var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)

    package static func == (one: CommitMark, two: CommitMark) -> Bool { one.words == two.words }
}

extension Store {
    /// The mark of the newest commit. Nil while one is being published, and where the file has no log: then nobody can tell.
    package var commitMark: CommitMark? {
        var mark = CommitMark()
        return mark.read(from: reader.handle) ? mark : nil
    }
}

extension CommitMark {
    fileprivate mutating func read(from database: OpaquePointer) -> Bool {
        withUnsafeMutableBytes(of: &words) { bytes in
            csqlite_commit_mark(database, bytes.baseAddress?.assumingMemoryBound(to: UInt32.self)) == 1
        }
    }
}
