package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// As many are judged at a time, so that others who write wait for no longer than that.
    private static let tokensAtOnce = 200

    /// Judges anew the tokens whose stored risk may be out of date, because something they rest on
    /// changed or because time passed: at most `limit` of them, the longest due first. Each is judged in the
    /// transaction that stores it, so that no newer change is missed.
    ///
    /// - Parameter patience: How long to wait for others who write: this is housekeeping.
    /// - Returns: Whether more are due, and there is a point in going on now: false, too, where others did not let
    ///   this one in, and where the account was opened for reading.
    package func refreshRisks(
        limit: Int = 500, patience: TimeSpan = TimeSpan(milliseconds: 10)
    ) throws(PatrolError) -> Bool {
        if isReadOnly { return false }
        let isMore = try judge(upTo: limit, patience: patience)
        // Once at the end, not for each slice.
        if !isMore && hasRiskNews {
            hasRiskNews = false
            store.ring()
        }
        return isMore
    }

    private func judge(upTo limit: Int, patience: TimeSpan) throws(PatrolError) -> Bool {
        var left = limit
        while left > 0 {
            if try look({ (transaction, now) throws(StorageError) in
                try transaction.dueRisks(limit: 1, at: now).isEmpty
            }) { return false }
            let part = min(left, Self.tokensAtOnce)
            guard try judge(part, patience: patience) else { return false }
            left -= part
        }
        return true
    }

    /// False where the others did not let this one in, or no more are due.
    private func judge(_ limit: Int, patience: TimeSpan) throws(PatrolError) -> Bool {
        let clock = now
        do throws(StorageError) {
            let judged = try store.write(deadline: patience) { transaction throws(StorageError) in
                let now = try transaction.now(clock)
                return try StandingLookup.judge(
                    limit, in: transaction, catalogue: catalogue, at: now, memory: &standingMemory)
            }
            hasRiskNews = hasRiskNews || judged.isNews
            return judged.isMore
        } catch .busy {
            return false
        } catch {
            throw PatrolError(error)
        }
    }
}

extension StandingLookup {
    /// Judges at most `limit` of the tokens that are due, and stores what was found. Answers whether more may be due,
    /// and whether something was found that was not known.
    static func judge(
        _ limit: Int, in transaction: WriteTransaction, catalogue: Catalogue, at now: Timestamp, memory: inout Memory?
    ) throws(StorageError) -> (isMore: Bool, isNews: Bool) {
        var isNews = false
        let due = try transaction.dueRisks(limit: limit, at: now)
        guard !due.isEmpty else { return (false, false) }
        // Taken out, so that it is changed where it stands, and not copied.
        let known = memory
        memory = nil
        var lookup = try StandingLookup(transaction, catalogue: catalogue, at: now, memory: known)
        for id in due {
            guard let token = try transaction.token(id) else { continue }
            let judgement = try lookup.judgement(of: token)
            let differs = try transaction.storeRisk(of: id, judgement.risk, dueAt: judgement.dueAt)
            isNews = isNews || differs
        }
        memory = lookup.memory
        return (due.count == limit, isNews)
    }
}
