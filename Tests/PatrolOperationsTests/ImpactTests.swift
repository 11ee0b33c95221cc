import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

@Suite struct ImpactTests {
    /// May toggle flags in the project `web`, and make projects.
    private static let toggling = Policy(statements: [
        allow("viewProject", on: "proj/*"), allow("updateOn", on: "proj/web:env/*:flag/*"),
        allow("createProject", on: "proj/*"),
    ])
    private static let viewing = Policy(statements: [allow("viewProject", on: "proj/*")])
    /// As a token's scope: only toggling.
    private static let scope = Scope.inline(
        Policy(statements: [
            allow("viewProject", on: "proj/web"), allow("updateOn", on: "proj/web:env/*:flag/*"),
        ]))

    private static func allow(_ action: String, on resource: String) -> Statement {
        guard let pattern = try? ResourcePattern(parsing: resource) else { preconditionFailure("a pattern of a test") }
        return Statement(
            .allow, actions: .matching([ActionPattern(Action(action))]), resources: .matching([pattern]))
    }

    @Test func `a token that loses less than its owner is told of, too`() throws {
        let account = try TestAccount()
        let role = try createRole(Self.toggling, in: account)
        let kim = try account.join("kim", .reader)
        try change(kim, to: [role.id], in: account)
        let token = try account.createToken(Self.scope, by: kim).token
        let member = try #require(try account.patrol.member(kim.actor.member))
        let impact = try account.patrol.impact(
            of: .changeMemberRoles(
                ChangeMemberRoles(
                    member: member.id, version: member.version, baseRole: .reader, customRoles: [],
                    roleAttributes: [:])))
        let touched = try #require(impact.touched.first { $0.target.id == token.id.text })
        #expect(touched.effect == .weakened)
        #expect(touched.example?.action == Action("updateOn"))
        #expect(impact.touched.count == 2)
    }

    @Test func `an edit of a role is compared with the tokens of those who hold it`() throws {
        let account = try TestAccount()
        let role = try createRole(Self.toggling, in: account)
        let kim = try account.join("kim", .reader)
        try change(kim, to: [role.id], in: account)
        let token = try account.createToken(Self.scope, by: kim).token
        let edit = EditRole(
            role: role.id, version: role.version, name: role.name, description: role.description,
            basePermissions: role.basePermissions, policy: Self.viewing)
        let impact = try account.patrol.impact(of: .editRole(edit))
        #expect(impact.touched.map(\.target.id) == [kim.actor.member.text, token.id.text])
        #expect(impact.touched.allSatisfy { $0.effect == .weakened })
        #expect(impact.examined == 2)
        #expect(impact.notExamined == 0)
    }

    @Test func `a role that is in a token's scope and its owner's is counted once`() throws {
        let account = try TestAccount()
        let role = try createRole(Self.toggling, in: account)
        let kim = try account.join("kim", .reader)
        try change(kim, to: [role.id], in: account)
        let token = try account.createToken(.customRoles([role.id]), by: kim).token
        let impact = try account.patrol.impact(of: .deleteRole(role.id, version: role.version))
        #expect(impact.touched.map(\.target.id) == [kim.actor.member.text, token.id.text])
        #expect(impact.touched.allSatisfy { $0.effect == .killed })
        #expect(impact.examined == 2)
        #expect(impact.notExamined == 0)
    }

    @Test func `whoever is not looked at is counted`() throws {
        let account = try TestAccount()
        let role = try createRole(Self.toggling, in: account)
        for number in 0..<205 {
            _ = try account.patrol.perform(
                .inviteMember(
                    InviteMember(email: "m\(number)@example.org", baseRole: .reader, customRoles: [role.id])),
                as: account.ada)
        }
        let impact = try account.patrol.impact(of: .deleteRole(role.id, version: role.version))
        #expect(impact.examined == 200)
        #expect(impact.notExamined == 5)
    }

    private func createRole(_ policy: Policy, in account: TestAccount) throws -> Role {
        let key = try #require(Key("dev"))
        let outcome = try account.patrol.perform(
            .createRole(CreateRole(key: key, name: "Developers", policy: policy)), as: account.ada)
        #expect(outcome.refusal == nil)
        return try #require(try account.patrol.role(key: key))
    }

    private func change(_ session: Session, to roles: [RoleID], in account: TestAccount) throws {
        let member = try #require(try account.patrol.member(session.actor.member))
        let outcome = try account.patrol.perform(
            .changeMemberRoles(
                ChangeMemberRoles(
                    member: member.id, version: member.version, baseRole: .reader, customRoles: roles,
                    roleAttributes: [:])), as: account.ada)
        #expect(outcome.refusal == nil)
    }
}
