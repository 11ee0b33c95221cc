import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Lines after which is written at the latest, so that a stop is never far.
    private static let linesAtOnce = 100_000
    private static let badLinesShown = 10

    /// What is in a file of use, before anything of it is counted.
    private struct Survey {
        var lines = 0
        var bad = 0
        var calls = 0
        var firstAt: Timestamp?
        var lastAt: Timestamp?
        var digest = ContentDigest()
    }

    /// Reads calls from JSON lines: once to see whether all of them can be counted, then to count them. What is
    /// counted is noted in the same transaction, so that it is counted once, whenever this ends.
    mutating func importUsage() throws(CommandFailure) {
        let path = line.arguments[0]
        let source = try source(of: path)
        let patrol = try open().patrol
        let lines = try LineFile(path, sparing: location.database)
        let survey = try survey(lines, patrol)
        let window = try window(of: survey, source: source)
        let file = UseImport(
            digest: survey.digest.bytes, source: source, firstAt: survey.firstAt ?? window.start,
            lastAt: survey.lastAt ?? window.start, lines: survey.lines, at: now)
        let known = try requireNew(file, patrol)
        if line.has("dry-run") {
            return try report(survey, window, counted: nil, before: known?.done ?? 0)
        }
        let begun = known ?? file
        let counted = try count(lines, from: begun, window, patrol)
        try report(survey, window, counted: counted.calls - begun.calls, before: begun.done)
    }

    private func source(of path: String) throws(CommandFailure) -> String {
        let name = line.value("source") ?? path.split(separator: "/").last.map(String.init) ?? path
        guard !name.isEmpty, name.utf8.count <= 200 else { throw usage("the name of a source has 1 to 200 bytes") }
        guard name != UseWindow.gateway else { throw usage("`\(name)` is what Patrol itself counts; give another --source") }
        return name
    }

    private func survey(_ file: LineFile, _ patrol: Patrol) throws(CommandFailure) -> Survey {
        var survey = Survey()
        var reader = UseLines(patrol, now: now)
        var progress = progressLine
        var bytes = 0
        defer { progress.clear() }
        let isSkipping = line.has("skip-bad")
        try file.walk { (chunk) throws(CommandFailure) in
            try stopWhereAsked()
            survey.digest.add(chunk)
            bytes += chunk.count
            progress.tell("kilobytes read", bytes >> 10, of: file.size >> 10)
        } line: { (bytes, number) throws(CommandFailure) in
            survey.lines = number
            do throws(CommandFailure) {
                let call = try reader.call(bytes)
                survey.calls += call.calls
                survey.firstAt = min(survey.firstAt ?? call.firstAt, call.firstAt)
                survey.lastAt = max(survey.lastAt ?? call.lastAt, call.lastAt)
            } catch .input(let fault) {
                survey.bad += 1
                guard isSkipping else { throw .input("line \(number): \(fault); nothing was counted") }
                guard survey.bad <= Self.badLinesShown else { return }
                progress.clear()
                tell("line \(number): \(fault)")
            }
        }
        return survey
    }

    /// Of which time the file is said to hold every call.
    private func window(of survey: Survey, source: String) throws(CommandFailure) -> UseWindow {
        let hour = TimeSpan.hours(1)
        guard
            let start = try whenOption("from") ?? survey.firstAt?.startOfHour,
            let end = try whenOption("to") ?? survey.lastAt.map({ min($0.startOfHour + hour, now) })
        else {
            throw .input("the file holds no call: give --from and --to to say for which time that is all")
        }
        guard end <= now else { throw usage("--to is in the future") }
        guard start < end else { throw usage("the time that the file covers ends before it begins") }
        return UseWindow(start: max(start, (now - HourOfUse.keptFor).startOfHour), end: end, source: source)
    }

    private func whenOption(_ name: String) throws(CommandFailure) -> Timestamp? {
        guard let text = line.value(name) else { return nil }
        guard let time = Timestamp(rfc3339: text) ?? Timestamp(iso8601: text) else {
            throw usage("`\(text)` is no time for --\(name): write one like 2026-11-24 or 2026-11-24T05:57:03Z")
        }
        return time
    }

    /// What is on record of the file already, where there is more to do.
    private func requireNew(_ file: UseImport, _ patrol: Patrol) throws(CommandFailure) -> UseImport? {
        let (known, other) = try Self.door { () throws(PatrolError) in
            (try patrol.useImport(file.digest), try patrol.useImport(overlapping: file))
        }
        if let known {
            // Its calls are counted; that it is complete for a time can be said later.
            if known.isDone, !line.has("from"), !line.has("to") {
                throw .refused("this file was imported on \(TimeText.day(known.at).text) already; nothing was counted")
            }
            return known
        }
        if let other {
            throw .refused(
                "calls of `\(file.source)` from \(TimeText.absolute(other.firstAt).text) to "
                    + "\(TimeText.absolute(other.lastAt).text) are counted already, and would count twice; "
                    + "where these are others, give another --source; nothing was counted")
        }
        return nil
    }

    private func count(
        _ lines: LineFile, from begun: UseImport, _ window: UseWindow, _ patrol: Patrol
    ) throws(CommandFailure) -> UseImport {
        var file = begun
        var collector = UseCollector(source: nil, from: now)
        var reader = UseLines(patrol, now: now)
        var progress = progressLine
        var digest = ContentDigest()
        defer { progress.clear() }
        func write(upTo number: Int, _ windows: [UseWindow] = []) throws(CommandFailure) {
            var batch = collector.take(at: window.end) ?? UseBatch()
            batch.windows = windows
            do throws(CommandFailure) {
                file = try Self.door { () throws(PatrolError) in try patrol.countUse(batch, of: file, upTo: number) }
            } catch .stopped where file.done > 0 {
                // In the middle of a batch, of which nothing is left.
                throw Self.stopped(after: file.done)
            }
            progress.tell("lines counted", file.done, of: file.lines)
        }
        try lines.walk { (chunk) throws(CommandFailure) in digest.add(chunk) } line: {
            (bytes, number) throws(CommandFailure) in
            guard number > begun.done else { return }
            do throws(CommandFailure) { collector.add(try reader.call(bytes)) } catch .input(let fault) {
                // It could be read a moment ago, or is to be left out.
                guard line.has("skip-bad") else { throw .input("line \(number): \(fault); the lines before it are counted") }
            }
            guard collector.isFull || number - file.done >= Self.linesAtOnce, number < file.lines else { return }
            try write(upTo: number)
            guard console.isStopAsked() else { return }
            throw Self.stopped(after: number)
        }
        guard digest.bytes == begun.digest else {
            throw .input("the file was changed while it was read; what it held before may be counted in part")
        }
        try write(upTo: file.lines, [window])
        // What was too old before is gone with it, a slice at a time.
        while try Self.door({ () throws(PatrolError) in try patrol.dropOldUse() }) { if console.isStopAsked() { break } }
        return file
    }

    private static func stopped(after line: Int) -> CommandFailure {
        .stopped("stopped after \(Count.of(line, "line").text); the same command goes on from there")
    }

    private mutating func report(
        _ survey: Survey, _ window: UseWindow, counted: Int?, before: Int
    ) throws(CommandFailure) {
        if isJSON {
            return try output.json(
                [
                    "lines": JSON(survey.lines), "badLines": JSON(survey.bad), "linesCountedBefore": JSON(before),
                    "calls": JSON(survey.calls), "callsCounted": JSON(counted ?? 0),
                    "firstAt": .moment(survey.firstAt), "lastAt": .moment(survey.lastAt),
                    "source": .string(window.source), "from": .moment(window.start), "to": .moment(window.end),
                    "isChanged": .bool(counted != nil),
                ], pretty: true)
        }
        let bad = survey.bad > 0 ? ", \(Count.number(survey.bad).text) of them left out" : ""
        try output.line("read \(Count.of(survey.lines, "line").text)\(bad): \(Count.of(survey.calls, "call").text)")
        if before > 0 { try output.line("\(Count.of(before, "line").text) of them had been counted before") }
        let span: SafeText = "\(TimeText.absolute(window.start).text) to \(TimeText.absolute(window.end).text)"
        guard let counted else { return try output.line("use from \(span.text) would be on record; nothing was changed") }
        try output.line("counted \(Count.of(counted, "call").text); use from \(span.text) is on record")
    }
}
