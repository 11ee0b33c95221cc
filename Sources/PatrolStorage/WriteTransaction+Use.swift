package import PatrolDomain

extension WriteTransaction {
    /// Adds use, rolled up by hour: to the hours, to the days, to when a token and the person behind it were last seen,
    /// and to what is no use but was tried. Deletes as many hours that are too old at most. Use is counted, not
    /// recorded in the log. The cost grows with the batch, and not with what is there.
    ///
    /// - Parameters:
    ///   - batch: At most `UseBatch.maximumRows` rows.
    ///   - now: From which the age of hours is counted.
    /// - Returns: How many rows were left out, because nothing is known of their tokens.
    @discardableResult
    package func countUse(_ batch: UseBatch, at now: Timestamp) throws(StorageError) -> Int {
        precondition(batch.hours.count <= UseBatch.maximumRows, "use in batches of limited size")
        let connection = try live()
        var counting = UseCounting()
        try counting.add(batch.hours, &words, connection)
        try counting.finish(connection)
        for window in batch.windows { try UseWindowRecord.add(window, connection) }
        try dropOldUse(limit: batch.hours.count + Self.oldRowsAtOnce, at: now)
        return counting.unknownRows
    }

    private static let oldRowsAtOnce = 100

    /// Deletes at most `limit` hours that are older than they are kept, the oldest first; how many.
    @discardableResult
    package func dropOldUse(limit: Int, at now: Timestamp) throws(StorageError) -> Int {
        let connection = try live()
        let oldest = (now - HourOfUse.keptFor).startOfHour
        let count = try UseHourRecord.delete(before: oldest, limit: limit, connection)
        try UseWindowRecord.delete(before: oldest, limit: limit, connection)
        try UseImportRecord.delete(before: oldest, limit: limit, connection)
        return count
    }

    /// Adds to a token what was seen of it and is no use.
    package func countSignal(
        _ kind: TokenSignal.Kind, of token: TokenID, at time: Timestamp, count: Int = 1
    ) throws(StorageError) {
        try TokenSignalRecord.add(kind, of: token, count: count, firstAt: time, lastAt: time, live())
    }

    /// Begins a file of use, of which nothing was read yet.
    package func beginImport(_ file: UseImport) throws(StorageError) { try UseImportRecord.insert(file, live()) }

    /// Notes that the file was read from the line after `before` to `line`. In the transaction that counts their calls.
    ///
    /// - Throws: `conflict` where somebody else has read on meanwhile.
    package func advanceImport(
        _ file: UseImport, from before: Int, to line: Int, calls: Int
    ) throws(StorageError) {
        try UseImportRecord.advance(file.digest, from: before, to: line, calls: calls, live())
    }
}

/// What a batch adds besides its hours: gathered, so that each token, day and person is written once.
private struct UseCounting {
    private struct Day: Hashable {
        let token: TokenID
        let day: Int64
        let action: Action
        let network: String
    }

    private struct Signal: Hashable {
        let token: TokenID
        let kind: TokenSignal.Kind
    }

    private(set) var unknownRows = 0
    private var days: [Day: (allowed: Int, denied: Int)] = [:]
    private var lastUse: [TokenID: Timestamp] = [:]
    private var lastSeen: [MemberID: (at: Timestamp, by: TokenID)] = [:]
    private var signals: [Signal: (count: Int, firstAt: Timestamp, lastAt: Timestamp)] = [:]

    mutating func add(
        _ hours: [HourOfUse], _ words: inout UseWords, _ connection: Connection
    ) throws(StorageError) {
        var places: [TokenID: TokenPlace?] = [:]
        for hour in hours {
            let place: TokenPlace?
            if let known = places[hour.token] {
                place = known
            } else {
                place = try TokenPlace.load(hour.token, connection)
                places.updateValue(place, forKey: hour.token)
            }
            guard let place, hour.calls > 0 else {
                unknownRows += 1
                continue
            }
            try UseHourRecord.add(hour, token: place.number, &words, connection)
            gather(hour, of: place.owner)
        }
    }

    private mutating func gather(_ hour: HourOfUse, of owner: MemberID?) {
        let day = Day(
            token: hour.token, day: UsageRecord.dayStart(of: hour.hour), action: hour.action, network: hour.network)
        var counts = days[day] ?? (0, 0)
        if hour.outcome == .allowed { counts.allowed += hour.calls } else { counts.denied += hour.calls }
        days[day] = counts
        if let kind = hour.outcome.signal {
            let signal = Signal(token: hour.token, kind: kind)
            let known = signals[signal] ?? (0, hour.firstAt, hour.lastAt)
            signals[signal] = (
                known.count + hour.calls, min(known.firstAt, hour.firstAt), max(known.lastAt, hour.lastAt)
            )
        }
        guard hour.outcome == .allowed else { return }
        lastUse[hour.token] = max(lastUse[hour.token] ?? hour.lastAt, hour.lastAt)
        if let owner, lastSeen[owner].map({ $0.at <= hour.lastAt }) ?? true {
            lastSeen[owner] = (hour.lastAt, hour.token)
        }
    }

    func finish(_ connection: Connection) throws(StorageError) {
        for (day, counts) in days {
            try UsageRecord.count(
                of: day.token, day: day.day, action: day.action, network: day.network, allowed: counts.allowed,
                denied: counts.denied, connection)
        }
        for (token, time) in lastUse { try TokenRecord.noteUse(of: token, at: time, connection) }
        for (member, seen) in lastSeen {
            try MemberRecord.noteSeen(member, at: seen.at, token: seen.by, connection)
        }
        for (signal, seen) in signals {
            try TokenSignalRecord.add(
                signal.kind, of: signal.token, count: seen.count, firstAt: seen.firstAt, lastAt: seen.lastAt,
                connection)
        }
    }
}
