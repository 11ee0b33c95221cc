import PatrolDomain
import PatrolPresentation

extension Model {
    /// What of the calls on record would have failed, below whom it touches.
    func replayLines(_ question: Confirmation, columns: Int) -> [Line] {
        switch question.replay {
        case .none: return []
        case .awaited: return [.blank, Line("Replaying the calls on record …", .muted)]
        case .failed(let why):
            return [.blank] + Line("What would have failed is not known: \(why.text)", .bad).wrapped(to: columns)
        case .known(let replay):
            // Where nobody could lose a call there is nothing to tell.
            guard replay.tokens > 0 || replay.notExamined > 0 else { return [] }
            let lines = question.roster == nil ? replay.lines(now: now) : replay.head
            return [.blank] + lines.flatMap { $0.wrapped(to: columns) }
        }
    }
}

extension ChangeReplay {
    /// In one sentence, with what it leaves out.
    fileprivate var head: [Line] {
        [Line(headline, failingCalls > 0 ? .bad : isWarning ? .warning : .good)] + remarks.map { Line($0, .warning) }
    }

    fileprivate func lines(now: Timestamp) -> [Line] {
        if let only, notExamined == 0 { return only.replay.lines(now: now) }
        var lines = Array(head.prefix(1))
        for one in failing.prefix(Replay.mostShown) {
            let name = SafeText(one.target.name)
            lines.append(
                Line("  ").adding(name, name.wasEscaped ? .escaped : .text)
                    .adding(": \(Count.of(one.replay.failingCalls, "call").text)", .muted))
            lines += one.replay.failures.prefix(2).map { Line("    \($0.what.text)  ", .muted).adding($0.how(now: now), .muted) }
        }
        if failing.count > Replay.mostShown { lines.append(Line("  and \(failing.count - Replay.mostShown) more tokens", .muted)) }
        return lines + head.dropFirst()
    }
}

extension Replay {
    /// So many kinds of calls are told in a question; the command line tells them all.
    fileprivate static let mostShown = 12

    /// The sentence, the calls that would fail, and what is not in the figures.
    func lines(now: Timestamp) -> [Line] {
        var lines = [Line(headline, failingCalls > 0 ? .bad : isWarning ? .warning : .good)]
        for failure in failures.prefix(Replay.mostShown) {
            lines.append(Line("  ").adding(failure.what).adding("  \(failure.how(now: now).text)", .muted))
        }
        let rest = failingKinds - min(Replay.mostShown, failures.count)
        if rest > 0 { lines.append(Line("  and \(Count.of(rest, "more kind of call", "more kinds of calls").text)", .muted)) }
        return lines + remarks.map { Line($0, .warning) }
    }
}
