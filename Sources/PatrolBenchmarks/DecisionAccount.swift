import CPseudoTerminal
import Glibc
import PatrolDomain
import PatrolOperations

/// The workload as an account in a file, made through the door, with a secret for each of its tokens.
struct DecisionAccount {
    let patrol: Patrol
    let workload: DecisionWorkload
    private(set) var tokens: [AccessToken] = []
    private(set) var secrets: [[UInt8]] = []

    init(requests: Int, folder: String) throws {
        let time = Machine.now
        let workload = try DecisionWorkload(requests: requests, at: time)
        self.workload = workload
        let location = Location(database: "\(folder)/decisions.db", keyFolder: "\(folder)/keys")
        let founding = FoundAccount(
            name: "Decisions", ownerEmail: "owner@example.org", ownerFirstName: "Olga", ownerLastName: "Owner")
        patrol = try Patrol.found(founding, at: location).patrol
        // So that everybody may create his tokens, all are admins until they are there.
        try take(workload, members: workload.members.map { member in
            var admin = member
            (admin.baseRole, admin.customRoles) = (.admin, [])
            return admin
        }, teams: [])
        for (owner, scope) in workload.tokens { try create(of: workload.members[owner], scope) }
        try take(workload, members: workload.members, teams: workload.teams)
    }

    private func take(_ workload: DecisionWorkload, members: [Member], teams: [Team]) throws {
        let contents = AccountImport(
            source: "a workload", members: members, roles: workload.roles, teams: teams, tokens: [], pastEntries: [])
        let outcome = try patrol.perform(.importAccount(contents), as: try patrol.signIn())
        if let refusal = outcome.refusal { throw BenchmarkFault.account("\(refusal)") }
    }

    private mutating func create(of member: Member, _ scope: Scope) throws {
        let creation = CreateToken(
            kind: .personal, name: "token \(tokens.count)", purpose: "", scope: scope, expiresAt: Machine.now + .days(20))
        let outcome = try patrol.perform(.createToken(creation), as: try patrol.signIn(as: member.email))
        guard let secret = outcome.secret, let id = TokenID(outcome.entry.target.id), let token = try patrol.token(id)
        else { throw BenchmarkFault.account("\(String(describing: outcome.refusal))") }
        tokens.append(token)
        secrets.append(Array(secret.text.utf8))
    }
}
