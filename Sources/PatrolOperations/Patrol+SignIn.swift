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
}
