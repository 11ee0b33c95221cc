/// Use that is written together: all of it or nothing.
package struct UseBatch: Hashable, Sendable {
    /// At most `maximumRows`; rows that have all but their counts in common may come more than once.
    package var hours: [HourOfUse]
    /// Times of which all use is on record once the batch is.
    package var windows: [UseWindow]

    /// Writing so many rows keeps others who write waiting for well below a second.
    package static let maximumRows = 4_096

    package init(hours: [HourOfUse] = [], windows: [UseWindow] = []) {
        self.hours = hours
        self.windows = windows
    }
}

extension HourOfUse {
    /// How long hours are kept.
    package static let keptFor = TimeSpan.days(400)
    /// Bytes of a text of use. A longer one is not kept: half a resource is another one.
    package static let maximumText = 1_000

    /// One call, or several at one moment.
    package init(
        of token: TokenID, at time: Timestamp, action: Action, resource: String = "", network: String = "",
        client: String = "", secret: String = "", outcome: UseOutcome, calls: Int = 1
    ) {
        self.init(
            token: token, hour: time.startOfHour, action: action, resource: resource, network: network,
            client: client, secret: secret, outcome: outcome, calls: calls, firstAt: time, lastAt: time)
    }
}

extension Timestamp {
    package static let millisecondsPerHour: Int64 = 3_600_000

    /// The full hour, UTC, that the moment belongs to.
    package var startOfHour: Timestamp {
        let rest = milliseconds % Self.millisecondsPerHour
        return Timestamp(milliseconds: milliseconds - (rest < 0 ? rest + Self.millisecondsPerHour : rest))
    }
}
