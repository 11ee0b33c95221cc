package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// What would have become of the calls on record of each token that `command` touches, had it been done before
    /// them. Changes nothing.
    ///
    /// - Parameter rows: As many rows of use are looked at, about, for all of the tokens together: some
    ///   milliseconds for each 10,000.
    package func replay(of command: Command, rows: Int = maximumRows) throws(PatrolError) -> ChangeReplay {
        try look { (transaction, now) throws(StorageError) in
            var finder = ImpactFinder(transaction, catalogue: catalogue, isComparing: false, at: now)
            try finder.look(at: command)
            return try Self.replay(finder.changes, of: transaction, rows: rows, notExamined: finder.impact.notExamined, at: now)
        }
    }

    private static func replay(
        _ changes: [ImpactFinder.TokenChange], of transaction: ReadTransaction, rows: Int, notExamined: Int,
        at now: Timestamp
    ) throws(StorageError) -> ChangeReplay {
        var all = ChangeReplay()
        all.notExamined = notExamined
        var left = rows
        for change in changes where change.before.standing == nil {
            // What may do the same as before loses no call.
            if changes.count > 1, change.before == change.after { continue }
            if left <= 0 {
                all.notExamined += 1
                continue
            }
            let use = try transaction.knownUse(
                of: change.token, limit: left, isLongAllowed: changes.count == 1, at: now)
            left -= use.rows
            all.add(
                AuditTarget(.token, id: change.token.id.text, name: change.token.name),
                Replay(use, before: change.before, after: change.after))
        }
        return all
    }
}
