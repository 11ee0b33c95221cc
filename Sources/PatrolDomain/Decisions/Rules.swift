/// The rules of the door: one function from a command, who asks, and what is known, to a ruling.
/// They decide nothing by themselves about what a policy means: `Authority` does.
package enum Rules {
    /// Rules on `command`. Pure: the same facts give the same ruling.
    ///
    /// A refusal is a ruling like any other: it carries the event that records it.
    package static func rule(
        on command: Command, by actor: Actor, comment: String = "", knowing facts: Facts
    ) -> Ruling {
        let matter = Matter(of: command, knowing: facts)
        do throws(Refusal) {
            try requireInForce(facts)
            try requireInPerson(command, facts)
            if let fault = TextRule.comment.fault(in: comment) {
                throw .badText(field: "comment", fault)
            }
            // Who may not do it learns nothing more.
            for request in matter.requests { try facts.require(request) }
            let consequence = try consequence(of: command, actor: actor, facts: facts)
            return Ruling(
                event: matter.event(by: actor, comment: comment, knowing: facts, consequence: consequence),
                changes: consequence.changes)
        } catch {
            return Ruling(
                event: matter.event(by: actor, comment: comment, knowing: facts, refusal: error),
                changes: [])
        }
    }

    /// Rules on the founding of the account; its owner is the actor.
    package static func rule(
        onFounding founding: FoundAccount, by signIn: Actor.SignIn, account: AccountID, owner: MemberID,
        at now: Timestamp
    ) throws(Refusal) -> Ruling {
        try check(founding.name, .name, field: "account name")
        try check(founding.ownerFirstName, .personName, field: "name")
        try check(founding.ownerLastName, .personName, field: "name")
        if let fault = TextRule.emailFault(in: founding.ownerEmail) {
            throw .badText(field: "e-mail address", fault)
        }
        let member = Member(
            id: owner, email: founding.ownerEmail, firstName: founding.ownerFirstName,
            lastName: founding.ownerLastName, baseRole: .owner, isPending: false, createdAt: now)
        let event = AuditEvent(
            name: .accountCreated, actor: Actor(member: owner, signIn: signIn),
            actorName: member.displayName, request: Request(.updateOrganization, on: .account),
            target: AuditTarget(.account, id: account.text, name: founding.name), versionAfter: 1,
            changes: [
                FieldChange("name", before: nil, after: founding.name),
                FieldChange("owner", before: nil, after: member.email),
            ],
            decision: BaseRole.founding)
        return Ruling(
            event: event,
            changes: [
                .insertAccount(Account(id: account, name: founding.name, createdAt: now)),
                .insertMember(member),
            ])
    }

    /// What a yes would do.
    struct Consequence {
        /// The target as it is afterwards: its name may have changed, or it may be new.
        var target: AuditTarget
        var versionAfter: Int?
        var fields: [FieldChange]
        var changes: [Change]
    }

    private static func consequence(
        of command: Command, actor: Actor, facts: Facts
    ) throws(Refusal) -> Consequence {
        switch command {
        case .inviteMember(let invitation): try invite(invitation, facts)
        case .acceptInvitation: try acceptInvitation(facts)
        case .changeMemberRoles(let change): try changeRoles(change, facts)
        case .removeMember(_, let version): try removeMember(version: version, facts)
        case .transferOwnership(_, let version): try transferOwnership(version: version, facts)
        case .createRole(let creation): try createRole(creation, facts)
        case .editRole(let edit): try editRole(edit, facts)
        case .deleteRole(_, let version): try deleteRole(version: version, facts)
        case .createToken(let creation): try createToken(creation, facts)
        case .editToken(let edit): try editToken(edit, facts)
        case .editNetworks(let edit): try editNetworks(edit, facts)
        case .rotateToken(let rotation): try rotateToken(rotation, facts)
        case .flagToken(_, let reason, let dueAt, let version):
            try flagToken(reason: reason, dueAt: dueAt, version: version, facts)
        case .unflagToken(_, let version): try unflagToken(version: version, facts)
        case .deleteToken(_, let version): try deleteToken(version: version, facts)
        case .adoptToken(let adoption): try adoptToken(adoption, facts)
        case .quarantineToken(let quarantine): try quarantineToken(quarantine, facts)
        case .thawToken(_, let version): try thawToken(version: version, facts)
        case .planScope(let plan): try planScope(plan, facts)
        case .cancelPlan(_, let version): try cancelPlan(version: version, facts)
        case .applyPlan(_, let version): try applyPlan(version: version, facts)
        case .restoreScope(_, let version): try restoreScope(version: version, facts)
        case .saveTemplate(let save): try saveTemplate(save, facts)
        case .deleteTemplate(let key, let version): try deleteTemplate(key, version: version, facts)
        case .suppressFinding(let suppression): try suppressFinding(suppression, facts)
        case .liftSuppression(_, let rule, let version): try liftSuppression(of: rule, version: version, facts)
        case .changeSettings(let change): try changeSettings(change, facts)
        case .startReview(let start): try startReview(start, facts)
        case .decideReviewItem(let decision): try decideReviewItem(decision, facts)
        case .closeReview(let id, let version): try closeReview(version: version, id: id, facts)
        case .importAccount(let contents): try importAccount(contents, facts)
        }
    }

    static func check(_ text: String, _ rule: TextRule, field: String) throws(Refusal) {
        if let fault = rule.fault(in: text) { throw .badText(field: field, fault) }
    }

    /// Version numbers guard against confirming one thing and doing another.
    static func requireUnchanged(
        _ target: AuditTarget, shown: Int, now: Int
    ) throws(Refusal) {
        if shown != now { throw .changedMeanwhile(target, shown: shown, now: now) }
    }
}

extension Facts {
    /// Refuses what the actor may not do, or the token he acts with.
    func require(_ request: Request) throws(Refusal) {
        if actingToken == nil, actor.standing == .pending { throw .actorNotInForce(.memberPending) }
        let decision = decide(request)
        if !decision.isAllowed { throw .notPermitted(request, decision.reason) }
    }
}

extension BaseRole {
    /// Who founds an account owns it.
    fileprivate static let founding = Decision(
        isAllowed: true,
        reason: .basePermissions(of: GrantName(BaseRole.owner.rawValue, source: .baseRole)))
}
