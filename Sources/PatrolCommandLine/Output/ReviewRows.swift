import PatrolDomain
import PatrolJSON
import PatrolPresentation

// What reviews look like to a person, to a program and to the ear.

extension Columns {
    static let reviews = [
        TableColumn("name", minimum: 12, ideal: 24, growth: 1),
        TableColumn("started (UTC)", minimum: 16, ideal: 16, rank: 2),
        TableColumn("decided", minimum: 9, ideal: 14, alignment: .right),
        TableColumn("due", minimum: 12, ideal: 20),
        TableColumn("no answer", minimum: 10, ideal: 10, rank: 1),
        TableColumn("tokens", minimum: 10, ideal: 24, rank: 3, growth: 1),
    ]

    static let reviewItems = [
        TableColumn("no.", minimum: 4, ideal: 6, alignment: .right),
        TableColumn("token", minimum: 24, ideal: 24),
        TableColumn("name", minimum: 10, ideal: 22, growth: 1),
        TableColumn("owner", minimum: 8, ideal: 18, rank: 3, growth: 1),
        TableColumn("risk", minimum: 8, ideal: 8, rank: 2),
        TableColumn("decision", minimum: 10, ideal: 10),
        TableColumn("done", minimum: 10, ideal: 10, rank: 1),
        TableColumn("by", minimum: 8, ideal: 14, rank: 4),
        TableColumn("why", minimum: 8, ideal: 24, rank: 5, growth: 2),
    ]
}

extension Review: SpokenRow {
    func cells(_ wording: Wording) -> [SafeText] {
        [
            SafeText(name), TimeText.absolute(startedAt),
            "\(Count.number(decidedCount).text) of \(Count.number(itemCount).text)", timeLeft(now: wording.now),
            SafeText(noAnswer.rawValue), SafeText(filter.isEmpty ? "all" : filter),
        ]
    }

    func facts(_ wording: Wording) -> [Fact] { [Fact("name", SafeText(name))] + about(now: wording.now) }

    func brief(_ wording: Wording) -> SafeText { "\(name), \(progress(now: wording.now).text)" }

    func about(now: Timestamp) -> [Fact] {
        [
            Fact("started", TimeText.absolute(startedAt)), Fact("due", TimeText.absolute(dueAt)),
            Fact("progress", progress(now: now)), Fact("no answer", noAnswer.words),
            Fact("tokens", SafeText(filter.isEmpty ? "all that there were" : filter)),
        ]
    }

    var json: JSON {
        [
            "id": .string(id.text), "name": .string(name), "filter": .string(filter),
            "startedBy": .string(startedBy.text), "startedAt": .moment(startedAt), "dueAt": .moment(dueAt),
            "noAnswer": .string(noAnswer.rawValue), "closedAt": .moment(closedAt), "items": JSON(itemCount),
            "decided": JSON(decidedCount), "version": JSON(version),
        ]
    }
}

extension ReviewItemRow: SpokenRow {
    func cells(_ noAnswer: Review.NoAnswer, _ wording: Wording) -> [SafeText] {
        [
            SafeText(String(item.place)), SafeText(item.token.text), SafeText(item.facts.name),
            SafeText(item.facts.ownerWords), item.facts.severity?.word ?? wording.nothing,
            item.decision?.shortWords ?? "open", doneWords(noAnswer), SafeText(deciderName ?? ""),
            SafeText(item.decision?.why ?? ""),
        ]
    }

    private func doneWords(_ noAnswer: Review.NoAnswer) -> SafeText {
        if item.decision == nil { return isGone ? "gone" : "" }
        return outcome(noAnswer: noAnswer).words
    }

    func facts(_ wording: Wording) -> [Fact] {
        var facts = [
            Fact("name", SafeText(item.facts.name)), Fact("id", SafeText(item.token.text)),
            Fact("owner", SafeText(item.facts.ownerWords)),
            Fact("findings", SafeText(item.facts.findings.isEmpty ? "none" : item.facts.findings.joined(separator: ", "))),
            Fact("decision", item.decision?.shortWords ?? "open"),
        ]
        if let decision = item.decision {
            facts.append(Fact("by", SafeText(deciderName ?? decision.decidedBy.text)))
            if !decision.why.isEmpty { facts.append(Fact("why", SafeText(decision.why))) }
        }
        if isGone { facts.append(Fact("standing", "deleted")) }
        return facts
    }

    func brief(_ wording: Wording) -> SafeText {
        "\(item.facts.name), \(item.facts.ownerWords), \(item.decision?.shortWords.text ?? "open")"
    }

    func json(_ noAnswer: Review.NoAnswer) -> JSON {
        let line = ReviewReport.Line(
            item: item, deciderName: deciderName, outcome: outcome(noAnswer: noAnswer), isGone: isGone, seal: nil)
        return .object((line.json.members ?? []).map { $0.name == "entry" ? JSONMember("entry", .integer(item.entry)) : $0 })
    }
}
