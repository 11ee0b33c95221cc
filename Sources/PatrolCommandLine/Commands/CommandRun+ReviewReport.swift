import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Largest report that is checked, which is read as a whole: some 300,000 tokens.
    private static let reportLimits = JSONLimits(bytes: 256 << 20, depth: 8, values: 20_000_000)

    mutating func reportReview() throws(CommandFailure) {
        let review = try review(named: line.arguments[0])
        let patrol = try open().patrol
        let format = isJSON ? "json" : line.value("format") ?? "markdown"
        let found = try Self.door { () throws(PatrolError) in try patrol.reviewReportHead(of: review.id) }
        guard let head = found else { throw .notFound("there is no review `\(review.name)`") }
        var figures = ReviewFigures()
        try Self.reportLines(of: head, patrol) { figures.count($0) }
        let path = line.value("output")
        let file = try path.map { path throws(CommandFailure) in try NewFile(path) }
        var writer = ReportWriter(
            format: format, head: head, figures: figures,
            output: file.map { file in Output { file.write($0) } } ?? output)
        do throws(CommandFailure) {
            try writer.begin()
            try Self.reportLines(of: head, patrol) { (line) throws(CommandFailure) in try writer.write(line) }
            try writer.end()
            // Both readings, and all of their pages, are of one moment, or there is no report.
            let isChanged = try Self.door { () throws(PatrolError) in
                try patrol.isReview(review.id, changedAfter: head.log.sequence)
            }
            if isChanged { throw .unavailable("somebody decided while the report was made; make it again") }
        } catch {
            file?.discard()
            throw error
        }
        guard let file, let path else {
            output = writer.output
            return
        }
        try file.finish()
        tell("the report is in \(path)")
    }

    private static func reportLines(
        of head: ReviewReport.Head, _ patrol: Patrol, _ body: (ReviewReport.Line) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        var place = 1
        while true {
            let from = place
            let lines = try Self.door { () throws(PatrolError) in
                try patrol.reviewReportLines(of: head.review, from: from, limit: PageRequest.maximumLimit)
            }
            guard let last = lines.last else { return }
            for line in lines { try body(line) }
            place = last.item.place + 1
        }
    }

    mutating func verifyReport() throws(CommandFailure) -> ExitCode {
        let path = line.arguments[0]
        let bytes = try InputFile.read(path, limit: Self.reportLimits.bytes, sparing: location.database)
        let (report, told) = try Self.report(in: bytes, path)
        let patrol = try open().patrol
        var progress = progressLine
        defer { progress.clear() }
        var check = try Self.door { () throws(PatrolError) in
            try patrol.verify(report) { done, all in progress.tell("audit entries", done, of: all) }
        }
        progress.clear()
        var figures = ReviewFigures()
        for line in report.lines { figures.count(line) }
        if told != figures.json {
            check.faults.append(
                .list(field: "figures", report: told?.text() ?? "none", log: figures.json.text()))
        }
        try say(check, of: report)
        return check.isGood ? .done : .refused
    }

    /// The report and its figures as they are told.
    private static func report(in bytes: [UInt8], _ path: String) throws(CommandFailure) -> (ReviewReport, JSON?) {
        let json: JSON
        do { json = try JSON(parsing: bytes, limits: reportLimits) } catch {
            throw .input("the report in `\(path)` can't be read: \(error.description)")
        }
        do { return (try ReviewReport(json: json), json["figures"]) } catch {
            throw .input("`\(path)` is not a report of a review: `\(error.path)` is missing or wrong")
        }
    }

    private mutating func say(_ check: ReviewCheck, of report: ReviewReport) throws(CommandFailure) {
        if isJSON {
            return try output.json([
                "isGood": .bool(check.isGood), "decisions": JSON(check.decisions), "entries": .integer(check.entries),
                "later": JSON(check.later), "faults": .array(check.faults.map { .string($0.sentence.text) }),
            ])
        }
        for fault in check.faults { try output.line(fault.sentence) }
        let looked =
            "\(Count.of(report.lines.count, "token").text) and \(Count.of(check.decisions, "decision").text) held against \(Count.of(Int(check.entries), "audit entry", "audit entries").text)"
        try output.line("\(looked): \(check.isGood ? "all of it stands in the log" : "the report and the log differ")")
        if check.later > 0 {
            try output.line("\(Count.of(check.later, "decision").text) in the log came after the report")
        }
    }
}

/// Writes a report piece by piece: none of it is held in memory.
private struct ReportWriter {
    let format: String
    let head: ReviewReport.Head
    let figures: ReviewFigures
    var output: Output
    private var count = 0

    init(format: String, head: ReviewReport.Head, figures: ReviewFigures, output: Output) {
        self.format = format
        self.head = head
        self.figures = figures
        self.output = output
    }

    mutating func begin() throws(CommandFailure) {
        switch format {
        case "json":
            try output.own("{\n")
            for member in head.members + [JSONMember("figures", figures.json)] {
                try output.part(.string(member.name))
                try output.own(": ")
                try output.part(member.value)
                try output.own(",\n")
            }
            try output.own("\"items\": [")
        case "csv": try output.own(ReviewDocument.csvHead + "\r\n")
        default: for line in ReviewDocument.markdownHead(head, figures) { try output.own(line + "\n") }
        }
    }

    mutating func write(_ line: ReviewReport.Line) throws(CommandFailure) {
        switch format {
        case "json":
            try output.own(count == 0 ? "\n" : ",\n")
            try output.part(line.json)
        case "csv": try output.own(ReviewDocument.csv(line, of: head.review) + "\r\n")
        default: try output.own(ReviewDocument.markdown(line) + "\n")
        }
        count += 1
    }

    mutating func end() throws(CommandFailure) {
        switch format {
        case "json": try output.own("\n]\n}\n")
        case "csv": break
        default: for line in ReviewDocument.markdownEnd(head) { try output.own(line + "\n") }
        }
        try output.flush()
    }
}
