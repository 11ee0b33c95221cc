import PatrolDomain

extension Command {
    /// The version of the thing that the person was shown; nil for new things.
    var version: Int? {
        switch self {
        case .changeMemberRoles(let change): change.version
        case .editRole(let edit): edit.version
        case .editToken(let edit): edit.version
        case .editNetworks(let edit): edit.version
        case .rotateToken(let rotation): rotation.version
        case .saveTemplate(let save): save.version
        case .suppressFinding(let suppression): suppression.version
        case .changeSettings(let change): change.version
        case .liftSuppression(_, _, let version): version
        case .removeMember(_, let version), .transferOwnership(_, let version), .deleteRole(_, let version),
            .deleteTemplate(_, let version), .flagToken(_, _, _, let version), .unflagToken(_, let version), .deleteToken(_, let version):
            version
        case .quarantineToken, .thawToken, .planScope, .cancelPlan, .applyPlan, .restoreScope: keeping?.version
        case .closeReview(_, let version): version
        case .inviteMember, .acceptInvitation, .createRole, .createToken, .adoptToken, .importAccount, .startReview,
            .decideReviewItem:
            nil
        }
    }

    /// The same, for the thing as it is now.
    func with(version: Int) -> Command {
        switch self {
        case .changeMemberRoles(var change):
            change.version = version
            return .changeMemberRoles(change)
        case .removeMember(let id, _): return .removeMember(id, version: version)
        case .transferOwnership(let id, _): return .transferOwnership(to: id, version: version)
        case .editRole(var edit):
            edit.version = version
            return .editRole(edit)
        case .deleteRole(let id, _): return .deleteRole(id, version: version)
        case .editToken(var edit):
            edit.version = version
            return .editToken(edit)
        case .editNetworks(var edit):
            edit.version = version
            return .editNetworks(edit)
        case .rotateToken(var rotation):
            rotation.version = version
            return .rotateToken(rotation)
        case .flagToken(let id, let reason, let dueAt, _):
            return .flagToken(id, reason: reason, dueAt: dueAt, version: version)
        case .saveTemplate(var save):
            save.version = version
            return .saveTemplate(save)
        case .deleteTemplate(let key, _): return .deleteTemplate(key, version: version)
        case .unflagToken(let id, _): return .unflagToken(id, version: version)
        case .deleteToken(let id, _): return .deleteToken(id, version: version)
        case .quarantineToken(var quarantine):
            quarantine.version = version
            return .quarantineToken(quarantine)
        case .thawToken(let id, _): return .thawToken(id, version: version)
        case .planScope(var plan):
            plan.version = version
            return .planScope(plan)
        case .cancelPlan(let id, _): return .cancelPlan(id, version: version)
        case .applyPlan(let id, _): return .applyPlan(id, version: version)
        case .restoreScope(let id, _): return .restoreScope(id, version: version)
        case .suppressFinding(var suppression):
            suppression.version = version
            return .suppressFinding(suppression)
        case .liftSuppression(let id, let rule, _): return .liftSuppression(id, rule: rule, version: version)
        case .changeSettings(var change):
            change.version = version
            return .changeSettings(change)
        case .closeReview(let id, _): return .closeReview(id, version: version)
        case .inviteMember, .acceptInvitation, .createRole, .createToken, .adoptToken, .importAccount, .startReview,
            .decideReviewItem:
            return self
        }
    }
}
