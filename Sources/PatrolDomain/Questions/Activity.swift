/// How much happened in the account over some time: audit entries in spans of equal length.
package struct Activity: Hashable, Sendable {
    /// When the first span begins.
    package var start: Timestamp
    package var span: TimeSpan
    /// Entries in each span, oldest first; the last span is the one that `now` is in.
    package var counts: [Int]

    package init(start: Timestamp, span: TimeSpan, counts: [Int]) {
        self.start = start
        self.span = span
        self.counts = counts
    }
}
