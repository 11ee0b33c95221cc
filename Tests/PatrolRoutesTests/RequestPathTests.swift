import PatrolPresentation
import Testing

@testable import PatrolRoutes

@Suite struct RequestPathTests {
    /// The fault of a target; the path is what was read.
    private func read(_ target: [UInt8], host: String = "api.example.org") -> (fault: RequestFault?, path: RequestPath) {
        var path = RequestPath()
        let fault = path.read(target.span, host: host.utf8Span.span)
        return (fault, path)
    }

    @Test(arguments: [
        ("/", "/"), ("/a/b", "/a/b"), ("/a/", "/a"), ("/a?x=/../b", "/a"), ("/a?", "/a"), ("/%61dmin", "/admin"),
        ("/a%2eb/.c/...", "/a.b/.c/..."), ("/caf%c3%A9", "/café"), ("/a%20b", "/a b"), ("/a+b", "/a+b"), ("/a%25zz", "/a%zz"),
        ("/a|{b}", "/a|{b}"), ("http://api.example.org/a", "/a"), ("HTTPS://API.example.ORG/a?b", "/a"),
    ])
    func `a clear path is read`(_ target: String, text: String) {
        let (fault, path) = read(Array(target.utf8))
        #expect(fault == nil && path.text == text)
    }

    static let unclear: [(String, RequestFault)] = [
        ("", .notAPath), ("*", .notAPath), ("a", .notAPath), ("api.example.org:443", .notAPath),
        ("ftp://api.example.org/a", .notAPath), ("http://api.example.org", .notAPath), ("http://evil.example/a", .otherHost),
        ("http://api.example.org:81/a", .otherHost), ("http://x@api.example.org/a", .otherHost), ("//", .emptySegment),
        ("//a", .emptySegment), ("/a//b", .emptySegment), ("/a//", .emptySegment), ("/.", .dotSegment), ("/a/./b", .dotSegment),
        ("/a/../b", .dotSegment), ("/..", .aboveRoot), ("/../a", .aboveRoot), ("/%2e%2E/a", .aboveRoot), ("/a/%2e", .dotSegment),
        ("/a/.%2e/b", .dotSegment), ("/a%2fb", .encodedSlash), ("/a%2F..", .encodedSlash), ("/a%5cb", .backslash),
        ("/a\\b", .backslash), ("/a%00", .control), ("/a%0d%0aX", .control), ("/a%7f", .control), ("/a b", .control),
        ("/a\tb", .control), ("/a?b\nc", .control), ("/a#b", .fragment), ("/a?b#c", .fragment), ("/a;b", .pathParameter),
        ("/a/..;/b", .pathParameter), ("/a%3bb", .pathParameter), ("/a%3fb", .encodedDelimiter), ("/a%23b", .encodedDelimiter),
        ("/a%", .badEscape), ("/a%2", .badEscape), ("/a%zz", .badEscape), ("/a%2541", .doubleEncoded),
        ("/a%25%34%31", .doubleEncoded), ("/%252e%252e", .doubleEncoded), ("/%ff", .notUTF8), ("/%c0%af", .notUTF8),
        ("/%c3/%a9", .notUTF8), ("/%ed%a0%80", .notUTF8),
    ]

    @Test(arguments: unclear)
    func `what could be read in two ways is denied`(_ target: String, fault: RequestFault) {
        #expect(read(Array(target.utf8)).fault == fault)
        #expect(!fault.words.text.isEmpty)
    }

    @Test func `raw bytes count like encoded ones`() {
        #expect(read([0x2F, 0xFF]).fault == .notUTF8)
        #expect(read(Array("/caf".utf8) + [0xC3, 0xA9]).path.text == "/café")
        #expect(read(Array("/a".utf8) + [0]).fault == .control)
    }

    @Test func `there is an end to its length and depth`() {
        #expect(read(Array(("/" + String(repeating: "a", count: 8_191)).utf8)).fault == nil)
        #expect(read(Array(("/" + String(repeating: "a", count: 8_192)).utf8)).fault == .tooLong)
        #expect(read(Array(String(repeating: "/a", count: 64).utf8)).fault == nil)
        #expect(read(Array(String(repeating: "/a", count: 65).utf8)).fault == .tooManySegments)
    }

    @Test func `a path without a host is of no other host`() {
        #expect(read(Array("http://api.example.org/a".utf8), host: "").fault == .otherHost)
        #expect(read(Array("/a".utf8), host: "").fault == nil)
    }
}
