package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// Counts use that was gathered elsewhere, in one transaction. For the owner of a `UseCollector`.
    ///
    /// - Parameter patience: How long to wait for others who write.
    /// - Returns: How many rows were left out, because nothing is known of their tokens.
    @discardableResult
    package func countUse(
        _ batch: UseBatch, patience: TimeSpan = Patrol.patience
    ) throws(PatrolError) -> Int {
        let now = now
        return try write(patience: patience) { transaction throws(StorageError) in
            try transaction.countUse(batch, at: now)
        }
    }

    /// Counts what was seen of tokens and is no use of them, in one transaction.
    func countSignals(_ signals: [SeenSignal], patience: TimeSpan) throws(PatrolError) {
        try write(patience: patience) { transaction throws(StorageError) in
            for signal in signals { try transaction.countSignal(signal.kind, of: signal.token, at: signal.at) }
        }
    }

    /// Writes what `collector` holds. What can't be written stays in it.
    package func write(
        _ collector: inout UseCollector, patience: TimeSpan = Patrol.patience
    ) throws(PatrolError) {
        let isFull = collector.isFull
        guard let batch = collector.take(at: now) else { return }
        do throws(PatrolError) {
            try countUse(batch, patience: patience)
        } catch {
            collector.putBack(batch)
            throw error
        }
        if isFull && collector.count > 0 { try write(&collector, patience: patience) }
    }

    /// Hours of a token after `place`, oldest first, at most `limit`; and the place to go on from, nil at the end.
    /// Begin with `UsePlace(before: start)`.
    package func hoursOfUse(
        of token: TokenID, after place: UsePlace, limit: Int = 10_000
    ) throws(PatrolError) -> (hours: [HourOfUse], next: UsePlace?) {
        try read { transaction throws(StorageError) in
            try transaction.hours(of: token, after: place, limit: limit)
        }
    }

    /// What a token was used for since the hour of `start`, by action, resource and outcome, and from where, by
    /// network, client and secret: of the newest 200,000 rows.
    package func useSummary(of token: TokenID, since start: Timestamp) throws(PatrolError) -> UseSummary {
        try read { transaction throws(StorageError) in try transaction.useSummary(of: token, since: start) }
    }

    /// For which part of the time since `start` use of a token is on record; nil where there is no such token.
    package func useCoverage(
        of token: TokenID, since start: Timestamp
    ) throws(PatrolError) -> UseCoverage? {
        try look { (transaction, now) throws(StorageError) in
            guard let token = try transaction.token(token) else { return nil }
            return UseCoverage(
                of: token, windows: try transaction.useWindows(from: start, to: now), from: start, to: now)
        }
    }

    /// Times since `start` of which all use is on record, oldest first: the newest 10,000.
    package func useWindows(since start: Timestamp) throws(PatrolError) -> [UseWindow] {
        try look { (transaction, now) throws(StorageError) in try transaction.useWindows(from: start, to: now) }
    }

    /// What was seen of a token that is no use of it.
    package func signals(of token: TokenID) throws(PatrolError) -> [TokenSignal] {
        try read { transaction throws(StorageError) in try transaction.signals(of: token) }
    }

    /// Deletes hours that are older than they are kept, so many at most; whether there are more.
    package func dropOldUse(
        limit: Int = UseBatch.maximumRows, patience: TimeSpan = Patrol.patience
    ) throws(PatrolError) -> Bool {
        let now = now
        return try write(patience: patience) { transaction throws(StorageError) in
            try transaction.dropOldUse(limit: limit, at: now) == limit
        }
    }
}

/// Something that was seen of a token once.
struct SeenSignal: Sendable {
    let kind: TokenSignal.Kind
    let token: TokenID
    let at: Timestamp
}
