import PatrolJSON
import Testing

/// Texts side by side: what is read, and what is refused with the reason and the place.
struct JSONReaderTests {
    @Test(arguments: [
        ("null", .null),
        (" true ", true),
        ("-0", 0),
        ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)),
        ("1.0", .real(1)),
        ("1e3", .real(1000)),
        (#""\u00e9\ud83d\ude00""#, "é😀"),
        ("[]", []),
        ("{}", [:]),
        (#"[1,"a",null,[false]]"#, [1, "a", .null, [false]]),
        (#"{"b":1,"a":{"c":[]}}"#, ["b": 1, "a": ["c": []]]),
        (#"{"":""}"#, ["": ""]),
        (#""\u001b""#, "\u{1B}"),
    ] as [(String, JSON)])
    func `JSON is read`(text: String, expected: JSON) throws {
        #expect(try JSON(parsing: text) == expected)
    }

    @Test(arguments: [
        ("", .unfinished, 1, 1),
        ("  ", .unfinished, 1, 2),
        ("{", .unfinished, 1, 1),
        ("[1,", .unfinished, 1, 3),
        (#""abc"#, .unfinished, 1, 4),
        ("[1,]", .syntax, 1, 4),
        (#"{"a":1,}"#, .syntax, 1, 8),
        ("[1 2]", .syntax, 1, 4),
        ("{a:1}", .syntax, 1, 2),
        ("'a'", .syntax, 1, 1),
        ("[01]", .syntax, 1, 2),
        ("[+1]", .syntax, 1, 2),
        ("[.5]", .syntax, 1, 2),
        ("[1.]", .syntax, 1, 3),
        ("NaN", .syntax, 1, 3),
        ("[1]\n[2]", .excess, 2, 1),
        ("\u{FEFF}[]", .byteOrderMark, 1, 1),
        ("9223372036854775808", .numberOutOfRange, 1, 19),
        ("-9223372036854775809", .numberOutOfRange, 1, 20),
        ("1e400", .numberOutOfRange, 1, 5),
        (#"["\u0000"]"#, .nulCharacter, 1, 9),
        (#"{"a":1,"a":2}"#, .duplicateName, 1, 10),
        (#"{"a":{"b":1,"\u0062":2}}"#, .duplicateName, 1, 20),
        (#""\ud800""#, .syntax, 1, 8),
        ("[\"a\u{1B}b\"]", .syntax, 1, 3),
        ("[\n  1,\n  x\n]", .syntax, 3, 3),
    ] as [(String, JSONFault.Reason, Int, Int)])
    func `what is not strict JSON is refused with its place`(
        text: String, reason: JSONFault.Reason, line: Int, column: Int
    ) {
        #expect(throws: JSONFault(reason, line: line, column: column)) { try JSON(parsing: text) }
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22],
        [0x22, 0xC0, 0x80, 0x22],
        [0x22, 0xED, 0xA0, 0x80, 0x22],
        [0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00],
    ] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        #expect { try JSON(parsing: bytes) } throws: { ($0 as? JSONFault)?.reason == .notUTF8 }
    }

    @Test func `a NUL byte in the text is refused`() {
        #expect(throws: JSONFault.self) { try JSON(parsing: [0x5B, 0x00, 0x5D]) }
    }

    @Test func `limits are kept before a tree is built`() throws {
        let limits = JSONLimits(bytes: 40, depth: 3, values: 5)
        #expect(try JSON(parsing: "[[[1,2]]]", limits: limits) == [[[1, 2]]])
        #expect(throws: JSONFault(.tooDeep(limit: 3), line: 1, column: 4)) {
            try JSON(parsing: "[[[[1]]]]", limits: limits)
        }
        #expect(try JSON(parsing: "[1,2,3,4]", limits: limits).elements?.count == 4)
        #expect(throws: JSONFault(.tooManyValues(limit: 5), line: 1, column: 9)) {
            try JSON(parsing: "[1,2,3,4,5]", limits: limits)
        }
        #expect(throws: JSONFault(.tooLarge(limit: 40))) {
            try JSON(parsing: String(repeating: " ", count: 41), limits: limits)
        }
        #expect(try JSON(parsing: #"["[[[[{{{{,,,,,,\"[[,,,,,,,,"]"#, limits: limits).elements?.count == 1)
    }

    @Test func `a hundred thousand brackets are refused`() {
        #expect(throws: JSONFault(.tooDeep(limit: 16), line: 1, column: 17)) {
            try JSON(parsing: String(repeating: "[", count: 100_000))
        }
    }

    @Test func `one reader reads many documents, also after a broken one`() throws {
        let reader = JSONReader(limits: .line)
        for number in 0..<100 {
            #expect(try reader.read(Array(#"{"n":\#(number)}"#.utf8)) == ["n": JSON(number)])
            #expect(throws: JSONFault.self) { try reader.read(Array("{".utf8)) }
        }
    }
}
