/// A moment: milliseconds since 1970-01-01T00:00:00Z. The domain never asks what time it is.
package struct Timestamp: Hashable, Sendable, Comparable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The dates that Patrol accepts from people and files: the years 2000 to 2199.
    package static let accepted =
        Timestamp(milliseconds: 946_684_800_000)...Timestamp(milliseconds: 7_258_118_399_999)

    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    package static func + (moment: Self, span: TimeSpan) -> Self {
        Timestamp(milliseconds: moment.milliseconds + span.milliseconds)
    }

    package static func - (moment: Self, span: TimeSpan) -> Self {
        Timestamp(milliseconds: moment.milliseconds - span.milliseconds)
    }

    package static func - (later: Self, earlier: Self) -> TimeSpan {
        TimeSpan(milliseconds: later.milliseconds - earlier.milliseconds)
    }
}

/// A length of time, in milliseconds.
package struct TimeSpan: Hashable, Sendable, Comparable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package static func minutes(_ count: Int) -> Self { Self(milliseconds: Int64(count) * 60_000) }
    package static func hours(_ count: Int) -> Self { .minutes(count * 60) }
    package static func days(_ count: Int) -> Self { .hours(count * 24) }

    /// Whole days, rounded towards zero.
    package var wholeDays: Int { Int(milliseconds / 86_400_000) }

    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    package static func + (left: Self, right: Self) -> Self { Self(milliseconds: left.milliseconds + right.milliseconds) }
}
