package import PatrolDomain
package import PatrolJSON

extension AnswerWriter {
    /// Nil for a refusal: LaunchDarkly's log tells of changes only.
    ///
    /// - Parameters:
    ///   - actor: Who did it, as he is on record now; nil: not looked up.
    ///   - token: With which token, likewise.
    package func entry(_ row: AuditRow, actor: Member? = nil, token: AccessToken? = nil) -> JSON? {
        switch row {
        case .past(let past): entry(Told(past), actor, token)
        case .entry(let entry): entry.isAllowed ? self.entry(Told(entry), actor, token) : nil
        }
    }

    private func entry(_ told: Told, _ member: Member?, _ token: AccessToken?) -> JSON {
        var fields: [JSONMember] = [
            JSONMember("_links", links(of: told)),
            JSONMember("_id", .string(told.id)),
            JSONMember("_accountId", .string(account.text)),
            JSONMember("date", .integer(told.at.milliseconds)),
            JSONMember("accesses", .array(told.actions.map { access($0, told.resource) })),
            JSONMember("kind", .string(told.kind)),
            JSONMember("name", .string(told.targetName)),
            JSONMember("description", .string(told.description)),
            JSONMember("shortDescription", ""),
            JSONMember("comment", .string(told.comment)),
        ]
        fields.append(contentsOf: actor(of: told, member, token))
        fields += [
            JSONMember("titleVerb", .string(told.verb)),
            JSONMember("title", .string(title(of: told))),
            JSONMember(
                "target", ["name": .string(told.targetName), "resources": [.string(told.resource)]]),
        ]
        return .object(fields)
    }

    private func access(_ action: String, _ resource: String) -> JSON {
        ["action": .string(action), "resource": .string(resource)]
    }

    private func title(of told: Told) -> String {
        "\(told.actorName) \(told.verb) \(told.targetName)\(told.tokenID == nil ? "" : " (via API)")"
    }

    private func actor(of told: Told, _ member: Member?, _ token: AccessToken?) -> [JSONMember] {
        var fields: [JSONMember] = []
        if told.actorID.isEmpty || told.isNobodys {
            if !told.actorName.isEmpty {
                fields.append(JSONMember("subject", ["name": .string(told.actorName)]))
            }
        } else {
            let (first, last) = member.map { ($0.firstName, $0.lastName) } ?? (told.actorName, "")
            fields.append(
                JSONMember(
                    "member",
                    [
                        "_links": links(.members, told.actorID), "_id": .string(told.actorID),
                        "firstName": .string(first), "lastName": .string(last),
                        "email": .string(member?.email ?? ""),
                    ]))
        }
        if let id = told.tokenID {
            fields.append(
                JSONMember(
                    "token",
                    [
                        "_links": links(.tokens, id), "_id": .string(id), "name": .string(token?.name ?? ""),
                        "ending": .string(token?.ending ?? ""), "serviceToken": .bool(token?.kind == .service),
                    ]))
        }
        return fields
    }

    private func links(of told: Told) -> JSON {
        let list = AnswerKind(rawValue: "\(told.kind)s")?.path ?? "/api/v2/\(told.kind)"
        return [
            "canonical": link(told.targetID.isEmpty ? list : "\(list)/\(told.targetID)"),
            "parent": link(AnswerKind.auditLog.path),
            "self": link("\(AnswerKind.auditLog.path)/\(told.id)"),
            "site": link("/settings", type: "text/html"),
        ]
    }
}

/// An entry of either log, in the words of LaunchDarkly's.
private struct Told {
    var id: String
    var at: Timestamp
    var actorID: String
    var actorName: String
    var tokenID: String?
    var actions: [String]
    var resource: String
    var kind: String
    var targetID: String
    var targetName: String
    var verb: String
    var description: String
    var comment: String
    /// Whether it was done with a token behind which is no member.
    var isNobodys = false

    init(_ past: PastEntry) {
        id = past.id
        at = past.at
        actorID = past.actorID
        actorName = past.actorName
        tokenID = past.tokenID
        actions = past.action.isEmpty ? [] : past.action.split(separator: ", ").map(String.init)
        resource = past.resource
        kind = past.kind
        targetID = past.targetID
        targetName = past.targetName
        verb = past.title
        description = past.text
        comment = past.comment
    }

    init(_ entry: AuditEntry) {
        id = entry.operation.hexadecimal
        at = entry.at
        actorID = entry.actorID
        actorName = entry.actorName
        tokenID = entry.tokenID
        actions = [entry.action]
        resource = entry.resource
        kind = entry.target.kind.rawValue
        targetID = entry.target.id
        targetName = entry.target.name
        verb = Self.verb(entry.name)
        description = entry.changes.map(Self.line).joined()
        comment = entry.comment
        isNobodys = entry.signIn == "token:account"
    }

    private static func line(_ change: FieldChange) -> String {
        switch (change.before, change.after) {
        case (nil, let after?): "* Set the \(change.field) to `\(after)`\n"
        case (let before?, nil): "* Removed the \(change.field) ~~`\(before)`~~\n"
        case (let before?, let after?):
            "* Changed the \(change.field) from ~~`\(before)`~~ to `\(after)`\n"
        case (nil, nil): ""
        }
    }

    /// LaunchDarkly's manner of naming what happened: a past tense and the thing.
    private static func verb(_ name: String) -> String {
        switch EventName(rawValue: name) {
        case .accountCreated: "created the account"
        case .accountImported: "imported into the account"
        case .ownershipTransferred: "changed the owner of the account"
        case .memberInvited: "invited the member"
        case .memberAccepted: "accepted the invitation of the member"
        case .memberRolesChanged: "updated the member"
        case .memberRemoved: "deleted the member"
        case .roleCreated: "created the custom role"
        case .roleEdited: "updated the custom role"
        case .roleDeleted: "deleted the custom role"
        case .tokenCreated: "created the access token"
        case .settingsChanged: "updated the account"
        case .tokenEdited, .tokenNetworksEdited, .tokenFlagged, .tokenUnflagged, .tokenQuarantined, .tokenThawed, .tokenScopePlanned,
            .tokenPlanCancelled, .tokenPlanApplied, .tokenScopeRestored, .findingSuppressed, .suppressionLifted:
            "updated the access token"
        case .tokenRotated: "reset the access token"
        case .tokenDeleted: "deleted the access token"
        case .tokenAdopted: "adopted the access token"
        case .templateSaved: "updated the token template"
        case .templateDeleted: "deleted the token template"
        case .reviewStarted: "started the review"
        case .reviewDecided: "decided in the review"
        case .reviewClosed: "closed the review"
        case nil: name
        }
    }
}
