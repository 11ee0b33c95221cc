/// What the door has to know to rule on a command, read inside the transaction that records it.
package struct Facts: Sendable {
    package var account: Account
    /// The time of the ruling: never before the newest audit entry.
    package var now: Timestamp
    package var actor: Member
    package var actorAuthority: Authority
    /// The token that is acted with; nil: in person.
    package var actingToken: ActingToken?
    /// The actor's teams, each with him at least among its members.
    package var actorTeams: [Team]
    /// The member, role or token that the command is about, as it is now; nil: there is none.
    package var member: Member?
    package var role: Role?
    package var token: AccessToken?
    /// The owner of `token`.
    package var tokenOwner: Member?
    /// The teams of `tokenOwner`, where the command compares scopes.
    package var tokenOwnerTeams: [Team]
    /// Of the finding that the command is about; nil: it is not suppressed.
    package var suppression: Suppression?
    package var settings: AccountSettings
    /// Every custom role that the command or the thing names, by id.
    package var roles: [RoleID: Role]
    /// For the role that the command is about.
    package var roleHolders: RoleHolders
    /// Whether the actor holds the role himself, directly or through a team. Where he acts with a token that is no admin's,
    /// also whether a token of his has it in its scope.
    package var isRoleOfActor: Bool
    /// Whether the e-mail address, key or name that the command wants is in use by another.
    package var isEmailInUse: Bool
    package var isKeyInUse: Bool
    package var isNameInUse: Bool
    package var isSecretInUse: Bool
    /// The review that the command is about, and the item of its token in it.
    package var review: Review?
    package var reviewItem: ReviewItem?
    /// Of a new review, its tokens; of one that is to be closed, those that nobody decided about.
    package var population: ReviewPopulation
    /// The owner of the account.
    package var owner: Member?
    /// What the account keeps under the key of the template that the command is about, also where it was deleted.
    package var template: Template?
    /// How many templates of its own the account has in force.
    package var templateCount = 0
    /// For an import: what is there already.
    package var existing: Existing
    package var fresh: Fresh

    package struct RoleHolders: Hashable, Sendable {
        package var members: Int
        package var teams: Int
        package init(members: Int = 0, teams: Int = 0) {
            self.members = members
            self.teams = teams
        }
    }

    /// What is new with this command: ids, and the secret if it makes or takes over one.
    package struct Fresh: Hashable, Sendable {
        package var memberID: MemberID
        package var roleID: RoleID
        package var tokenID: TokenID
        package var reviewID: ReviewID?
        package var secret: StoredSecret?
        /// The last four characters of the secret.
        package var ending: String

        package init(
            memberID: MemberID, roleID: RoleID, tokenID: TokenID, reviewID: ReviewID? = nil,
            secret: StoredSecret? = nil, ending: String = ""
        ) {
            self.memberID = memberID
            self.roleID = roleID
            self.tokenID = tokenID
            self.reviewID = reviewID
            self.secret = secret
            self.ending = ending
        }
    }

    package init(
        account: Account, now: Timestamp, actor: Member, actorAuthority: Authority, fresh: Fresh
    ) {
        self.account = account
        self.now = now
        self.actor = actor
        self.actorAuthority = actorAuthority
        self.fresh = fresh
        self.actorTeams = []
        self.tokenOwnerTeams = []
        self.settings = AccountSettings()
        self.roles = [:]
        self.roleHolders = RoleHolders()
        self.isRoleOfActor = false
        self.isEmailInUse = false
        self.isKeyInUse = false
        self.isNameInUse = false
        self.isSecretInUse = false
        self.population = ReviewPopulation(count: 0, digest: "")
        self.existing = Existing()
    }
}
