/// What would have become of a token's calls, had a change been in force: each allowed call on record is decided
/// with the authority before and after.
package struct Replay: Hashable, Sendable {
    /// Calls of one action on one resource that would fail.
    package struct Failure: Hashable, Sendable {
        package var action: Action
        package var resource: String
        package var calls: Int
        package var lastAt: Timestamp
        /// Of the last of them; empty where unknown.
        package var network: String
        /// Of the last of them; empty where unknown.
        package var client: String
        /// From how many networks they came.
        package var networks: Int
        /// Why they would be denied.
        package var reason: Decision.Reason
    }

    package static let maximumFailures = 200

    /// The most frequent first, at most `maximumFailures`.
    package private(set) var failures: [Failure] = []
    /// How many kinds of calls would fail: those of `failures`, and what is beyond its limit.
    package private(set) var failingKinds = 0
    package private(set) var failingCalls = 0
    /// All calls of the time.
    package private(set) var calls = 0
    /// Calls that were allowed then, and would be denied already as things are now.
    package private(set) var deniedAlready = 0
    /// Calls whose resource is not on record, or can't be read: nothing is said about them.
    package private(set) var undecided = 0
    package let coverage: UseCoverage
    /// Whether there is more on record than was looked at.
    package let isCut: Bool

    /// - Parameters:
    ///   - before: What the token may do as things are.
    ///   - after: What it could do after the change.
    package init(_ use: KnownUse, before: TokenAuthority, after: TokenAuthority) {
        coverage = use.coverage
        isCut = use.isCut
        var resources: [String: Resource?] = [:]
        var places: [Kind: Int?] = [:]
        var found: [Failure] = []
        var networks: [Set<String>] = []
        for group in use.calls {
            calls += group.calls
            let parsed = resources[group.resource] ?? (try? Resource(parsing: group.resource))
            resources[group.resource] = .some(parsed)
            guard let resource = parsed else {
                undecided += group.calls
                continue
            }
            let kind = Kind(action: group.action, resource: group.resource)
            if let known = places[kind] {
                guard let place = known else { continue }
                found[place].add(group)
                networks[place].insert(group.network)
                continue
            }
            let request = Request(group.action, on: resource)
            let decision = after.decide(request)
            if decision.isAllowed {
                places[kind] = .some(nil)
            } else if !before.decide(request).isAllowed {
                // Counted once for each group: what follows of the kind is looked at again.
                deniedAlready += group.calls
            } else {
                places[kind] = .some(found.count)
                found.append(Failure(group, reason: decision.reason))
                networks.append([group.network])
            }
        }
        for place in found.indices { found[place].networks = networks[place].filter { !$0.isEmpty }.count }
        finish(found)
    }

    private mutating func finish(_ found: [Failure]) {
        failingKinds = found.count
        failingCalls = found.reduce(0) { $0 + $1.calls }
        let sorted = found.sorted {
            ($1.calls, $0.action.name, $0.resource) < ($0.calls, $1.action.name, $1.resource)
        }
        failures = Array(sorted.prefix(Self.maximumFailures))
    }

    private struct Kind: Hashable {
        let action: Action
        let resource: String
    }
}

extension Replay.Failure {
    fileprivate init(_ group: UsedCalls, reason: Decision.Reason) {
        self.init(
            action: group.action, resource: group.resource, calls: group.calls, lastAt: group.lastAt,
            network: group.network, client: group.client, networks: 0, reason: reason)
    }

    fileprivate mutating func add(_ group: UsedCalls) {
        calls += group.calls
        guard group.lastAt > lastAt else { return }
        lastAt = group.lastAt
        network = group.network
        client = group.client
    }
}
