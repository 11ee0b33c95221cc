/// Counts calls in memory, rolled up by hour, until whoever owns it writes them: every few seconds, and at once
/// when it `isFull`. To count a call takes one step in a dictionary. What was not yet written is lost with the
/// process, and its time is then not claimed as known.
package struct UseCollector: Sendable {
    /// Distinct rows from which on it is to be written at once.
    package static let fullAt = UseBatch.maximumRows
    /// Distinct rows that it holds at most, where writing fails. A call that needs another is not counted, and the
    /// time is not claimed.
    package static let maximumRows = 16 * UseBatch.maximumRows
    /// The clock moves on by no more between two calls or writings, or it was set, or the machine slept: then that
    /// time is not claimed.
    package static let longestPause = TimeSpan.minutes(1)
    private static let maximumWindows = 16

    private let source: String?
    private var rows: [Place: Tally] = [:]
    /// All calls since then were counted.
    private var knownSince: Timestamp
    /// When the owner was last heard of.
    private var heardAt: Timestamp
    private var windows: [UseWindow] = []

    private struct Place: Hashable {
        let token: TokenID
        let hour: Timestamp
        let action: Action
        let resource: String
        let network: String
        let client: String
        let secret: String
        let outcome: UseOutcome
    }

    private struct Tally {
        var calls: Int
        var firstAt: Timestamp
        var lastAt: Timestamp
    }

    /// - Parameters:
    ///   - source: What the windows are said to come from, such as `UseWindow.gateway`; nil where not every call
    ///     comes by here, so that no time can be claimed as known.
    ///   - now: From when on every call is counted here.
    package init(source: String?, from now: Timestamp) {
        self.source = source
        knownSince = now
        heardAt = now
    }

    /// How many distinct rows are held.
    package var count: Int { rows.count }
    package var isFull: Bool { rows.count >= Self.fullAt }

    /// Counts calls at `time`, the clock's.
    package mutating func count(
        _ token: TokenID, at time: Timestamp, action: Action, resource: String = "", network: String = "",
        client: String = "", secret: String = "", outcome: UseOutcome, calls: Int = 1
    ) {
        hear(time)
        add(
            HourOfUse(
                of: token, at: time, action: action, resource: resource, network: network, client: client,
                secret: secret, outcome: outcome, calls: calls))
    }

    /// Takes what is to be written next; nil where there is nothing, and no new time to claim. To be called every few
    /// seconds, also when nothing was called, and again while `isFull`.
    package mutating func take(at now: Timestamp) -> UseBatch? {
        hear(now)
        var batch = UseBatch()
        if rows.count <= UseBatch.maximumRows {
            batch.hours = rows.map { Self.hour($0, $1) }
            rows.removeAll(keepingCapacity: true)
            close(at: now)
            batch.windows = windows
            windows = []
        } else {
            for (place, tally) in rows.prefix(UseBatch.maximumRows) {
                batch.hours.append(Self.hour(place, tally))
                rows[place] = nil
            }
        }
        return batch.hours.isEmpty && batch.windows.isEmpty ? nil : batch
    }

    /// Takes back what could not be written.
    package mutating func putBack(_ batch: UseBatch) {
        for hour in batch.hours { add(hour) }
        windows = Array((batch.windows + windows).suffix(Self.maximumWindows))
    }

    /// Counts what was rolled up or recorded elsewhere: the clock has nothing to do with it.
    package mutating func add(_ hour: HourOfUse) {
        let place = Place(
            token: hour.token, hour: hour.hour, action: hour.action, resource: hour.resource, network: hour.network,
            client: hour.client, secret: hour.secret, outcome: hour.outcome)
        if let slot = rows.index(forKey: place) {
            let known = rows.values[slot]
            rows.values[slot] = Tally(
                calls: known.calls + hour.calls, firstAt: min(known.firstAt, hour.firstAt),
                lastAt: max(known.lastAt, hour.lastAt))
        } else if rows.count < Self.maximumRows {
            rows[place] = Tally(calls: hour.calls, firstAt: hour.firstAt, lastAt: hour.lastAt)
        } else {
            // Not counted: nothing is known of the time from the last writing on.
            windows = []
            knownSince = max(heardAt, hour.lastAt)
        }
    }

    /// A clock that went back, or far ahead, leaves a gap.
    private mutating func hear(_ now: Timestamp) {
        if now < heardAt || now > heardAt + Self.longestPause {
            close(at: heardAt)
            knownSince = now
        }
        heardAt = now
    }

    private mutating func close(at end: Timestamp) {
        guard let source, end > knownSince else { return }
        windows.append(UseWindow(start: knownSince, end: end, source: source))
        if windows.count > Self.maximumWindows { windows.removeFirst() }
        knownSince = end
    }

    private static func hour(_ place: Place, _ tally: Tally) -> HourOfUse {
        HourOfUse(
            token: place.token, hour: place.hour, action: place.action, resource: place.resource,
            network: place.network, client: place.client, secret: place.secret, outcome: place.outcome,
            calls: tally.calls, firstAt: tally.firstAt, lastAt: tally.lastAt)
    }
}

extension UseWindow {
    /// The source of what Patrol itself counted in front of an API.
    package static let gateway = "gateway"
}
