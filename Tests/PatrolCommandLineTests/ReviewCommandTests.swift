import PatrolJSON
import PatrolTestSupport
import Testing

struct ReviewCommandTests {
    @Test func `a review from its start to a report that holds, and a lie in it that does not`() throws {
        let account = try TestAccount.acme()
        let first = try account.token("nightly export")
        let second = try account.token("=cmd()")
        let third = try account.token("left alone")
        try account.succeed("review", "start", "2026 Q4", "--due", "14d", "--no-answer", "flag")
        let late = try account.token("late")
        try account.succeed("review", "decide", "2026 Q4", first, second, "--delete", "--why", "nobody knows it")
        let kept = account.run(["review", "decide", "2026 Q4", late, "--keep", "--why", "x"])
        #expect(kept.code == 3 && kept.errors.contains("has no token"))
        #expect(try account.run(["review", "show", "2026 Q4", "--open", "--json"]).json.elements?.count == 1)
        let listed = try #require(try account.run(["review", "list", "--json"]).json.elements?.first)
        #expect(listed["name"] == "2026 Q4" && listed["items"] == 3 && listed["decided"] == 2)

        let asked = account.run(["review", "close", "2026 Q4"])
        #expect(asked.code == 1 && asked.errors.contains("add `--yes`"))
        try account.succeed("review", "close", "2026 Q4", "--yes")
        let flagged = try account.run(["tokens", "list", "--filter", "flagged", "--json"]).json.elements
        #expect(flagged?.compactMap { $0["id"]?.string } == [third], "what nobody answered is flagged")

        let path = account.folder("q4.json")
        try account.succeed("review", "report", "2026 Q4", "--format", "json", "--output", path)
        let good = account.run(["review", "verify", path])
        #expect(good.code == 0 && good.output.contains("3 tokens and 2 decisions held against"), "\(good.errors)\(good.output)")
        #expect(account.run(["review", "report", "2026 Q4", "--output", path]).code == 4, "no file is written over")

        let text = try #require(TextFile.text(of: path))
        let forged = account.folder("forged.json")
        try TextFile.write(text.replacing("nobody knows it", with: "approved by all"), to: forged)
        let bad = account.run(["review", "verify", forged])
        #expect(bad.code == 1 && bad.output.contains("why: `approved by all` in the report, `nobody knows it` on record"))
        try TextFile.write(text.replacing("\"largestBatch\":2", with: "\"largestBatch\":1"), to: forged + "2")
        #expect(account.run(["review", "verify", forged + "2"]).code == 1, "its figures follow from its items")
    }

    @Test func `values are safe to open, and Markdown is a table`() throws {
        let account = try TestAccount.acme()
        _ = try account.token("=HYPERLINK(\"http://evil\")")
        try account.succeed("review", "start", "Q4", "--due", "3d", "--no-answer", "keep")
        let values = try account.succeed("review", "report", "Q4", "--format", "csv")
        #expect(values.contains("\"'=HYPERLINK(\"\"http://evil\"\")\""))
        #expect(values.hasSuffix("\r\n") && values.split(separator: "\r\n").count == 2)
        let markdown = try account.succeed("review", "report", "Q4")
        #expect(markdown.contains("# Review Q4\n") && markdown.contains("| 1 | =HYPERLINK"))
    }

    @Test func `what can't be is said in one line`() throws {
        let account = try TestAccount.acme()
        _ = try account.token("nightly export")
        try account.succeed("review", "start", "Q4", "--due", "3d", "--no-answer", "keep")
        let path = account.folder("report.json")
        let cases: [(words: [String], code: Int32, says: String)] = [
            (["review", "start", "Q4", "--due", "3d", "--no-answer", "keep"], 1, "another review is called `Q4`"),
            (["review", "start", "R", "--due", "2020-01-01", "--no-answer", "keep"], 1, "that day is over"),
            (["review", "start", "R", "--due", "soon", "--no-answer", "keep"], 2, "no date"),
            (["review", "start", "R", "--due", "3d", "--no-answer", "burn"], 2, "keep, flag, quarantine"),
            (["review", "start", "R", "--due", "3d", "--no-answer", "keep", "--filter", "nothinglikeit"], 1, "nothing to review"),
            (["review", "show", "nope"], 3, "there is no review `nope`"),
            (["review", "decide", "Q4", "x"], 2, "one of `--keep`"),
            (["review", "decide", "Q4", "x", "--keep", "--delete"], 2, "one of `--keep`"),
            (["review", "verify", path], 3, "there is no"),
        ]
        for (words, code, says) in cases {
            let result = account.run(words)
            #expect(result.code == code && result.errors.contains(says), "\(words): \(result.errors)")
            #expect(result.errors.split(separator: "\n").count == 1, "\(words): \(result.errors)")
        }
        for (text, says) in [("{", "can't be read"), ("[]", "`format` is missing or wrong"), ("{\"format\":\"x\"}", "not a report")] {
            try TextFile.write(text, to: path + says)
            let result = account.run(["review", "verify", path + says])
            #expect(result.code == 2 && result.errors.contains(says), "\(result.errors)")
        }
    }

    @Test func `patrol review alone is the review of what is wrong`() throws {
        let account = try TestAccount.acme()
        _ = try account.token("tmp")
        #expect(try account.succeed("review").contains("1 token; 1 with findings"))
    }
}
