/// When something was used, as far as its rhythm goes: work that comes once a quarter or once a year leaves
/// long pauses, and a look at 90 days misses it.
package struct Beat: Hashable, Sendable {
    /// From what length on a pause tells two rounds of work apart.
    package static let pause = TimeSpan.days(60)

    private var last: Timestamp?
    private var longest = TimeSpan(milliseconds: 0)

    package init() {}

    /// Takes a moment of use; they come in the order of time.
    package mutating func note(_ moment: Timestamp) {
        if let last, moment - last >= Self.pause { longest = max(longest, moment - last) }
        last = max(last ?? moment, moment)
    }

    /// Whether the work is to be expected again: it paused and came back, and has not been away for more than
    /// half as long again as its longest pause.
    package func isAlive(at now: Timestamp) -> Bool {
        guard let last, longest >= Self.pause else { return false }
        return (now - last).milliseconds * 2 <= longest.milliseconds * 3
    }
}
