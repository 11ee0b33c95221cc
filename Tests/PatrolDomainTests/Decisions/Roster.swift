import PatrolDomain

/// A small account to rule in: Ada owns it, Max is an admin, Wanda writes, Rita reads, Pia has not come yet.
struct Roster {
    static let now = Timestamp(milliseconds: 1_790_000_000_000)

    static let ada = member("ada", .owner)
    static let max = member("max", .admin)
    static let wanda = member("wanda", .writer)
    static let rita = member("rita", .reader)
    static let pia = member("pia", .reader, isPending: true)
    /// Was an admin before he was given a custom role.
    static let cesar = member("cesar", .admin, customRoles: [janitors.id])

    static let dora = member("dora", .admin, customRoles: [janitors.id])

    /// May change the tokens of the account, and nothing else.
    static let bruno = member("bruno", .reader, customRoles: [bridge.id])

    static let bridge = Role(
        id: RoleID("bridge-id")!, key: Key("bridge")!, name: "Bridge",
        policy: Policy(statements: [allow("updateAccountToken", "acct")]), createdAt: now - .days(100))

    static let janitors = Role(
        id: RoleID("janitors-id")!, key: Key("janitors")!, name: "Janitors",
        policy: Policy(statements: [
            allow("deleteAccessToken", "member/*:token/*"), allow("updatePolicy", "role/*"),
            allow("createMember", "member/*"), allow("updateRole", "member/*"), allow("updateCustomRole", "member/*"),
        ]), createdAt: now - .days(100))

    static func member(
        _ name: String, _ role: BaseRole, customRoles: [RoleID] = [], isPending: Bool = false
    ) -> Member {
        Member(
            id: MemberID("\(name)-id")!, email: "\(name)@example.org", firstName: name.capitalized,
            baseRole: role, customRoles: customRoles, isPending: isPending, createdAt: now - .days(200), version: 3)
    }

    static func token(
        of owner: Member?, kind: AccessToken.Kind = .personal, origin: AccessToken.Origin = .created,
        scope: Scope = .base(.writer), expiresAt: Timestamp? = now + .days(30), flag: DeletionFlag? = nil
    ) -> AccessToken {
        AccessToken(
            id: TokenID("token-id")!, kind: kind, origin: origin, name: "nightly export", purpose: "copies",
            owner: owner?.id, scope: scope, createdAt: now - .days(50), expiresAt: expiresAt, ending: "abcd",
            flag: flag, version: 5)
    }

    static func allow(_ action: String, _ resource: String) -> Statement {
        guard let action = try? ActionPattern(parsing: action), let resource = try? ResourcePattern(parsing: resource)
        else { preconditionFailure("`\(action)` on `\(resource)` does not parse") }
        return Statement(.allow, actions: .matching([action]), resources: .matching([resource]))
    }

    /// What is known when `actor` asks; `prepare` adds what the command is about.
    static func facts(_ actor: Member, prepare: (inout Facts) -> Void = { _ in }) -> Facts {
        let roles = [janitors.id: janitors, bridge.id: bridge]
        let fresh = Facts.Fresh(
            memberID: MemberID("new-member")!, roleID: RoleID("new-role")!, tokenID: TokenID("new-token")!,
            secret: StoredSecret(
                id: "abcdefghijkl", token: TokenID("new-token")!, hash: [UInt8](repeating: 7, count: 32),
                keyVersion: 1, createdAt: now), ending: "wxyz")
        var facts = Facts(
            account: Account(id: AccountID("account-id")!, name: "Acme", createdAt: now - .days(300)), now: now,
            actor: actor, actorAuthority: Authority(of: actor, roles: roles, teams: []), fresh: fresh)
        facts.roles = roles
        facts.owner = ada
        prepare(&facts)
        return facts
    }

    static func rule(
        _ command: Command, by actor: Member, comment: String = "", prepare: (inout Facts) -> Void = { _ in }
    ) -> Ruling {
        Rules.rule(
            on: command, by: Actor(member: actor.id, signIn: .localUser(uid: 1_000, name: "patrol")),
            comment: comment, knowing: facts(actor, prepare: prepare))
    }
}

extension String {
    var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
