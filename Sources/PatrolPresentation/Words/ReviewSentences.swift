package import PatrolDomain

extension ReviewAnswer {
    /// For a key or a column.
    package var word: SafeText { SafeText(rawValue) }
}

extension ReviewDecision {
    /// For a column: `keep`, `no answer`.
    package var shortWords: SafeText { answer?.word ?? "no answer" }
}

extension ReviewOutcome {
    package var words: SafeText {
        switch self {
        case .nothing: "–"
        case .open: "to be done"
        case .planned: "planned"
        case .done: "done"
        }
    }
}

extension Review {
    /// `37 of 143 decided, 6 days left`.
    package func progress(now: Timestamp) -> SafeText {
        "\(Count.number(decidedCount).text) of \(Count.number(itemCount).text) decided, \(timeLeft(now: now).text)"
    }

    /// `6 days left`, `5 h left`, `overdue by 2 days`, `closed 2026-11-24`.
    package func timeLeft(now: Timestamp) -> SafeText {
        if let closedAt { return "closed \(TimeText.day(closedAt).text)" }
        let left = dueAt - now
        if left.milliseconds < 0 {
            return "overdue by \(Self.words(TimeSpan(milliseconds: -left.milliseconds)))"
        }
        return "\(Self.words(left)) left"
    }

    private static func words(_ span: TimeSpan) -> String {
        span.wholeDays >= 1 ? Count.of(span.wholeDays, "day").text : TimeText.short(span).text
    }
}

extension Review.NoAnswer {
    /// What becomes of tokens without an answer.
    package var words: SafeText {
        switch self {
        case .keep: "they are kept"
        case .flag: "they are flagged for deletion"
        case .quarantine: "they are put into quarantine"
        }
    }
}

extension AuditEntry {
    /// `Ada Berg decided in Q4 to delete nightly export`; nil for other entries.
    var reviewDecision: EventLine? {
        guard name == EventName.reviewDecided.rawValue,
            let answer = changes.first(where: { $0.field == ReviewField.answer })?.after,
            let token = changes.first(where: { $0.field == ReviewField.tokenName })?.after
        else { return nil }
        return EventLine(
            actor: SafeText(actorName), verb: "decided in \(target.name) to \(answer)", target: SafeText(token),
            outcome: .empty, isRefused: false)
    }
}
