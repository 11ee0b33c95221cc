internal import PatrolDomain
internal import PatrolJSON
internal import PatrolLaunchDarkly
internal import PatrolOperations

extension RESTRequest {
    /// Base roles that a token can be given.
    static let tokenRoles: [BaseRole] = [.reader, .writer, .admin]

    private static let changeable = ["name", "description", "role", "customRoleIds", "inlineRole", "expiry"]

    /// What a body gives a token to do; empty lists count as absent. Nil where it is not exactly one thing.
    func scope(in object: BodyObject) throws(RESTFault) -> Scope? {
        var scopes: [Scope] = []
        if let word = try object.text("role"), !word.isEmpty {
            guard let role = BaseRole(rawValue: word), Self.tokenRoles.contains(role) else {
                throw object.wrong("role", "`reader`, `writer` or `admin`")
            }
            scopes.append(.base(role))
        }
        if let names = try object.texts("customRoleIds"), !names.isEmpty {
            scopes.append(.customRoles(try roleIDs(names)))
        }
        if let policy = try object.policy("inlineRole"), !policy.statements.isEmpty { scopes.append(.inline(policy)) }
        return scopes.count == 1 ? scopes[0] : nil
    }

    /// The custom roles of these ids or keys, each once.
    func roleIDs(_ names: [String]) throws(RESTFault) -> [RoleID] {
        var ids: [RoleID] = []
        for name in names {
            let row = try door { (patrol) throws(PatrolError) in try patrol.role(named: name) }
            guard case .custom(let role)? = row?.listing else { throw .invalid("there is no custom role `\(name)`") }
            if !ids.contains(role.id) { ids.append(role.id) }
        }
        return ids
    }

    /// What a patch makes of a token. Of the three forms of a scope only the one that it has is there to be patched.
    func edit(of token: AccessToken, by patch: JSONPatch) throws(RESTFault) -> EditToken {
        var before = try writer().token(token, owner: nil)
        let present = token.scope.field
        for name in ["role", "customRoleIds", "inlineRole"] where name != present {
            before = .object((before.members ?? []).filter { $0.name != name })
        }
        let after = try patch.applied(to: before, optional: Self.changeable)
        try after.requireSame(as: before, except: Self.changeable)
        let object = try BodyObject(after)
        var edit = EditToken(token, scope: token.scope, expiresAt: token.expiresAt)
        edit.name = try object.text("name") ?? ""
        edit.purpose = try object.text("description") ?? ""
        edit.expiresAt = try object.integer("expiry").map(Timestamp.init)
        if ["role", "customRoleIds", "inlineRole"].contains(where: { after[$0] != before[$0] }) {
            guard let scope = try scope(in: object) else {
                throw .invalid("a token has exactly one of `role`, `customRoleIds` and `inlineRole`: remove the other")
            }
            edit.scope = scope
        }
        return edit
    }
}

extension Scope {
    /// The field of a token that tells it; nil for the whole account.
    fileprivate var field: String? {
        switch self {
        case .base: "role"
        case .customRoles: "customRoleIds"
        case .inline: "inlineRole"
        case .account: nil
        }
    }
}
