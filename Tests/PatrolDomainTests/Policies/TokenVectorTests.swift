import Testing

@testable import PatrolDomain

/// What tokens may do (vectors 50 to 63, as far as they do not need the door).
@Suite struct TokenVectorTests {
    let toggle: Request
    let view: Request
    let invite: Request

    init() throws {
        toggle = try request("updateOn", "proj/a:env/e:flag/f")
        view = try request("viewProject", "proj/a")
        invite = try request("createMember", "member/new")
    }

    func token(
        _ scope: Scope, of owner: Member?, kind: AccessToken.Kind = .personal, snapshot: Authority? = nil,
        expiresAt: Timestamp? = nil, deletedAt: Timestamp? = nil
    ) throws -> AccessToken {
        AccessToken(
            id: try #require(TokenID("t1")), kind: kind, origin: .created, name: "nightly export",
            owner: owner?.id, scope: scope, creatorSnapshot: snapshot, createdAt: start, expiresAt: expiresAt,
            deletedAt: deletedAt)
    }

    func decide(
        _ request: Request, _ token: AccessToken, owner: Member?, roles: [Role] = [], teams: [Team] = [],
        at now: Timestamp = start
    ) -> Decision {
        TokenAuthority(of: token, owner: owner, roles: byID(roles), teams: teams, at: now).decide(request)
    }

    @Test func `50 and 51: a writer's token reads while he is a reader, and writes again after that`() throws {
        let writing = try token(.base(.writer), of: try member(.writer))
        #expect(decide(toggle, writing, owner: try member(.writer)).isAllowed)
        let demoted = decide(toggle, writing, owner: try member(.reader))
        #expect(demoted == Decision(isAllowed: false, reason: .withheld(.nothingApplies)))
        #expect(decide(view, writing, owner: try member(.reader)).isAllowed)
        #expect(decide(toggle, writing, owner: try member(.writer)).isAllowed)
    }

    @Test func `52: a removed member's personal token is refused`() throws {
        let owner = try member(.writer, removedAt: start)
        let decision = decide(view, try token(.base(.writer), of: owner), owner: owner)
        #expect(decision == Decision(isAllowed: false, reason: .notInForce(.ownerRemoved)))
        let unknown = decide(view, try token(.base(.writer), of: owner), owner: nil)
        #expect(unknown == Decision(isAllowed: false, reason: .notInForce(.ownerRemoved)))
    }

    @Test(arguments: AccessToken.Kind.allCases) func `53: a deleted token is refused`(
        kind: AccessToken.Kind
    ) throws {
        let owner = try member(.owner)
        let deleted = try token(.base(.reader), of: owner, kind: kind, deletedAt: start)
        #expect(decide(view, deleted, owner: owner).reason == .notInForce(.tokenDeleted))
    }

    @Test(arguments: [
        (54, BaseRole.reader, BaseRole.reader, true), (54, .reader, .writer, false), (54, .reader, .admin, false),
        (55, .admin, .reader, true), (55, .admin, .writer, true), (55, .admin, .admin, true),
        (55, .owner, .owner, true),
    ]) func `a token never gives its owner's level away`(
        number: Int, base: BaseRole, asked: BaseRole, isWithinLevel: Bool
    ) throws {
        let owner = try member(base)
        #expect(decide(view, try token(.base(asked), of: owner), owner: owner).isAllowed)
        let beyond = try [toggle, invite].contains { request in
            let scope = Authority(of: .base(asked), roles: [:], owner: owner, teams: [])
            let behind = Authority(of: owner, roles: [:], teams: [])
            let given = decide(request, try token(.base(asked), of: owner), owner: owner)
            #expect(given.isAllowed == (scope.decide(request).isAllowed && behind.decide(request).isAllowed))
            return scope.decide(request).isAllowed && !behind.decide(request).isAllowed
        }
        #expect(beyond != isWithinLevel, "vector \(number)")
    }

    @Test func `56: a token follows the custom role that it is scoped with`() throws {
        let owner = try member(.owner)
        let before = try role("c", ["A updateOn @ proj/*:env/*:flag/*"], .reader)
        let after = try role("c", ["A createMember @ member/*"], .reader)
        let scoped = try token(.customRoles([before.id]), of: owner)
        #expect(decide(toggle, scoped, owner: owner, roles: [before]).isAllowed)
        #expect(!decide(invite, scoped, owner: owner, roles: [before]).isAllowed)
        #expect(!decide(toggle, scoped, owner: owner, roles: [after]).isAllowed)
        #expect(decide(invite, scoped, owner: owner, roles: [after]).isAllowed)
        #expect(!decide(view, scoped, owner: owner, roles: []).isAllowed)
    }

    @Test func `57: role attributes in a token's scope are those of the member`() throws {
        let scoped = try role("scoped", ["A * @ proj/${roleAttribute/p}:env/*:flag/*"], .reader)
        let owner = try member(.writer, attributes: ["p": ["a"]])
        let given = try token(.customRoles([scoped.id]), of: owner)
        #expect(decide(toggle, given, owner: owner, roles: [scoped]).isAllowed)
        let elsewhere = try request("updateOn", "proj/b:env/e:flag/f")
        #expect(!decide(elsewhere, given, owner: owner, roles: [scoped]).isAllowed)
        #expect(!decide(toggle, given, owner: try member(.writer), roles: [scoped]).isAllowed)
    }

    @Test func `57: values that come with a team count for the roles of the team`() throws {
        let scoped = try role("scoped", ["A * @ proj/${roleAttribute/p}:env/*:flag/*"], .reader)
        let owner = try member(.noAccess)
        let crew = try team("crew", of: [owner], [scoped], attributes: ["p": ["a"]])
        let given = try token(.customRoles([scoped.id]), of: owner)
        #expect(decide(toggle, given, owner: owner, roles: [scoped], teams: [crew]).isAllowed)
    }

    @Test func `58: an inline policy gives nothing that the member has not`() throws {
        let wide = Scope.inline(try policy(["A * @ *"]))
        let owner = try member(.reader)
        #expect(decide(toggle, try token(wide, of: owner), owner: owner).reason == .withheld(.nothingApplies))
        #expect(decide(view, try token(wide, of: owner), owner: owner).isAllowed)
    }

    @Test func `59: a service token is as it was, whatever becomes of its creator`() throws {
        let snapshot = Authority(of: try member(.admin), roles: [:], teams: [])
        let service = try token(.base(.admin), of: try member(.admin), kind: .service, snapshot: snapshot)
        for creator in [try member(.admin), try member(.reader), try member(.reader, removedAt: start), nil] {
            #expect(decide(invite, service, owner: creator).isAllowed)
        }
    }

    @Test func `60: a service token has no more than its creator had`() throws {
        let writer = try member(.writer)
        let snapshot = Authority(of: writer, roles: [:], teams: [])
        let service = try token(.base(.admin), of: writer, kind: .service, snapshot: snapshot)
        #expect(decide(invite, service, owner: writer).reason == .withheld(.nothingApplies))
        #expect(decide(toggle, service, owner: writer).isAllowed)
        #expect(!decide(invite, service, owner: try member(.owner)).isAllowed)
    }

    @Test func `61: an admin's admin token shrinks with his first custom role`() throws {
        let narrow = try role("narrow", ["A updateOn @ proj/*:env/*:flag/*"], .reader)
        let given = try token(.base(.admin), of: try member(.admin))
        #expect(decide(invite, given, owner: try member(.admin), roles: [narrow]).isAllowed)
        #expect(!decide(invite, given, owner: try member(.admin, [narrow]), roles: [narrow]).isAllowed)
        #expect(decide(toggle, given, owner: try member(.admin, [narrow]), roles: [narrow]).isAllowed)
    }

    @Test func `62 and 63: a replaced secret is refused from its end on`() throws {
        func secret(until end: Timestamp?) throws -> StoredSecret {
            StoredSecret(
                id: "s1", token: try #require(TokenID("t1")), hash: [], keyVersion: 1, createdAt: start,
                validUntil: end)
        }
        let moment = TimeSpan(milliseconds: 1)
        #expect(try !secret(until: nil).isRetired(at: start + .days(9_999)))
        #expect(try secret(until: start).isRetired(at: start))
        #expect(try !secret(until: start + .days(1)).isRetired(at: start + .days(1) - moment))
        #expect(try secret(until: start + .days(1)).isRetired(at: start + .days(1)))
    }

    // MARK: - Beside the vectors

    @Test func `an account-wide token does what an admin may until it is deleted or expires`() throws {
        let all = try token(.account, of: nil, kind: .accountWide, expiresAt: start + .days(1))
        #expect(decide(invite, all, owner: nil) == Decision(isAllowed: true, reason: .accountWide))
        let handover = Request(.updateAccountOwner, on: .account)
        #expect(!decide(handover, all, owner: nil).isAllowed, "an admin who adopts one gets no owner's rights")
        #expect(decide(invite, all, owner: nil, at: start + .days(1)).reason == .notInForce(.tokenExpired))
    }

    @Test func `an expiry takes effect at its moment`() throws {
        let owner = try member(.reader)
        let given = try token(.base(.reader), of: owner, expiresAt: start + .hours(1))
        let moment = TimeSpan(milliseconds: 1)
        #expect(decide(view, given, owner: owner, at: start + .hours(1) - moment).isAllowed)
        #expect(decide(view, given, owner: owner, at: start + .hours(1)).reason == .notInForce(.tokenExpired))
    }

    @Test func `a pending owner's token is refused until he accepts`() throws {
        let owner = try member(.writer, isPending: true)
        let given = try token(.base(.writer), of: owner)
        #expect(decide(view, given, owner: owner).reason == .notInForce(.ownerPending))
        #expect(decide(view, given, owner: try member(.writer)).isAllowed)
    }

    @Test func `a service token without a snapshot may do nothing`() throws {
        let service = try token(.base(.reader), of: try member(.owner), kind: .service)
        #expect(decide(view, service, owner: try member(.owner)).reason == .withheld(.nothingApplies))
    }

    @Test func `a service token keeps the role attributes of its creator's snapshot`() throws {
        let scoped = try role("scoped", ["A * @ proj/${roleAttribute/p}:env/*:flag/*"], .reader)
        let creator = try member(.reader, [scoped], attributes: ["p": ["a"]])
        let snapshot = Authority(of: creator, roles: byID([scoped]), teams: [])
        let service = try token(.customRoles([scoped.id]), of: creator, kind: .service, snapshot: snapshot)
        #expect(decide(toggle, service, owner: try member(.reader), roles: [scoped]).isAllowed)
    }

    @Test func `the scope of a token gives no tokens unless it is an admin's`() throws {
        let own = try request("createAccessToken", "member/kim:token/new")
        for (base, isAllowed) in [(BaseRole.reader, false), (.writer, false), (.admin, true), (.owner, true)] {
            let owner = try member(.owner)
            #expect(decide(own, try token(.base(base), of: owner), owner: owner).isAllowed == isAllowed)
        }
    }

    @Test func `the view gate stands in a token's scope too`() throws {
        let owner = try member(.owner)
        let blind = Scope.inline(try policy(["A updateOn @ proj/*:env/*:flag/*"]))
        let seeing = Scope.inline(try policy(["A updateOn @ proj/*:env/*:flag/*", "A viewProject @ proj/a"]))
        #expect(
            decide(toggle, try token(blind, of: owner), owner: owner).reason
                == .viewGate(project: "a", .nothingApplies))
        #expect(decide(toggle, try token(seeing, of: owner), owner: owner).isAllowed)
    }
}
