internal import PatrolCrypto
internal import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// Signs in the user of this machine: only the owner of the database file can open it, so he is
    /// who he says he is. Without a name he is the account's owner; `email` speaks for another member,
    /// and the audit log says so.
    package func signIn(as email: String? = nil) throws(PatrolError) -> Session {
        let member = try read { transaction throws(StorageError) -> Member? in
            if let email { return try transaction.member(email: email) }
            return try transaction.owner()
        }
        guard let member else {
            throw .notSignedIn("`\(email ?? "")` is not a member of this account")
        }
        if member.standing == .removed {
            throw .notSignedIn("`\(member.email)` was removed from this account")
        }
        let signIn: Actor.SignIn =
            email == nil
            ? .localUser(uid: Machine.userID, name: Machine.userName)
            : .localUserAs(uid: Machine.userID, name: Machine.userName)
        return Session(actor: Actor(member: member.id, signIn: signIn))
    }

    /// Signs in a token by its secret, for what is done with it through the door: each command is ruled on by what the
    /// token may do when it is recorded, and the entry names the token. No use is counted here.
    package func signIn(presenting secret: Secret) throws(PatrolError) -> TokenSignIn {
        let key = try secretKey()
        let id = secret.publicID ?? key.fingerprint(of: secret)
        let hash = key.hash(of: secret)
        return try look { (transaction, now) throws(StorageError) -> TokenSignIn in
            guard let (stored, token) = try Self.known(id: id, hash: hash, transaction) else {
                return .refused(.secretUnknown, nil)
            }
            if token.deletedAt == nil && stored.isRetired(at: now) { return .refused(.secretRetired, token) }
            let standing = try transaction.standing(of: token, at: now)
            if let why = standing.authority.standing { return .refused(why, token) }
            var behind = token.owner
            if behind == nil { behind = try transaction.owner()?.id }
            guard let behind else { throw .damaged(detail: "the account has no owner") }
            let actor = Actor(member: behind, token: token.id, signIn: .token(token.kind))
            return .accepted(
                TokenSession(
                    session: Session(actor: actor, secretID: id), token: token, member: standing.owner,
                    authority: standing.authority))
        }
    }

    /// The same token as it is now, for whoever stays for long.
    package func renew(_ caller: TokenSession) throws(PatrolError) -> TokenSignIn {
        try look { (transaction, now) throws(StorageError) -> TokenSignIn in
            guard let token = try transaction.token(caller.token.id) else { return .refused(.secretUnknown, nil) }
            let secret = try transaction.secret(id: caller.secretID)
            if token.deletedAt == nil, secret?.isRetired(at: now) ?? true { return .refused(.secretRetired, token) }
            let standing = try transaction.standing(of: token, at: now)
            if let why = standing.authority.standing { return .refused(why, token) }
            return .accepted(
                TokenSession(session: caller.session, token: token, member: standing.owner, authority: standing.authority))
        }
    }

    /// The token of a secret; nil where it is not known. The same comparison whether or not the id is known.
    static func known(
        id: String, hash: [UInt8], _ transaction: ReadTransaction
    ) throws(StorageError) -> (secret: StoredSecret, token: AccessToken)? {
        let stored = try transaction.secret(id: id)
        let isRight = constantTimeEqual(stored?.hash ?? [UInt8](repeating: 0, count: 32), hash)
        guard let stored, isRight, let token = try transaction.token(stored.token) else { return nil }
        return (stored, token)
    }
}
