import Testing

@testable import PatrolDomain

@Suite struct FilterCompletionTests {
    private func complete(_ text: String, _ list: Filter.List = .tokens, at place: Int? = nil) -> FilterCompletion? {
        Filter.completion(of: text, at: place ?? text.unicodeScalars.count, for: list)
    }

    @Test(arguments: [
        ("ow", 0..<2, ["owner:"]),
        ("kim ex", 4..<6, ["expires>"]),
        ("kim !fl", 5..<7, ["flagged"]),
        ("kim !", 5..<5, Filter.vocabulary(of: .tokens)),
        ("zzz", 0..<3, []),
        ("kim !admin", 5..<10, ["role:admin", "finding:admin"]),
    ]) func `a field is completed from those of the list`(text: String, range: Range<Int>, candidates: [String]) {
        let completion = complete(text)
        #expect(completion?.kind == .field)
        #expect(completion?.range == range)
        #expect(completion?.candidates == candidates)
    }

    @Test(arguments: [
        ("kind:", 5..<5, ["personal", "service", "account"], FilterCompletion.OpenValue?.none),
        ("kind:se", 5..<7, ["service"], nil),
        ("finding:unused,no-e", 15..<19, ["no-expiry"], nil),
        ("名 kind:se", 7..<9, ["service"], nil),
        ("expires:", 8..<8, ["never"], nil),
        ("expires<1", 8..<9, ["1d", "14d", "1y"], nil),
        ("owner:\"Ki", 6..<9, [], .member),
        ("role:wr", 5..<7, ["writer"], .role),
    ]) func `a value is completed from a closed list, or asks for one of the account's`(
        text: String, range: Range<Int>, candidates: [String], open: FilterCompletion.OpenValue?
    ) {
        let completion = complete(text)
        #expect(completion?.range == range)
        #expect(completion?.candidates == candidates)
        #expect(completion?.open == open)
    }

    @Test(arguments: ["", "kim ", "\"kim be", "nofield:x", "kind>x", "a  b"]) func `nothing is known elsewhere`(text: String) {
        let place = text == "a  b" ? 2 : nil
        #expect(complete(text, at: place) == nil)
    }

    @Test func `what stands behind the cursor is replaced, what is before it counts`() {
        let completion = complete("kind:personal flagged", at: 6)
        #expect(completion?.range == 5..<13)
        #expect(completion?.written == "p")
        #expect(completion?.candidates == ["personal"])
        #expect(complete("action:de", .audit)?.open == .action)
        #expect(complete("on:", .audit)?.candidates == AuditTarget.Kind.allCases.map(\.rawValue))
        #expect(complete("by:ki", .audit)?.written == "ki")
    }

    @Test func `no place of any filter is out of bounds`() {
        let texts = ["", "!", "\"", "owner:\"a\\", "a:>b< \"", "kind:\" x\"y z"]
        for text in texts {
            for place in -1...text.unicodeScalars.count + 1 {
                let completion = complete(text, at: place)
                #expect(completion.map { $0.range.upperBound <= text.unicodeScalars.count } != false)
            }
        }
    }
}
