internal import PatrolDomain

/// Table `use_word`: words that come again and again in `use_hour`, by number. They are never deleted, so what was
/// committed once may be remembered.
struct UseWords {
    private static let maximumRemembered = 32_768

    /// Committed.
    private var known: [String: Int64] = [:]
    /// Looked up or made in the open transaction.
    private var fresh: [String: Int64] = [:]

    /// The word's number. One that is not there yet is added.
    mutating func number(of word: String, _ connection: Connection) throws(StorageError) -> Int64 {
        if word.isEmpty || word.utf8.count > HourOfUse.maximumText { return 0 }
        if let number = known[word] ?? fresh[word] { return number }
        let found = try connection.first("SELECT number FROM use_word WHERE text = ?", [.text(word)]) {
            row throws(StorageError) in try row.integer(0)
        }
        let number: Int64
        if let found {
            number = found
        } else {
            number = try connection.integer("INSERT INTO use_word (text) VALUES (?) RETURNING number", [.text(word)])
        }
        fresh[word] = number
        return number
    }

    /// The transaction was committed: what it made is there for the next.
    mutating func settle() {
        if fresh.isEmpty { return }
        if known.count + fresh.count > Self.maximumRemembered { known.removeAll() }
        if fresh.count <= Self.maximumRemembered { known.merge(fresh) { first, _ in first } }
        fresh.removeAll()
    }
}

/// The texts of words by number, for one transaction: they are read once for many tokens.
package struct UseTexts {
    private static let maximumRemembered = 65_536
    private let connection: Connection
    private var texts: [Int64: String] = [0: ""]

    init(_ connection: Connection) { self.connection = connection }

    mutating func text(of number: Int64) throws(StorageError) -> String {
        if let known = texts[number] { return known }
        let text = try connection.first("SELECT text FROM use_word WHERE number = ?", [.integer(number)]) {
            row throws(StorageError) in try row.text(0)
        }
        guard let text else { throw .damaged(detail: "a word of use is missing") }
        if texts.count >= Self.maximumRemembered { texts = [0: ""] }
        texts[number] = text
        return text
    }
}
