/// How much use a finding rests on, and so how far to trust it.
package struct UseBasis: Hashable, Sendable {
    /// How good the evidence is.
    package enum Grade: String, CaseIterable, Hashable, Sendable, Comparable {
        /// 90 days and 1,000 calls at least.
        case a = "A"
        /// 30 days and 100 calls at least.
        case b = "B"
        case c = "C"
        /// Too little to judge by.
        case d = "D"

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

        package init(days: Int, calls: Int, minimumCalls: Int) {
            switch (days, calls) {
            case (90..., 1_000...): self = .a
            case (30..., 100...): self = .b
            default: self = calls >= minimumCalls ? .c : .d
            }
        }
    }

    /// The time that was looked at, in days.
    package let days: Int
    /// Calls in it that were allowed.
    package let calls: Int
    package let grade: Grade

    package init(days: Int, calls: Int, minimumCalls: Int) {
        self.days = days
        self.calls = calls
        grade = Grade(days: days, calls: calls, minimumCalls: minimumCalls)
    }
}
