import PatrolDomain
import PatrolJSON

extension AccountReader {
    mutating func addToken(_ entry: inout Entry) {
        guard let id = identity("_id", in: &entry, TokenID.init) else { return }
        let owner = owner(in: &entry)
        let kind = kind(owner: owner, in: &entry)
        let scope = kind == .accountWide ? Scope.account : scope(in: &entry)
        let createdAt = entry.moment("creationDate", orElse: now)
        contents.tokens.append(
            AccessToken(
                id: id, kind: kind, origin: .imported, name: entry.text("name", as: .name),
                purpose: entry.text("description", as: .purpose), owner: owner, scope: scope,
                creatorSnapshot: kind == .service ? snapshot(of: owner, in: &entry) : nil,
                createdAt: createdAt, modifiedAt: entry.moment("lastModified") ?? createdAt,
                expiresAt: entry.moment("expiry"), lastUsedAt: entry.moment("lastUsed"),
                useKnownUntil: now, ending: ending(in: &entry),
                apiVersion: entry.integer("defaultApiVersion").flatMap(Int.init(exactly:))))
    }

    private func owner(in entry: inout Entry) -> MemberID? {
        let named = entry.text("memberId").flatMap(MemberID.init)
        return named ?? entry.value("_member")?["_id"]?.string.flatMap(MemberID.init)
    }

    /// Tokens from before there were personal ones name no member.
    private func kind(owner: MemberID?, in entry: inout Entry) -> AccessToken.Kind {
        if entry.bool("serviceToken", orElse: false) { return .service }
        if let owner {
            if membersByID[owner] == nil { entry.note(.ownerUnknown(owner.text), "memberId") }
            return .personal
        }
        entry.note(.accountWide, "memberId")
        return .accountWide
    }

    private func scope(in entry: inout Entry) -> Scope {
        let names = entry.texts("customRoleIds")
        let hasPolicy = entry.value("inlineRole").map { $0 != [] } ?? false
        let role = baseRole("role", in: &entry)
        let count = (names.isEmpty ? 0 : 1) + (hasPolicy ? 1 : 0) + (role == nil ? 0 : 1)
        if count > 1 {
            entry.note(.severalScopes(taken: hasPolicy ? "inlineRole" : "customRoleIds"), nil)
        }
        if hasPolicy { return .inline(entry.policy("inlineRole") ?? Policy(statements: [])) }
        if !names.isEmpty {
            let ids = roles.ids(of: names, namedBy: .id, "customRoleIds", in: &entry)
            return ids.isEmpty ? .base(.noAccess) : .customRoles(ids)
        }
        if role == nil { entry.note(.noScope, nil) }
        return .base(role ?? .noAccess)
    }

    /// LaunchDarkly keeps what the creator could do at the creation, but does not tell: what he can do
    /// now is the nearest that is known.
    private func snapshot(of owner: MemberID?, in entry: inout Entry) -> Authority {
        guard let owner, let member = membersByID[owner] else {
            entry.note(.creatorUnknown, "memberId")
            return Authority(grants: [], holder: owner)
        }
        let teams = (teamsOfMember[owner] ?? []).compactMap { key in
            teamPlaces[key].map { contents.teams[$0] }
        }
        return Authority(of: member, roles: roles.byID, teams: teams)
    }

    /// The last four characters are there by design; a whole secret only where an answer to a
    /// creation was kept.
    private func ending(in entry: inout Entry) -> String {
        guard let text = entry.text("token") else { return "" }
        if text.unicodeScalars.count > 8 { entry.note(.wholeSecret, "token") }
        let ending = String(String.UnicodeScalarView(text.unicodeScalars.suffix(4)))
        return entry.cleaned(ending, "token", as: .foreign(4))
    }
}
