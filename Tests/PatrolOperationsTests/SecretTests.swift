import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

private let view = Request(Action("viewProject"), on: Resource(segments: [.init(type: "proj", key: "web")]))
private let toggle = Request(
    Action("updateOn"),
    on: Resource(segments: [
        .init(type: "proj", key: "web"), .init(type: "env", key: "test"), .init(type: "flag", key: "f"),
    ]))

private func secret(_ text: String) throws -> Secret {
    var bytes = Array(text.utf8)
    return try #require(Secret(wiping: &bytes))
}

@Suite struct SecretTests {
    @Test func `a secret has the published shape and a right checksum`() throws {
        let account = try TestAccount()
        let text = try account.createToken().secret.text
        #expect(text.utf8.count == SecretFormat.length)
        #expect(text.hasPrefix("ptlp_"))
        #expect(try account.createToken(kind: .service).secret.text.hasPrefix("ptls_"))
        #expect(SecretFormat.publicID(in: Array(text.utf8)) != nil)
    }

    @Test func `a presented secret does what its scope and its owner allow`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .writer)
        let (token, secret) = try account.createToken(.base(.writer), by: kim)
        #expect(try account.reason(secret, toggle) == nil)
        #expect(try account.patrol.token(token.id)?.lastUsedAt == account.clock.now)
    }

    @Test func `50 and 51: a downgraded member's token shrinks at once, and grows back with him`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .writer)
        let secret = try account.createToken(.base(.writer), by: kim).secret
        try change(kim, to: .reader, in: account)
        #expect(try account.reason(secret, toggle) != nil)
        #expect(try account.reason(secret, view) == nil)
        try change(kim, to: .writer, in: account)
        #expect(try account.reason(secret, toggle) == nil)
    }

    @Test func `52: a removed member's token is refused`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .writer)
        let secret = try account.createToken(.base(.writer), by: kim).secret
        let member = try #require(try account.patrol.member(kim.actor.member))
        _ = try account.patrol.perform(.removeMember(member.id, version: member.version), as: account.ada)
        #expect(try account.reason(secret, view) == .notInForce(.ownerRemoved))
    }

    @Test func `53: a deleted token is refused`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken()
        _ = try account.patrol.perform(.deleteToken(token.id, version: token.version), as: account.ada)
        #expect(try account.reason(secret, view) != nil)
    }

    @Test func `59: a service token outlives its creator's rights`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .writer)
        let secret = try account.createToken(.base(.writer), kind: .service, by: kim).secret
        let member = try #require(try account.patrol.member(kim.actor.member))
        _ = try account.patrol.perform(.removeMember(member.id, version: member.version), as: account.ada)
        #expect(try account.reason(secret, toggle) == nil)
    }

    @Test func `62 and 63: an old secret stops at once, or when its overlap ends`() throws {
        let account = try TestAccount()
        let (token, first) = try account.createToken()
        let second = try #require(
            try account.patrol.perform(
                .rotateToken(RotateToken(token: token.id, version: token.version, oldSecretUntil: nil)), as: account.ada
            ).secret)
        #expect(try account.reason(first, view) == .notInForce(.secretRetired))
        #expect(try account.reason(second, view) == nil)
        let version = try #require(try account.patrol.token(token.id)).version
        let third = try #require(
            try account.patrol.perform(
                .rotateToken(
                    RotateToken(token: token.id, version: version, oldSecretUntil: account.clock.now + .hours(24))),
                as: account.ada
            ).secret)
        #expect(try account.reason(second, view) == nil)
        #expect(try account.reason(third, view) == nil)
        account.clock.now = account.clock.now + .hours(24)
        #expect(try account.reason(second, view) == .notInForce(.secretRetired))
        #expect(try account.reason(third, view) == nil)
    }

    @Test func `an expired token is refused from its moment on`() throws {
        let account = try TestAccount()
        let secret = try account.createToken(expiresIn: .days(1)).secret
        account.clock.now = account.clock.now + .days(1) - TimeSpan(milliseconds: 1)
        #expect(try account.reason(secret, view) == nil)
        account.clock.now = account.clock.now + TimeSpan(milliseconds: 1)
        #expect(try account.reason(secret, view) == .notInForce(.tokenExpired))
    }

    @Test func `a clock that is set back revives no token and no secret`() throws {
        let account = try TestAccount()
        let start = account.clock.now
        let expired = try account.createToken(expiresIn: .days(1))
        let (token, retired) = try account.createToken(expiresIn: .days(90))
        let rotation = RotateToken(token: token.id, version: token.version, oldSecretUntil: start + .hours(24))
        _ = try account.patrol.perform(.rotateToken(rotation), as: account.ada)
        account.clock.now = start + .days(2)
        try account.createToken()
        account.clock.now = start
        #expect(try account.reason(expired.secret, view) == .notInForce(.tokenExpired))
        #expect(try account.reason(retired, view) == .notInForce(.secretRetired))
        let explained = try Explainer(account.patrol).decide(view, for: .token(expired.token.id))
        #expect(explained.reason == .notInForce(.tokenExpired))
        let detail = try #require(try account.patrol.tokenDetail(expired.token.id))
        #expect(detail.findings.map(\.rule) == [.expired])
    }

    @Test func `where calls came from is kept coarse, and nothing else is taken`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken()
        for network in ["192.0.2.7", "192.0.2.200/32", "192.0.2.0/24", "2001:db8:1:2::9", "2001:db8:1::/48", ""] {
            #expect(try account.patrol.check(secret, view, network: network).decision.isAllowed)
        }
        #expect(try account.patrol.tokenDetail(token.id)?.recentNetworks == 2)
        for network in ["10.0.0.0/8", "192.0.2", "192.0.2.1/24x", "192.0.2.1/", "::/0", "office", "1.2.3.4\0"] {
            #expect(throws: PatrolError.self) { try account.patrol.check(secret, view, network: network) }
        }
        #expect(try account.patrol.tokenDetail(token.id)?.use.map(\.allowed) == [6])
    }

    @Test func `a secret that was never ours says nothing of any token`() throws {
        let account = try TestAccount()
        let text = try account.createToken().secret.text
        // One character in the middle is another: the public id is right, the secret is not.
        var bytes = Array(text.utf8)
        bytes[30] = bytes[30] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
        for guess in [String(decoding: bytes, as: UTF8.self), "ptlp_nothing", "api-3f1c0000-0000-4000-8000-000000000000"] {
            let result = try account.patrol.check(try secret(guess), view)
            #expect(result.decision.reason == .notInForce(.secretUnknown))
            #expect(result.token == nil)
        }
    }

    @Test func `an old account-wide secret is adopted, works, and is retired`() throws {
        let account = try TestAccount()
        let old = try secret("api-3f1c0000-0000-4000-8000-000000000000")
        let adoption = AdoptToken(
            kind: .accountWide, name: "account token", purpose: "", owner: nil, scope: .account, expiresAt: nil)
        let outcome = try account.patrol.perform(.adoptToken(adoption), as: account.ada, presented: old)
        #expect(outcome.refusal == nil)
        #expect(outcome.secret == nil)
        #expect(try account.reason(old, toggle) == nil)
        let again = try account.patrol.perform(.adoptToken(adoption), as: account.ada, presented: old)
        #expect(again.refusal == .secretInUse)
        let id = try #require(TokenID(outcome.entry.target.id))
        let token = try #require(try account.patrol.token(id))
        _ = try account.patrol.perform(.deleteToken(id, version: token.version), as: account.ada)
        #expect(try account.reason(old, toggle) != nil)
    }

    @Test func `what could be guessed is not adopted`() throws {
        let account = try TestAccount()
        let adoption = AdoptToken(
            kind: .accountWide, name: "old", purpose: "", owner: nil, scope: .account, expiresAt: nil)
        #expect(throws: PatrolError.self) {
            try account.patrol.perform(
                .adoptToken(adoption), as: account.ada, presented: secret("hunter2"))
        }
    }

    @Test func `without its key an account makes and checks no secret, and says where the key should be`() throws {
        let account = try TestAccount()
        let elsewhere = Location(database: account.location.database, keyFolder: account.folder("nowhere"))
        let patrol = try Patrol(opening: elsewhere)
        let session = try patrol.signIn()
        let creation = CreateToken(
            kind: .personal, name: "token", purpose: "", scope: .base(.reader), expiresAt: nil)
        let error = #expect(throws: PatrolError.self) { try patrol.perform(.createToken(creation), as: session) }
        #expect("\(String(describing: error))".contains(account.folder("nowhere")))
        #expect(try patrol.tally().tokens == 0)
    }

    private func change(_ session: Session, to role: BaseRole, in account: TestAccount) throws {
        let member = try #require(try account.patrol.member(session.actor.member))
        _ = try account.patrol.perform(
            .changeMemberRoles(
                ChangeMemberRoles(
                    member: member.id, version: member.version, baseRole: role, customRoles: [], roleAttributes: [:])),
            as: account.ada)
    }
}
