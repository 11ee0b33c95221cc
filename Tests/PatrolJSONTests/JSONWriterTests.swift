import PatrolJSON
import Testing

struct JSONWriterTests {
    @Test(arguments: [
        (.null, "null"),
        (true, "true"),
        (.integer(.min), "-9223372036854775808"),
        (.real(0.1), "0.1"),
        (.real(1), "1.0"),
        (.real(1e300), "1e+300"),
        (.real(.infinity), "null"),
        ("a\"b\\c/", #""a\"b\\c/""#),
        ("\n\r\t\u{0}\u{1B}", #""\n\r\t\u0000\u001b""#),
        ("\u{7F}\u{9B}\u{80}", #""\u007f\u009b\u0080""#),
        ("a\u{202E}b\u{2066}\u{200E}\u{61C}", #""a\u202eb\u2066\u200e\u061c""#),
        ("\u{200B}\u{200D}\u{FEFF}\u{AD}\u{2060}", #""\u200b\u200d\ufeff\u00ad\u2060""#),
        ("\u{2028}\u{2029}", #""\u2028\u2029""#),
        ("\u{E0041}", #""\udb40\udc41""#),
        ("é日😀", "\"é日😀\""),
        ([], "[]"),
        ([:], "{}"),
        (["b": [1, .null], "a\u{1B}": [:]], #"{"b":[1,null],"a\u001b":{}}"#),
    ] as [(JSON, String)])
    func `JSON is written`(json: JSON, expected: String) {
        #expect(json.text() == expected)
    }

    @Test func `an escape before a combining mark is still seen`() {
        #expect(JSON.string("\u{1B}\u{301}[31m\r\n").text() == "\"\\u001b\u{301}[31m\\r\\n\"")
    }

    @Test func `pretty text puts members on lines of their own`() {
        let json: JSON = ["a": [1, 2], "b": [:], "c": ["d": "e"]]
        #expect(
            json.text(pretty: true) == """
                {
                  "a": [
                    1,
                    2
                  ],
                  "b": {},
                  "c": {
                    "d": "e"
                  }
                }
                """)
    }

    @Test func `what is written is read back`() throws {
        var seed = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let json = JSON.any(depth: 4, using: &seed)
            #expect(try JSON(parsing: json.text()) == json)
            #expect(try JSON(parsing: json.text(pretty: true)) == json)
        }
    }
}

extension JSON {
    fileprivate static func any(depth: Int, using random: inout SystemRandomNumberGenerator) -> JSON {
        let leaf = depth == 0
        switch Int.random(in: 0..<(leaf ? 5 : 7), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3: return .real(.random(in: -1e9...1e9, using: &random))
        case 4: return .string(anyText(using: &random))
        case 5:
            return .array((0..<3).map { _ in any(depth: depth - 1, using: &random) })
        default:
            return .object(
                (0..<3).map { JSONMember("\($0)" + anyText(using: &random), any(depth: depth - 1, using: &random)) })
        }
    }

    private static func anyText(using random: inout SystemRandomNumberGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<20, using: &random) {
            let top: UInt32 = [0x7F, 0x2FF, 0xFFFF, 0x10FFFF].randomElement(using: &random) ?? 0x7F
            if let scalar = Unicode.Scalar(UInt32.random(in: 1...top, using: &random)) {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
