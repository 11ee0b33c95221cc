/// How much a proposal rests on. Without enough there is none.
package enum Grade: String, CaseIterable, Hashable, Sendable, Comparable {
    /// At least 90 days known and 1,000 calls.
    case a = "A"
    /// At least 30 days known and 100 calls.
    case b = "B"
    /// Less, but enough to say something.
    case c = "C"
    /// Too little: nothing is proposed.
    case d = "D"

    /// - Parameter span: The time of which enough is known.
    init(span: TimeSpan, calls: Int) {
        if span >= .days(90) && calls >= 1_000 {
            self = .a
        } else if span >= .days(30) && calls >= 100 {
            self = .b
        } else {
            self = .c
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Why nothing is proposed for a token.
package enum Withheld: Error, Hashable, Sendable {
    case notInForce(Decision.NotInForce)
    /// It has had what it has for less long than can be judged.
    case tooYoung(age: TimeSpan, needed: TimeSpan)
    /// Use is not known for at least 99 % of the time.
    case useNotKnown(UseCoverage)
    case tooFewCalls(Int, needed: Int)
    /// Calls whose resource is not on record, or can't be read: what they need can't be told.
    case resourceNotKnown(Action, calls: Int)
    /// More is on record than is read for one token.
    case tooMuchUse
    /// More kinds of calls, each an action on a resource, than are looked at.
    case tooManyKinds(limit: Int)
    /// No policy was found that covers the use and is proven to give nothing that the token does not have now.
    case notExpressible
}

extension Grade {
    static let fewestCalls = 20
    private static let youngest = TimeSpan.days(14)
    private static let leastKnown = 99

    /// The grade of what is known, or why it is not enough.
    ///
    /// - Parameter since: From when on the token has what it has now.
    static func of(_ use: KnownUse, since: Timestamp, at now: Timestamp) throws(Withheld) -> Grade {
        let needed = max(youngest, TimeSpan(milliseconds: use.window.milliseconds / 3))
        if now - since < needed { throw .tooYoung(age: now - since, needed: needed) }
        if !use.coverage.isKnown(percent: leastKnown) { throw .useNotKnown(use.coverage) }
        if use.count < fewestCalls { throw .tooFewCalls(use.count, needed: fewestCalls) }
        return Grade(span: use.coverage.span, calls: use.count)
    }

    /// Whether so much is known that there can be a grade. Where not, nothing else has to be looked up.
    package static func isPossible(with use: KnownUse) -> Bool {
        use.coverage.isKnown(percent: leastKnown) && use.count >= fewestCalls
    }
}
