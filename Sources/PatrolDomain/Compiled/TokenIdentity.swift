/// Who comes with a token: what is told of it to the API behind Patrol.
package struct TokenIdentity: Hashable, Sendable {
    package let id: TokenID
    package let kind: AccessToken.Kind
    /// Nil for an account-wide token.
    package let owner: MemberID?
    /// Empty where there is nobody.
    package let ownerEmail: String
    /// The keys of the teams that its owner is in.
    package let teams: [String]
    /// The base role, the keys of its roles, `inline` for a policy of its own, or `account`.
    package let scopes: [String]
    package let createdAt: Timestamp
    package let expiresAt: Timestamp?
    /// When it is to be deleted, where that was decided.
    package let deletesAt: Timestamp?

    package init(
        id: TokenID, kind: AccessToken.Kind, owner: MemberID?, ownerEmail: String, teams: [String], scopes: [String],
        createdAt: Timestamp, expiresAt: Timestamp?, deletesAt: Timestamp?
    ) {
        self.id = id
        self.kind = kind
        self.owner = owner
        self.ownerEmail = ownerEmail
        self.teams = teams
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.deletesAt = deletesAt
    }
}
