internal import PatrolCrypto
package import PatrolDomain
internal import PatrolStorage

/// Tells one content from another: SHA-256 over chunks, each with the digest of those before it.
package struct ContentDigest {
    /// Bytes of each chunk but the last.
    package static let chunk = 1 << 20

    package private(set) var bytes = [UInt8](repeating: 0, count: SHA256.count)

    package init() {}

    package mutating func add(_ chunk: [UInt8]) { bytes = SHA256.digest(of: bytes, and: chunk) }
}

/// Whom a text in a record of use means.
package enum TokenNaming: Hashable, Sendable {
    /// With the public id of the secret, where that was named.
    case token(TokenID, secret: String)
    case nobody
    /// Several tokens end so.
    case several
}

extension Patrol {
    /// The token with this id, or whose secret has this public id, or the one in force whose secret ends so.
    package func token(named text: String) throws(PatrolError) -> TokenNaming {
        try read { transaction throws(StorageError) in
            if let id = TokenID(text), try transaction.token(id) != nil { return .token(id, secret: "") }
            if let secret = try transaction.secret(id: text) { return .token(secret.token, secret: secret.id) }
            let ending = try text.isEmpty ? [] : transaction.tokens(ending: text, limit: 2)
            if ending.count > 1 { return .several }
            return ending.first.map { .token($0, secret: "") } ?? .nobody
        }
    }

    /// How far a file of use was read, by the digest of its contents; nil where it is new.
    package func useImport(_ digest: [UInt8]) throws(PatrolError) -> UseImport? {
        try read { transaction throws(StorageError) in try transaction.useImport(digest) }
    }

    /// Another file of the same source that has calls from the same time: they would be counted twice.
    package func useImport(overlapping file: UseImport) throws(PatrolError) -> UseImport? {
        try read { transaction throws(StorageError) in try transaction.useImport(overlapping: file) }
    }

    /// Files of use, those begun last first.
    package func useImports(limit: Int) throws(PatrolError) -> [UseImport] {
        try read { transaction throws(StorageError) in try transaction.useImports(limit: limit) }
    }

    /// Counts the calls of the lines of `file` after `file.done`, up to `line`, and notes it, in one transaction:
    /// whoever dies goes on from there.
    ///
    /// - Parameter batch: At most `UseBatch.maximumRows` rows; the window of the file with the last of them.
    /// - Returns: The file as it is on record then.
    package func countUse(
        _ batch: UseBatch, of file: UseImport, upTo line: Int
    ) throws(PatrolError) -> UseImport {
        let now = now
        let calls = batch.hours.reduce(0) { $0 + $1.calls }
        try write { transaction throws(StorageError) in
            if try transaction.useImport(file.digest) == nil { try transaction.beginImport(file) }
            try transaction.countUse(batch, at: now)
            try transaction.advanceImport(file, from: file.done, to: line, calls: calls)
        }
        var file = file
        file.done = line
        file.calls += calls
        return file
    }
}
