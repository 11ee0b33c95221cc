package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// Judges commands that do not depend on each other, and records them all in one transaction, each with an entry of
    /// its own; or, where one is refused, nothing but that refusal.
    ///
    /// - Parameter commands: None that makes or takes over a secret.
    /// - Returns: One outcome for each, or the refusal alone, with the place of the command that was refused.
    package func perform(
        all commands: [Command], as session: Session, comment: String = ""
    ) throws(PatrolError) -> (outcomes: [Outcome], refused: Int?) {
        let now = try look { (_, now) throws(StorageError) in now }
        let operations = commands.map { _ in OperationID(at: now).bytes }
        let fresh = commands.map { _ in Facts.Fresh(at: now) }
        let result = try write { transaction throws(StorageError) -> (outcomes: [Outcome], refused: Int?) in
            let time = try transaction.now(now)
            var rulings: [Ruling] = []
            for (place, command) in commands.enumerated() {
                let loader = FactLoader(
                    transaction: transaction, actor: session.actor, now: time, fresh: fresh[place],
                    secret: session.secretID)
                let facts = try loader.facts(for: command)
                let ruling = Rules.rule(on: command, by: session.actor, comment: comment, knowing: facts)
                if let refusal = ruling.refusal {
                    let entry = try transaction.record(ruling, operation: operations[place], at: time)
                    return ([Outcome(entry: entry, refusal: refusal, secret: nil, isRepeat: false)], place)
                }
                rulings.append(ruling)
            }
            var outcomes: [Outcome] = []
            for (ruling, operation) in zip(rulings, operations) {
                let entry = try transaction.record(ruling, operation: operation, at: time)
                outcomes.append(Outcome(entry: entry, refusal: nil, secret: nil, isRepeat: false))
            }
            return (outcomes, nil)
        }
        for outcome in result.outcomes { note(outcome, of: session) }
        return result
    }
}
