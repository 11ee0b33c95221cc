/// What would have become of the calls of all tokens that a command touches.
package struct ChangeReplay: Hashable, Sendable {
    package struct OfToken: Hashable, Sendable {
        package var target: AuditTarget
        package var replay: Replay

        package init(_ target: AuditTarget, _ replay: Replay) {
            self.target = target
            self.replay = replay
        }
    }

    /// Tokens of which calls would fail, the most calls first.
    package private(set) var failing: [OfToken] = []
    /// Tokens of which use was looked at.
    package private(set) var tokens = 0
    /// Tokens whose use is not known for at least 99 % of the time.
    package private(set) var partlyKnown = 0
    /// Calls of all of them.
    package private(set) var calls = 0
    package private(set) var failingCalls = 0
    package private(set) var deniedAlready = 0
    package private(set) var undecided = 0
    /// Members and tokens, or use of theirs, that were not looked at.
    package var notExamined = 0
    /// The only token that was looked at; nil where there were more.
    package private(set) var only: OfToken?

    package init() {}

    package mutating func add(_ target: AuditTarget, _ replay: Replay) {
        tokens += 1
        only = tokens == 1 ? OfToken(target, replay) : nil
        if !replay.coverage.isKnown(percent: 99) { partlyKnown += 1 }
        if replay.isCut { notExamined += 1 }
        calls += replay.calls
        failingCalls += replay.failingCalls
        deniedAlready += replay.deniedAlready
        undecided += replay.undecided
        guard replay.failingCalls > 0 else { return }
        let place = failing.firstIndex { $0.replay.failingCalls < replay.failingCalls } ?? failing.count
        failing.insert(OfToken(target, replay), at: place)
    }

    /// Both together, for a question about many things.
    package func adding(_ other: ChangeReplay) -> ChangeReplay {
        var sum = self
        for one in other.failing {
            let place = sum.failing.firstIndex { $0.replay.failingCalls < one.replay.failingCalls } ?? sum.failing.count
            sum.failing.insert(one, at: place)
        }
        sum.only = tokens == 0 ? other.only : other.tokens == 0 ? only : nil
        sum.tokens += other.tokens
        sum.partlyKnown += other.partlyKnown
        sum.calls += other.calls
        sum.failingCalls += other.failingCalls
        sum.deniedAlready += other.deniedAlready
        sum.undecided += other.undecided
        sum.notExamined += other.notExamined
        return sum
    }
}
