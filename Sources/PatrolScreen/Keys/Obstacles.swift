import PatrolDomain
import PatrolPresentation

extension Model {
    /// Why this can't be done now, in words; nil when it can. Only advice: the door decides.
    func obstacle(_ intent: Intent) -> SafeText? {
        switch intent {
        case .createToken, .cloneToken, .editToken, .rotateToken, .expireToken, .flagToken, .deleteToken:
            tokenObstacle(intent)
        case .invite, .changeRoles, .removeMember, .transferOwnership, .acceptInvitation:
            memberObstacle(intent)
        case .createRole, .editRole, .deleteRole: roleObstacle(intent)
        case .goTo: destination == nil ? "there is nothing to go to from here" : nil
        case .policyForm: layout.detail == nil ? "the policy is in the detail: Enter opens it" : nil
        case .copyID: subject == nil ? "there is nothing to copy" : nil
        case .zoom:
            Layout(size: size, front: front, isDetailOpen: false, isZoomed: false).kind == .panes || isZoomed
                ? nil : "the screen is small already: one pane is all there is"
        default: nil
        }
    }

    private func tokenObstacle(_ intent: Intent) -> SafeText? {
        if intent == .createToken { return missing(.createAccessToken, on: ownTokenResource) }
        guard let row = tokensInHand.first else { return "there is no token here" }
        let isBatch = tokensInHand.count > 1
        switch intent {
        case .cloneToken:
            if row.token.kind == .accountWide { return "account-wide tokens can't be created any more" }
            return missing(.createAccessToken, on: ownTokenResource)
        case .editToken:
            if isBatch { return "edit one token at a time, or take off the marks with U" }
            return missingAll(Self.editActions.map { action(about: row, $0) }, on: row.token.resource)
        case .rotateToken:
            if isBatch { return "rotate one token at a time: each has a secret of its own" }
            if row.token.origin == .imported { return Refusal.secretNotHere.sentence }
            if row.token.isExpired(at: now) { return Refusal.tokenExpired.sentence }
            return missing(action(about: row, .resetAccessToken), on: row.token.resource)
        case .expireToken:
            if !isBatch, row.token.isExpired(at: now) { return Refusal.tokenExpired.sentence }
            return missing(action(about: row, .updateAccessTokenExpiry), on: row.token.resource)
        default: return missing(action(about: row, .deleteAccessToken), on: row.token.resource)
        }
    }

    private static let editActions: [Action] = [
        .updateAccessTokenName, .updateAccessTokenDescription, .updateAccessTokenPolicy, .updateAccessTokenExpiry,
    ]

    private func memberObstacle(_ intent: Intent) -> SafeText? {
        let me = account?.member
        if intent == .invite { return missing(.createMember, on: Resource(newOf: "member")) }
        if intent == .acceptInvitation {
            return me?.standing == .pending ? nil : "your invitation is accepted"
        }
        guard let row = membersInHand.first else { return "there is no member here" }
        let member = row.member
        if member.standing == .removed { return "\(member.displayName) was removed" }
        switch intent {
        case .changeRoles:
            if membersInHand.count > 1 { return "change one member at a time, or take off the marks with U" }
            if member.id == me?.id { return Refusal.ownRoles.sentence }
            if member.baseRole == .owner { return Refusal.ownerIsFixed.sentence }
            return missingAll([.updateRole, .updateCustomRole], on: .member(member.id))
        case .removeMember:
            if member.id == me?.id { return Refusal.ownRemoval.sentence }
            if member.baseRole == .owner { return Refusal.ownerIsFixed.sentence }
            return missing(.deleteMember, on: .member(member.id))
        default:
            if member.baseRole == .owner { return "\(member.displayName) is the owner" }
            if member.standing != .active { return Refusal.ownershipOnlyToActiveMember.sentence }
            return missing(.updateAccountOwner, on: .account)
        }
    }

    private func roleObstacle(_ intent: Intent) -> SafeText? {
        if intent == .createRole { return missing(.createRole, on: Resource(newOf: "role")) }
        guard let row = roleInHand else { return "there is no role here" }
        guard case .custom(let role) = row.listing else { return "base roles are fixed" }
        if intent == .editRole {
            return missingAll(
                [.updatePolicy, .updateBasePermissions, .updateName, .updateDescription], on: .role(role.key))
        }
        if row.memberCount + row.teamCount > 0 {
            return Refusal.roleHeld(members: row.memberCount, teams: row.teamCount).sentence
        }
        return missing(.deleteRole, on: .role(role.key))
    }

    /// Account-wide tokens are part of the account, where these actions have other names.
    private func action(about row: TokenRow, _ action: Action) -> Action {
        guard row.token.kind == .accountWide else { return action }
        return action == .deleteAccessToken ? .deleteAccountToken : .updateAccountToken
    }

    private var ownTokenResource: Resource {
        guard let me = account?.member, let new = TokenID("new") else { return .account }
        return .personalToken(new, of: me.id)
    }

    private func missing(_ action: Action, on resource: Resource) -> SafeText? {
        missingAll([action], on: resource)
    }

    /// The first refusal, when none of the actions is allowed.
    private func missingAll(_ actions: [Action], on resource: Resource) -> SafeText? {
        guard let account else { return nil }
        if let why = account.member.notInForce { return Refusal.actorNotInForce(why).sentence }
        let requests = actions.map { Request($0, on: resource) }
        let decisions = requests.map { account.authority.decide($0) }
        guard let request = requests.first, let first = decisions.first,
            decisions.allSatisfy({ !$0.isAllowed })
        else { return nil }
        return Refusal.notPermitted(request, first.reason).sentence
    }
}

extension Resource {
    /// A thing of this type that is to come.
    fileprivate init(newOf type: String) { self.init(segments: [Segment(type: type, key: "new")]) }
}
