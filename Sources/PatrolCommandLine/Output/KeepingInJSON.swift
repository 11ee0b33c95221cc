import PatrolDomain
import PatrolJSON

extension Quarantine {
    var json: JSON {
        [
            "reason": .string(reason), "since": .moment(since), "setBy": .string(setBy.text),
            "deletesAt": .moment(deletesAt),
        ]
    }
}

extension ScopePlan {
    var json: JSON {
        [
            "scope": scope.jsonByID, "appliesAt": .moment(appliesAt), "plannedBy": .string(plannedBy.text),
            "reason": .string(reason),
        ]
    }
}

extension FormerScope {
    var json: JSON { ["scope": scope.jsonByID, "changedAt": .moment(changedAt)] }
}

extension Scope {
    /// As that of a row, but that custom roles are told by their ids.
    fileprivate var jsonByID: JSON {
        if case .customRoles(let roles) = self { return ["customRoleIDs": JSON(roles.map(\.text))] }
        return json(roleKeys: [])
    }
}
