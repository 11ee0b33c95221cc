import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    mutating func quarantineTokens() throws(CommandFailure) {
        let reason = line.value("reason") ?? ""
        var deletesAt: Timestamp? = now + Quarantine.standardLength
        if line.has("keep") {
            guard !line.has("until") else { throw usage("`--until` and `--keep` exclude each other") }
            deletesAt = nil
        } else if let text = line.value("until") {
            deletesAt = try moment(text, place: "`--until`")
        }
        let tokens = try tokens()
        let commands = tokens.map {
            Command.quarantineToken(
                QuarantineToken(token: $0.id, version: $0.version, reason: reason, deletesAt: deletesAt))
        }
        if try showsOnly(commands) { return }
        if !line.has("yes") {
            for command in commands { try tellReplay(of: command) }
            try confirm(
                tokens.count == 1 ? "refuse the token `\(tokens[0].name)`" : "refuse \(tokens.count) tokens",
                word: tokens.count == 1 ? tokens[0].name : "yes")
        }
        for command in commands { try report(perform(command)) }
    }

    mutating func planScope() throws(CommandFailure) {
        let token = try token(line.arguments[0])
        guard let scope = try scope() else { throw usage("a plan needs `--role ROLE` or `--policy FILE`") }
        let appliesAt = try line.value("at").map { text throws(CommandFailure) in try moment(text, place: "`--at`") }
        let plan = PlanScope(
            token: token.id, version: token.version, scope: scope, appliesAt: appliesAt ?? now + ScopePlan.standardNotice,
            reason: line.value("reason") ?? "")
        try report(perform(.planScope(plan)))
    }

    /// One command for each of the tokens of the line, in their order, up to the first that is refused.
    mutating func performOnEach(_ command: (AccessToken) -> Command) throws(CommandFailure) {
        for token in try tokens() { try report(perform(command(token))) }
    }

    // MARK: What is due

    private static let tasksAtOnce = 100

    /// Does what is due and may be done, in slices; what may not is told, and stays.
    mutating func tidy() throws(CommandFailure) {
        let opened = try open()
        var tally = TidyTally()
        var place: TidyPlace?
        repeat {
            let slice = try Self.door { () throws(PatrolError) in
                try opened.patrol.tidyTasks(after: place, limit: Self.tasksAtOnce, as: opened.session)
            }
            for task in slice.tasks { try tidy(task, opened, &tally) }
            place = slice.next
        } while place != nil
        if !line.has("dry-run") { try dropOldUse() }
        if !isJSON { try output.line(tally.sentence(isTrial: line.has("dry-run"))) }
    }

    /// Use by the hour that is older than it is kept, a slice at a time, so that nobody waits for long.
    mutating func dropOldUse() throws(CommandFailure) {
        let patrol = try open().patrol
        while try Self.door({ () throws(PatrolError) in try patrol.dropOldUse() }) { if console.isStopAsked() { return } }
    }

    private mutating func tidy(_ task: TidyTask, _ opened: Opened, _ tally: inout TidyTally) throws(CommandFailure) {
        if console.isStopAsked() { throw .stopped("stopped; what was done stays done") }
        if let refusal = task.refusal { return try leave(task, refusal, &tally) }
        if line.has("dry-run") {
            tally.note(task.deed)
            return try isJSON ? output.json(task.json(entry: nil, nil)) : output.line(task.sentence)
        }
        let outcome = try Self.door { () throws(PatrolError) in
            try opened.patrol.carryOut(task, as: opened.session, comment: line.value("comment"))
        }
        if let refusal = outcome.refusal { return try leave(task, refusal, &tally) }
        tally.note(task.deed)
        try isJSON ? output.json(task.json(entry: outcome.entry.sequence, nil)) : output.line(outcome.summary)
    }

    private mutating func leave(
        _ task: TidyTask, _ refusal: Refusal, _ tally: inout TidyTally
    ) throws(CommandFailure) {
        tally.left += 1
        if isJSON { return try output.json(task.json(entry: nil, refusal)) }
        try output.line("left: \(task.sentence.text): \(refusal.sentence.text)")
    }
}

/// What came of it.
private struct TidyTally {
    private(set) var deleted = 0
    private(set) var narrowed = 0
    var left = 0

    mutating func note(_ deed: DueDeed) {
        switch deed {
        case .deletion: deleted += 1
        case .narrowing: narrowed += 1
        }
    }

    func sentence(isTrial: Bool) -> SafeText {
        var parts: [String] = []
        if deleted > 0 { parts.append("\(Count.of(deleted, "token").text) \(isTrial ? "to delete" : "deleted")") }
        if narrowed > 0 { parts.append("\(Count.of(narrowed, "plan").text) \(isTrial ? "to apply" : "applied")") }
        if left > 0 { parts.append("\(Count.number(left).text) left") }
        return parts.isEmpty ? "nothing is due" : SafeText(parts.joined(separator: ", "))
    }
}

extension TidyTask {
    /// `to delete since 2026-11-24: the token `nightly export``
    fileprivate var sentence: SafeText {
        "to \(deed.rawValue) since \(TimeText.day(dueAt).text): the token `\(token.name)` (\(token.id.text))"
    }

    /// - Parameters:
    ///   - entry: the number of its audit entry; nil where nothing was done.
    ///   - refusal: why it was left.
    fileprivate func json(entry: Int64?, _ refusal: Refusal?) -> JSON {
        [
            "deed": .string(deed.rawValue), "token": ["id": .string(token.id.text), "name": .string(token.name)],
            "dueAt": .moment(dueAt), "entry": JSON(entry), "refusal": JSON(refusal?.code),
            "why": JSON(refusal?.sentence.text),
        ]
    }
}
