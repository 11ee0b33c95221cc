internal import PatrolCrypto

/// The hashes that tie the log together. Each entry's chain covers all before it; the leaves are those of a
/// Merkle tree in the manner of RFC 9162.
enum AuditChain {
    static let saltCount = 16
    /// What the first entry is chained to.
    static let beginning = [UInt8](repeating: 0, count: SHA256.count)

    private static let leafPrefix: [UInt8] = [0x00]
    private static let chainPrefix: [UInt8] = [0x02]

    static func leaf(of payload: [UInt8]) -> [UInt8] { SHA256.digest(of: leafPrefix, and: payload) }

    static func chain(after previous: [UInt8], leaf: [UInt8]) -> [UInt8] {
        SHA256.digest(of: chainPrefix, and: previous, and: leaf)
    }

    static func bodyDigest(salt: [UInt8], body: [UInt8]) -> [UInt8] {
        SHA256.digest(of: salt, and: body)
    }
}

/// The end of the log: what the next entry is chained to.
struct AuditTail: Sendable {
    var sequence: Int64
    var at: Int64
    var chain: [UInt8]

    static let empty = AuditTail(sequence: 0, at: 0, chain: AuditChain.beginning)

    /// Reads the newest entry and proves it from the one before: nothing is added to a log whose end is
    /// not what was written.
    static func load(_ connection: Connection) throws(StorageError) -> AuditTail {
        let newest = try connection.rows(
            "SELECT seq, at, payload, leaf, chain FROM audit ORDER BY seq DESC LIMIT 2"
        ) { row throws(StorageError) in
            AuditLink(
                sequence: try row.integer(0), at: try row.integer(1), payload: try row.blob(2),
                leaf: try row.blob(3), chain: try row.blob(4))
        }
        guard let last = newest.first else { return .empty }
        let before = newest.count == 2 ? newest[1].chain : AuditChain.beginning
        let follows = newest.count == 2 ? newest[1].sequence == last.sequence - 1 : last.sequence == 1
        guard follows, last.isWhole(after: before) else {
            throw .auditBroken(sequence: last.sequence)
        }
        return AuditTail(sequence: last.sequence, at: last.at, chain: last.chain)
    }
}

/// The hashed columns of one entry.
struct AuditLink {
    var sequence: Int64
    var at: Int64
    var payload: [UInt8]
    var leaf: [UInt8]
    var chain: [UInt8]

    /// Whether the hashes are those of the payload, chained to `previous`.
    func isWhole(after previous: [UInt8]) -> Bool {
        leaf == AuditChain.leaf(of: payload) && chain == AuditChain.chain(after: previous, leaf: leaf)
    }
}
