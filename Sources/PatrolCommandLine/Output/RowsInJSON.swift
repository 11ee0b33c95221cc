import PatrolDomain
import PatrolJSON
import PatrolPresentation

// What the lists look like to a program. Dates are ISO 8601 in UTC; null means none.

extension JSON {
    static func moment(_ moment: Timestamp?) -> JSON { JSON(moment?.iso8601) }
}

extension MemberRow {
    var json: JSON {
        [
            "id": .string(member.id.text), "email": .string(member.email),
            "name": .string(member.displayName), "standing": .string(member.standing.rawValue),
            "baseRole": .string(member.baseRole.rawValue), "customRoles": JSON(customRoleKeys),
            "teamRoles": JSON(teamRoleKeys), "roleAttributes": member.roleAttributes.json,
            "tokens": JSON(tokenCount), "worstFinding": JSON(worst?.worst?.word.text),
            "lastSeenAt": .moment(member.lastSeenAt), "lastSeenToken": JSON(member.lastSeenToken?.text),
            "createdAt": .moment(member.createdAt), "version": JSON(member.version),
        ]
    }
}

extension RoleRow {
    var json: JSON {
        let counts: [JSONMember] = [
            JSONMember("members", JSON(memberCount)), JSONMember("teams", JSON(teamCount)),
            JSONMember("tokens", JSON(tokenCount)),
        ]
        let fields: [JSONMember]
        switch listing {
        case .base(let role):
            fields = [JSONMember("kind", "base"), JSONMember("key", .string(role.rawValue))]
        case .custom(let role):
            fields = [
                JSONMember("kind", "custom"), JSONMember("key", .string(role.key.text)),
                JSONMember("id", .string(role.id.text)), JSONMember("name", .string(role.name)),
                JSONMember("description", .string(role.description)),
                JSONMember("basePermissions", .string(role.basePermissions.rawValue)),
                JSONMember("policy", role.policy.json), JSONMember("createdAt", .moment(role.createdAt)),
                JSONMember("version", JSON(role.version)),
            ]
        }
        return .object(fields + counts)
    }
}

extension TokenRow {
    var json: JSON { .object(fields) }

    var fields: [JSONMember] {
        let owner: JSON =
            token.owner.map { id in
                [
                    "id": .string(id.text), "name": JSON(ownerName),
                    "standing": JSON(ownerStanding?.rawValue),
                ]
            } ?? .null
        return [
            JSONMember("id", .string(token.id.text)), JSONMember("kind", .string(token.kind.rawValue)),
            JSONMember("origin", .string(token.origin.rawValue)),
            JSONMember("name", .string(token.name)), JSONMember("purpose", .string(token.purpose)),
            JSONMember("owner", owner), JSONMember("scope", token.scope.json(roleKeys: scopeRoleKeys)),
            JSONMember("ending", .string(token.ending)), JSONMember("createdAt", .moment(token.createdAt)),
            JSONMember("modifiedAt", .moment(token.modifiedAt)),
            JSONMember("expiresAt", .moment(token.expiresAt)),
            JSONMember("lastUsedAt", .moment(token.lastUsedAt)),
            JSONMember("useKnownUntil", .moment(token.useKnownUntil)),
            JSONMember("networks", token.networks.map { .array($0.ranges.map { .string($0.text) }) } ?? .null),
            JSONMember("flag", token.flag?.json ?? .null),
            JSONMember("quarantine", token.quarantine?.json ?? .null),
            JSONMember("plan", token.plan?.json ?? .null),
            JSONMember("formerScope", token.formerScope?.json ?? .null), JSONMember("risk", risk.json),
            JSONMember("version", JSON(token.version)),
        ]
    }
}

extension TokenRisk {
    fileprivate var json: JSON {
        [
            "severity": JSON(worst?.word.text), "score": JSON(score),
            "findings": JSON(findingRules.map(\.word)),
        ]
    }
}

extension DeletionFlag {
    fileprivate var json: JSON {
        [
            "reason": .string(reason), "dueAt": .moment(dueAt), "flaggedBy": .string(flaggedBy.text),
            "flaggedAt": .moment(flaggedAt),
        ]
    }
}

extension Scope {
    func json(roleKeys: [String]) -> JSON {
        switch self {
        case .base(let role): ["role": .string(role.rawValue)]
        case .customRoles: ["customRoles": JSON(roleKeys)]
        case .inline(let policy): ["policy": policy.json]
        case .account: ["account": true]
        }
    }
}

extension Finding {
    func json(of kind: AccessToken.Kind, now: Timestamp) -> JSON {
        [
            "rule": .string(rule.word), "code": .string(rule.code), "severity": .string(severity.word.text),
            "evidence": .string(evidence(now: now).text), "advice": .string(rule.advice(for: kind).text),
            "basis": basis?.json ?? .null, "blastRadius": .string(rule.words.blast.text),
            "whyThisMayBeWrong": .string(rule.words.doubt.text), "standards": JSON(rule.entry.standards),
        ]
    }
}

extension UseBasis {
    fileprivate var json: JSON { ["days": JSON(days), "calls": JSON(calls), "grade": .string(grade.rawValue)] }
}

extension SuppressedFinding {
    func json(of kind: AccessToken.Kind, now: Timestamp) -> JSON {
        [
            "finding": finding.json(of: kind, now: now), "reason": .string(suppression.reason),
            "suppressedBy": .string(suppression.suppressedBy.text), "since": .moment(suppression.since),
            "until": .moment(suppression.endsAt),
        ]
    }
}

extension WithheldRule {
    var json: JSON {
        [
            "rule": .string(rule.word), "code": .string(rule.code),
            "gap": ["from": .moment(gap.start), "to": .moment(gap.end)],
        ]
    }
}

extension AuditRow {
    var json: JSON {
        switch self {
        case .entry(let entry): entry.json
        case .past(let entry): entry.json
        }
    }
}

extension AuditEntry {
    var json: JSON {
        [
            "sequence": .integer(sequence), "at": .moment(at), "event": .string(name),
            "operation": .string(operation.hexadecimal),
            "actor": ["id": .string(actorID), "name": .string(actorName)], "token": JSON(tokenID),
            "signIn": .string(signIn), "action": .string(action), "resource": .string(resource),
            "target": [
                "kind": .string(target.kind.rawValue), "id": .string(target.id),
                "name": .string(target.name),
            ],
            "changes": .array(changes.map(\.json)), "comment": .string(comment),
            "decision": .string(isAllowed ? "allow" : "deny"),
            "role": decidingRole.isEmpty ? .null : .string(decidingRole),
            "statement": JSON(decidingStatement.map { Int64($0) }), "reason": .string(reason),
        ]
    }
}

extension FieldChange {
    var json: JSON { ["field": .string(field), "before": JSON(before), "after": JSON(after)] }
}

extension PastEntry {
    fileprivate var json: JSON {
        [
            "imported": true, "id": .string(id), "at": .moment(at),
            "actor": ["id": .string(actorID), "name": .string(actorName)], "token": JSON(tokenID),
            "action": .string(action), "resource": .string(resource),
            "target": [
                "kind": .string(kind), "id": .string(targetID), "name": .string(targetName),
            ],
            "title": .string(title), "text": .string(text), "comment": .string(comment),
        ]
    }
}

extension Decision {
    /// The four fields of an answer of a batch.
    var fields: [JSONMember] {
        [
            JSONMember("decision", isAllowed ? "allow" : "deny"),
            JSONMember("role", JSON(decidingGrant?.role)),
            JSONMember("statement", JSON(decidingStatement.map { Int64($0) })),
            JSONMember("reason", .string(reason.code)),
        ]
    }
}
