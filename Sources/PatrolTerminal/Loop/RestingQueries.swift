import PatrolScreen

/// Questions for the detail of the row under the cursor. They wait until the cursor rests: while a key is
/// held nothing is asked, and over a slow line no detail is sent that nobody could read.
struct RestingQueries {
    /// Shorter than a person notices, longer than the pause between the repeats of a held key.
    private static let restMilliseconds = 60

    private var queries: [Query] = []
    /// When the cursor has rested, on the clock of the loop; nil: nothing waits.
    private(set) var readyAt: Int?

    mutating func hold(_ query: Query, at now: Int) {
        queries.removeAll { $0.isSuperseded(by: query) }
        queries.append(query)
        readyAt = now + Self.restMilliseconds
    }

    /// They are wanted now.
    mutating func hurry() {
        if readyAt != nil { readyAt = 0 }
    }

    /// Those that have waited long enough.
    mutating func take(at now: Int) -> [Query] {
        guard let readyAt, now >= readyAt else { return [] }
        defer { self = RestingQueries() }
        return queries
    }
}
