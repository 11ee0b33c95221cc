/// When something was used, as far as its rhythm goes: work that comes once a quarter or once a year leaves
/// long pauses, and a look at 90 days misses it.
package struct Beat: Hashable, Sendable {
    /// From what length on a pause tells two rounds of work apart.
    package static let pause = TimeSpan.days(60)

    private var noted: Timestamp?
    private var newest: Timestamp?
    private var longest = TimeSpan(milliseconds: 0)

    package init() {}

    /// Takes a moment of use; they come in the order of time, or all the other way round.
    package mutating func note(_ moment: Timestamp) {
        if let noted { longest = max(longest, moment > noted ? moment - noted : noted - moment) }
        noted = moment
        newest = max(newest ?? moment, moment)
    }

    /// Whether the work is to be expected again: it paused and came back, and has not been away for more than
    /// half as long again as its longest pause.
    package func isAlive(at now: Timestamp) -> Bool {
        guard let newest, longest >= Self.pause else { return false }
        return (now - newest).milliseconds * 2 <= longest.milliseconds * 3
    }
}
