import PatrolDomain
@testable import PatrolPresentation
import Testing

@Suite struct `Text in reports` {
    @Test(arguments: [
        ("nightly export", #""nightly export""#), ("", #""""#), (#"a "b" c"#, #""a ""b"" c""#), ("a,b", #""a,b""#),
        ("=1+1", #""'=1+1""#), ("+1", #""'+1""#), ("-1", #""'-1""#), ("@SUM(A1)", #""'@SUM(A1)""#),
        ("  =HYPERLINK(\"http://x\")", #""'  =HYPERLINK(""http://x"")""#), ("＝1", #""'＝1""#), ("＠x", #""'＠x""#),
        ("\t=1", #""'\x09=1""#), ("\r=1", #""'\x0d=1""#), ("\n=1", #""'; =1""#), ("a\nb", #""a; b""#),
        ("a=1", #""a=1""#), ("1-2", #""1-2""#), ("\u{1B}[2J", #""\x1b[2J""#), ("'=1", #""'=1""#),
    ])
    func `no field is a formula, ends early or moves a cursor`(text: String, field: String) {
        let field = field.replacing(#"\x09"#, with: SafeText("\t").text).replacing(#"\x0d"#, with: SafeText("\r").text)
        #expect(ReportText.csv(text) == field)
    }

    @Test(arguments: [
        ("nightly export", "nightly export"), ("a|b", #"a\|b"#), ("# x", ##"\# x"##), ("*a* _b_ `c`", #"\*a\* \_b\_ \`c\`"#),
        ("[a](javascript:x)", #"\[a\](javascript:x)"#), ("<script>", "&lt;script&gt;"), ("a & b", "a &amp; b"),
        ("https://evil.example", #"https\://evil.example"#), ("www.evil.example", #"www\.evil.example"#),
        ("a\nb", "a; b"), ("\\", #"\\"#), ("@ada", #"\@ada"#),
    ])
    func `no text of Markdown means more than it says`(text: String, written: String) {
        #expect(ReportText.markdown(text) == written)
    }

    private static let review = Review(
        id: ReviewID("r")!, name: "=cmd|' /C calc'!A0", filter: "", startedBy: MemberID("ada")!,
        startedAt: Timestamp(milliseconds: 1_790_000_000_000), dueAt: Timestamp(milliseconds: 1_790_600_000_000),
        noAnswer: .flag, itemCount: 4)

    private static func line(_ answer: ReviewAnswer?, took: Int64?, batch: Int = 1) -> ReviewReport.Line {
        let facts = FrozenToken(
            name: "+evil", purpose: "", kind: .personal, owner: nil, ownerName: nil, ownerStanding: nil, scope: "reader",
            ending: "abcd", createdAt: Timestamp(milliseconds: 1_780_000_000_000), expiresAt: nil, lastUsedAt: nil,
            findings: ["unused"], severity: .high)
        let decision = ReviewDecision(
            answer: answer, why: "@x", decidedBy: MemberID("ada")!, decidedAt: Timestamp(milliseconds: 1_790_000_100_000),
            took: took.map(TimeSpan.init), batch: batch)
        return ReviewReport.Line(
            item: ReviewItem(
                review: review.id, place: 1, token: TokenID("t")!, facts: facts, decision: decision, entry: 9),
            deciderName: "Ada", outcome: .open, isGone: false,
            seal: AuditSeal(sequence: 9, leaf: [UInt8](repeating: 1, count: 32), chain: [UInt8](repeating: 2, count: 32)))
    }

    @Test func `a line of values begins no cell with a formula, and has one for each title`() {
        let line = ReviewDocument.csv(Self.line(.delete, took: 1), of: Self.review)
        #expect(line.hasPrefix(#""'=cmd|' /C calc'!A0","1","t","'+evil""#))
        #expect(line.contains(#""delete","'@x","Ada""#))
        #expect(line.split(separator: "\",\"", omittingEmptySubsequences: false).count
            == ReviewDocument.csvHead.split(separator: "\",\"", omittingEmptySubsequences: false).count)
    }

    @Test func `figures tell a look from a rubber stamp`() {
        var figures = ReviewFigures()
        for took in [900, 40_000, 1_100] { figures.count(Self.line(.keep, took: Int64(took), batch: 3)) }
        figures.count(Self.line(nil, took: nil))
        #expect(figures.decided == 3 && figures.answers == ["keep": 3, "noAnswer": 1])
        #expect(figures.medianTime == TimeSpan(milliseconds: 1_100) && figures.hasty == 2)
        #expect(figures.inBatches == 3 && figures.largestBatch == 3)
        let text = figures.sentences(of: Self.review).joined(separator: "\n")
        #expect(text.contains("half of the 3 measured decisions took 1100 ms or less, 2 of them less than 2 seconds"))
        #expect(text.contains("3 were decided in batches, the largest of 3"))
        #expect(text.contains("1 without an answer: they are flagged for deletion"))
    }

    @Test func `progress says how much is done and how long there is`() {
        let day = TimeSpan.days(1)
        var review = Self.review
        #expect(review.progress(now: review.dueAt - .days(6)).text == "0 of 4 decided, 6 days left")
        #expect(review.timeLeft(now: review.dueAt - .hours(5)).text == "5 h left")
        #expect(review.timeLeft(now: review.dueAt + day + day).text == "overdue by 2 days")
        review.closedAt = review.dueAt
        #expect(review.timeLeft(now: review.dueAt).text.hasPrefix("closed 2026-"))
    }
}
