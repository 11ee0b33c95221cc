import PatrolDomain
import PatrolOperations
import Testing

@Suite struct ImportTests {
    private static func contents(
        members: [Member] = [], roles: [Role] = [], teams: [Team] = [], past: [PastEntry] = []
    ) -> Command {
        .importAccount(
            AccountImport(source: "files", members: members, roles: roles, teams: teams, tokens: [], pastEntries: past))
    }

    @Test func `an admin does not come into a team with more rights by an import, and keeps what his team has`() throws {
        let account = try TestAccount()
        let max = try account.join("max", .admin)
        let now = account.clock.now
        let helpers = Role(
            id: try #require(RoleID("helpers")), key: try #require(Key("helpers")), name: "Helpers",
            policy: Policy(statements: []), createdAt: now)
        let key = try #require(Key("core"))
        let core = Team(key: key, name: "Core", members: [max.actor.member], customRoles: [helpers.id])
        let byOwner = try account.patrol.perform(Self.contents(roles: [helpers], teams: [core]), as: account.ada)
        #expect(byOwner.refusal == nil)

        let action = try ActionPattern(parsing: "*")
        let resource = try ResourcePattern(parsing: "*")
        var wider = helpers
        wider.policy = Policy(statements: [
            Statement(.allow, actions: .matching([action]), resources: .matching([resource]))
        ])
        let other = Team(key: try #require(Key("crew")), name: "Crew", members: [max.actor.member], customRoles: [helpers.id])
        let left = Team(key: key, name: "Core")
        let byMax = try account.patrol.perform(Self.contents(roles: [wider], teams: [other, left]), as: max)
        #expect(byMax.refusal == nil)
        #expect(byMax.entry.changes.contains { $0.after?.hasPrefix("left as it was") == true })
        let member = try #require(try account.patrol.member(max.actor.member))
        let handover = try account.patrol.perform(.transferOwnership(to: member.id, version: member.version), as: max)
        #expect(handover.refusal?.code == "notPermitted")
    }

    @Test func `an entry of this log does not come back as another's past`() throws {
        let account = try TestAccount()
        let entry = try #require(try account.entries().last)
        let digits = entry.operation.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let past = PastEntry(
            id: digits, at: entry.at, actorID: "", actorName: "", tokenID: nil, action: "", resource: "", kind: "",
            targetID: "", targetName: "", title: "", text: "", comment: "")
        let outcome = try account.patrol.perform(Self.contents(past: [past]), as: account.ada)
        #expect(outcome.entry.changes.contains { $0.after == "0 read, 1 already in this log" })
    }
}
