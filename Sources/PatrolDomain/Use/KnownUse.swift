/// What is known of a token's use in some time before now.
package struct KnownUse: Hashable, Sendable {
    /// How far back is looked where nothing says otherwise.
    package static let window = TimeSpan.days(90)
    /// How far back is looked where the token's own calls come with long pauses; as long as use is kept.
    package static let longWindow = TimeSpan.days(400)

    package var calls: [UsedCalls]
    /// From how many rows of the record they were added up, of whatever outcome.
    package var rows: Int
    package var coverage: UseCoverage
    /// Whether its calls come with long pauses, so that the long window was looked at.
    package var hasBeat: Bool
    /// Whether there is more on record than was read.
    package var isCut: Bool

    package init(
        calls: [UsedCalls], rows: Int = 0, coverage: UseCoverage, hasBeat: Bool = false, isCut: Bool = false
    ) {
        self.calls = calls
        self.rows = rows
        self.coverage = coverage
        self.hasBeat = hasBeat
        self.isCut = isCut
    }

    package var window: TimeSpan { hasBeat ? Self.longWindow : Self.window }

    package var count: Int { calls.reduce(0) { $0 + $1.calls } }
}
