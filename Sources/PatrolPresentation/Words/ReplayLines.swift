package import PatrolDomain

extension UseCoverage {
    /// `90 days`; `the last day` stands for less than two.
    private var length: SafeText { span.wholeDays < 2 ? "day" : "\(span.wholeDays) days" }

    /// `the last 90 days`
    package var lastDays: SafeText { "the last \(length.text)" }

    /// `use known 87 of 90 days`
    package var words: SafeText {
        span.wholeDays < 2
            ? (known >= span ? "use known all of the day" : "use known only for a part of the day")
            : "use known \(min(known, span).wholeDays) of \(span.wholeDays) days"
    }
}

extension Replay {
    /// Whether something is to be said besides that all is well.
    package var isWarning: Bool { failingCalls > 0 || undecided > 0 || calls == 0 || !coverage.isKnown(percent: 99) }

    /// `nothing of the last 90 days would have failed (1,204 calls, use known 87 of 90 days)`
    package var headline: SafeText {
        let known = coverage.words.text
        if calls == 0 { return "no calls of \(coverage.lastDays.text) are on record (\(known))" }
        if failingCalls > 0 {
            let (failed, all) = (Count.number(failingCalls).text, Count.of(calls, "call").text)
            return "\(failed) of \(all) of \(coverage.lastDays.text) would have failed (\(known))"
        }
        // Of what can't be decided nothing is claimed.
        if undecided == calls { return "whether calls of \(coverage.lastDays.text) would have failed can't be told (\(known))" }
        return "nothing of \(coverage.lastDays.text) would have failed (\(Count.of(calls, "call").text), \(known))"
    }

    /// What the figures leave out; empty where nothing.
    package var remarks: [SafeText] { Self.remarks(deniedAlready: deniedAlready, undecided: undecided) + cut }

    private var cut: [SafeText] {
        isCut ? ["there is more on record: only the newest rows were looked at"] : []
    }

    static func remarks(deniedAlready: Int, undecided: Int) -> [SafeText] {
        var remarks: [SafeText] = []
        if deniedAlready > 0 {
            remarks.append("\(Count.of(deniedAlready, "call").text) would be denied already, as things are now")
        }
        if undecided > 0 {
            remarks.append("\(Count.of(undecided, "call").text) can't be decided: on what they were is not on record")
        }
        return remarks
    }
}

extension Replay.Failure {
    /// `updateRules on proj/web:env/production:flag/x`
    package var what: SafeText { "\(action.name) on \(resource)" }

    /// `37 calls, the last 3 d ago from 10.1.2.0/24 and 2 other networks by terraform`
    package func how(now: Timestamp) -> SafeText {
        let others = networks - (network.isEmpty ? 0 : 1)
        let more = network.isEmpty || others < 1 ? "" : " and \(Count.of(others, "other network").text)"
        let from = network.isEmpty ? "" : " from \(network)\(more)"
        let by = client.isEmpty ? "" : " by \(client)"
        return "\(Count.of(calls, "call").text), the last \(TimeText.relative(lastAt, now: now).text)\(from)\(by)"
    }
}

extension ChangeReplay {
    /// Whether something is to be said besides that all is well.
    package var isWarning: Bool {
        failingCalls > 0 || undecided > 0 || partlyKnown > 0 || notExamined > 0 || (tokens > 0 && calls == 0)
    }

    /// In one sentence; of a single token as `Replay.headline`.
    package var headline: SafeText {
        if let only, notExamined == 0 { return only.replay.headline }
        if tokens == 0 { return "no token would lose anything that it may do now" }
        let days = KnownUse.window.wholeDays
        let of = "\(Count.of(calls, "call").text) of \(Count.of(tokens, "token").text) in the last \(days) days"
        if failingCalls > 0 {
            return "\(Count.number(failingCalls).text) of \(of) would have failed, of \(Count.of(failing.count, "token").text)"
        }
        return calls == 0 ? "no calls of \(Count.of(tokens, "token").text) are on record" : "none of \(of) would have failed"
    }

    /// What the figures leave out; empty where nothing.
    package var remarks: [SafeText] {
        if let only, notExamined == 0 { return only.replay.remarks }
        var remarks = Replay.remarks(deniedAlready: deniedAlready, undecided: undecided)
        if partlyKnown > 0 { remarks.append("of \(Count.of(partlyKnown, "token").text) not all use is known") }
        if notExamined > 0 { remarks.append("\(Count.number(notExamined).text) more were not looked at") }
        return remarks
    }
}
