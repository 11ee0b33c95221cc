package import PatrolDomain
internal import PatrolStorage
internal import Synchronization

/// Where a call came from.
package struct GateOrigin {
    /// Nil where it is not known.
    package let address: IPAddress?
    /// What the client calls itself.
    package let userAgent: UnsafeRawBufferPointer

    package init(address: IPAddress?, userAgent: UnsafeRawBufferPointer) {
        self.address = address
        self.userAgent = userAgent
    }
}

/// What the gate says of a call.
package struct GateVerdict: Sendable {
    /// Nil where the secret is not known: of an unknown secret nothing is said.
    package let identity: TokenIdentity?
    /// Nil where it is allowed.
    package let refusal: Decision?

    package var isAllowed: Bool { refusal == nil }
}

/// The gate for several threads at once: each answer rests on the last commit of whoever, and each call is counted.
///
/// Counts are in memory until `writeUse()` is called: when the machine dies, what came since is lost.
package final class SharedGate: Sendable {
    private let state: Mutex<State>
    private let writer: Mutex<Patrol>

    /// How long use may stay unwritten before nothing is let through any more.
    package static let longestUnwritten = TimeSpan.minutes(1)
    private static let patience = TimeSpan(milliseconds: 5_000)

    /// Never outside of the mutex: one thread at a time has the account's connection.
    private struct State: @unchecked Sendable {
        var gate: Gate
        var counting: UseCounting
        /// When the last use was written, or there was none to write.
        var writtenAt: Timestamp

        /// Why the account could not be looked at when that was last tried; nil where it could. Its file moved away leaves
        /// the log that is mapped as it was, so the mark of the newest commit does not tell.
        var lost: PatrolError?

        func requireCounting() throws(PatrolError) {
            if let lost { throw lost }
            guard gate.now - writtenAt < SharedGate.longestUnwritten || counting.isEmpty else {
                throw .unavailable("use can't be written: nothing is let through until it can")
            }
        }
    }

    /// Reads the whole account of `location`, which takes some seconds where there are a million tokens.
    package init(
        opening location: Location, clock: @escaping @Sendable () -> Timestamp = { Machine.now }
    ) throws(PatrolError) {
        let gate = try Gate(Patrol(opening: location, clock: clock))
        let now = gate.now
        state = Mutex(State(gate: gate, counting: UseCounting(from: now), writtenAt: now))
        writer = Mutex(try Patrol(opening: location, clock: clock))
    }

    /// Whether whoever presents `secret` may do this, as of the last commit. The call is counted.
    ///
    /// - Parameters:
    ///   - secret: Its bytes, which are neither copied nor kept.
    ///   - resource: Not looked at where the secret is not known.
    /// - Throws: where the account can't be read, or use could not be written for too long: nothing was allowed then.
    package func answer(
        secret: UnsafeRawBufferPointer, action: UnsafeRawBufferPointer, resource: UnsafeRawBufferPointer,
        from origin: GateOrigin
    ) throws(PatrolError) -> GateVerdict {
        try state.withLock { state throws(PatrolError) in
            try state.gate.refresh()
            try state.requireCounting()
            let now = state.gate.now
            let answer: Gate.Answer
            do throws(SpecifierFault) {
                answer = try state.gate.decide(
                    secret, action: Span(_unsafeBytes: action), resource: Span(_unsafeBytes: resource),
                    from: origin.address)
            } catch {
                throw .invalid("not a resource")
            }
            guard let token = answer.token else { return GateVerdict(identity: nil, refusal: state.gate.decision(answer)) }
            let identity = state.gate.identity(of: token)
            let refusal = answer.isAllowed ? nil : state.gate.decision(answer)
            state.counting.count(
                answer, of: token, outcome: UseOutcome(refusal: refusal?.reason), at: now, origin,
                action: action, resource: resource, &state.gate)
            return GateVerdict(identity: identity, refusal: refusal)
        }
    }

    /// Whether whoever presents `secret` may come at all, as of the last commit. The call is counted, as a use that needs
    /// no right.
    package func answer(secret: UnsafeRawBufferPointer, from origin: GateOrigin) throws(PatrolError) -> GateVerdict {
        try state.withLock { state throws(PatrolError) in
            try state.gate.refresh()
            try state.requireCounting()
            guard let holder = state.gate.holder(of: secret) else {
                return GateVerdict(identity: nil, refusal: Decision(isAllowed: false, reason: .notInForce(.secretUnknown)))
            }
            let why = holder.notInForce ?? (state.gate.isRefused(holder.token, from: origin.address) ? .networkRefused : nil)
            let refusal = why.map { Decision(isAllowed: false, reason: .notInForce($0)) }
            let identity = state.gate.identity(of: holder.token)
            state.counting.count(
                identity.id, secret: state.gate.secretID(at: holder.secret), .presentToken, "acct",
                outcome: UseOutcome(refusal: refusal?.reason), at: state.gate.now, origin)
            return GateVerdict(identity: identity, refusal: refusal)
        }
    }

    /// Whose secret this is, as of the last commit, and whether he may come at all. No use is counted.
    ///
    /// - Returns: Nil where the secret is not known.
    package func holder(
        of secret: UnsafeRawBufferPointer
    ) throws(PatrolError) -> (identity: TokenIdentity, notInForce: Decision.NotInForce?)? {
        try state.withLock { state throws(PatrolError) in
            try state.gate.refresh()
            return state.gate.holder(of: secret).map { (state.gate.identity(of: $0.token), $0.notInForce) }
        }
    }

    /// Counts what a token did where it was not the gate that let it in.
    package func count(
        _ token: TokenID, secret: String, _ acts: [TokenAct], from origin: GateOrigin
    ) {
        state.withLock { state in
            for act in acts {
                state.counting.count(
                    token, secret: secret, act.action, act.resource, outcome: act.outcome, at: state.gate.now, origin)
            }
        }
    }

    /// Counts what was seen of a token and is no use of it. Of a secret that is not known there is nothing to count.
    package func count(_ signal: TokenSignal.Kind, of secret: UnsafeRawBufferPointer) {
        state.withLock { state in
            // Where the account can't be read, what follows will say so.
            try? state.gate.refresh()
            guard let token = state.gate.holder(of: secret)?.token else { return }
            state.counting.count(signal, of: state.gate.id(of: token), at: state.gate.now)
        }
    }

    /// Writes what was counted. To be called every few seconds, also when nothing came: it claims the time as known.
    ///
    /// - Throws: where it can't be written; it stays counted, and is written with the next.
    package func writeUse() throws(PatrolError) {
        let (batches, signals) = try state.withLock { state throws(PatrolError) -> ([UseBatch], [SeenSignal]) in
            // A file that was moved away is noticed here at the latest.
            do throws(PatrolError) {
                try state.gate.takeNews()
                state.lost = nil
            } catch {
                state.lost = error
                throw error
            }
            return (state.counting.take(from: state.gate), state.counting.takeSignals())
        }
        var rest = batches[...]
        do throws(PatrolError) {
            // First, because they are few and can't be put back: one that is lost is seen with the next.
            try writer.withLock { patrol throws(PatrolError) in
                if !signals.isEmpty { try patrol.countSignals(signals, patience: Self.patience) }
            }
            while let batch = rest.first {
                try writer.withLock { patrol throws(PatrolError) in
                    try patrol.countUse(batch, patience: Self.patience)
                    if !batch.hours.isEmpty { patrol.store.ring() }
                }
                rest.removeFirst()
            }
        } catch {
            state.withLock { state in rest.reversed().forEach { state.counting.putBack($0) } }
            throw error
        }
        state.withLock { state in state.writtenAt = state.gate.now }
    }

    /// Fails where nothing could be decided now.
    package func check() throws(PatrolError) {
        try state.withLock { state throws(PatrolError) in
            try state.gate.takeNews()
            try state.requireCounting()
        }
    }

    /// Fails where use could not be written for too long.
    package func requireCounting() throws(PatrolError) {
        try state.withLock { state throws(PatrolError) in try state.requireCounting() }
    }

    /// How much the gate knows.
    package var size: (tokens: Int, sequence: Int64) { state.withLock { ($0.gate.tokenCount, $0.gate.sequence) } }

    /// When use was last written.
    package var writtenAt: Timestamp { state.withLock { $0.writtenAt } }
}

/// What came of calls, in numbers first (`UseLedger`), then in texts (`UseCollector`).
private struct UseCounting {
    private var ledger = UseLedger()
    private var networks = NumberedTexts(maximum: 16_384)
    private var clients = NumberedTexts(maximum: 4_096)
    private var collector: UseCollector
    private var signals: [SeenSignal] = []
    private static let maximumSignals = 1_000

    init(from now: Timestamp) { collector = UseCollector(source: UseWindow.gateway, from: now) }

    var isEmpty: Bool { ledger.isEmpty && collector.count == 0 }

    mutating func count(
        _ answer: Gate.Answer, of token: CompiledAccount.TokenNumber, outcome: UseOutcome, at now: Timestamp,
        _ origin: GateOrigin, action: UnsafeRawBufferPointer, resource: UnsafeRawBufferPointer, _ gate: inout Gate
    ) {
        let (network, client) = numbers(of: origin)
        guard let request = answer.request, request.isRemembered else {
            // What has no number is counted by its texts.
            return count(
                gate.id(of: token), secret: gate.secretID(answer), Action(Self.text(action)), Self.text(resource),
                outcome: outcome, at: now, origin)
        }
        let place = UseLedger.Place(
            token: token, request: request, secret: answer.secret, network: network, client: client,
            outcome: outcome, hour: now.startOfHour)
        if ledger.isFull { move(from: gate) }
        ledger.count(place, at: now) { UseLedger.Request(action: Action(Self.text(action)), resource: Self.text(resource)) }
    }

    /// The same by texts.
    mutating func count(
        _ token: TokenID, secret: String, _ action: Action, _ resource: String, outcome: UseOutcome, at now: Timestamp,
        _ origin: GateOrigin
    ) {
        let (network, client) = numbers(of: origin)
        collector.add(
            HourOfUse(
                of: token, at: now, action: action, resource: resource, network: networks.text(network),
                client: clients.text(client), secret: secret, outcome: outcome))
    }

    private mutating func numbers(of origin: GateOrigin) -> (network: UInt32, client: UInt32) {
        let network = origin.address.map { address in
            address.bytes.withUnsafeBytes { networks.number(of: $0) { Machine.network(of: address.text) ?? "" } }
        }
        let client = clients.number(of: origin.userAgent) {
            ClientFamily.of(userAgent: String(decoding: origin.userAgent, as: UTF8.self))
        }
        return (network ?? 0, client)
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }

    private mutating func move(from gate: Gate) {
        let hours = ledger.take(
            token: { gate.id(of: $0) }, secret: { gate.secretID(at: $0) }, network: { networks.text($0) },
            client: { clients.text($0) })
        for hour in hours { collector.add(hour) }
    }

    mutating func take(from gate: Gate) -> [UseBatch] {
        move(from: gate)
        var batches: [UseBatch] = []
        while let batch = collector.take(at: gate.now) {
            batches.append(batch)
            if collector.count == 0 { break }
        }
        return batches
    }

    mutating func count(_ signal: TokenSignal.Kind, of token: TokenID, at now: Timestamp) {
        if signals.count < Self.maximumSignals { signals.append(SeenSignal(kind: signal, token: token, at: now)) }
    }

    mutating func takeSignals() -> [SeenSignal] {
        defer { signals = [] }
        return signals
    }

    mutating func putBack(_ batch: UseBatch) { collector.putBack(batch) }
}

extension UseOutcome {
    /// What is counted; nil is what was allowed.
    package init(refusal reason: Decision.Reason?) {
        switch reason {
        case nil: self = .allowed
        case .notInForce(.secretRetired), .notInForce(.tokenDeleted): self = .retired
        case .notInForce(.tokenQuarantined): self = .quarantined
        default: self = .denied
        }
    }
}
