internal import PatrolDomain

/// Calls counted by numbers, so that the next of a kind costs no text: what a `UseCollector` gets every few seconds.
struct UseLedger {
    struct Place: Hashable {
        let token: CompiledAccount.TokenNumber
        let request: InternedRequest
        let secret: Int
        let network: UInt32
        let client: UInt32
        let outcome: UseOutcome
        let hour: Timestamp
    }

    fileprivate struct Tally {
        var calls: Int
        var firstAt: Timestamp
        var lastAt: Timestamp
    }

    /// Places at once; then they have to go to the collector.
    static let maximumPlaces = 16_384

    private var tallies: [Place: Tally] = [:]
    private var requests: [InternedRequest: Request] = [:]

    var isFull: Bool { tallies.count >= Self.maximumPlaces }
    var isEmpty: Bool { tallies.isEmpty }

    /// Counts a call. `request` is asked for its texts when they are not known yet.
    mutating func count(_ place: Place, at time: Timestamp, texts request: () -> Request) {
        if requests[place.request] == nil { requests[place.request] = request() }
        tallies[place, default: Tally(calls: 0, firstAt: time, lastAt: time)].count(time)
    }

    /// Takes everything out, as rows of use.
    mutating func take(
        token: (CompiledAccount.TokenNumber) -> TokenID, secret: (Int) -> String, network: (UInt32) -> String,
        client: (UInt32) -> String
    ) -> [HourOfUse] {
        let hours = tallies.map { place, tally in
            let request = requests[place.request]
            return HourOfUse(
                token: token(place.token), hour: place.hour, action: request?.action ?? Action(""),
                resource: request?.resource ?? "", network: network(place.network), client: client(place.client),
                secret: secret(place.secret), outcome: place.outcome, calls: tally.calls, firstAt: tally.firstAt,
                lastAt: tally.lastAt)
        }
        tallies.removeAll(keepingCapacity: true)
        requests.removeAll(keepingCapacity: true)
        return hours
    }

    struct Request {
        let action: Action
        let resource: String
    }
}

extension UseLedger.Tally {
    fileprivate mutating func count(_ time: Timestamp) {
        calls += 1
        lastAt = max(lastAt, time)
        firstAt = min(firstAt, time)
    }
}
