import PatrolDomain
import PatrolPresentation

extension Model {
    /// The key that leads to this, for sentences: the usual one, another one where the person's own keys say so, or the
    /// command's name where none does.
    func keyWords(_ intent: Intent, usually usual: Key) -> String {
        let bound = keys.keys(of: intent, in: places)
        if bound.contains(usual) { return usual.words.text }
        return bound.first?.words.text ?? keys.binding(of: intent).map { ":\($0.name.text)" } ?? ""
    }

    /// Why this can't be done now, in words; nil when it can. Only advice: the door decides.
    func obstacle(_ intent: Intent) -> SafeText? {
        switch intent {
        case .createToken, .cloneToken, .editToken, .rotateToken, .expireToken, .flagToken, .unflagToken,
            .deleteToken, .quarantineToken, .thawToken, .planScope, .cancelPlan, .applyPlan, .restoreScope, .suppressFinding,
            .liftSuppression, .rightSize:
            tokenObstacle(intent)
        case .invite, .changeRoles, .removeMember, .transferOwnership, .acceptInvitation:
            memberObstacle(intent)
        case .createRole, .editRole, .deleteRole: roleObstacle(intent)
        case .undo:
            undoLog.done.isEmpty ? "nothing is left to undo here" : nil
        case .redo: undoLog.undone.isEmpty ? "nothing was undone" : nil
        case .goTo: destination == nil ? "there is nothing to go to from here" : nil
        case .policyForm: layout.detail == nil ? "the policy is in the detail: \(keyWords(.openDetail, usually: .enter)) opens it" : nil
        case .copyID, .showID: subject == nil ? "there is nothing to copy" : nil
        case .zoom:
            Layout(size: size, front: front, isDetailOpen: false, isZoomed: false).kind == .panes || isZoomed
                ? nil : "the screen is small already: one pane is all there is"
        default: nil
        }
    }

    private func tokenObstacle(_ intent: Intent) -> SafeText? {
        // The kind is chosen later: one that may be made is enough.
        if intent == .createToken { return missingAll([.personal, .service].map { Request(.createAccessToken, on: newToken($0)) }) }
        let rows = isDetailFocused || front != .tokens ? [] : tokens.marked
        guard let first = rows.first ?? tokenInHand else { return nothing("token") }
        guard rows.count > 1 else { return obstacle(intent, of: first) }
        switch intent {
        case .suppressFinding, .liftSuppression: return "suppress the findings of one token at a time"
        case .rightSize: return "look at one token at a time, or take off the marks with \(keyWords(.unmarkAll, usually: "U"))"
        case .editToken: return "edit one token at a time, or take off the marks with \(keyWords(.unmarkAll, usually: "U"))"
        case .rotateToken: return "rotate one token at a time: each has a secret of its own"
        case .cloneToken: return "clone one token at a time, or take off the marks with \(keyWords(.unmarkAll, usually: "U"))"
        case .planScope: return "plan for one token at a time: each has a scope of its own"
        default: break
        }
        // All of them flagged, or in quarantine: the same key takes that off.
        var meant = intent == .flagToken && rows.allSatisfy { $0.token.flag != nil } ? .unflagToken : intent
        if intent == .quarantineToken && rows.allSatisfy({ $0.token.quarantine != nil }) { meant = .thawToken }
        return obstacle(among: rows) { obstacle(meant, of: $0, isAmongOthers: true) }.map { "none of them: \($0.text)" }
    }

    /// Why nothing of this can be done to any of the first rows: of many, not all are looked at before.
    private func obstacle<Row>(among rows: [Row], _ obstacle: (Row) -> SafeText?) -> SafeText? {
        var first: SafeText?
        for row in rows.prefix(Self.obstacleRows) {
            guard let why = obstacle(row) else { return nil }
            first = first ?? why
        }
        return rows.count > Self.obstacleRows ? nil : first
    }

    private static let obstacleRows = 50

    /// Why this can't be done to the token.
    func obstacle(_ intent: Intent, of row: TokenRow, isAmongOthers: Bool = false) -> SafeText? {
        switch intent {
        case .cloneToken:
            if row.token.kind == .accountWide { return "account-wide tokens can't be created any more" }
            return missing(.createAccessToken, on: newToken(row.token.kind))
        case .suppressFinding, .liftSuppression:
            return suppressionObstacle(intent, of: row) ?? missing(.updateOrganization, on: .account)
        case .editToken: return missingAll(Self.editActions.map { action(about: row, $0) }, on: row.token.resource)
        // Everybody may look.
        case .rightSize: return nil
        case .rotateToken:
            if row.token.origin == .imported { return Refusal.secretNotHere.sentence }
            if row.token.isExpired(at: now) { return Refusal.tokenExpired.sentence }
            return missing(action(about: row, .resetAccessToken), on: row.token.resource)
        case .expireToken:
            if row.token.isExpired(at: now) { return Refusal.tokenExpired.sentence }
            return missing(action(about: row, .updateAccessTokenExpiry), on: row.token.resource)
        case .flagToken where isAmongOthers && row.token.flag != nil: return Refusal.alreadyFlagged.sentence
        case .unflagToken where row.token.flag == nil: return Refusal.notFlagged.sentence
        case .quarantineToken where isAmongOthers && row.token.quarantine != nil: return Refusal.alreadyQuarantined.sentence
        case .thawToken where row.token.quarantine == nil: return Refusal.notQuarantined.sentence
        case .planScope, .cancelPlan, .applyPlan, .restoreScope:
            return row.token.scopeObstacle(intent)
                ?? missing(action(about: row, .updateAccessTokenPolicy), on: row.token.resource)
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
        let rows = membersInHand
        guard let first = rows.first else { return nothing("member") }
        guard rows.count > 1 else { return obstacle(intent, of: first) }
        if intent == .transferOwnership { return "there is exactly one owner: take off the marks with \(keyWords(.unmarkAll, usually: "U"))" }
        return obstacle(among: rows) { obstacle(intent, of: $0) }.map { "none of them: \($0.text)" }
    }

    /// Why this can't be done to the member.
    func obstacle(_ intent: Intent, of row: MemberRow) -> SafeText? {
        let member = row.member
        let isMe = member.id == account?.member.id
        if member.standing == .removed { return "\(member.displayName) was removed" }
        switch intent {
        case .changeRoles:
            if isMe { return Refusal.ownRoles.sentence }
            if member.baseRole == .owner { return Refusal.ownerIsFixed.sentence }
            return missingAll([.updateRole, .updateCustomRole], on: .member(member.id))
        case .removeMember:
            if isMe { return Refusal.ownRemoval.sentence }
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
        guard let row = roleInHand else { return nothing("role") }
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

    /// Why templates can't be changed.
    var templateObstacle: SafeText? { missing(.updateOrganization, on: .account) }

    /// Why no review can be started or closed.
    var reviewObstacle: SafeText? { missing(.updateAccountToken, on: .account) }

    /// Why this can't be decided about the token: who may delete it decides, and everybody may keep his own.
    func obstacle(_ answer: ReviewAnswer, of row: TokenRow) -> SafeText? {
        if let why = answer.obstacle(for: row.token) { return why.sentence }
        if answer == .keep, row.token.kind == .personal, row.token.owner == account?.member.id { return nil }
        return missing(action(about: row, .deleteAccessToken), on: row.token.resource)
    }

    /// Nothing is there that this could be done to, or it is not known yet.
    private func nothing(_ kind: SafeText) -> SafeText {
        isDetailAwaited ? "it is still being looked up: press the key again" : "there is no \(kind.text) here"
    }

    /// A token of one's own that is to come. Account-wide ones are made by nobody.
    private func newToken(_ kind: AccessToken.Kind) -> Resource {
        guard let me = account?.member, let new = TokenID("new") else { return .account }
        return kind == .service ? .serviceToken(new) : .personalToken(new, of: me.id)
    }

    private func missing(_ action: Action, on resource: Resource) -> SafeText? {
        missingAll([Request(action, on: resource)])
    }

    private func missingAll(_ actions: [Action], on resource: Resource) -> SafeText? {
        missingAll(actions.map { Request($0, on: resource) })
    }

    /// The first refusal, when none of the requests is allowed.
    private func missingAll(_ requests: [Request]) -> SafeText? {
        guard let account else { return nil }
        if let why = account.member.notInForce { return Refusal.actorNotInForce(why).sentence }
        var first: Refusal?
        for request in requests {
            let decision = account.authority.decide(request)
            if decision.isAllowed { return nil }
            if first == nil { first = .notPermitted(request, decision.reason) }
        }
        return first?.sentence
    }
}

extension Resource {
    /// A thing of this type that is to come.
    fileprivate init(newOf type: String) { self.init(segments: [Segment(type: type, key: "new")]) }
}
