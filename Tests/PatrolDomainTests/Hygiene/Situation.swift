import Testing

@testable import PatrolDomain

/// A token that no rule has anything to say about, with what is on record of it. Days count from its creation.
struct Situation {
    var kind = AccessToken.Kind.personal
    var scope = Scope.base(.reader)
    var expiresAfter: Int? = 365
    /// So many hours after that day.
    var expiresLater = 0
    var usedAfter: Int? = 0
    var useKnownFor: Int?
    var apiVersion: Int?
    var ownerRole = BaseRole.owner
    var ownerRemovedAfter: Int?
    var age = 1
    var origin = AccessToken.Origin.created
    /// Use that is spread over networks is not tried unless it is asked for.
    var networks = NetworkLimit("192.0.2.0/24")
    var settings = HygieneSettings()
    var facts = HygieneFacts()
    var hours: [HourOfUse] = []
    /// Use is recorded by the hour between these days; empty: it is not.
    var windows: [(from: Int, until: Int)] = []
    var recordedDays: [Int]?

    var now: Timestamp { start + .days(age) }

    func judged() throws -> Judgement {
        let owner = try member(ownerRole, removedAt: ownerRemovedAfter.map { start + .days($0) })
        let token = AccessToken(
            id: try #require(TokenID("t1")), kind: kind, origin: origin, name: "nightly export",
            purpose: "copies flags", owner: kind == .accountWide ? nil : owner.id, scope: scope, createdAt: start,
            expiresAt: expiresAfter.map { start + .days($0) + .hours(expiresLater) }, lastUsedAt: usedAfter.map { start + .days($0) },
            useKnownUntil: useKnownFor.map { start + .days($0) }, apiVersion: apiVersion, networks: networks)
        var facts = facts
        facts.settings = settings
        if !windows.isEmpty || recordedDays != nil {
            facts.telemetry = Telemetry(
                windows: windows.map { UseWindow(start: start + .days($0.from), end: start + .days($0.until), source: "gateway") },
                days: (recordedDays ?? []).map { start + .days($0) }, at: now, settings: settings)
        }
        if !hours.isEmpty { facts.use = UseFacts(hours.sorted { $0.hour < $1.hour }, at: now, settings: settings) }
        let isOwned = kind != .accountWide
        return Hygiene.judge(
            token, owner: isOwned ? owner : nil,
            scope: isOwned ? Authority(of: scope, roles: [:], owner: owner, teams: []) : nil,
            behind: isOwned ? Authority(of: owner, roles: [:], teams: []) : nil, facts: facts, at: now)
    }

    /// `calls` calls at an hour of a day, over some minutes of it.
    static func hour(
        _ day: Int, _ hour: Int = 0, action: String = "viewProject", on resource: String = "proj/web",
        network: String = "", client: String = "", secret: String = "", outcome: UseOutcome = .allowed, calls: Int = 1,
        minute: Int = 0, minutes: Int = 0
    ) -> HourOfUse {
        let beginning = start + .days(day) + .hours(hour)
        let first = beginning + .minutes(minute)
        return HourOfUse(
            token: TokenID("t1")!, hour: beginning, action: Action(action), resource: resource, network: network,
            client: client, secret: secret, outcome: outcome, calls: calls, firstAt: first, lastAt: first + .minutes(minutes))
    }

    /// A call on each of these days, from the same place.
    static func daily(
        _ days: ClosedRange<Int>, action: String = "viewProject", on resource: String = "proj/web", calls: Int = 1,
        network: String = "192.0.2.0/24", client: String = "terraform"
    ) -> [HourOfUse] {
        days.map { hour($0, action: action, on: resource, network: network, client: client, calls: calls) }
    }

    static func secret(_ id: String, since day: Int, until end: Int? = nil) -> StoredSecret {
        StoredSecret(
            id: id, token: TokenID("t1")!, hash: [], keyVersion: 1, createdAt: start + .days(day),
            validUntil: end.map { start + .days($0) })
    }
}

/// A situation with some fields set.
func situation(_ change: (inout Situation) -> Void) -> Situation {
    var made = Situation()
    change(&made)
    return made
}
