import PatrolDomain
import Testing

/// A rotation hands the new secret to whoever asks for it. An admin could have had that of the owner's service token,
/// which may do what only the owner may: he gets no secret that does more than he.
@Suite struct `Who may have the new secret of a token that is no person's` {
    struct Vector: Sendable, CustomStringConvertible {
        var actor: Member
        var scope: Scope
        /// Who created it.
        var creator: Member?
        var kind = AccessToken.Kind.service
        var isAllowed: Bool

        var description: String { "\(actor.firstName): \(scope) of \(creator?.firstName ?? "nobody")" }
    }

    static let role = Role(
        id: RoleID("relay-id")!, key: Key("relay")!, name: "Relay",
        policy: Policy(statements: [Roster.allow("viewProject", "proj/*")]), createdAt: Roster.now)
    static let inline = Scope.inline(Policy(statements: [Roster.allow("*", "*")]))
    static let narrow = Scope.inline(Policy(statements: [Roster.allow("viewProject", "proj/web")]))

    static let vectors: [Vector] = [
        Vector(actor: Roster.max, scope: .base(.owner), creator: Roster.ada, isAllowed: false),
        Vector(actor: Roster.max, scope: inline, creator: Roster.ada, isAllowed: false),
        // The role can be edited later, up to what its creator could do.
        Vector(actor: Roster.max, scope: .customRoles([role.id]), creator: Roster.ada, isAllowed: false),
        // What does nothing that an admin may not do is no more than he has.
        Vector(actor: Roster.max, scope: .base(.admin), creator: Roster.ada, isAllowed: true),
        Vector(actor: Roster.max, scope: .base(.reader), creator: Roster.ada, isAllowed: true),
        Vector(actor: Roster.max, scope: narrow, creator: Roster.ada, isAllowed: true),
        Vector(actor: Roster.max, scope: .base(.owner), creator: Roster.max, isAllowed: true),
        Vector(actor: Roster.max, scope: .customRoles([role.id]), creator: Roster.max, isAllowed: true),
        Vector(actor: Roster.max, scope: inline, creator: Roster.wanda, isAllowed: true),
        Vector(actor: Roster.ada, scope: .base(.owner), creator: Roster.ada, isAllowed: true),
        Vector(actor: Roster.ada, scope: .customRoles([role.id]), creator: Roster.ada, isAllowed: true),
        Vector(actor: Roster.ada, scope: inline, creator: Roster.max, isAllowed: true),
        Vector(actor: Roster.max, scope: .account, creator: nil, kind: .accountWide, isAllowed: true),
        // He may change the account's tokens, and nothing else.
        Vector(actor: Roster.bruno, scope: .account, creator: nil, kind: .accountWide, isAllowed: false),
    ]

    @Test(arguments: vectors) func `it never does more than the one who has it`(vector: Vector) {
        let token = AccessToken(
            id: TokenID("token-id")!, kind: vector.kind, origin: .created, name: "relay", owner: vector.creator?.id,
            scope: vector.scope, creatorSnapshot: vector.creator.map { Authority(of: $0, roles: [:], teams: []) },
            createdAt: Roster.now - .days(9), ending: "abcd", version: 5)
        let rotation = RotateToken(token: token.id, version: 5, oldSecretUntil: nil)
        let ruling = Roster.rule(.rotateToken(rotation), by: vector.actor) {
            $0.token = token
            $0.tokenOwner = vector.creator
            $0.roles[Self.role.id] = Self.role
        }
        #expect(ruling.refusal?.code == (vector.isAllowed ? nil : "secretBeyondOwnRights"))
    }
}
