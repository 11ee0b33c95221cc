/// What a command is about, whatever the answer: the event's name, the requests that the actor's roles
/// must allow, and the target as it is now. Its name is fit to be recorded even where it is refused.
struct Matter {
    var name: EventName
    /// The first is the one on record; empty for what needs no role, such as an acceptance.
    var requests: [Request]
    var target: AuditTarget
    var versionBefore: Int?

    /// What goes on record where no role is needed, and why none is.
    var free: (request: Request, reason: Decision.Reason)?

    init(_ name: EventName, _ target: AuditTarget, _ requests: [Request], versionBefore: Int? = nil) {
        self.name = name
        self.target = target
        self.requests = requests
        self.versionBefore = versionBefore
    }

    init(of command: Command, knowing facts: Facts) {
        switch command {
        case .inviteMember(let invitation):
            self.init(
                .memberInvited, AuditTarget(
                    .member, id: facts.fresh.memberID.text,
                    name: TextRule.recordable(invitation.email, maximumLength: TextRule.email.maximumLength)),
                [Request(.createMember, on: .member(facts.fresh.memberID))])
        case .acceptInvitation:
            self.init(about: facts.actor, id: facts.actor.id, .memberAccepted, [])
        case .changeMemberRoles(let change):
            self.init(
                about: facts.member, id: change.member, .memberRolesChanged, change.actions(facts.member))
        case .removeMember(let id, _):
            self.init(about: facts.member, id: id, .memberRemoved, [.deleteMember])
        case .transferOwnership(let id, _):
            self.init(about: facts.member, id: id, .ownershipTransferred, [])
            requests = [Request(.updateAccountOwner, on: .account)]
        case .createRole(let creation):
            self.init(
                .roleCreated, AuditTarget(
                    .role, id: facts.fresh.roleID.text, name: TextRule.recordable(creation.name)),
                [Request(.createRole, on: .role(creation.key))])
        case .editRole(let edit):
            self.init(about: facts.role, id: edit.role, .roleEdited, edit.actions(facts.role))
        case .deleteRole(let id, _):
            self.init(about: facts.role, id: id, .roleDeleted, [.deleteRole])
        case .createToken(let creation):
            self.init(creating: creation.kind, owner: facts.actor.id, name: creation.name, .tokenCreated, facts)
        case .adoptToken(let adoption):
            self.init(creating: adoption.kind, owner: adoption.owner, name: adoption.name, .tokenAdopted, facts)
        case .editToken(let edit):
            self.init(about: facts.token, id: edit.token, .tokenEdited, edit.actions(facts.token))
        case .editNetworks(let edit):
            self.init(about: facts.token, id: edit.token, .tokenNetworksEdited, [.updateAccessTokenPolicy])
        case .rotateToken(let rotation):
            self.init(about: facts.token, id: rotation.token, .tokenRotated, [.resetAccessToken])
        case .flagToken(let id, _, _, _):
            self.init(about: facts.token, id: id, .tokenFlagged, [.deleteAccessToken])
        case .unflagToken(let id, _):
            self.init(about: facts.token, id: id, .tokenUnflagged, [.deleteAccessToken])
        case .deleteToken(let id, _):
            self.init(about: facts.token, id: id, .tokenDeleted, [.deleteAccessToken])
        case .quarantineToken(let quarantine):
            self.init(about: facts.token, id: quarantine.token, .tokenQuarantined, [.deleteAccessToken])
        case .thawToken(let id, _):
            self.init(about: facts.token, id: id, .tokenThawed, [.deleteAccessToken])
        case .planScope(let plan):
            self.init(about: facts.token, id: plan.token, .tokenScopePlanned, [.updateAccessTokenPolicy])
        case .cancelPlan(let id, _):
            self.init(about: facts.token, id: id, .tokenPlanCancelled, [.updateAccessTokenPolicy])
        case .applyPlan(let id, _):
            self.init(about: facts.token, id: id, .tokenPlanApplied, [.updateAccessTokenPolicy])
        case .restoreScope(let id, _):
            self.init(about: facts.token, id: id, .tokenScopeRestored, [.updateAccessTokenPolicy])
        case .saveTemplate(let save):
            self.init(aboutTemplate: save.key, name: save.name, .templateSaved, facts)
        case .deleteTemplate(let key, _):
            let name = facts.template?.name ?? Template.builtIn(key)?.name ?? key.text
            self.init(aboutTemplate: key, name: name, .templateDeleted, facts)
        case .suppressFinding(let suppression):
            self.init(about: facts.token, id: suppression.token, .findingSuppressed, [])
            requests = [Request(.updateOrganization, on: .account)]
        case .liftSuppression(let id, _, _):
            self.init(about: facts.token, id: id, .suppressionLifted, [])
            requests = [Request(.updateOrganization, on: .account)]
        case .changeSettings:
            self.init(
                .settingsChanged, AuditTarget(.account, id: facts.account.id.text, name: facts.account.name),
                [Request(.updateOrganization, on: .account)], versionBefore: facts.settings.version)
        case .startReview(let start):
            self.init(
                .reviewStarted, AuditTarget(
                    .review, id: facts.fresh.reviewID?.text ?? "", name: TextRule.recordable(start.name)),
                [Request(.updateAccountToken, on: .account)])
        case .decideReviewItem(let decision):
            self.init(deciding: decision, facts)
        case .closeReview(let id, _):
            self.init(about: facts.review, id: id, .reviewClosed, [Request(.updateAccountToken, on: .account)])
        case .importAccount:
            self.init(
                .accountImported,
                AuditTarget(.account, id: facts.account.id.text, name: facts.account.name),
                [
                    Request(.updateOrganization, on: .account),
                    Request(.createMember, on: .member(facts.fresh.memberID)),
                    Request(.updateAccountToken, on: .account),
                ])
        }
    }

    private init(about member: Member?, id: MemberID, _ name: EventName, _ actions: [Action]) {
        self.init(
            name, AuditTarget(.member, id: id.text, name: member?.email ?? ""),
            actions.map { Request($0, on: .member(id)) }, versionBefore: member?.version)
    }

    private init(about role: Role?, id: RoleID, _ name: EventName, _ actions: [Action]) {
        let resource = role.map { Resource.role($0.key) } ?? Resource(segments: [.init(type: "role", key: id.text)])
        self.init(
            name, AuditTarget(.role, id: id.text, name: role?.name ?? ""),
            actions.map { Request($0, on: resource) }, versionBefore: role?.version)
    }

    /// Account-wide tokens are part of the account: there, deleting and all else have names of their own.
    private init(about token: AccessToken?, id: TokenID, _ name: EventName, _ actions: [Action]) {
        let resource = token?.resource ?? Resource(segments: [.init(type: "token", key: id.text)])
        let requests = actions.map { action in
            guard token?.kind == .accountWide else { return Request(action, on: resource) }
            return Request(action == .deleteAccessToken ? .deleteAccountToken : .updateAccountToken, on: resource)
        }
        self.init(
            name, AuditTarget(.token, id: id.text, name: token?.name ?? ""), requests,
            versionBefore: token?.version)
    }

    private init(about review: Review?, id: ReviewID, _ name: EventName, _ requests: [Request]) {
        self.init(
            name, AuditTarget(.review, id: id.text, name: review?.name ?? ""), requests,
            versionBefore: review?.version)
    }

    /// Who may delete a token may say what becomes of it; whoever it belongs to may say that he keeps it.
    private init(deciding decision: DecideReviewItem, _ facts: Facts) {
        let token = Matter(about: facts.token, id: decision.token, .reviewDecided, [.deleteAccessToken])
        self.init(about: facts.review, id: decision.review, .reviewDecided, token.requests)
        // In person: a token does nothing that it was not given.
        let isOwn = facts.actingToken == nil && facts.token.map(facts.isOwn) == true
        if decision.answer == .keep, isOwn, let request = requests.first {
            requests = []
            free = (request, .ownToken)
        }
    }

    private init(
        creating kind: AccessToken.Kind, owner: MemberID?, name tokenName: String, _ name: EventName,
        _ facts: Facts
    ) {
        let id = facts.fresh.tokenID
        let request =
            switch kind {
            case .personal: Request(.createAccessToken, on: .personalToken(id, of: owner ?? facts.actor.id))
            case .service: Request(.createAccessToken, on: .serviceToken(id))
            case .accountWide: Request(.updateAccountToken, on: .account)
            }
        self.init(name, AuditTarget(.token, id: id.text, name: TextRule.recordable(tokenName)), [request])
    }

    func event(
        by actor: Actor, comment: String, knowing facts: Facts, consequence: Rules.Consequence
    ) -> AuditEvent {
        event(by: actor, comment: comment, knowing: facts, target: consequence.target,
            versionAfter: consequence.versionAfter, fields: consequence.fields, refusal: nil)
    }

    func event(
        by actor: Actor, comment: String, knowing facts: Facts, refusal: Refusal
    ) -> AuditEvent {
        event(by: actor, comment: "", knowing: facts, target: target, versionAfter: versionBefore,
            fields: [], refusal: refusal)
    }

    private func event(
        by actor: Actor, comment: String, knowing facts: Facts, target: AuditTarget, versionAfter: Int?,
        fields: [FieldChange], refusal: Refusal?
    ) -> AuditEvent {
        // An acceptance needs no role: the request on record is about the member himself.
        let onRecord = requests.first ?? free?.request ?? Request(.updateRole, on: .member(facts.actor.id))
        let decision: Decision
        let request: Request
        if case .notPermitted(let refused, let reason) = refusal {
            (request, decision) = (refused, Decision(isAllowed: false, reason: reason))
        } else if requests.isEmpty {
            (request, decision) = (onRecord, Decision(isAllowed: true, reason: free?.reason ?? .ownInvitation))
        } else {
            (request, decision) = (onRecord, facts.decide(onRecord))
        }
        return AuditEvent(
            name: name, actor: actor, actorName: facts.actorName, request: request, target: target,
            versionBefore: versionBefore, versionAfter: versionAfter, changes: fields, comment: comment,
            decision: decision, refusal: refusal)
    }
}

extension ChangeMemberRoles {
    /// The actions that this change takes; `updateRole` where nothing is to change.
    fileprivate func actions(_ member: Member?) -> [Action] {
        guard let member else { return [.updateRole] }
        var actions: [Action] = []
        if baseRole != member.baseRole { actions.append(.updateRole) }
        if customRoles != member.customRoles { actions.append(.updateCustomRole) }
        if roleAttributes != member.roleAttributes { actions.append(.updateMemberRoleAttributes) }
        return actions.isEmpty ? [.updateRole] : actions
    }
}

extension EditRole {
    fileprivate func actions(_ role: Role?) -> [Action] {
        guard let role else { return [.updatePolicy] }
        var actions: [Action] = []
        if policy != role.policy { actions.append(.updatePolicy) }
        if basePermissions != role.basePermissions { actions.append(.updateBasePermissions) }
        if name != role.name { actions.append(.updateName) }
        if description != role.description { actions.append(.updateDescription) }
        return actions.isEmpty ? [.updatePolicy] : actions
    }
}

extension EditToken {
    fileprivate func actions(_ token: AccessToken?) -> [Action] {
        guard let token else { return [.updateAccessTokenPolicy] }
        var actions: [Action] = []
        if scope != token.scope { actions.append(.updateAccessTokenPolicy) }
        if expiresAt != token.expiresAt { actions.append(.updateAccessTokenExpiry) }
        if name != token.name { actions.append(.updateAccessTokenName) }
        if purpose != token.purpose { actions.append(.updateAccessTokenDescription) }
        return actions.isEmpty ? [.updateAccessTokenName] : actions
    }
}
