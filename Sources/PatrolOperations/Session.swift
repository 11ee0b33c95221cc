package import PatrolDomain

/// Somebody who is signed in. Made by `Patrol.signIn` alone.
package struct Session: Hashable, Sendable {
    package let actor: Actor
    /// The id of the secret by which a token signed in.
    let secretID: String?

    init(actor: Actor, secretID: String? = nil) {
        self.actor = actor
        self.secretID = secretID
    }
}

/// A token that signed in by its secret, as it was in that moment. What it may do when it acts is looked up anew.
package struct TokenSession: Hashable, Sendable {
    package let session: Session
    package let token: AccessToken
    /// The owner of a personal token, the creator of a service token; nil where there is none.
    package let member: Member?
    package let authority: TokenAuthority

    /// The public id of the secret by which it signed in.
    package var secretID: String { session.secretID ?? "" }

    package var isAdmin: Bool { ActingToken(token, authority: authority).isAdmin }
}

/// What came of presenting a secret.
package enum TokenSignIn: Hashable, Sendable {
    case accepted(TokenSession)
    /// Why not; of an unknown secret no token is named.
    case refused(Decision.NotInForce, AccessToken?)
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
