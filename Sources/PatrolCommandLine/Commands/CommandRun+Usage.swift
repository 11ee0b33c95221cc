import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    private static let days = 90
    private static let rows = 50
    private static let importsShown = 20

    /// For which time use is on record; of a token, also what it did and from where.
    mutating func showUsage() throws(CommandFailure) {
        let start = now - .days(line.number("days") ?? Self.days)
        guard let name = line.arguments.first else { return try showUsage(since: start) }
        let token = try token(name)
        let patrol = try open().patrol
        let (coverage, summary, signals) = try Self.door { () throws(PatrolError) in
            (
                try patrol.useCoverage(of: token.id, since: start), try patrol.useSummary(of: token.id, since: start),
                try patrol.signals(of: token.id)
            )
        }
        guard let coverage else { throw .notFound("there is no token `\(token.id.text)`") }
        if isJSON {
            return try output.json(
                [
                    "token": .string(token.id.text), "known": coverage.json,
                    "actions": .array(summary.actions.map(\.json)), "origins": .array(summary.origins.map(\.json)),
                    "signals": .array(signals.map(\.json)), "isWhole": .bool(summary.isWhole),
                ], pretty: true)
        }
        try show(SafeText(token.name), facts(coverage, summary, signals))
    }

    private func facts(_ coverage: UseCoverage, _ summary: UseSummary, _ signals: [TokenSignal]) -> [Fact] {
        let limit = line.number("limit") ?? Self.rows
        var facts = [Fact("use known", coverage.words(now: now)), Fact("allowed", Count.of(summary.allowed, "call"))]
        let actions = summary.actions.sorted { ($1.calls, $0.action.name, $0.resource) < ($0.calls, $1.action.name, $1.resource) }
        facts += actions.prefix(limit).map { used in
            let resource = used.resource.isEmpty ? "" : " on \(used.resource)"
            return Fact(
                used.outcome == .allowed ? "used" : "refused",
                "\(used.action.name)\(resource): \(Count.of(used.calls, "call").text), last \(wording.ago(used.lastAt).text)")
        }
        if actions.count > limit { facts.append(Fact("and", "\(Count.number(actions.count - limit).text) more")) }
        facts += summary.origins.prefix(limit).map { origin in
            let words = [origin.network, origin.client, origin.secret.isEmpty ? "" : "secret \(origin.secret)"]
            let known = words.filter { !$0.isEmpty }.joined(separator: ", ")
            return Fact(
                "from",
                "\(known.isEmpty ? "nobody knows where" : known): \(Count.of(origin.allowed + origin.refused, "call").text), last \(wording.ago(origin.lastAt).text)")
        }
        facts += signals.map { Fact("seen", "\($0.kind.words.text): \(Count.of($0.count, "time").text), last \(wording.ago($0.lastAt).text)") }
        if !summary.isWhole { facts.append(Fact("but", "only the newest rows were looked at")) }
        return facts
    }

    private mutating func showUsage(since start: Timestamp) throws(CommandFailure) {
        let patrol = try open().patrol
        let (windows, files) = try Self.door { () throws(PatrolError) in
            (try patrol.useWindows(since: start), try patrol.useImports(limit: Self.importsShown))
        }
        let coverage = UseCoverage(of: windows, from: start, to: now)
        if isJSON {
            return try output.json(
                [
                    "known": coverage.json, "windows": .array(windows.map(\.json)), "imports": .array(files.map(\.json)),
                ], pretty: true)
        }
        var facts = [
            Fact("checked here", "counted with each check"),
            Fact("elsewhere", windows.isEmpty ? "nothing is on record; `patrol import usage` reads it from a log" : coverage.words(now: now)),
        ]
        facts += coverage.notableGaps.map { gap in
            Fact("gap", "\(TimeText.absolute(gap.start).text) to \(TimeText.absolute(gap.end).text), \(TimeText.short(gap.length).text)")
        }
        facts += files.map { file in
            let extent = "\(TimeText.absolute(file.firstAt).text) to \(TimeText.absolute(file.lastAt).text)"
            let state = file.isDone ? "" : "; stopped after \(Count.number(file.done).text) of \(Count.of(file.lines, "line").text)"
            return Fact("imported", "\(file.source): \(Count.of(file.calls, "call").text), \(extent)\(state)")
        }
        try show("Use", facts)
    }
}

extension UseCoverage {
    var json: JSON {
        [
            "from": .moment(start), "to": .moment(end), "knownMilliseconds": .integer(known.milliseconds),
            "gaps": .array(gaps.map { ["from": .moment($0.start), "to": .moment($0.end)] }),
        ]
    }
}

extension UseWindow {
    fileprivate var json: JSON { ["from": .moment(start), "to": .moment(end), "source": .string(source)] }
}

extension UseImport {
    fileprivate var json: JSON {
        [
            "source": .string(source), "at": .moment(at), "firstAt": .moment(firstAt), "lastAt": .moment(lastAt),
            "lines": JSON(lines), "linesCounted": JSON(done), "calls": JSON(calls),
        ]
    }
}

extension UsedAction {
    fileprivate var json: JSON {
        [
            "action": .string(action.name), "resource": .string(resource), "outcome": .string(outcome.code),
            "calls": JSON(calls), "firstAt": .moment(firstAt), "lastAt": .moment(lastAt),
        ]
    }
}

extension UseOrigin {
    fileprivate var json: JSON {
        [
            "network": .string(network), "client": .string(client), "secret": .string(secret), "allowed": JSON(allowed),
            "refused": JSON(refused), "firstAt": .moment(firstAt), "lastAt": .moment(lastAt),
        ]
    }
}

extension TokenSignal {
    var json: JSON {
        ["kind": .string(kind.rawValue), "count": JSON(count), "firstAt": .moment(firstAt), "lastAt": .moment(lastAt)]
    }
}
