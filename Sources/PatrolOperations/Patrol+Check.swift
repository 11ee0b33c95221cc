package import PatrolDomain
internal import PatrolStorage

/// The answer to a presented secret.
package struct CheckResult: Sendable {
    package let decision: Decision
    /// Nil when the secret is not known: of an unknown secret nothing is said.
    package let token: AccessToken?

    /// What is counted.
    var outcome: UseOutcome {
        if decision.isAllowed { return .allowed }
        if case .notInForce(let why) = decision.reason, why == .secretRetired || why == .tokenDeleted { return .retired }
        return token?.quarantine == nil ? .denied : .quarantined
    }
}

extension Patrol {
    /// Whether whoever presents `secret` may do what is asked, decided on the last commit. The use is
    /// counted before this returns; when it can't be, this fails, and nothing was allowed.
    ///
    /// - Parameter network: Where the call came from: an IP address or network, of which the first 24 bits (version 4)
    ///   or 48 (version 6) are kept; empty when not known. A token that is limited to networks is refused unless it is an
    ///   address in one of them.
    package func check(
        _ secret: Secret, _ request: Request, network: String = ""
    ) throws(PatrolError) -> CheckResult {
        let address = IPAddress(network)
        let network = try Self.coarse(network)
        let key = try secretKey()
        let id = secret.publicID ?? key.fingerprint(of: secret)
        let hash = key.hash(of: secret)
        let (result, now, lastAttempt) = try look {
            (transaction, now) throws(StorageError) -> (CheckResult, Timestamp, Timestamp?) in
            let result = try Self.answer(id: id, hash: hash, request, from: address, transaction, at: now)
            let attempts = try result.token.flatMap { token throws(StorageError) in try transaction.attempts(on: token) }
            return (result, now, attempts?.lastAt)
        }
        if let token = result.token {
            let hour = HourOfUse(
                of: token.id, at: now, action: request.action, resource: request.resource.description,
                network: network, secret: id, outcome: result.outcome)
            try countUse(UseBatch(hours: [hour]))
            // Whoever looks sees it now; of many in a row, not each wakes everybody.
            if result.outcome == .quarantined, lastAttempt.map({ now - $0 >= Self.attemptsBetweenRings }) ?? true { store.ring() }
        }
        return result
    }

    private static let attemptsBetweenRings = TimeSpan(milliseconds: 1_000)

    private static func coarse(_ network: String) throws(PatrolError) -> String {
        if network.isEmpty { return "" }
        guard let coarse = Machine.network(of: network) else {
            throw .invalid("`\(network)` is not an IP address, nor a network of at most /24 (IPv4) or /48 (IPv6)")
        }
        return coarse
    }

    private static func answer(
        id: String, hash: [UInt8], _ request: Request, from address: IPAddress?, _ transaction: ReadTransaction, at now: Timestamp
    ) throws(StorageError) -> CheckResult {
        func no(_ reason: Decision.NotInForce, _ token: AccessToken?) -> CheckResult {
            CheckResult(decision: Decision(isAllowed: false, reason: .notInForce(reason)), token: token)
        }
        guard let (stored, token) = try known(id: id, hash: hash, transaction) else { return no(.secretUnknown, nil) }
        if token.deletedAt == nil && stored.isRetired(at: now) { return no(.secretRetired, token) }
        let authority = try transaction.standing(of: token, at: now).authority
        if authority.standing == nil && !token.mayBeUsed(from: address) { return no(.networkRefused, token) }
        return CheckResult(decision: authority.decide(request), token: token)
    }
}
