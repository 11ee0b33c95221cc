/// Who asks, and how it is known that it is he.
package struct Actor: Hashable, Sendable {
    package enum SignIn: Hashable, Sendable {
        /// The user of the machine who owns the database file.
        case localUser(uid: UInt32, name: String)
        /// That user, speaking for a member whom he names.
        case localUserAs(uid: UInt32, name: String)
        /// By the secret of a token of this kind. Of a service token the member is its creator; where nobody is behind
        /// the token, the owner of the account, who answers for what belongs to all of it.
        case token(AccessToken.Kind)
        /// Patrol itself: the first owner of a new account.
        case initialization
    }

    package let member: MemberID
    /// The token acted with; nil in person.
    package let token: TokenID?
    package let signIn: SignIn

    package init(member: MemberID, token: TokenID? = nil, signIn: SignIn) {
        self.member = member
        self.token = token
        self.signIn = signIn
    }
}
