@testable import PatrolDomain
@testable import PatrolStorage
import Testing

/// The two ways to a row, by its own texts and by the index of its words, must not disagree: the index may answer more.
@Suite struct `Words` {
    let folder = TemporaryFolder()

    private func index() throws -> Connection {
        let connection = try Connection(making: folder["words.db"])
        try connection.configure(keepsLog: false)
        try connection.execute(
            """
            CREATE TABLE row (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
            CREATE VIRTUAL TABLE words USING fts5 (
                text, content = '', tokenize = 'unicode61 remove_diacritics 0', columnsize = 0, detail = none);
            """)
        return connection
    }

    private func add(_ text: String, _ number: Int, _ connection: Connection) throws {
        try connection.run("INSERT INTO row VALUES (?, ?)", [.integer(number), .text(text)])
        try connection.run("INSERT INTO words (rowid, text) VALUES (?, ?)", [.integer(number), .text(text)])
    }

    /// Rows that the text itself says are wanted, and those that the index answers; nil where it can't be asked.
    private func found(_ text: String, _ connection: Connection) throws -> (rows: Set<Int64>, indexed: Set<Int64>?) {
        let condition = Condition.hasWord(text, in: ["row.text"])
        let rows = try connection.rows("SELECT number FROM row WHERE \(condition.sql)", condition.values) {
            row throws(StorageError) in try row.integer(0)
        }
        let indexed = try WordQuery.match([text]).map { match in
            try connection.rows("SELECT rowid FROM words WHERE words MATCH ?", [.text(match)]) {
                row throws(StorageError) in try row.integer(0)
            }
        }
        return (Set(rows), indexed.map { Set($0) })
    }

    @Test func `the index answers every row that is wanted`() throws {
        let connection = try index()
        let pieces = ["kim", "Kim", "KI", "ex", "é", "É", "e\u{301}", "名", "前", "9", "_", "-", " ", ".", "@", "→", "🎉", "\u{2009}", "\u{a0}", "ß", "\"", "*", "'", "\u{1f}", "\u{1a2b}", "\u{10d50}"]
        var random = SplitMix(seed: 5)
        func text(_ most: Int) -> String {
            (0..<1 + Int(random.next() % UInt64(most))).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
        }
        try connection.execute("BEGIN")
        for number in 0..<1_000 { try add(text(8), number, connection) }
        try connection.execute("COMMIT")
        var wanted = 0
        var asked = 0
        for _ in 0..<800 {
            let text = text(4)
            let (rows, indexed) = try found(text, connection)
            wanted += rows.count
            guard let indexed else { continue }
            asked += 1
            #expect(rows.isSubset(of: indexed), "`\(text)`")
        }
        #expect(wanted > 2_000 && asked > 300)
    }

    @Test(arguments: [
        ("reads flags", "\"reads\" AND \"flags\"*", "\"reads\" AND \"flags\""), ("reads.", "\"reads\"", "\"reads\""),
    ]) func `the end of a whole text ends its last word`(text: String, beginning: String, whole: String) {
        #expect(WordQuery.match([text]) == beginning)
        #expect(WordQuery.match([text], areWhole: true) == whole)
    }

    /// A scalar that one of them takes for a letter and the other for a gap would cut the words differently.
    @Test func `what a query takes for a letter is a letter in the index`() throws {
        let connection = try index()
        try connection.execute("BEGIN")
        var asked = 0
        for number in Array(0x80..<0x3000) + stride(from: 0x3000, to: 0x30000, by: 41) {
            guard let scalar = Unicode.Scalar(UInt32(number)) else { continue }
            let text = "a\(scalar)b"
            guard let match = WordQuery.match([text]), match == "\"\(text)\"*" else { continue }
            asked += 1
            // Without positions a text of two words is refused.
            _ = try connection.integer("SELECT count(*) FROM words WHERE words MATCH ?", [.text(match)])
        }
        #expect(asked > 5_000)
    }

    @Test(arguments: [
        ("kim", "Joakim", false), ("kim", "kim@example.org", true), ("exp", "nightly-export", true),
        ("port", "export", false), ("@example", "kim@example.org", true), ("b c", "a b cd", true), ("b c", "a b, c", false),
        ("é", "Été", false), ("t", "Été", false), ("", "anything", true),
    ]) func `a word is found from its beginning`(text: String, field: String, isFound: Bool) throws {
        let connection = try index()
        try add(field, 1, connection)
        #expect(try found(text, connection).rows == (isFound ? [1] : []))
    }
}
