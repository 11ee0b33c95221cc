import Glibc
import PatrolDomain
import PatrolPresentation
import Testing

@Suite struct RuleDocumentTests {
    @Test func `the document is what the table says`() throws {
        let path = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/docs/rules.md"
        if getenv("PATROL_RECORD") != nil {
            let file = try #require(fopen(path, "w"))
            fputs(RuleDocument.text, file)
            fclose(file)
        }
        #expect(Self.text(of: path) == RuleDocument.text, "PATROL_RECORD=1 swift test --filter RuleDocument writes it anew")
    }

    @Test func `every rule and threshold has words, and they differ`() {
        for rule in HygieneRule.allCases {
            let words = RuleWords(of: rule)
            for text in [words.title, words.condition, words.advice, words.blast, words.doubt, words.plain] {
                #expect(!text.isEmpty && !text.wasEscaped, "\(rule)")
            }
        }
        #expect(Set(HygieneRule.allCases.map { RuleWords(of: $0).title }).count == HygieneRule.allCases.count)
        #expect(Set(HygieneThreshold.allCases.map(\.title)).count == HygieneThreshold.allCases.count)
    }

    @Test func `a condition names the account's own threshold`() {
        let settings = HygieneSettings(profile: .strict, overrides: [.neverUsed: 3])
        #expect(RuleWords(of: .unused, settings: settings).condition.text.contains("45 days"))
        #expect(RuleWords(of: .neverUsed, settings: settings).condition.text.contains("3 days"))
    }

    @Test func `a mask names its rules, each once, the usual order first`() {
        let all = TokenRisk(rules: (1 << UInt64(HygieneRule.allCases.count)) - 1, score: 1, worst: .low)
        #expect(Set(all.findingRules) == Set(HygieneRule.allCases))
        #expect(all.findingRules.count == HygieneRule.allCases.count)
    }

    private static func text(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
