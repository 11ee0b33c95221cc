/// Allowed calls of one token that have action, resource, network and client in common.
package struct UsedCalls: Hashable, Sendable {
    package var action: Action
    /// As it was asked for, such as `proj/web:env/production:flag/checkout`; empty where it is not known.
    package var resource: String
    /// Empty where unknown.
    package var network: String
    /// Empty where unknown.
    package var client: String
    package var calls: Int
    package var firstAt: Timestamp
    package var lastAt: Timestamp

    package init(
        action: Action, resource: String, network: String = "", client: String = "", calls: Int,
        firstAt: Timestamp, lastAt: Timestamp
    ) {
        self.action = action
        self.resource = resource
        self.network = network
        self.client = client
        self.calls = calls
        self.firstAt = firstAt
        self.lastAt = lastAt
    }

    /// Gathers what is on record by the hour: only what was allowed is use, and what needs no right is none here.
    package static func rolledUp(_ hours: some Sequence<HourOfUse>) -> [UsedCalls] {
        var places: [Kind: Int] = [:]
        var gathered: [UsedCalls] = []
        for hour in hours where hour.outcome == .allowed && hour.action != .presentToken {
            let kind = Kind(hour)
            if let place = places[kind] {
                gathered[place].calls += hour.calls
                gathered[place].firstAt = min(gathered[place].firstAt, hour.firstAt)
                gathered[place].lastAt = max(gathered[place].lastAt, hour.lastAt)
            } else {
                places[kind] = gathered.count
                gathered.append(
                    UsedCalls(
                        action: hour.action, resource: hour.resource, network: hour.network, client: hour.client,
                        calls: hour.calls, firstAt: hour.firstAt, lastAt: hour.lastAt))
            }
        }
        return gathered
    }

    private struct Kind: Hashable {
        let action: Action
        let resource: String
        let network: String
        let client: String

        init(_ hour: HourOfUse) {
            action = hour.action
            resource = hour.resource
            network = hour.network
            client = hour.client
        }
    }
}
