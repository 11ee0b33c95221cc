internal import PatrolCrypto
package import PatrolDomain
internal import PatrolJSON

/// A digest of a review's list, made line by line, so that no list has to be held in memory. The audit log has it: what
/// was on the list, and what its tokens were like, can be proven from then on.
///
/// It begins with 32 zero bytes. Each line makes it SHA-256 of `0x03`, what it was, and the line: the token's id, and for
/// the list of a new review a tab and the frozen token as JSON text.
package struct ReviewDigest: Sendable {
    private var state = [UInt8](repeating: 0, count: SHA256.count)
    private var count = 0

    private static let prefix: [UInt8] = [0x03]

    package init() {}

    package mutating func add(_ token: TokenID, _ facts: FrozenToken) { add(token, text: Self.text(of: facts)) }

    package mutating func add(_ token: TokenID) { add(line: token.text) }

    mutating func add(_ token: TokenID, text: String) { add(line: "\(token.text)\t\(text)") }

    private mutating func add(line: String) {
        state = SHA256.digest(of: Self.prefix, and: state, and: Array(line.utf8))
        count += 1
    }

    package var population: ReviewPopulation {
        ReviewPopulation(
            count: count, digest: state.hexadecimal)
    }

    /// As it is kept and hashed.
    static func text(of facts: FrozenToken) -> String { facts.json.text() }

    static func facts(_ text: String) throws(StorageError) -> FrozenToken {
        do {
            return try FrozenToken(json: try JSON(parsing: text, limits: JSONLimits(bytes: 4 << 20, depth: 4, values: 10_000)))
        } catch {
            throw .damaged(detail: "a frozen token can't be read")
        }
    }
}
