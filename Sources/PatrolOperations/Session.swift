package import PatrolDomain

/// Somebody who is signed in. Made by `Patrol.signIn` alone.
package struct Session: Hashable, Sendable {
    package let actor: Actor

    init(actor: Actor) { self.actor = actor }
}

/// What came of a command: the entry that was written, and the refusal if it was refused.
package struct Outcome {
    package let entry: AuditEntry
    package let refusal: Refusal?
    /// A new secret, to be shown once; never of a repeated attempt.
    package let secret: Secret?
    /// Whether an earlier attempt of the same operation had been recorded: nothing was changed by this one.
    package let isRepeat: Bool
}
