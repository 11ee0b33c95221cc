import Testing

@testable import PatrolDomain

/// Which roles count (vectors 41 to 49).
@Suite struct PrecedenceVectorTests {
    let toggle: Request
    let view: Request
    let seeing = ["A viewProject @ proj/*"]

    init() throws {
        toggle = try request("updateOn", "proj/a:env/e:flag/f")
        view = try request("viewProject", "proj/a")
    }

    func decide(
        _ request: Request, _ member: Member, roles: [Role], teams: [Team] = []
    ) -> Bool {
        Authority(of: member, roles: byID(roles), teams: teams).decide(request).isAllowed
    }

    @Test func `41: a deny in one role takes nothing from another role`() throws {
        let denying = try role("x", ["D updateOn @ proj/*:env/*:flag/*"])
        let allowing = try role("y", ["A updateOn @ proj/*:env/*:flag/*"] + seeing)
        for order in [[denying, allowing], [allowing, denying]] {
            #expect(decide(toggle, try member(.reader, order), roles: order))
        }
    }

    @Test func `42: a team's role allows what the member's own role denies`() throws {
        let own = try role("own", ["D updateOn @ proj/*:env/*:flag/*"], .reader)
        let shared = try role("shared", ["A updateOn @ proj/*:env/*:flag/*"])
        let kim = try member(.reader, [own])
        let teams = [try team("crew", of: [kim], [shared])]
        #expect(decide(toggle, kim, roles: [own, shared], teams: teams))
        #expect(!decide(toggle, kim, roles: [own, shared]))
        #expect(!decide(toggle, kim, roles: [own, shared], teams: [try team("crew", of: [], [shared])]))
    }

    @Test func `43: a custom role that hides a project replaces the reader base role`() throws {
        let hiding = try role("hiding", ["D viewProject @ proj/a"], .reader)
        #expect(!decide(view, try member(.reader, [hiding]), roles: [hiding]))
        #expect(decide(try request("viewProject", "proj/b"), try member(.reader, [hiding]), roles: [hiding]))
    }

    @Test func `44: an admin with a custom role is no admin`() throws {
        let narrow = try role("narrow", ["A updateOn @ proj/*:env/*:flag/*"])
        let invite = try request("createMember", "member/new")
        #expect(decide(invite, try member(.admin), roles: [narrow]))
        #expect(!decide(invite, try member(.admin, [narrow]), roles: [narrow]))
    }

    @Test func `45: a team's role is added to the base role`() throws {
        let shared = try role("shared", ["A updateOn @ proj/*:env/*:flag/*"])
        let kim = try member(.reader)
        let teams = [try team("crew", of: [kim], [shared])]
        #expect(decide(view, kim, roles: [shared], teams: teams))
        #expect(decide(toggle, kim, roles: [shared], teams: teams))
        #expect(!decide(toggle, kim, roles: [shared]))
    }

    @Test func `46: with no access of his own a member has what his team allows`() throws {
        let shared = try role("shared", ["A updateOn @ proj/*:env/*:flag/*"] + seeing)
        let kim = try member(.noAccess)
        let teams = [try team("crew", of: [kim], [shared])]
        #expect(decide(toggle, kim, roles: [shared], teams: teams))
        #expect(!decide(try request("updateRules", "proj/a:env/e:flag/f"), kim, roles: [shared], teams: teams))
    }

    @Test func `47: with no access and no team a member may do nothing`() throws {
        let kim = try member(.noAccess)
        for type in Catalogue.launchDarkly.types {
            for action in type.actions {
                let resource = try Resource(parsing: type.chain.replacing("*", with: "kim"))
                #expect(!decide(Request(action, on: resource), kim, roles: []), "\(action) on \(resource)")
            }
        }
    }

    @Test func `48: a writer has his own access and his team's`() throws {
        let shared = try role("shared", ["A createMember @ member/*"])
        let kim = try member(.writer)
        let teams = [try team("crew", of: [kim], [shared])]
        let invite = try request("createMember", "member/new")
        #expect(decide(toggle, kim, roles: [shared], teams: teams))
        #expect(decide(invite, kim, roles: [shared], teams: teams))
        #expect(!decide(invite, kim, roles: [shared]))
    }

    @Test func `49: a role attribute stands for the values that the member has`() throws {
        let scoped = try role("scoped", ["A * @ proj/${roleAttribute/p}:env/*:flag/*"], .reader)
        let kim = try member(.reader, [scoped], attributes: ["p": ["projectA"]])
        #expect(decide(try request("updateOn", "proj/projectA:env/e:flag/f"), kim, roles: [scoped]))
        #expect(!decide(try request("updateOn", "proj/projectB:env/e:flag/f"), kim, roles: [scoped]))
    }

    // MARK: - Beside the vectors

    @Test func `a team's role takes the team's attribute values`() throws {
        let scoped = try role("scoped", ["A * @ proj/${roleAttribute/p}:env/*:flag/*"], .reader)
        let kim = try member(.reader, attributes: ["p": ["own"]])
        let teams = [try team("crew", of: [kim], [scoped], attributes: ["p": ["shared-*"]])]
        #expect(decide(try request("updateOn", "proj/shared-1:env/e:flag/f"), kim, roles: [scoped], teams: teams))
        #expect(!decide(try request("updateOn", "proj/own:env/e:flag/f"), kim, roles: [scoped], teams: teams))
    }

    @Test func `a deleted or unknown custom role does not bring the base role back`() throws {
        let gone = try role("gone", ["A * @ *"], isDeleted: true)
        let kim = try member(.owner, [gone])
        #expect(Authority(of: kim, roles: byID([gone]), teams: []).grants.isEmpty)
        #expect(Authority(of: kim, roles: [:], teams: []).grants.isEmpty)
        #expect(!decide(view, kim, roles: [gone]))
    }

    @Test(arguments: [
        (BaseRole.reader, "createAccessToken", "member/kim:token/new", true),
        (.reader, "deleteAccessToken", "member/kim:token/1", true),
        (.reader, "createAccessToken", "service-token/new", true),
        (.reader, "deleteAccessToken", "service-token/1", false),
        (.reader, "deleteAccessToken", "member/ada:token/1", false),
        (.reader, "viewTeam", "team/crew", true),
        (.reader, "updateOn", "proj/a:env/e:flag/f", false),
        (.writer, "updateOn", "proj/a:env/e:flag/f", true),
        (.writer, "createWebhook", "webhook/w", true),
        (.writer, "createProject", "proj/new", true),
        (.writer, "createAccessToken", "service-token/new", true),
        (.writer, "deleteAccessToken", "member/kim:token/1", true),
        (.writer, "deleteAccessToken", "member/ada:token/1", false),
        (.writer, "createMember", "member/new", false),
        (.writer, "createRole", "role/new", false),
        (.writer, "updateTeamMembers", "team/crew", false),
        (.writer, "deleteAccountToken", "acct", false),
        (.admin, "deleteAccessToken", "member/ada:token/1", true),
        (.admin, "deleteAccountToken", "acct", true),
        (.admin, "createRole", "role/new", true),
        (.admin, "updateAccountOwner", "acct", false),
        (.admin, "updatePaymentCard", "acct", false),
        (.owner, "updateAccountOwner", "acct", true),
        (.owner, "updatePaymentCard", "acct", true),
    ]) func `a base role allows what it is for`(
        base: BaseRole, action: String, resource: String, isAllowed: Bool
    ) throws {
        #expect(decide(try request(action, resource), try member(base), roles: []) == isAllowed)
    }

    @Test(arguments: [
        ("A updateOn @ proj/*:env/*:flag/*", "createAccessToken", "member/self:token/new", true),
        ("A updateOn @ proj/*:env/*:flag/*", "resetAccessToken", "member/self:token/1", true),
        ("A updateOn @ proj/*:env/*:flag/*", "createAccessToken", "member/other:token/new", false),
        ("A updateOn @ proj/*:env/*:flag/*", "createAccessToken", "service-token/new", false),
        ("D createAccessToken @ member/*:token/*", "createAccessToken", "member/self:token/new", false),
        ("D updateOn @ proj/*:env/*:flag/*", "createAccessToken", "member/self:token/new", false),
    ]) func `without access as a base, tokens of one's own come with any access at all`(
        line: String, action: String, resource: String, isAllowed: Bool
    ) throws {
        #expect(try holding([line], .noAccess).decide(request(action, resource)).isAllowed == isAllowed)
    }

    @Test func `a role that denies tokens of one's own is not undone by an empty one beside it`() throws {
        let strict = try role("strict", ["D createAccessToken @ member/*:token/*"], .reader)
        let empty = try role("empty", [])
        let kim = try member(.reader, [strict, empty])
        #expect(!decide(try request("createAccessToken", "member/kim:token/new"), kim, roles: [strict, empty]))
    }
}
