package import PatrolDomain
package import PatrolJSON

extension AnswerWriter {
    /// - Parameter owner: Whoever created it; nil where he was removed, or there is none.
    package func token(_ token: AccessToken, owner: Member?) -> JSON {
        var fields: [JSONMember] = [
            JSONMember("_id", .string(token.id.text)),
            JSONMember("ownerId", .string(account.text)),
        ]
        if let id = token.owner { fields.append(JSONMember("memberId", .string(id.text))) }
        if let owner { fields.append(JSONMember("_member", summary(of: owner))) }
        fields += [
            JSONMember("name", .string(token.name)),
            JSONMember("description", .string(token.purpose)),
            JSONMember("creationDate", .integer(token.createdAt.milliseconds)),
            JSONMember("lastModified", .integer(token.modifiedAt.milliseconds)),
        ]
        fields += scope(token.scope)
        fields += [
            JSONMember("token", .string(token.ending)),
            JSONMember("serviceToken", .bool(token.kind == .service)),
            JSONMember("_links", links(.tokens, token.id.text)),
        ]
        if let version = token.apiVersion { fields.append(JSONMember("defaultApiVersion", JSON(version))) }
        fields.append(JSONMember("lastUsed", .integer(token.lastUsedAt?.milliseconds ?? 0)))
        if let expiry = token.expiresAt {
            fields.append(JSONMember("expiry", .integer(expiry.milliseconds)))
        }
        return .object(fields)
    }

    private func scope(_ scope: Scope) -> [JSONMember] {
        var roles: [String] = []
        var policy = Policy(statements: [])
        var base: BaseRole?
        switch scope {
        case .base(let role): base = role
        case .customRoles(let ids): roles = ids.map(\.text)
        case .inline(let inline): policy = inline
        case .account: break
        }
        let fields = [
            JSONMember("customRoleIds", JSON(roles)), JSONMember("inlineRole", policy.json),
        ]
        return fields + (base.map { [JSONMember("role", .string($0.rawValue))] } ?? [])
    }

    private func summary(of member: Member) -> JSON {
        [
            "_links": ["self": link("\(AnswerKind.members.path)/\(member.id.text)")],
            "_id": .string(member.id.text),
            "firstName": .string(member.firstName),
            "lastName": .string(member.lastName),
            "role": .string(member.baseRole.rawValue),
            "email": .string(member.email),
        ]
    }
}
