internal import PatrolCrypto
package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// Judges `command` and records the ruling, in one transaction: when this returns, the change is
    /// durable and has exactly one audit entry; a refusal has one too.
    ///
    /// - Parameters:
    ///   - operation: the same for a repeated attempt, which then changes nothing, returns the
    ///     first entry, and has no secret to show.
    ///   - presented: the secret that `adoptToken` takes over.
    ///   - patience: how long to wait for others who write.
    ///   - progress: told now and then how many changes of how many are made, where they are many.
    package func perform(
        _ command: Command, as session: Session, comment: String = "", operation: OperationID? = nil,
        presented: Secret? = nil, patience: TimeSpan = Patrol.patience, progress: Progress = { _, _ in }
    ) throws(PatrolError) -> Outcome {
        let now = try look { (_, now) throws(StorageError) in now }
        let secret = try secret(for: command, presented: presented)
        var fresh = Facts.Fresh(at: now)
        if let secret {
            let key = try secretKey()
            let token = command.token ?? fresh.tokenID
            fresh.secret = StoredSecret(
                id: secret.publicID ?? key.fingerprint(of: secret), token: token,
                hash: key.hash(of: secret), keyVersion: SecretKey.version, createdAt: now)
            fresh.ending = secret.ending
        }
        let operation = operation ?? OperationID(at: now)
        let outcome = try write(patience: patience) { transaction throws(StorageError) -> Outcome in
            let first = try transaction.entry(operation: operation.bytes)
            if let first, first.isAllowed {
                // Whatever would be ruled now. The secret was that of the first attempt: this one is on no record.
                return Outcome(entry: first, refusal: nil, secret: nil, isRepeat: true)
            }
            let time = try transaction.now(now)
            let loader = FactLoader(
                transaction: transaction, actor: session.actor, now: time, fresh: fresh, secret: session.secretID)
            let ruling = Rules.rule(
                on: command, by: session.actor, comment: comment, knowing: try loader.facts(for: command))
            if let first {
                // Why it was refused is on record as a word only.
                return Outcome(entry: first, refusal: ruling.refusal ?? .nothingToChange, secret: nil, isRepeat: true)
            }
            let entry = try transaction.record(ruling, operation: operation.bytes, at: time, progress: progress)
            let isShown = presented == nil && ruling.refusal == nil
            return Outcome(entry: entry, refusal: ruling.refusal, secret: isShown ? secret : nil, isRepeat: false)
        }
        note(outcome, of: session)
        return outcome
    }

    private func secret(for command: Command, presented: Secret?) throws(PatrolError) -> Secret? {
        switch command {
        case .createToken(let creation): return Secret.make(for: creation.kind)
        case .rotateToken:
            // A rotated token keeps the prefix of a personal one unless it is known to be of another kind.
            return Secret.make(for: try kindOfToken(command) ?? .personal)
        case .adoptToken:
            guard let presented else { throw .invalid("adopting a token takes its secret") }
            guard presented.length >= Secret.minimumAdoptedLength else {
                throw .invalid(
                    "a secret of fewer than \(Secret.minimumAdoptedLength) characters could be guessed; it is not adopted")
            }
            return presented
        default: return nil
        }
    }

    private func kindOfToken(_ command: Command) throws(PatrolError) -> AccessToken.Kind? {
        guard let id = command.token else { return nil }
        return try read { transaction throws(StorageError) in try transaction.token(id)?.kind }
    }
}

extension Facts.Fresh {
    /// Ids of things that a command may make.
    init(at now: Timestamp) {
        self.init(
            memberID: MemberID(at: now, random: RandomBytes.number()),
            roleID: RoleID(at: now, random: RandomBytes.number()),
            tokenID: TokenID(at: now, random: RandomBytes.number()),
            reviewID: ReviewID(at: now, random: RandomBytes.number()))
    }
}

extension Command {
    /// The token that the command is about, if there is one already.
    var token: TokenID? {
        switch self {
        case .editToken(let edit): edit.token
        case .rotateToken(let rotation): rotation.token
        case .suppressFinding(let suppression): suppression.token
        case .flagToken(let id, _, _, _), .unflagToken(let id, _), .deleteToken(let id, _), .liftSuppression(let id, _, _): id
        default: keeping?.token
        }
    }
}
