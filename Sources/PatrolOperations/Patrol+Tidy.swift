internal import PatrolCrypto
package import PatrolDomain
internal import PatrolStorage

/// Something whose time has come.
package struct TidyTask: Hashable, Sendable {
    package let deed: DueDeed
    package let token: AccessToken
    package let dueAt: Timestamp
    /// Why the one who is signed in may not do it; nil where he may.
    package let refusal: Refusal?
}

/// A place among the things whose time has come.
package struct TidyPlace: Hashable, Sendable {
    fileprivate let deed: DueDeed
    fileprivate let dueAt: Timestamp
    fileprivate let number: Int64
}

extension Patrol {
    /// Things whose time has come, at most `limit`, deletions first, each with whether the one who is signed in may do
    /// it. What he may not is not tried: nothing is recorded of it.
    ///
    /// - Returns: where to go on; nil where there is no more.
    package func tidyTasks(
        after place: TidyPlace? = nil, limit: Int, as session: Session
    ) throws(PatrolError) -> (tasks: [TidyTask], next: TidyPlace?) {
        try look { (transaction, now) throws(StorageError) in
            var tasks: [TidyTask] = []
            var last = place
            for deed in DueDeed.allCases.drop(while: { place != nil && $0 != place?.deed }) where tasks.count < limit {
                let start = place.flatMap { $0.deed == deed ? ($0.dueAt, $0.number) : nil }
                for due in try transaction.due(deed, by: now, after: start, limit: limit - tasks.count) {
                    let refusal = try refusal(
                        of: deed.command(on: due.token), as: session, transaction, at: now)
                    tasks.append(TidyTask(deed: deed, token: due.token, dueAt: due.dueAt, refusal: refusal))
                    last = TidyPlace(deed: deed, dueAt: due.dueAt, number: due.number)
                }
            }
            return (tasks, tasks.count == limit ? last : nil)
        }
    }

    /// Does it, with an audit entry of its own. Refused where the token was changed meanwhile.
    ///
    /// - Parameter patience: how long to wait for others who write.
    package func carryOut(
        _ task: TidyTask, as session: Session, comment: String? = nil, patience: TimeSpan = Patrol.patience
    ) throws(PatrolError) -> Outcome {
        try perform(
            task.deed.command(on: task.token), as: session, comment: comment ?? task.deed.comment, patience: patience)
    }

    private func refusal(
        of command: Command, as session: Session, _ transaction: ReadTransaction, at now: Timestamp
    ) throws(StorageError) -> Refusal? {
        let fresh = Facts.Fresh(
            memberID: MemberID(at: now, random: RandomBytes.number()), roleID: RoleID(at: now, random: RandomBytes.number()),
            tokenID: TokenID(at: now, random: RandomBytes.number()))
        let loader = FactLoader(transaction: transaction, actor: session.actor, now: now, fresh: fresh)
        return Rules.rule(on: command, by: session.actor, knowing: try loader.facts(for: command)).refusal
    }
}
