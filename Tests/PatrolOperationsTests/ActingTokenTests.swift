import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

/// What is done through the door with a token: never more than the token was given, nor more than the person behind it may.
@Suite struct ActingTokenTests {
    private let account: TestAccount

    init() throws { account = try TestAccount() }

    private func signIn(_ secret: Secret) throws -> TokenSession {
        switch try account.patrol.signIn(presenting: secret) {
        case .accepted(let session): return session
        case .refused(let why, _): throw ProgramFailure("refused: \(why)")
        }
    }

    private func why(_ secret: Secret) throws -> Decision.NotInForce? {
        if case .refused(let why, _) = try account.patrol.signIn(presenting: secret) { why } else { nil }
    }

    private func acting(
        _ scope: Scope, kind: AccessToken.Kind = .personal, by session: Session? = nil, name: String = "robot"
    ) throws -> (token: AccessToken, secret: Secret, session: Session) {
        let made = try account.createToken(scope, kind: kind, name: name, by: session)
        return (made.token, made.secret, try signIn(made.secret).session)
    }

    private func refusal(_ command: Command, _ session: Session) throws -> Refusal? {
        try account.patrol.perform(command, as: session).refusal
    }

    private func creating(_ scope: Scope, kind: AccessToken.Kind = .personal) -> Command {
        .createToken(CreateToken(kind: kind, name: "child", purpose: "", scope: scope, expiresAt: nil))
    }

    private func editing(_ token: AccessToken, to scope: Scope) -> Command {
        .editToken(
            EditToken(
                token: token.id, version: token.version, name: token.name, purpose: token.purpose, scope: scope,
                expiresAt: token.expiresAt))
    }

    private func policy(_ action: String, _ resource: String) throws -> Scope {
        .inline(
            Policy(statements: [
                Statement(
                    .allow, actions: .matching([try ActionPattern(parsing: action)]),
                    resources: .matching([try ResourcePattern(parsing: resource)]))
            ]))
    }

    @Test func `the entry says with which token, and whose it is`() throws {
        let robot = try acting(.base(.admin))
        let outcome = try account.patrol.perform(
            .inviteMember(InviteMember(email: "kim@example.org", baseRole: .writer)), as: robot.session)
        #expect(outcome.refusal == nil)
        #expect(outcome.entry.tokenID == robot.token.id.text)
        #expect(outcome.entry.actorID == account.ada.actor.member.text)
        #expect(outcome.entry.actorName == "Ada Berg")
        #expect(outcome.entry.signIn == "token:personal")
        #expect(try account.patrol.verifyAudit().isWhole)
    }

    @Test func `a reader's scope does nothing that its owner may`() throws {
        let robot = try acting(.base(.reader))
        let invitation = Command.inviteMember(InviteMember(email: "kim@example.org"))
        #expect(try refusal(invitation, robot.session)?.code == "notPermitted")
        #expect(try refusal(creating(.base(.admin)), robot.session)?.code == "notPermitted")
        #expect(try refusal(editing(robot.token, to: .base(.admin)), robot.session)?.code == "notPermitted")
        #expect(try account.entries().last?.tokenID == robot.token.id.text)
    }

    /// Who may create and edit tokens could otherwise make of a small token one that does all that its owner may.
    @Test func `what may create and edit tokens gives no more than it has`() throws {
        let robot = try acting(try policy("*", "member/*:token/*"))
        #expect(try refusal(creating(.base(.admin)), robot.session)?.code == "scopeBeyondToken")
        #expect(try refusal(creating(.base(.reader)), robot.session)?.code == "scopeBeyondToken")
        #expect(try refusal(editing(robot.token, to: .base(.owner)), robot.session)?.code == "scopeBeyondToken")
        #expect(try refusal(creating(try policy("*", "member/*")), robot.session)?.code == "scopeBeyondToken")
        let less = try policy("deleteAccessToken", "member/*:token/*")
        #expect(try refusal(creating(less), robot.session) == nil)
        #expect(try refusal(editing(robot.token, to: less), robot.session) == nil)
    }

    @Test func `what may edit tokens can make a wide one narrower`() throws {
        let robot = try acting(try policy("updateAccessTokenPolicy", "member/*:token/*"))
        let wide = try account.createToken(.base(.admin), name: "wide").token
        #expect(try refusal(editing(wide, to: .base(.writer)), robot.session) == nil)
    }

    @Test func `a new secret of a wider token is not for it`() throws {
        let robot = try acting(try policy("resetAccessToken", "member/*:token/*"))
        let wide = try account.createToken(.base(.admin), name: "wide").token
        let reset = Command.rotateToken(RotateToken(token: wide.id, version: wide.version, oldSecretUntil: nil))
        #expect(try refusal(reset, robot.session)?.code == "scopeBeyondToken")
        let own = RotateToken(token: robot.token.id, version: robot.token.version, oldSecretUntil: nil)
        #expect(try refusal(.rotateToken(own), robot.session) == nil)
    }

    @Test func `a role of its own scope it does not edit, nor another role give`() throws {
        let patrol = account.patrol
        func role(_ text: String) throws -> Role {
            let key = try #require(Key(text))
            let made = try patrol.perform(
                .createRole(
                    CreateRole(
                        key: key, name: text,
                        policy: Policy(statements: [
                            Statement(
                                .allow, actions: .matching([try ActionPattern(parsing: "*")]),
                                resources: .matching([
                                    try ResourcePattern(parsing: "role/*"),
                                    try ResourcePattern(parsing: "member/*:token/*"),
                                ]))
                        ]))), as: account.ada)
            #expect(made.refusal == nil)
            return try #require(try patrol.role(key: key))
        }
        let (own, other) = (try role("own"), try role("other"))
        let robot = try acting(.customRoles([own.id]))
        func edit(_ role: Role) -> Command {
            .editRole(
                EditRole(
                    role: role.id, version: role.version, name: role.name, description: "", basePermissions: .reader,
                    policy: role.policy))
        }
        #expect(try refusal(edit(own), robot.session) == .roleOfOwn)
        #expect(try refusal(creating(.customRoles([own.id])), robot.session) == nil)
        // It could be edited to allow more afterwards.
        #expect(try refusal(creating(.customRoles([other.id])), robot.session)?.code == "scopeBeyondToken")
    }

    /// A token with one role of two could make the other one larger for the token that made it.
    @Test func `two tokens of one member do not widen each other`() throws {
        func role(_ text: String, _ statement: Statement) throws -> Role {
            let key = try #require(Key(text))
            let creation = CreateRole(key: key, name: text, policy: Policy(statements: [statement]))
            #expect(try refusal(.createRole(creation), account.ada) == nil)
            return try #require(try account.patrol.role(key: key))
        }
        func allow(_ resource: String) throws -> Statement {
            Statement(
                .allow, actions: .matching([try ActionPattern(parsing: "*")]),
                resources: .matching([try ResourcePattern(parsing: resource)]))
        }
        let (keeper, victim) = (try role("keeper", try allow("role/*")), try role("victim", try allow("proj/a")))
        let other = try role("other", try allow("proj/b"))
        let (robot, _) = (try acting(.customRoles([keeper.id])), try acting(.customRoles([keeper.id, victim.id])))
        func widening(_ role: Role) throws -> Command {
            .editRole(
                EditRole(
                    role: role.id, version: role.version, name: role.name, description: "", basePermissions: .noAccess,
                    policy: Policy(statements: [try allow("member/*")])))
        }
        #expect(try refusal(try widening(victim), robot.session) == .roleOfOwn)
        #expect(try refusal(try widening(other), robot.session) == nil)
    }

    @Test func `an admin's scope is worth nothing in the hands of a writer`() throws {
        let kim = try account.join("kim", .writer)
        let robot = try acting(.base(.admin), by: kim)
        let isAdmin = try signIn(robot.secret).isAdmin
        #expect(!isAdmin)
        #expect(try refusal(.inviteMember(InviteMember(email: "eve@example.org")), robot.session)?.code == "notPermitted")
    }

    @Test func `what ends between signing in and acting ends it`() throws {
        let clock = account.clock
        let robot = try acting(.base(.admin))
        let invitation = Command.inviteMember(InviteMember(email: "kim@example.org"))
        let quarantine = QuarantineToken(
            token: robot.token.id, version: robot.token.version, reason: "who misses it", deletesAt: nil)
        #expect(try refusal(.quarantineToken(quarantine), account.ada) == nil)
        #expect(try refusal(invitation, robot.session) == .actorNotInForce(.tokenQuarantined))
        #expect(try why(robot.secret) == .tokenQuarantined)
        #expect(try refusal(.thawToken(robot.token.id, version: robot.token.version + 1), robot.session)?.code == "actorNotInForce")
        #expect(try refusal(.thawToken(robot.token.id, version: robot.token.version + 1), account.ada) == nil)
        clock.now = clock.now + .days(31)
        #expect(try refusal(invitation, robot.session) == .actorNotInForce(.tokenExpired))
        #expect(try why(robot.secret) == .tokenExpired)
    }

    @Test func `a replaced secret acts no more`() throws {
        let robot = try acting(.base(.admin))
        let reset = RotateToken(token: robot.token.id, version: robot.token.version, oldSecretUntil: nil)
        let new = try #require(try account.patrol.perform(.rotateToken(reset), as: account.ada).secret)
        let invitation = Command.inviteMember(InviteMember(email: "kim@example.org"))
        #expect(try refusal(invitation, robot.session) == .actorNotInForce(.secretRetired))
        #expect(try why(robot.secret) == .secretRetired)
        #expect(try refusal(invitation, try signIn(new).session) == nil)
    }

    @Test func `it ends with the member, and follows his roles`() throws {
        let max = try account.join("max", .admin)
        let robot = try acting(.base(.admin), by: max)
        #expect(try refusal(.inviteMember(InviteMember(email: "one@example.org")), robot.session) == nil)
        func member() throws -> Member { try #require(try account.patrol.member(max.actor.member)) }
        let demotion = ChangeMemberRoles(
            member: try member().id, version: try member().version, baseRole: .reader, customRoles: [],
            roleAttributes: [:])
        #expect(try refusal(.changeMemberRoles(demotion), account.ada) == nil)
        #expect(try refusal(.inviteMember(InviteMember(email: "two@example.org")), robot.session)?.code == "notPermitted")
        #expect(try refusal(.removeMember(try member().id, version: try member().version), account.ada) == nil)
        #expect(try why(robot.secret) == .ownerRemoved)
        #expect(try refusal(.inviteMember(InviteMember(email: "six@example.org")), robot.session) == .actorNotInForce(.ownerRemoved))
    }

    @Test func `a service token outlives its creator, and acts under its own name`() throws {
        let max = try account.join("max", .admin)
        let robot = try acting(.base(.admin), kind: .service, by: max, name: "nightly sync")
        let member = try #require(try account.patrol.member(max.actor.member))
        #expect(try refusal(.removeMember(member.id, version: member.version), account.ada) == nil)
        let outcome = try account.patrol.perform(
            .inviteMember(InviteMember(email: "kim@example.org")), as: try signIn(robot.secret).session)
        #expect(outcome.refusal == nil)
        #expect(outcome.entry.actorName == "nightly sync")
        #expect(outcome.entry.actorID == member.id.text && outcome.entry.signIn == "token:service")
        #expect(try refusal(creating(.base(.reader)), robot.session) == .nobodyBehindToken)
        #expect(try refusal(creating(.base(.reader), kind: .service), robot.session) == nil)
    }

    @Test func `a token of the whole account acts as an admin, under its own name`() throws {
        var bytes = Array("legacy-account-secret-0123456789".utf8)
        let secret = try #require(Secret(wiping: &bytes))
        let adoption = AdoptToken(
            kind: .accountWide, name: "legacy deploy", purpose: "", owner: nil, scope: .account, expiresAt: nil)
        #expect(try account.patrol.perform(.adoptToken(adoption), as: account.ada, presented: secret).refusal == nil)
        let robot = try signIn(secret)
        #expect(robot.isAdmin && robot.member == nil)
        let outcome = try account.patrol.perform(
            .inviteMember(InviteMember(email: "kim@example.org", baseRole: .admin)), as: robot.session)
        #expect(outcome.refusal == nil)
        #expect(outcome.entry.actorName == "legacy deploy" && outcome.entry.signIn == "token:account")
        #expect(outcome.entry.tokenID == robot.token.id.text)
        #expect(try refusal(creating(.base(.owner), kind: .service), robot.session)?.code == "scopeBeyondToken")
        #expect(try refusal(creating(.base(.admin), kind: .service), robot.session) == nil)
    }

    @Test func `what a person does himself no token does`() throws {
        let robot = try acting(.base(.owner))
        let contents = AccountImport(
            source: "files", members: [], roles: [], teams: [], tokens: [], pastEntries: [])
        #expect(try refusal(.importAccount(contents), robot.session) == .inPersonOnly)
        #expect(try refusal(.acceptInvitation, robot.session) == .inPersonOnly)
    }

    @Test func `of a secret that nobody made nothing is said`() throws {
        var bytes = Array("api-00000000-0000-4000-8000-000000000000".utf8)
        #expect(try why(try #require(Secret(wiping: &bytes))) == .secretUnknown)
    }

    @Test func `several commands are recorded together, or none`() throws {
        func inviting(_ name: String) -> Command { .inviteMember(InviteMember(email: "\(name)@example.org")) }
        let before = try account.patrol.lastSequence()
        let done = try account.patrol.perform(all: [inviting("one"), inviting("two")], as: account.ada)
        #expect(done.refused == nil && done.outcomes.count == 2)
        let refused = try account.patrol.perform(all: [inviting("six"), inviting("two")], as: account.ada)
        #expect(refused.refused == 1 && refused.outcomes.first?.refusal == .emailInUse("two@example.org"))
        #expect(try account.patrol.member(email: "six@example.org") == nil)
        #expect(try account.patrol.lastSequence() == before + 3)
    }
}
